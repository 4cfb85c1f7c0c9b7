"""Between which days an item can have crossed into the wrong hands, and the embargo's phases beside them.

Every bound has its reason. Nothing is a bound that is merely likely: a weapon may lie in a store for forty years.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

from cases.choices import PaperKind, SupplyStepKind
from cases.screening.facts import Days
from cases.screening.rulebook import Measure

# What a bound rests on; translated where it is shown.
SENTENCES: Final = {
    "made": "It was made in {year}.",
    "lot_made": "Its lot was made in {year}.",
    "headstamp": "Its headstamp reads {text}: made in {year} at the earliest.",
    "import_mark": "It bears an import mark of {year} ({country}): until then it was in lawful trade.",
    "paper": "A paper that goes with it was issued on {on} ({paper}).",
    "reply_made": "A reply dates its manufacture to {on}.",
    "reply_lawful": "A reply names a lawful transfer on {on} ({country}).",
    "reply_diverted_from": "A reply dates the diversion: not before {on}.",
    "reply_diverted_until": "A reply dates the diversion: not after {on}.",
    "departed": "The conveyance left on {on}.",
    "arrived": "The conveyance arrived on {on}.",
    "met_with": "It was met with on {on}.",
}
# Papers without which goods are not lawfully moved; others are dated for many reasons.
DATING_PAPERS: Final = frozenset(
    {PaperKind.END_USER_CERTIFICATE, PaperKind.EXPORT_LICENCE, PaperKind.IMPORT_LICENCE, PaperKind.TRANSIT_LICENCE}
)
# Steps of a supply chain on which an item was still in lawful hands.
_LAWFUL_STEPS: Final = frozenset({SupplyStepKind.EXPORT, SupplyStepKind.IMPORT, SupplyStepKind.TRANSFER})
# A headstamp of two figures is no year of the black-powder age.
_FIRST_HEADSTAMP: Final = 1930
_SIX_O_CLOCK: Final = 6


class Step(NamedTuple):
    """A step of the supply chain that a reply tells of."""

    kind: str
    on: Days
    country: str


class Paper(NamedTuple):
    """A paper of the consignment."""

    kind: str
    number: str
    issued: Days
    is_forged: bool


class Stamp(NamedTuple):
    """A part of a headstamp, and at which hour it stands."""

    text: str
    clock: int | None


class ItemDates(NamedTuple):
    """What dates an item; None and empty where nothing is known."""

    met_with: Days
    departed: Days = Days(None, None)
    arrived: Days = Days(None, None)
    made: int | None = None
    lot_made: int | None = None
    headstamp: tuple[Stamp, ...] = ()
    import_marked: int | None = None
    import_country: str = ""
    papers: tuple[Paper, ...] = ()
    steps: tuple[Step, ...] = ()


class Bound(NamedTuple):
    """A day before or after which it cannot have crossed, and why."""

    day: date
    reason: str
    params: tuple[tuple[str, str | int], ...]


class CrossingWindow(NamedTuple):
    """From when to when it can have crossed: the tightest bounds first, each list with all that was found."""

    not_before: tuple[Bound, ...]
    not_after: tuple[Bound, ...]

    @property
    def first(self) -> date | None:
        """Return the first day on which it can have crossed; None where nothing says."""
        return self.not_before[0].day if self.not_before else None

    @property
    def last(self) -> date | None:
        """Return the last such day."""
        return self.not_after[0].day if self.not_after else None

    @property
    def is_contradictory(self) -> bool:
        """Whether the bounds leave no day: one of the marks, papers or replies is wrong, copied or of another item."""
        return self.first is not None and self.last is not None and self.first > self.last


class PhaseBeside(NamedTuple):
    """A measure's time: `all`, `part` or `none` of the window lies in it; `unknown` where it has no bounds."""

    measure: str
    status: str
    start: date | None
    until: date | None
    holds: str


