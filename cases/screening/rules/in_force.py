"""Was the measure in force on the days on which the transfer can have happened? (R1, R3, R11, R15, R18)."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from cases.screening.facts import Days, Period
from cases.screening.findings import Condition, no, unknown, yes
from cases.screening.rulebook import Measure
from cases.screening.window import TransferWindow, council_day, span

NAME = "in_force"
NON_BINDING = no(NAME, "status.non_binding", "the text binds nobody")


def in_force(window: TransferWindow, measure: Measure, *, is_continued: Callable[[Measure], bool]) -> Condition:
    """The measure was in force on every day on which the transfer can have happened.

    ``is_continued`` says whether another phase of the regime was in force when the goods were found.
    """
    return outside(window.council_days, measure) or while_open(window, measure, is_continued=is_continued)


def while_open(window: TransferWindow, measure: Measure, *, is_continued: Callable[[Measure], bool]) -> Condition:
    """The same, of a measure that is not outside the window altogether."""
    period, days = measure.in_force, window.days
    if not _has_begun(window, measure):
        return _before_start(period.first)
    fact = f"transfer {window.text}"
    if measure.status == "suspended":
        return no(NAME, "status.suspended", fact)
    if _is_within(window, measure):
        rule = "in_force.attempted" if window.manner == "attempted" else "in_force.throughout"
        return _whole(rule, window.text)
    is_spent = window.manner == "at_rest" and _ended_before(period, window)
    if is_spent and not (days.first is not None and is_continued(measure)):
        return no(NAME, "in_force.ended_before_find", fact, end=_iso_end(period.until))
    if days.first == days.last and days.first is not None:
        is_start = period.first is not None and abs((days.first - period.first).days) <= 1
        change = period.first if is_start else period.until
        change_on = change.isoformat() if change else ""
        return unknown(NAME, "in_force.next_to_change", fact, unknown="transfer_date", change=change_on)
    return unknown(
        NAME,
        "in_force.partly",
        fact,
        unknown="transfer_date",
        window=window.text,
        in_force=span(period.first, period.until and period.until - timedelta(days=1)),
    )


def same_answer(window: TransferWindow, change: str) -> Condition:
    """The measure changed inside the window, and before and after the change the answer is the same."""
    return yes(NAME, "in_force.same_answer", f"transfer {window.text}", window=window.text, change=change)


def _is_within(window: TransferWindow, measure: Measure) -> bool:
    """Whether every day of the window lies in the period; an open end of the window may lie anywhere."""
    first, last = window.council_days.first, window.council_days.last
    period = measure.in_force
    if period.until is not None and (last is None or last >= period.until):
        return False
    if window.at is not None and measure.starts_at is not None:
        return window.at >= measure.starts_at
    return period.first is None or (first is not None and first >= period.first)


def outside(days: Days, measure: Measure) -> Condition | None:
    """The measure was in force on none of the days, or binds nobody; None where it may have been in force."""
    if measure.status == "non_binding":
        return NON_BINDING
    period = measure.in_force
    if period.until is not None and days.first is not None and days.first >= period.until:
        return _after_end(period.until)
    # An instant may begin a measure on a part of the day before its first whole one.
    if measure.starts_at is None and period.first is not None and days.last is not None and days.last < period.first:
        return _before_start(period.first)
    return None


def _has_begun(window: TransferWindow, measure: Measure) -> bool:
    """Whether the window reaches the instant at which the measure began, where its text names one."""
    if measure.starts_at is None:
        return True
    if window.at is not None:
        return window.at >= measure.starts_at
    last = window.council_days.last
    return last is None or last >= council_day(measure.starts_at)


def _ended_before(period: Period, window: TransferWindow) -> bool:
    return period.until is not None and window.found.first is not None and period.until <= window.found.first


# What follows depends on few values and comes back for incident after incident.


@lru_cache(maxsize=4096)
def _whole(rule: str, window: str) -> Condition:
    return yes(NAME, rule, f"transfer {window}", window=window)


@lru_cache(maxsize=4096)
def _before_start(first: date | None) -> Condition:
    start = first.isoformat() if first else ""
    return no(NAME, "in_force.before_start", f"in force from {start}", start=start)


@lru_cache(maxsize=4096)
def _after_end(until: date | None) -> Condition:
    end = _iso_end(until)
    return no(NAME, "in_force.after_end", f"in force until {end}", end=end)


def _iso_end(until: date | None) -> str:
    """The last day in force, as people write it."""
    return (until - timedelta(days=1)).isoformat() if until else ""
