"""Small cells are withheld from what leaves the house, and so many others that nobody works them out again.

A table is cells and sums: each sum is one cell that equals others together. First every small cell goes; then, while
one of them follows from what is still shown, another cell of one of its sums goes as well (complementary suppression:
Hundepool et al., Statistical Disclosure Control, 2012, chapter 4).
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

import numpy as np

Name = TypeVar("Name", bound=Hashable)
# Below this a weight is rounding: weights of sums are 1 and -1.
ROUNDING = 1e-9


class Sum(NamedTuple, Generic[Name]):
    """A cell that equals others together, by their names."""

    total: Name
    parts: tuple[Name, ...]


def suppressed(cells: Mapping[Name, int], sums: Iterable[Sum[Name]], *, smallest_shown: int) -> frozenset[Name]:
    """Return the cells to withhold, so that none from 1 to below `smallest_shown` is shown or follows from the rest."""
    relations = list(sums)
    small = frozenset(name for name, value in cells.items() if 0 < value < smallest_shown)
    hidden = set(small)
    while choice := _told(cells, relations, hidden, small, smallest_shown):
        hidden.add(min(choice, key=lambda name: _loss(name, cells)))
    return frozenset(hidden)


def _told(
    cells: Mapping[Name, int],
    sums: Sequence[Sum[Name]],
    hidden: Collection[Name],
    small: frozenset[Name],
    smallest_shown: int,
) -> Collection[Name]:
    """Return cells of which one more must go; none where what is shown does not tell a small cell."""
    for total, parts in sums:
        withheld = [part for part in parts if part in hidden]
        # A total that is shown, less the parts that are, gives the withheld parts together.
        if (
            total not in hidden
            and not small.isdisjoint(withheld)
            and sum(map(cells.__getitem__, withheld)) < smallest_shown
        ):
            return [part for part in parts if part not in hidden] or [total]
    determined = _determined(sums, hidden).intersection(small)
    if not determined:
        return ()
    touching = [{each.total, *each.parts} for each in sums if determined.intersection((each.total, *each.parts))]
    return set().union(*touching).difference(hidden) or set(cells).difference(hidden)


def _loss(name: Name, cells: Mapping[Name, int]) -> tuple[bool, int, str]:
    """Order cells by how little is lost with them; those of nothing last, for everybody expects them."""
    return cells[name] == 0, cells[name], str(name)


def _determined(sums: Sequence[Sum[Name]], hidden: Collection[Name]) -> set[Name]:
    """Return the withheld cells that the sums leave only one value for."""
    place = {name: column for column, name in enumerate(sorted(hidden, key=str))}
    rows = np.zeros((len(sums), len(place)))
    for row, (total, parts) in enumerate(sums):
        for name, weight in ((total, -1.0), *((part, 1.0) for part in parts)):
            if name in place:
                rows[row, place[name]] += weight
    rows = rows[rows.any(axis=1)]
    if not len(rows):
        return set()
    _, weights, directions = np.linalg.svd(rows)
    free = directions[int((weights > ROUNDING).sum()) :]
    return {name for name, column in place.items() if np.abs(free[:, column]).max(initial=0.0) <= ROUNDING}
