"""What the clock of a referral says on a day: who is to be reminded of what, and when it has run out."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from cases.choices import ReferralState, ReminderKind
from cases.tracing.reply_states import AWAITING, SILENT

# A day has passed once it is over everywhere on Earth, where an answer may still be on its way.
LAST_ON_EARTH: Final = timedelta(hours=12)
# Whoever waits for us, has said that it takes longer, or has answered, is reminded of nothing.
REMINDED: Final = AWAITING | SILENT | {ReferralState.NO_RESPONSE.value}


class ClockDays(NamedTuple):
    """How long before the day of the reply, how often after it, and after how long focal points are told."""

    remind_before: int
    remind_again: int
    escalate_after: int


class Due(NamedTuple):
    """One thing to be said, and the day for which it is due."""

    kind: ReminderKind
    on: date


def day_that_counts(now: datetime) -> date:
    """Return the last day that is still going on somewhere on Earth."""
    return (now - LAST_ON_EARTH).date()


def has_run_out(state: str, requested_by: date, today: date) -> bool:
    """Return whether the referral is without an answer although its day has passed."""
    return state in SILENT and today > requested_by


def reminders_due(state: str, requested_by: date, today: date, days: ClockDays, said: Collection[Due]) -> Iterator[Due]:
    """Yield what is to be said and was not yet; of several opportunities missed the latest alone."""
    if state not in REMINDED:
        return
    for due in _due(requested_by, today, days):
        if due not in said:
            yield due


def _due(requested_by: date, today: date, days: ClockDays) -> Iterator[Due]:
    if today <= requested_by:
        soon = requested_by - timedelta(days=days.remind_before)
        if today >= soon:
            yield Due(ReminderKind.DUE_SOON, soon)
        return
    rounds = (today - requested_by).days // days.remind_again
    again = requested_by + timedelta(days=rounds * days.remind_again)
    yield Due(ReminderKind.REMIND_AGAIN if rounds else ReminderKind.OVERDUE, again)
    if (today - requested_by).days >= days.escalate_after:
        yield Due(ReminderKind.ESCALATED, requested_by + timedelta(days=days.escalate_after))
