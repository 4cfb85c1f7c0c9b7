"""The ledger of replies: for each State asked, what was sent, how soon it answered, and how."""

from collections.abc import Iterable
from datetime import datetime
from statistics import median
from typing import Any, Final

from django.db.models import Min, Q, QuerySet

from cases.choices import ReferralState, ReplyState
from cases.models import Referral
from cases.tracing.referral_steps import ENDED
from cases.tracing.reply_states import ANSWERS, AWAITING

# How each referral stands, by its state; together they are all that were sent.
STANDINGS: Final = (*(state.value for state in ReplyState), ReferralState.NO_RESPONSE.value)
PENDING: Final = "pending"
_ANSWERS: Final = sorted(state.value for state in ANSWERS)
_DAY_S: Final = 86_400


def ledger_of(referrals: QuerySet[Referral]) -> list[dict[str, Any]]:
    """Return one line for each State, by its code; a request that was taken back is none.

    Pending is what waits without its day having passed; it is no silence. A median of nothing is null.
    """
    known = {*STANDINGS, *AWAITING}
    sent = referrals.filter(issued_at__isnull=False, state__in=known).exclude(state__in=ENDED)
    rows = sent.order_by().annotate(
        acknowledged_at=Min("replies__received_at", filter=Q(replies__state=ReplyState.ACKNOWLEDGED.value)),
        answered_at=Min("replies__received_at", filter=Q(replies__state__in=_ANSWERS)),
    )
    columns = ("addressee_country", "state", "issued_at", "acknowledged_at", "answered_at")
    by_state: dict[str, list[tuple[Any, ...]]] = {}
    for country, *row in rows.values_list(*columns):
        by_state.setdefault(country, []).append(tuple(row))
    return [_line(country, by_state[country]) for country in sorted(by_state)]


def _line(country: str, rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    standings = dict.fromkeys((*STANDINGS, PENDING), 0)
    for state, *_ in rows:
        standings[PENDING if state in AWAITING else state] += 1
    return {
        "country": country,
        "sent": len(rows),
        "acknowledged": sum(acknowledged is not None for _, _, acknowledged, _ in rows),
        "answered": sum(answered is not None for *_, answered in rows),
        "median_days_to_acknowledgement": _days((issued, at) for _, issued, at, _ in rows),
        "median_days_to_answer": _days((issued, at) for _, issued, _, at in rows),
        "standings": standings,
    }


def _days(pairs: Iterable[tuple[datetime, datetime | None]]) -> float | None:
    # A clock that was set back between the two says nothing of a State.
    days = [max((at - issued).total_seconds(), 0) / _DAY_S for issued, at in pairs if at is not None]
    return round(median(days), 1) if days else None
