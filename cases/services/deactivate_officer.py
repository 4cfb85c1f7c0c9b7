"""Ending an officer's access when the officer leaves."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from cases import access
from cases.errors import NotYourself
from cases.models import NotificationKind, Officer, OfficerSession
from cases.queries.open_work import open_work_of
from cases.row_scope import everything
from cases.services.end_sessions import end_sessions
from cases.services.notify import notify
from cases.services.write_audit_entry import write_audit_entry


def deactivate_officer(
    *, officer: Officer, by: Officer, hand_over_to: Officer | None, reason: str, at: datetime
) -> Mapping[str, list[str]]:
    """Deactivate the officer, whose sessions and tokens end at once; returns the work that was open.

    The successor is told of it. What the officer recorded stays the officer's, in name and in the audit trail.
    Raises NotYourself; both officers must have been reached through a door of access.
    """
    access.require(by, access.ADMINISTER)
    if officer.pk == by.pk:
        raise NotYourself
    with transaction.atomic():
        kept = Officer.objects.select_for_update().get(pk=officer.pk)
        with everything():
            # All of it is handed over, whatever of it the administrator is cleared for.
            work = open_work_of(kept)
        if kept.deactivated_at is not None:
            return work
        kept.is_active, kept.deactivated_at, kept.pin_hash = False, at, ""
        kept.save(update_fields=["is_active", "deactivated_at", "pin_hash"])
        end_sessions(sessions=OfficerSession.objects.filter(officer=kept), by=by, at=at, reason=reason)
        kept.api_tokens.filter(revoked_at__isnull=True).update(revoked_at=at)
        kept.sign_in_links.filter(used_at__isnull=True).delete()
        successor = None if hand_over_to is None else hand_over_to.username
        change = {
            "before": {"is_active": True},
            "after": {"is_active": False, "handed_over_to": successor, "work": work},
        }
        write_audit_entry(action="officer.deactivated", subject=kept, at=at, by=by, reason=reason, change=change)
        if hand_over_to is not None:
            counts = {name: len(references) for name, references in work.items()}
            notify(officers=[hand_over_to], kind=NotificationKind.HANDED_OVER, subject=kept, params=counts, at=at)
    return work
