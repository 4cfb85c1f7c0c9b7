"""Referrals as the workbench lists them: how each stands, what keeps it waiting, and which day is due."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db.models import Count, Prefetch, Q, QuerySet

from cases.choices import DispatchState, ReferralState, ReplyState
from cases.models import Dispatch, Officer, Referral
from cases.queries.open_work import seen_to_by
from cases.tracing.referral_steps import ENDED, WRITTEN
from cases.tracing.reply_clock import REMINDED

Document = dict[str, Any]

_WAITING: Final = sorted(str(state) for state in REMINDED)
# What a list may be narrowed to, by the states that each holds; every referral stands in one of the first four.
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "written": tuple(sorted(state.value for state in WRITTEN)),
    "out": tuple(sorted({ReferralState.ISSUED.value, ReferralState.SENT.value, ReferralState.NO_RESPONSE.value})),
    "replied": tuple(sorted(state.value for state in ReplyState)),
    "ended": tuple(sorted(state.value for state in ENDED)),
}
OVERDUE: Final = "overdue"


def sought_work(
    referrals: QuerySet[Referral], *, officer: Officer, today: date, sought: Mapping[str, str]
) -> QuerySet[Referral]:
    """Return those that a query asks for by group, State and whose work they are; unknown words narrow nothing."""
    if (states := GROUPS.get(sought.get("show", ""))) is not None:
        referrals = referrals.filter(state__in=states)
    elif sought.get("show") == OVERDUE:
        referrals = referrals.filter(_overdue(today))
    if country := sought.get("country"):
        referrals = referrals.filter(addressee_country=country)
    if sought.get("mine") == "true":
        referrals = referrals.filter(seen_to_by(officer, "opened_by"))
    return referrals


def counts_of_work(referrals: QuerySet[Referral], *, today: date) -> dict[str, int]:
    """Return how many referrals stand in each group, all of them under "all", and those that are overdue."""
    tallies = {name: Count("pk", filter=Q(state__in=states)) for name, states in GROUPS.items()}
    return referrals.order_by().aggregate(all=Count("pk"), overdue=Count("pk", filter=_overdue(today)), **tallies)


def work_rows(referrals: QuerySet[Referral], *, dispatches: QuerySet[Dispatch]) -> QuerySet[Referral]:
    """Return the referrals with what a row shows of each; `dispatches` are those that the reader may know of."""
    # Which wait, or have failed: of the others the state tells.
    stuck = dispatches.filter(state__in=[DispatchState.QUEUED.value, DispatchState.FAILED.value]).order_by("-pk")
    rows = referrals.select_related("incident").defer("issued_content", "incident__as_sent")
    return rows.prefetch_related("lines", Prefetch("dispatches", stuck, to_attr="stuck"))


def row_of_work(row: Any, *, today: date) -> Document:
    """Return a referral that `work_rows` has read, as a list shows it."""
    stuck = next(iter(row.stuck), None)
    is_due = row.state in _WAITING and row.reply_requested_by is not None
    return {
        "reference": row.reference,
        "letter_number": row.letter_number or None,
        "incident": row.incident.reference,
        "kind": row.kind,
        "country": row.addressee_country,
        "language": row.language,
        "state": row.state,
        "items": len(row.lines.all()),
        "priority": row.priority,
        "opened_at": row.opened_at,
        "issued_at": row.issued_at,
        "due_on": row.reply_requested_by if is_due else None,
        "is_overdue": is_due and row.reply_requested_by < today,
        "stuck": None
        if stuck is None
        else {
            "state": stuck.state,
            "channel": stuck.channel,
            "why": stuck.waits_for or None,
            "until": stuck.due_at if stuck.waits_for else None,
            "error": stuck.error or None,
        },
    }


def _overdue(today: date) -> Q:
    return Q(state__in=_WAITING, reply_requested_by__lt=today)
