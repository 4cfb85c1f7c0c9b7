"""What an incident obliges to, and by when: the terms of a duty, its clock, and what is said of it as its day comes."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from cases.choices import DueBasis, ObligationReminderKind
from cases.screening.duties import working_days_after
from cases.screening.facts import Days

# Only these words make an obligation; all others are a power, an appeal or a task, and have no clock.
OBLIGES: Final = "shall"
# What an act on this incident ends. What States owe all the time - prevent, inspect, control - is no matter of a board.
ENDED_BY_AN_ACT: Final = frozenset(
    {
        *("report", "further_report", "report_disposal", "seek_approval", "notify_transfer"),
        *("seize", "dispose", "seize_vessel", "divert_to_port", "deny_port"),
    }
)
# Of the State that recorded the incident, where the facts name no other.
OF_THE_RECORDING_STATE: Final = frozenset({"inspecting_state", "seizing_state"})

Key = tuple[str, ...]


class Terms(NamedTuple):
    """A duty as the finding or the inspection says it; nothing is added to it."""

    regime: str
    kind: str
    what: str
    resolution: str
    paragraph: str
    paragraph_verified: bool
    force: str
    on: str
    states: tuple[str, ...]
    to: str
    clock_from: str
    days: int | None
    working_days: bool
    promptly: bool

    @property
    def key(self) -> Key:
        """What makes two duties of an incident the same one, whichever finding says it."""
        return self.regime, self.kind, self.resolution, self.paragraph, self.on, self.clock_from


class Clock(NamedTuple):
    """The days on one of which the clock began, None where open, and the day that the text gives."""

    first_day: date | None
    last_day: date | None
    due_on: date | None


class Saying(NamedTuple):
    """One thing to be said of an obligation, and the day that it is due."""

    kind: ObligationReminderKind
    due_on: date


def terms_of(duties: Iterable[Mapping[str, Any]]) -> Iterator[Terms]:
    """Yield the terms of those duties of a result that an act on the incident ends."""
    for duty in duties:
        if duty["kind"] not in ENDED_BY_AN_ACT:
            continue
        basis = duty["legal_basis"]
        yield Terms(
            regime=duty["regime"] or "",
            kind=duty["kind"],
            what=duty["what"],
            resolution=basis["resolution"],
            paragraph=basis["paragraph"] or "",
            paragraph_verified=basis["paragraph_verified"],
            force=duty["force"],
            on=duty["on"],
            states=tuple(duty["states"]),
            to=duty["to"] or "",
            clock_from=duty["clock_from"] or "",
            days=duty["days"],
            working_days=duty["working_days"],
            promptly=duty["promptly"],
        )


def owed_by_inspection(terms: Terms) -> bool:
    """Whether an inspection owes it by itself, whatever anybody decides on what it may have found."""
    is_report = terms.kind == "report" and terms.clock_from == "inspection"
    return is_report or terms.clock_from == "refusal" or terms.kind == "divert_to_port"


def clock_of(terms: Terms, began: Days) -> Clock:
    """Return the clock of a duty that began on one of those days.

    A day is due only of an obligation whose text gives a number, and only from a start that is known to the day.
    """
    if terms.force != OBLIGES or not terms.clock_from:
        return Clock(None, None, None)
    if terms.days is None or began.first is None or began.first != began.last:
        return Clock(began.first, began.last, None)
    if terms.working_days:
        return Clock(began.first, began.last, working_days_after(began.first, terms.days))
    return Clock(began.first, began.last, began.first + timedelta(days=terms.days))


def due_basis(due_on: date | None, due_day: date | None) -> DueBasis | None:
    """Return who says that the day is due: the resolution, or the agency for itself."""
    if due_day is None:
        return None
    return DueBasis.AGENCY_RULE if due_on is None else DueBasis.RESOLUTION


def is_owed_by(on: str, states: Collection[str], country: str) -> bool:
    """Whether the State of that agency owes it, as far as the record tells."""
    return country in states if states else on in OF_THE_RECORDING_STATE or on == "all_states"


def saying_due(due_day: date, today: date, remind_before: int, said: Collection[Saying]) -> Saying | None:
    """Return what is to be said on that day and was not yet: before the day, on it, after it; each once."""
    if today < due_day - timedelta(days=remind_before):
        return None
    kind = ObligationReminderKind.DUE_SOON
    if today >= due_day:
        kind = ObligationReminderKind.DUE_TODAY if today == due_day else ObligationReminderKind.OVERDUE
    saying = Saying(kind, due_day)
    return None if saying in said else saying
