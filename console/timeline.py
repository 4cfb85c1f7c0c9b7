"""Phases as bars on a line of years, drawn on the server: places in a drawing, no style and no script."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

# Of the drawing, from its first year to its last.
WIDTH: Final = 1000.0
# A phase of a few days is still to be seen.
_NARROWEST: Final = 4.0
# A label stands at so many of the years at most.
_LABELS: Final = 7
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 1_000)


class Bar(NamedTuple):
    """One phase: where it begins, how long it is, and how it is drawn."""

    x: float
    width: float
    kind: str
    is_open: bool


class Scale(NamedTuple):
    """The years from the first to the one after the last."""

    first: int
    last: int

    def place(self, day: date) -> float:
        """Return where a day lies in the drawing."""
        start, end = date(self.first, 1, 1).toordinal(), date(self.last, 1, 1).toordinal()
        return round(min(max((day.toordinal() - start) / (end - start), 0.0), 1.0) * WIDTH, 1)

    def labels(self) -> list[int]:
        """Return the years that are written: the first, the last, and round ones between that leave each its room."""
        years = self.last - self.first
        step = next(step for step in _STEPS if years / step <= _LABELS)
        between = range(self.first + step - self.first % step, self.last, step)
        room = years / _LABELS
        return [self.first, *(year for year in between if min(year - self.first, self.last - year) >= room), self.last]

    def labelled(self) -> list[tuple[int, float]]:
        """Return the years that are written, each with its place in percent."""
        return [(year, round(self.place(date(year, 1, 1)) * 100 / WIDTH, 1)) for year in self.labels()]

    def lines(self) -> list[float]:
        """Return where the years that are written lie."""
        return [self.place(date(year, 1, 1)) for year in self.labels()]


def scale_of(days: Iterable[date | None], *, today: date) -> Scale:
    """Return the years that hold all of these days, and today."""
    known = [day for day in days if day is not None] or [today]
    return Scale(min(known).year, max(*known, today).year + 1)


def bar_of(first: date | None, until: date | None, kind: str, *, scale: Scale) -> Bar:
    """Return a phase as a bar; an open end reaches to the edge."""
    start = 0.0 if first is None else scale.place(first)
    end = WIDTH if until is None else scale.place(until)
    return Bar(min(start, WIDTH - _NARROWEST), round(max(end - start, _NARROWEST), 1), kind, until is None)


def day_in(text: str | None) -> date | None:
    """Return the day of a regime file's text."""
    return date.fromisoformat(text) if text else None


def phases(measures: Sequence[Mapping[str, Any]], *, scale: Scale) -> list[Bar]:
    """Return the bars of measures as a regime file has them, one after the other."""
    return [bar_of(*days_of(measure), kind_of(measure), scale=scale) for measure in measures]


def days_of(measure: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """Return the first day of a measure, and the day after its last."""
    in_force = measure["in_force"] or {}
    return day_in(in_force.get("from")), day_in(in_force.get("until"))


def kind_of(measure: Mapping[str, Any]) -> str:
    """Return how a measure is drawn: as far as it binds, and whether its paragraph was read in a source."""
    return f"{measure['status']} {'verified' if measure['imposed_by']['paragraph_verified'] else 'unverified'}"
