"""What follows by law from a finding: for whom, with what force, and by when where the text says so (R17)."""

from datetime import date, timedelta

from cases.screening.facts import Days, IncidentFacts
from cases.screening.findings import DutyOwed, LegalBasisCited
from cases.screening.rulebook import Duty, Regime
from cases.screening.window import TransferWindow

SATURDAY = 5
# A documented transfer that nobody stopped creates no duty for an inspecting State.
KINDS_WITHOUT_DUTIES = frozenset({"report"})


def duties(facts: IncidentFacts, window: TransferWindow, regime: Regime) -> tuple[DutyOwed, ...]:
    """Return the regime's duties that stood on the day of the incident, with due days where the text gives a clock."""
    if facts.kind in KINDS_WITHOUT_DUTIES:
        return ()
    day = window.found.last
    stopped = facts.stopped if facts.stopped.first is not None else window.found
    return tuple(_owed(duty, stopped) for duty in regime.duties if day is None or duty.in_force.covers(day))


def _owed(duty: Duty, began: Days) -> DutyOwed:
    basis = duty.legal_basis
    return DutyOwed(
        kind=duty.kind,
        what=duty.what,
        legal_basis=LegalBasisCited(
            resolution=basis.resolution, paragraph=basis.paragraph, paragraph_verified=basis.paragraph_verified
        ),
        force=duty.force,
        on=duty.on,
        to=duty.to,
        clock_from=duty.clock_from,
        days=duty.days,
        working_days=duty.working_days,
        promptly=duty.promptly,
        due_on=_due_on(duty, began),
    )


def _due_on(duty: Duty, began: Days) -> str | None:
    """Return the due day: only for an obligation whose text gives a number, from a day that is known."""
    has_clock = duty.force == "shall" and duty.days is not None and duty.clock_from in {"inspection", "finding"}
    if not has_clock or began.first is None or began.first != began.last or duty.days is None:
        return None
    due = _working_days_after(began.first, duty.days) if duty.working_days else began.first + timedelta(days=duty.days)
    return due.isoformat()


def _working_days_after(day: date, count: int) -> date:
    """Count Monday to Friday; holidays differ by State and are left to the officer."""
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY:
            count -= 1
    return day
