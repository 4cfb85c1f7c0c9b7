"""Small cells are withheld from what leaves the house, and so many others that nobody works them out again.

A table is cells and sums: each sum is one cell that equals others together. First every small cell goes; then, while
one of them follows from what is still shown, another cell of one of its sums goes as well (complementary suppression:
Hundepool et al., Statistical Disclosure Control, 2012, chapter 4).

What was published before is never taken back, and whoever holds it takes every cell to be as it was unless a revision
tells otherwise. So a cell that did not change is one unknown in all publications, and the change of a cell is a cell
like others: a small one must not follow from two publications either.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from cases.errors import RevisionTellsTooMuch

Name = TypeVar("Name", bound=Hashable)
# Below this a weight is rounding: weights of sums are 1 and -1.
ROUNDING = 1e-9


class Sum(NamedTuple, Generic[Name]):
    """A cell that equals others together, by their names."""

    total: Name
    parts: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Published(Generic[Name]):
    """What was published: every cell that was counted, those that were shown, and the sums that all know to hold."""

    cells: Mapping[Name, int]
    shown: frozenset[Name]
    sums: Sequence[Sum[Name]]


# What stands behind a cell: a number that nobody knows at first, named by the publication in which it came to be.
_Unknown = tuple[int, Name]
# An unknown, or the difference of two, that must not be told.
_Guarded = tuple[_Unknown[Name], _Unknown[Name] | None]


def suppressed(
    cells: Mapping[Name, int],
    sums: Iterable[Sum[Name]],
    *,
    smallest_shown: int,
    earlier: Sequence[Published[Name]] = (),
) -> frozenset[Name]:
    """Return the cells to withhold, so that none from 1 to below `smallest_shown` is shown or follows from the rest.

    `earlier` is what was published before, oldest first. Raises RevisionTellsTooMuch where nothing that may still be
    withheld keeps a small cell of it, or a small change, from following.
    """
    state = _State.of(cells, list(sums), smallest_shown, earlier)
    while (choice := state.to_choose_from()) is not None:
        if not choice:
            raise RevisionTellsTooMuch
        state.hidden.add(min(choice, key=lambda name: _loss(name, cells)))
    return frozenset(state.hidden)


def _loss(name: Name, cells: Mapping[Name, int]) -> tuple[bool, int, str]:
    """Order cells by how little is lost with them; those of nothing last, for everybody expects them."""
    return cells[name] == 0, cells[name], str(name)


@dataclass(slots=True)
class _State(Generic[Name]):
    """What is known to whoever holds every publication, the new one with some of its cells withheld."""

    cells: Mapping[Name, int]
    sums: Sequence[Sum[Name]]
    smallest_shown: int
    # By name, what stands behind the cells of the new publication.
    behind: Mapping[Name, _Unknown[Name]]
    # The sums of all publications, over what stands behind their cells.
    relations: frozenset[Sum[_Unknown[Name]]]
    unknowns: frozenset[_Unknown[Name]]
    told_before: frozenset[_Unknown[Name]]
    guarded: Collection[_Guarded[Name]]
    hidden: set[Name]
    made: dict[frozenset[_Unknown[Name]], "_Block[Name]"] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        cells: Mapping[Name, int],
        sums: Sequence[Sum[Name]],
        smallest_shown: int,
        earlier: Sequence[Published[Name]],
    ) -> "_State[Name]":
        """Begin with the small cells, small changes, and what was withheld before and has not changed."""
        every = [*earlier, Published(cells, frozenset(), sums)]
        behind = _behind(every)
        told_before = frozenset(behind[at][name] for at, each in enumerate(earlier) for name in each.shown)
        before = frozenset(behind[at][name] for at, each in enumerate(earlier) for name in each.cells)
        withheld = before - told_before
        guarded = _guarded(every, behind, smallest_shown)
        if earlier:
            known = _Telling(_relations(earlier, behind), withheld, {})
            # What they tell by themselves is out of the house already.
            guarded = [each for each in guarded if not (before.issuperset(filter(None, each)) and known.tells(each))]
        hidden = {
            name
            for name, value in cells.items()
            if behind[-1][name] not in told_before
            and (
                0 < value < smallest_shown
                or behind[-1][name] in withheld
                or any(name in each.shown and 0 < abs(value - each.cells[name]) < smallest_shown for each in earlier)
            )
        }
        unknowns = before | frozenset(behind[-1].values())
        return cls(
            cells, sums, smallest_shown, behind[-1], _relations(every, behind), unknowns, told_before, guarded, hidden
        )

    def to_choose_from(self) -> Collection[Name] | None:
        """Return cells of which one more must go; None where what is shown does not tell what is guarded."""
        known = self.told_before | {self.behind[name] for name in self.cells if name not in self.hidden}
        may_go = {name for name in self.cells if name not in self.hidden and self.behind[name] not in self.told_before}
        if (parts := self._told_by_bounds(known)) is not None:
            return may_go.intersection(parts[1]) or may_go.intersection(parts[:1])
        telling = _Telling(self.relations, self.unknowns - known, self.made)
        told = {unknown for each in self.guarded if telling.tells(each) for unknown in each if unknown is not None}
        if not told:
            return None
        touching = told.union(*({each.total, *each.parts} for each in self.relations if _touches(each, told)))
        return {name for name in may_go if self.behind[name] in touching} or may_go

    def _told_by_bounds(self, known: Collection[_Unknown[Name]]) -> Sum[Name] | None:
        """Return a sum whose total, less the parts that are known, leaves little for the withheld parts together."""
        for each in self.sums:
            withheld = [self.cells[part] for part in each.parts if self.behind[part] not in known]
            has_small = any(0 < value < self.smallest_shown for value in withheld)
            if self.behind[each.total] in known and has_small and sum(withheld) < self.smallest_shown:
                return each
        return None


# One relation over what is unknown in it: weights of its sum.
_Row = dict[_Unknown[Name], float]
# What is free to move together, and how: a row a direction, a column an unknown.
_Block = tuple[list[_Unknown[Name]], np.ndarray]


class _Telling(Generic[Name]):
    """What sums tell of unknowns: how far these may still move together.

    Sums that share no unknown are looked at apart: `made` keeps what was found of those that did not change since.
    """

    def __init__(
        self,
        relations: Iterable[Sum[_Unknown[Name]]],
        unknowns: frozenset[_Unknown[Name]],
        made: dict[frozenset[_Unknown[Name]], _Block[Name]],
    ) -> None:
        self.unknowns = unknowns
        self.movement: dict[_Unknown[Name], tuple[int, np.ndarray]] = {}
        rows = [row for each in relations if (row := _row(each, unknowns))]
        for number, block in enumerate(_blocks(rows)):
            key = frozenset[_Unknown[Name]]().union(*block)
            if key not in made:
                made[key] = _free(block, sorted(key, key=str))
            for column, unknown in enumerate(made[key][0]):
                self.movement[unknown] = number, made[key][1][:, column]

    def tells(self, guarded: _Guarded[Name]) -> bool:
        """Whether only one value is left for it."""
        one, other = guarded
        if one in self.movement and other in self.movement:
            (block, movement), (other_block, other_movement) = self.movement[one], self.movement[other]
            if block == other_block:
                return _is_none(movement - other_movement)
        return self._is_told(one) and (other is None or self._is_told(other))

    def _is_told(self, unknown: _Unknown[Name]) -> bool:
        if unknown in self.movement:
            return _is_none(self.movement[unknown][1])
        # In no sum with anything else that is unknown, it may be whatever it likes.
        return unknown not in self.unknowns


def _is_none(movement: np.ndarray) -> bool:
    return bool(np.abs(movement).max(initial=0.0) <= ROUNDING)


def _row(each: Sum[_Unknown[Name]], unknowns: frozenset[_Unknown[Name]]) -> _Row[Name]:
    row = {part: 1.0 for part in each.parts if part in unknowns}
    return row | {each.total: -1.0} if each.total in unknowns else row


def _blocks(rows: Iterable[_Row[Name]]) -> list[list[_Row[Name]]]:
    """Return rows that hang together by their unknowns."""
    blocks: list[tuple[set[_Unknown[Name]], list[_Row[Name]]]] = []
    for row in rows:
        met = [block for block in blocks if not block[0].isdisjoint(row)]
        joined = set(row).union(*(names for names, _ in met)), [row, *(each for _, of in met for each in of)]
        blocks = [block for block in blocks if block not in met] + [joined]
    return [of for _, of in blocks]


def _free(block: Sequence[_Row[Name]], names: list[_Unknown[Name]]) -> _Block[Name]:
    place = {name: column for column, name in enumerate(names)}
    matrix = np.zeros((len(block), len(names)))
    for number, row in enumerate(block):
        matrix[number, [place[name] for name in row]] = list(row.values())
    _, weights, directions = np.linalg.svd(matrix)
    return names, np.asarray(directions[int((weights > ROUNDING).sum()) :])


def _behind(every: Sequence[Published[Name]]) -> list[dict[Name, _Unknown[Name]]]:
    """Return what stands behind each cell of each publication: the same as before where the number is the same."""
    latest: dict[Name, tuple[int, _Unknown[Name]]] = {}
    told = []
    for at, each in enumerate(every):
        for name, value in each.cells.items():
            if name not in latest or latest[name][0] != value:
                latest[name] = value, (at, name)
        told.append({name: latest[name][1] for name in each.cells})
    return told


def _relations(
    every: Iterable[Published[Name]], behind: Sequence[Mapping[Name, _Unknown[Name]]]
) -> frozenset[Sum[_Unknown[Name]]]:
    return frozenset(
        Sum(behind[at][each.total], tuple(behind[at][part] for part in each.parts))
        for at, published in enumerate(every)
        for each in published.sums
    )


def _guarded(
    every: Sequence[Published[Name]], behind: Sequence[Mapping[Name, _Unknown[Name]]], smallest_shown: int
) -> list[_Guarded[Name]]:
    """Return the small cells, and the small changes from one publication to another."""
    small = {
        behind[at][name]
        for at, each in enumerate(every)
        for name, value in each.cells.items()
        if 0 < value < smallest_shown
    }
    changes = {
        (behind[second][name], behind[first][name])
        for (first, before), (second, after) in combinations(enumerate(every), 2)
        for name in before.cells.keys() & after.cells.keys()
        if 0 < abs(after.cells[name] - before.cells[name]) < smallest_shown
    }
    return [*((unknown, None) for unknown in small), *changes]


def _touches(each: Sum[_Unknown[Name]], unknowns: Collection[_Unknown[Name]]) -> bool:
    return each.total in unknowns or not {*each.parts}.isdisjoint(unknowns)
