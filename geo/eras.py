"""Stretches of days within which no unit changed hands, and who held each unit in them."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

import numpy as np

from geo.spatial_index import Indices
from geo.states import change_days, state_on


class Eras:
    """Answers by era instead of by day: one table of States for each stretch without a change."""

    def __init__(self, units: Sequence[str]) -> None:
        self._days = change_days()
        firsts = [date.min, *self._days]
        self.states: tuple[tuple[str, ...], ...] = tuple(
            tuple(state_on(unit, first) for unit in units) for first in firsts
        )
        # The same as numbers, for whole arrays: numbers[era, unit] stands for codes[number].
        self.codes: tuple[str, ...] = tuple(sorted({state for states in self.states for state in states}))
        self._numbers = {code: number for number, code in enumerate(self.codes)}
        self.numbers = np.array([[self._numbers[state] for state in states] for states in self.states], dtype=np.int64)

    def __len__(self) -> int:
        return len(self.states)

    def number_of(self, code: str) -> int:
        """Return the number of a State's code, or -2 where no unit was ever under it."""
        return self._numbers.get(code, -2)

    def of(self, days: Sequence[date | None]) -> Indices:
        """Return the era of each day; None is today's reading, the last."""
        return np.array(
            [len(self._days) if day is None else bisect_right(self._days, day) for day in days], dtype=np.int64
        )
