"""What sums are kept of incidents on a map and along the legs of transfers, and what one incident adds to them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import floor
from typing import Any, Final, NamedTuple

from cases.statistics.legs import Leg
from geo.cells import around, reach_m

# A map of one size of cells is added up from sums two sizes finer: what the edge of a view cuts is counted afresh,
# and of finer cells it cuts less.
FINER_BY: Final = 2
SUMMED_SIZES: Final = (2, 3, 4, 5, 6, 7)
# Year by year only where many incidents share a cell; elsewhere sums would be as many as incidents.
SUMMED_BY_YEAR: Final = (2, 3, 4, 5)
ALL_YEARS: Final = -1
NO_YEAR: Final = 0
# In the place of a size, for incidents without a position.
NOWHERE: Final = -1
# How many degrees of longitude to a strip. A box that is wider is looked at for every view.
STRIP: Final = 5.0
WIDE: Final = 1_000
# A box is at most so high, by the size of its cell, in degrees: cells, and what sticks out of them.
HEIGHTS: Final = {2: 6.0, 3: 2.5, 4: 1.0, 5: 0.4, 6: 0.15, 7: 0.06}

OUTCOMES: Final = ("indicated", "possible", "exemption_claimed", "not_indicated")


class Box(NamedTuple):
    """West, south, east and north, in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An incident as maps and flows count it; None is unknown."""

    agency: int
    is_open: bool
    cell: int | None
    longitude: float | None
    latitude: float | None
    accuracy_m: float | None
    first_day: date | None
    last_day: date | None
    # Which of OUTCOMES.
    outcomes: frozenset[str]
    legs: tuple[Leg, ...] = ()
    basis: str = ""
    categories: tuple[str, ...] = ()
    arms: int | None = None
    lacks_count: bool = False
    position: Box = field(init=False)

    def __post_init__(self) -> None:
        longitude, latitude = self.longitude or 0.0, self.latitude or 0.0
        object.__setattr__(self, "position", Box(longitude, latitude, longitude, latitude))

    @property
    def year(self) -> int:
        """Return the year of the first day."""
        return NO_YEAR if self.first_day is None else self.first_day.year


Row = dict[str, Any]


def rows_of_cells(before: Iterable[Placed], after: Iterable[Placed]) -> list[Row]:
    """Return what to add to the counts of cells where the incidents were as before, and are as after."""
    tally: dict[tuple[Any, ...], Counter[str]] = {}
    boxes: dict[tuple[Any, ...], list[Placed]] = {}
    for sign, placed in _signed(before, after):
        for size, year in _kept_for(placed):
            cell = 0 if placed.cell is None else around(size).of(placed.cell)
            key = (placed.agency, size, year, cell)
            counts = tally.setdefault(key, Counter())
            counts["incidents"] += sign
            counts["uncertain"] += sign * _is_uncertain(placed, size)
            for outcome in placed.outcomes:
                counts[outcome] += sign
            boxes.setdefault(key, []).append(placed)
    return [
        {"agency_id": agency, "size": size, "year": year, "cell": cell, "is_sum": False}
        | dict.fromkeys(("incidents", "uncertain", *OUTCOMES), 0)
        | counts
        | _box(boxes[key])
        | _days(boxes[key], year)
        for key, counts in tally.items()
        if any(counts.values())
        for agency, size, year, cell in [key]
    ]


def rows_of_legs(before: Iterable[Placed], after: Iterable[Placed]) -> list[Row]:
    """Return what to add to the counts of legs where the incidents were as before, and are as after."""
    tally: dict[tuple[Any, ...], Counter[str]] = {}
    for sign, placed in _signed(before, after):
        by_basis = Counter(
            incidents=sign,
            arms=sign * (placed.arms or 0),
            counted=sign * (placed.arms is not None),
            without_count=sign * placed.lacks_count,
        )
        for leg in placed.legs:
            for category, basis in [("", placed.basis), *((category, "") for category in placed.categories)]:
                key = (placed.agency, *leg, placed.year, category, basis)
                counts = tally.setdefault(key, Counter())
                counts.update({"incidents": sign} if category else by_basis)
    return [
        {"agency_id": agency, "kind": kind, "start": start, "end": end, "year": year, "is_sum": False}
        | {"category": category, "basis": basis}
        | dict.fromkeys(("incidents", "arms", "counted", "without_count"), 0)
        | counts
        for key, counts in tally.items()
        if any(counts.values())
        for agency, kind, start, end, year, category, basis in [key]
    ]


def strips_of(box: Box) -> list[int]:
    """Return the strips in which a box that meets this one can begin."""
    return [WIDE, *range(floor(box.west / STRIP) - 1, floor(box.east / STRIP) + 1)]


def _signed(before: Iterable[Placed], after: Iterable[Placed]) -> Iterator[tuple[int, Placed]]:
    yield from ((-1, placed) for placed in before if placed.is_open)
    yield from ((1, placed) for placed in after if placed.is_open)


def _kept_for(placed: Placed) -> Iterator[tuple[int, int]]:
    """Yield the sizes and years under which an incident is counted."""
    if placed.cell is None:
        yield NOWHERE, ALL_YEARS
        yield NOWHERE, placed.year
        return
    for size in SUMMED_SIZES:
        yield size, ALL_YEARS
    for size in SUMMED_BY_YEAR:
        yield size, placed.year


def _is_uncertain(placed: Placed, size: int) -> bool:
    return placed.accuracy_m is not None and placed.accuracy_m > reach_m(max(size - FINER_BY, 0))


def _box(placed: Sequence[Placed]) -> Row:
    box = Box(
        min(each.position.west for each in placed),
        min(each.position.south for each in placed),
        max(each.position.east for each in placed),
        max(each.position.north for each in placed),
    )
    is_wide = box.east - box.west > STRIP
    return {**box._asdict(), "strip": WIDE if is_wide else floor(box.west / STRIP)}


def _days(placed: Sequence[Placed], year: int) -> Row:
    first = [each.first_day for each in placed if each.first_day is not None]
    last = [each.last_day for each in placed if each.last_day is not None]
    if year in (ALL_YEARS, NO_YEAR):
        return dict.fromkeys(("first_from", "first_to", "last_from", "last_to"))
    return {"first_from": min(first), "first_to": max(first), "last_from": min(last), "last_to": max(last)}