def crossing_window(dates: ItemDates) -> CrossingWindow:
    """Return between which days the item can have crossed."""
    before = sorted(_not_before(dates), key=lambda bound: (bound.day, bound.reason), reverse=True)
    after = sorted(_not_after(dates), key=lambda bound: (bound.day, bound.reason))
    return CrossingWindow(tuple(before), tuple(after))


def phases_beside(window: CrossingWindow, measures: Iterable[Measure]) -> list[PhaseBeside]:
    """Return when each measure was in force, in the order of time, and how much of the window lies in it."""
    phases = [
        PhaseBeside(measure.id, measure.status, measure.in_force.first, measure.in_force.until, _held(window, measure))
        for measure in measures
    ]
    return sorted(phases, key=lambda phase: (phase.start or date.min, phase.measure))


def _held(window: CrossingWindow, measure: Measure) -> str:
    first, last, phase = window.first, window.last, measure.in_force
    if window.is_contradictory or (first is None and last is None):
        return "unknown"
    begins_after = phase.first is not None and last is not None and last < phase.first
    ended_before = phase.until is not None and first is not None and first >= phase.until
    if begins_after or ended_before:
        return "none"
    is_within = first is not None and last is not None and phase.covers(first) and phase.covers(last)
    return "all" if is_within else "part"


def _not_before(dates: ItemDates) -> Iterator[Bound]:
    for reason, year in (("made", dates.made), ("lot_made", dates.lot_made)):
        if year is not None:
            yield _of_year(year, reason)
    for stamp in dates.headstamp:
        if (year := year_of_headstamp(stamp, dates.met_with)) is not None:
            yield _of_year(year, "headstamp", text=stamp.text)
    if dates.import_marked is not None:
        yield _of_year(dates.import_marked, "import_mark", country=dates.import_country or "?")
    for paper in dates.papers:
        if paper.kind in DATING_PAPERS and not paper.is_forged:
            yield from _of_day(paper.issued.first, "paper", paper=paper.number or paper.kind)
    for step in dates.steps:
        yield from _not_before_step(step)
    yield from _of_day(dates.departed.first, "departed")


def _not_before_step(step: Step) -> Iterator[Bound]:
    if step.kind == SupplyStepKind.MANUFACTURE:
        yield from _of_day(step.on.first, "reply_made")
    elif step.kind in _LAWFUL_STEPS:
        yield from _of_day(step.on.first, "reply_lawful", country=step.country or "?")
    elif step.kind == SupplyStepKind.POINT_OF_DIVERSION:
        yield from _of_day(step.on.first, "reply_diverted_from")


def _not_after(dates: ItemDates) -> Iterator[Bound]:
    yield from _of_day(dates.met_with.last, "met_with")
    yield from _of_day(dates.arrived.last, "arrived")
    for step in dates.steps:
        if step.kind == SupplyStepKind.POINT_OF_DIVERSION:
            yield from _of_day(step.on.last, "reply_diverted_until")


def year_of_headstamp(stamp: Stamp, met_with: Days) -> int | None:
    """Return the earliest year that a part of a headstamp can mean; None where it is no year.

    Four figures are one wherever they stand, two only at six o'clock: elsewhere they are as often a factory's number.
    """
    text = stamp.text.strip()
    if not text.isascii() or not text.isdigit():
        return None
    latest = met_with.last.year if met_with.last is not None else date.max.year
    if len(text) == 4:
        candidates: tuple[int, ...] = (int(text),)
    elif len(text) == 2 and stamp.clock == _SIX_O_CLOCK:
        candidates = (1900 + int(text), 2000 + int(text))
    else:
        return None
    return next((year for year in candidates if _FIRST_HEADSTAMP <= year <= latest), None)


def _of_year(year: int, reason: str, **params: str | int) -> Bound:
    return Bound(date(year, 1, 1), reason, (("year", year), *params.items()))


def _of_day(day: date | None, reason: str, **params: str | int) -> Iterator[Bound]:
    if day is not None:
        yield Bound(day, reason, (("on", day.isoformat()), *params.items()))
