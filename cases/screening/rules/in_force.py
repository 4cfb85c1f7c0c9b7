"""Was the measure in force on the days on which the transfer can have happened? (R1, R3, R11, R15, R18)."""

from datetime import timedelta

from cases.screening.facts import Period
from cases.screening.findings import Condition, no, unknown, yes
from cases.screening.rulebook import Measure
from cases.screening.window import TransferWindow, span

NAME = "in_force"


def in_force(window: TransferWindow, measure: Measure, *, is_continued: bool) -> Condition:
    """The measure was in force on every day on which the transfer can have happened.

    ``is_continued`` says that another phase of the regime was in force when the goods were found.
    """
    period, days = measure.in_force, window.days
    fact = f"transfer {window}"
    if measure.status == "suspended" and _touches(window, period):
        return no(NAME, "status.suspended", fact)
    if measure.status == "non_binding":
        return no(NAME, "status.non_binding", fact)
    if _is_within(window, period):
        rule = "in_force.attempted" if window.manner == "attempted" else "in_force.throughout"
        return yes(NAME, rule, fact, window=str(window))
    if not _touches(window, period):
        return _outside(window, period, fact)
    if window.manner == "at_rest" and _ended_before(period, window) and not (is_continued and days.first is not None):
        return no(NAME, "in_force.ended_before_find", fact, end=_iso_end(period))
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
        window=str(window),
        in_force=span(period.first, period.until and period.until - timedelta(days=1)),
    )


def same_answer(window: TransferWindow, change: str) -> Condition:
    """The measure changed inside the window, and before and after the change the answer is the same."""
    return yes(NAME, "in_force.same_answer", f"transfer {window}", window=str(window), change=change)


def _is_within(window: TransferWindow, period: Period) -> bool:
    days = window.council_days
    first, last = days.first, days.last
    starts_after = period.first is None or (first is not None and first >= period.first)
    ends_before = period.until is None or (last is not None and last < period.until)
    return starts_after and ends_before


def _touches(window: TransferWindow, period: Period) -> bool:
    days = window.council_days
    ends_too_early = days.last is not None and period.first is not None and days.last < period.first
    starts_too_late = days.first is not None and period.until is not None and days.first >= period.until
    return not (ends_too_early or starts_too_late)


def _ended_before(period: Period, window: TransferWindow) -> bool:
    return period.until is not None and window.found.first is not None and period.until <= window.found.first


def _outside(window: TransferWindow, period: Period, fact: str) -> Condition:
    last = window.days.last
    if period.first is not None and last is not None and last < period.first:
        return no(NAME, "in_force.before_start", fact, start=period.first.isoformat())
    return no(NAME, "in_force.after_end", fact, end=_iso_end(period))


def _iso_end(period: Period) -> str:
    """The last day in force, as people write it."""
    return (period.until - timedelta(days=1)).isoformat() if period.until else ""
