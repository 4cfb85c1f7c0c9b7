"""A published statistic: the document that everybody may hold, and what is kept of how it was counted."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from cases.statistics.suppression import Published, Sum
from cases.statistics.tables import TOTAL, CellName, Tally

Document = dict[str, Any]


def kept_of(counted: Tally) -> Document:
    """Return how a publication was counted, as it is kept."""
    published = counted.published
    return {
        "cells": [
            {
                "name": list(name),
                "count": count,
                "shown": name in published.shown,
                "lines": dict(counted.lines.get(name, {})),
            }
            for name, count in published.cells.items()
        ],
        "sums": [[list(each.total), [list(part) for part in each.parts]] for each in published.sums],
    }


def counted_of(kept: Document) -> Tally:
    """Return what `kept_of` wrote."""
    named = {_name(cell["name"]): cell for cell in kept["cells"]}
    published = Published(
        {name: cell["count"] for name, cell in named.items()},
        frozenset(name for name, cell in named.items() if cell["shown"]),
        [Sum(_name(total), tuple(map(_name, parts))) for total, parts in kept["sums"]],
    )
    return Tally(published, {name: cell["lines"] for name, cell in named.items()})


def _name(parts: Iterable[str]) -> CellName:
    table, key, column = parts
    return table, key, column


class CellChange(NamedTuple):
    """A cell that a revision shows otherwise; None is withheld."""

    name: CellName
    before: int | None
    after: int | None

    def document(self) -> Document:
        """Return the change as it is published."""
        table, key, column = self.name
        return {"table": table, "key": key, "column": column, "before": self.before, "after": self.after}


def changes_shown(before: Published[CellName], after: Published[CellName]) -> list[CellChange]:
    """Return what a revision shows otherwise than the publication before it; of what both withhold nothing is said."""
    names = sorted(before.cells.keys() | after.cells.keys())
    changes = [CellChange(name, _shown(before, name), _shown(after, name)) for name in names]
    return [each for each in changes if each.before != each.after]


def _shown(published: Published[CellName], name: CellName) -> int | None:
    # A row that does not stand in a table tells that there is nothing.
    return published.cells.get(name, 0) if name in published.shown or name not in published.cells else None


def withholds_more(before: Published[CellName], after: Published[CellName]) -> bool:
    """Whether a revision withholds a total of all that was shown before: then it tells less than what it revises."""
    totals = {name for name in before.shown if name[1:] == (TOTAL, TOTAL)}
    return not totals <= after.shown


class LinesMoved(NamedTuple):
    """Lines that a cell gained, lost, or counts otherwise than before."""

    name: CellName
    added: list[str]
    removed: list[str]
    recounted: list[str]


def lines_moved(before: Tally, after: Tally) -> Iterator[LinesMoved]:
    """Yield, cell by cell, by which lines a revision came about."""
    for name in sorted(before.lines.keys() | after.lines.keys()):
        old, new = before.lines.get(name, {}), after.lines.get(name, {})
        recounted = [line for line in sorted(old.keys() & new.keys()) if old[line] != new[line]]
        moved = LinesMoved(name, sorted(new.keys() - old.keys()), sorted(old.keys() - new.keys()), recounted)
        if any(moved[1:]):
            yield moved


def incident_of(line: str) -> str:
    """Return the reference of the incident that a line is of."""
    return line.rpartition("/")[0]
