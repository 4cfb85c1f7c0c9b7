"""Erasing who an officer was that has left."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from cases.choices import RecordClass
from cases.erasure import Erasing
from cases.models import AuditEntry, Notification, Officer, OfficerSession, SavedFilter
from cases.queries.audit_text import ERASABLE
from cases.services.erase_rows import erase_from_entries


def erase_officer(*, officer: Officer, erased_at: datetime) -> AuditEntry:
    """Erase name, address and sessions of an officer who has left; the account's own name stays.

    Chains of custody and the audit trail say what was done by that account, and prove nothing without it.
    """
    with transaction.atomic():
        officer = Officer.objects.select_for_update().get(pk=officer.pk)
        erasing = Erasing([], [officer.display_name, officer.email], on=erased_at.date(), of=RecordClass.OFFICERS)
        about = Q(object_type="officer", object_reference__in=[str(officer.pk), officer.username]) | Q(officer=officer)
        teller = erase_from_entries(
            entries=AuditEntry.objects.filter(about).order_by("pk").iterator(chunk_size=500),
            left_of=dict.fromkeys(ERASABLE, erasing.text),
            subject=officer,
            record_class=RecordClass.OFFICERS,
            erased_at=erased_at,
        )
        officer.display_name, officer.email, officer.pin_hash = erasing.marker, "", ""
        officer.set_unusable_password()
        officer.erased_on = erased_at.date()
        officer.save(update_fields=["display_name", "email", "pin_hash", "password", "erased_on"])
        OfficerSession.objects.filter(officer=officer).delete()
        Notification.objects.filter(officer=officer).delete()
        # What colleagues share goes on under the account's own name.
        SavedFilter.objects.filter(officer=officer, is_shared=False).delete()
    return teller
