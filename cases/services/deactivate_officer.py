"""Ending an officer's access when the officer leaves."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from cases import access
from cases.errors import NotYourself
from cases.models import Officer, OfficerSession
from cases.queries.open_work import open_work_of, references_of
from cases.services.end_sessions import end_sessions
from cases.services.hand_over_work import HandedOver, hand_over_work
from cases.services.write_audit_entry import write_audit_entry


class Left(NamedTuple):
    """What was open when the officer left, and what of it a successor took over."""

    work: dict[str, list[str]]
    handed_over: HandedOver | None


def deactivate_officer(
    *, officer: Officer, by: Officer, hand_over_to: Officer | None, reason: str, at: datetime
) -> Left:
    """Deactivate the officer, whose sessions and tokens end at once, and hand the open work to the successor, if any.

    What the officer recorded stays the officer's, in name and in the audit trail. A second time changes nothing.
    Raises NotYourself, NoSuccessor; both officers must have been reached through a door of access.
    """
    access.require(by, access.ADMINISTER)
    if officer.pk == by.pk:
        raise NotYourself
    with transaction.atomic():
        # Both at once and in one order, so that two who leave to one another do not wait for each other.
        keys = [each.pk for each in (officer, hand_over_to) if each is not None]
        locked = {each.pk: each for each in Officer.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
        kept = locked[officer.pk]
        work = references_of(open_work_of(kept, **access.own_records_for(by)))
        if kept.deactivated_at is not None:
            return Left(work, None)
        kept.is_active, kept.deactivated_at, kept.pin_hash = False, at, ""
        kept.save(update_fields=["is_active", "deactivated_at", "pin_hash"])
        end_sessions(sessions=OfficerSession.objects.filter(officer=kept), by=by, at=at, reason=reason)
        kept.api_tokens.filter(revoked_at__isnull=True).update(revoked_at=at)
        kept.sign_in_links.filter(used_at__isnull=True).delete()
        handed_over = None
        if hand_over_to is not None:
            handed_over = hand_over_work(officer=kept, to=hand_over_to, by=by, reason=reason, picked=None, at=at)
        successor = None if hand_over_to is None else hand_over_to.username
        change = {
            "before": {"is_active": True},
            "after": {"is_active": False, "handed_over_to": successor, "work": work},
        }
        write_audit_entry(action="officer.deactivated", subject=kept, at=at, by=by, reason=reason, change=change)
    return Left(work, handed_over)
