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

    def __len__(self) -> int:
        return len(self.states)

    def of(self, days: Sequence[date | None]) -> Indices:
        """Return the era of each day; None is today's reading, the last."""
        return np.array(
            [len(self._days) if day is None else bisect_right(self._days, day) for day in days], dtype=np.int64
        )
