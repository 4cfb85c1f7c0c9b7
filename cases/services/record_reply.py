"""Recording what came back on a referral."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from cases import access
from cases.choices import REPLY_STATES_NEEDING_REASON, ReplyReason, ReplyState
from cases.errors import IllegalTransition, InvalidSubmission
from cases.intake.problems import Problem
from cases.models import Incident, NotificationKind, Officer, Referral, Reply
from cases.services.notify import notify
from cases.services.write_audit_entry import write_audit_entry
from cases.tracing.referral_steps import stands_as_issued

# The State is still at work on it; every other state lets the items be asked about again.
STILL_OPEN = frozenset({ReplyState.ACKNOWLEDGED, ReplyState.INFORMATION_REQUESTED, ReplyState.DELAYED})


def record_reply(*, officer: Officer, referral: Referral, reply: Mapping[str, Any], received_at: datetime) -> Reply:
    """Add a reply {state, reason, their_reference, text, steps}; the referral takes its state.

    A later reply may correct any earlier one. Raises InvalidSubmission, or IllegalTransition on a letter that does not
    stand as issued.
    """
    access.require_own(officer, access.REFER, referral)
    state, reason = _read(reply)
    with transaction.atomic():
        Incident.objects.select_for_update().get(pk=referral.incident_id)
        referral = Referral.objects.select_for_update().get(pk=referral.pk)
        if not stands_as_issued(referral.state):
            raise IllegalTransition(state=referral.state, wanted=state)
        kept = Reply.objects.create(
            referral=referral,
            state=state,
            reason=reason,
            their_reference=reply.get("their_reference") or "",
            text=reply.get("text") or "",
            steps=reply.get("steps") or [],
            received_at=received_at,
            recorded_by=officer,
        )
        change = {"before": {"state": referral.state}, "after": {"state": state, "reason": reason}}
        referral.state = state
        referral.save(update_fields=["state"])
        if state not in STILL_OPEN:
            referral.lines.update(is_open=False)
        write_audit_entry(action="referral.answered", subject=referral, at=received_at, by=officer, change=change)
        asked = Officer.objects.admitted().filter(
            Q(pk=referral.responsible_id) | Q(pk=referral.issued_by_id), agency_id=referral.agency_id
        )
        params = {"reference": referral.reference, "state": state}
        notify(
            officers=asked.exclude(pk=officer.pk),
            kind=NotificationKind.REPLY_RECORDED,
            subject=referral,
            params=params,
            at=received_at,
        )
    return kept


def _read(reply: Mapping[str, Any]) -> tuple[str, str]:
    state, reason = reply.get("state"), reply.get("reason") or ""
    if state not in list(ReplyState):
        raise InvalidSubmission([_not_a_choice("/state", state, ReplyState)])
    if reason and reason not in list(ReplyReason):
        raise InvalidSubmission([_not_a_choice("/reason", reason, ReplyReason)])
    if state in REPLY_STATES_NEEDING_REASON and not reason:
        raise InvalidSubmission([Problem("/reason", "missing")])
    return str(state), str(reason)


def _not_a_choice(pointer: str, value: object, words: type[ReplyState] | type[ReplyReason]) -> Problem:
    return Problem(pointer, "not_a_choice", {"value": str(value)[:80], "allowed": ", ".join(words)})
