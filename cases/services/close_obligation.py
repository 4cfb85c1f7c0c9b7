"""Closing an obligation: what is owed was sent, or a supervisor says that it is not owed."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from cases import access
from cases.choices import ObligationState
from cases.errors import IllegalTransition
from cases.models import Obligation, ObligationSending, Officer
from cases.services.write_audit_entry import write_audit_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What was sent, or done, to whom, on which day, and under which reference."""

    what: str
    sent_to: str
    sent_on: date
    reference: str


def discharge_obligation(
    *, officer: Officer, obligation: Obligation, sent: Sent, reason: str, discharged_at: datetime
) -> Obligation:
    """Record what was sent and close the obligation; raises IllegalTransition where it is closed already."""
    access.require_own(officer, access.ISSUE, obligation)
    with transaction.atomic():
        row = _close(obligation, ObligationState.DISCHARGED, officer, reason, discharged_at)
        ObligationSending.objects.create(obligation=row, recorded_at=discharged_at, recorded_by=officer, **asdict(sent))
        change = {"before": {"state": ObligationState.OPEN.value}, "after": {"state": row.state, **asdict(sent)}}
        write_audit_entry(
            action="obligation.discharged", subject=row, at=discharged_at, by=officer, reason=reason, change=change
        )
    return row


def mark_obligation_not_owed(
    *, officer: Officer, obligation: Obligation, reason: str, decided_at: datetime
) -> Obligation:
    """Close an obligation that is not owed, by a supervisor's decision; raises IllegalTransition where it is closed."""
    access.require_own(officer, access.OVERRIDE, obligation)
    with transaction.atomic():
        row = _close(obligation, ObligationState.NOT_OWED, officer, reason, decided_at)
        change = {"before": {"state": ObligationState.OPEN.value}, "after": {"state": row.state}}
        write_audit_entry(
            action="obligation.not_owed", subject=row, at=decided_at, by=officer, reason=reason, change=change
        )
    return row


def _close(obligation: Obligation, state: ObligationState, officer: Officer, reason: str, at: datetime) -> Obligation:
    row = Obligation.objects.select_for_update(of=("self",)).select_related("incident").get(pk=obligation.pk)
    if row.state != ObligationState.OPEN:
        raise IllegalTransition(state=row.state, wanted=state.value)
    row.state, row.closed_at, row.closed_by, row.closed_reason = state.value, at, officer, reason
    row.save(update_fields=["state", "closed_at", "closed_by", "closed_reason"])
    return row
