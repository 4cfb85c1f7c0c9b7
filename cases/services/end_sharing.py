"""Taking back what was shared."""

from datetime import datetime
from typing import TypeVar

from django.db import transaction

from cases import access
from cases.errors import IllegalTransition
from cases.models import Case, Grant, Incident, Officer, OperationIncident, Referral, Release
from cases.services.write_audit_entry import write_audit_entry

Sharing = TypeVar("Sharing", Grant, Release, OperationIncident)


def end_sharing(*, officer: Officer, sharing: Sharing, reason: str, ended_at: datetime) -> Sharing:
    """End it at once; what was read cannot be unread, and stays in the audit trail. Raises IllegalTransition twice."""
    access.require_own(officer, access.ISSUE, _record(sharing))
    with transaction.atomic():
        kept = type(sharing).objects.select_for_update(of=("self",)).get(pk=sharing.pk)
        if kept.ended_at is not None:
            raise IllegalTransition(state="ended", wanted="ended")
        kept.ended_at, kept.ended_by = ended_at, officer
        kept.save(update_fields=["ended_at", "ended_by"])
        change = {"after": {type(kept).__name__.lower(): kept.pk, "ended": True}}
        write_audit_entry(
            action="sharing.ended", subject=_record(kept), at=ended_at, by=officer, reason=reason, change=change
        )
    return kept


def _record(sharing: Grant | Release | OperationIncident) -> Incident | Case | Referral:
    if isinstance(sharing, Grant):
        record = sharing.incident or sharing.case or sharing.referral
        if record is None:
            raise AssertionError("a grant is of one thing, which the database holds it to")
        return record
    return sharing.incident
