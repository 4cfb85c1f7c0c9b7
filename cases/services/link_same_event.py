"""Saying that two records are of one event."""

from datetime import datetime

from django.db import transaction

from cases import access
from cases.errors import LinkedToItself
from cases.models import Incident, Officer, SameEvent
from cases.services.write_audit_entry import write_audit_entry


def link_same_event(
    *, officer: Officer, incident: Incident, other: Incident, reason: str, said_at: datetime
) -> SameEvent:
    """Link two records that the officer was shown, one of them the own agency's; both stay as they are, none merged."""
    own = incident if incident.agency_id == officer.agency_id else other
    access.require_own(officer, access.RECORD, own)
    if incident.pk == other.pk:
        raise LinkedToItself
    first, second = sorted((incident, other), key=lambda each: each.pk)
    with transaction.atomic():
        link, is_new = SameEvent.objects.get_or_create(
            first=first,
            second=second,
            withdrawn_at=None,
            defaults={"said_at": said_at, "said_by": officer, "reason": reason},
        )
        if is_new:
            # The other record is named in the history of one's own: its agency may not know of ours.
            for each, its_other in ((first, second), (second, first)):
                is_own = each.agency_id == officer.agency_id
                change = {"after": {"same_event": its_other.reference if is_own else True}}
                write_audit_entry(
                    action="sharing.same_event", subject=each, at=said_at, by=officer, reason=reason, change=change
                )
    return link
