"""What an administrator of the installation keeps: agencies, officers and their keys. Records are not edited here."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from cases.choices import ContestedReading
from cases.models import Agency, ApiToken, AuditEntry, DesignatedParty, ListVersion, Officer, RulebookVersion
from cases.services.set_agency_screening import set_agency_screening
from cases.services.write_audit_entry import write_audit_entry

if TYPE_CHECKING:
    # Generic only in the type stubs.
    RowAdmin = admin.ModelAdmin[Any]
    PersonAdmin = UserAdmin[Officer]
else:
    RowAdmin = admin.ModelAdmin
    PersonAdmin = UserAdmin


class AuditedAdmin(RowAdmin):
    """Changes rows with an audit entry in the same transaction, and deletes none: they are deactivated or revoked."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """Save the row, and record what was entered instead of what."""
        super().save_model(request, obj, form, change)
        secret = {"password", "password1", "password2"}
        entered = [name for name in form.changed_data if name not in secret]
        values = {"after": {name: form.cleaned_data.get(name) for name in entered}}
        if change:
            values["before"] = {name: form.initial.get(name) for name in entered}
        _record(request, obj, "changed" if change else "added", values)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django\'s signature
        """Return that none is deleted here."""
        return False


def _record(request: HttpRequest, obj: Any, act: str, change: Mapping[str, Any] | None = None) -> None:
    write_audit_entry(
        action=f"{type(obj).__name__.lower()}.{act}",
        subject=obj,
        at=timezone.now(),
        by=request.user if isinstance(request.user, Officer) else None,
        change=change,
    )


class ReadOnlyAdmin(RowAdmin):
    """Shows rows and changes none."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - Django\'s signature
        """Return that none is added here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django\'s signature
        """Return that none is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django\'s signature
        """Return that none is deleted here."""
        return False


@admin.register(Agency)
class AgencyAdmin(AuditedAdmin):
    """Agencies and the contact that their letters name."""

    list_display = ("name", "kind", "country", "is_demo")
    search_fields = ("name",)

    def save_model(self, request: HttpRequest, obj: Agency, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """Save the agency; another reach or reading goes through its service, which screens anew what it touches."""
        wanted = obj.near_reach_m, ContestedReading(obj.contested_reading)
        if change:
            kept = Agency.objects.get(pk=obj.pk)
            obj.near_reach_m, obj.contested_reading = kept.near_reach_m, kept.contested_reading
        super().save_model(request, obj, form, change)
        set_agency_screening(
            agency=obj,
            near_reach_m=wanted[0],
            contested_reading=wanted[1],
            by=request.user if isinstance(request.user, Officer) else None,
            changed_at=timezone.now(),
        )


@admin.register(Officer)
class OfficerAdmin(AuditedAdmin, PersonAdmin):
    """Officers, their agency and role."""

    list_display = ("username", "agency", "role", "is_active")
    list_filter = ("role", "is_active", "agency")
    search_fields = ("username", "display_name")
    ordering = ("username",)
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Officer", {"fields": ("display_name", "email", "agency", "role")}),
        ("Access", {"fields": ("is_active", "is_staff", "is_superuser")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "usable_password", "password1", "password2", "agency", "role")}),)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:
        """Set a password, and record that it was set."""
        with transaction.atomic():
            answer = super().user_change_password(request, id, form_url)
            if answer.status_code == HTTPStatus.FOUND:
                _record(request, Officer.objects.get(pk=id), "password_set")
        return answer


@admin.register(ApiToken)
class ApiTokenAdmin(AuditedAdmin):
    """Keys to the API: seen and revoked here, issued by `cordon token`."""

    list_display = ("officer", "name", "created_at", "expires_at", "revoked_at", "last_used_on")
    readonly_fields = ("officer", "name", "created_at", "expires_at", "last_used_on")
    fields = (*readonly_fields, "revoked_at")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - Django\'s signature
        """Return that none is added here: its secret could not be shown."""
        return False


@admin.register(RulebookVersion)
class RulebookVersionAdmin(ReadOnlyAdmin):
    """The rulebooks loaded."""

    list_display = ("version", "digest", "loaded_at")


@admin.register(ListVersion)
class ListVersionAdmin(ReadOnlyAdmin):
    """The editions of lists of designated parties imported."""

    list_display = ("name", "generated_on", "dated_by", "loaded_at", "digest")
    list_filter = ("name",)
    exclude = ("parties",)


@admin.register(DesignatedParty)
class DesignatedPartyAdmin(ReadOnlyAdmin):
    """The entries of those lists, found by any of their names."""

    list_display = ("reference_number", "name", "kind", "list_type", "listed_on", "list_name")
    list_filter = ("list_name", "kind", "list_type")
    search_fields = ("reference_number", "names")


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """The audit trail."""

    list_display = ("recorded_at", "officer", "action", "object_type", "object_reference")
    list_filter = ("action",)
