"""Land borders between States: the nearest on a day, and the belts along them."""

from collections.abc import Sequence

import numpy as np

from geo.crs import Floats
from geo.eras import Eras
from geo.spatial_index import GroupedLines, Indices, LineIndex, Nearest

# Fifty kilometres is the agency-set belt of rule R7; eighty the belt of border checks between neighbours.
BELT_WIDTHS_M = (80_000, 50_000)


class Borders:
    """The lines between units, and which of them were borders between States in an era.

    Lines that vanished (between the two German States) are in no package: only today's are known, back to when they
    arose.
    """

    def __init__(self, segments: Floats, group: Indices, pairs: Sequence[tuple[int, int]], eras: Eras) -> None:
        self.lines = GroupedLines(segments, group, len(pairs))
        self.pairs = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        self._segments, self._group = segments, group
        self.active = np.array(
            [[states[first] != states[second] for first, second in pairs] for states in eras.states], dtype=bool
        ).reshape(len(eras), len(pairs))
        self._all = LineIndex(segments)
        self._indexes: dict[bytes, LineIndex] = {}

    def nearest(self, xyz: Floats) -> tuple[Nearest, Indices]:
        """Return the nearest line of any kind, and its pair of units."""
        found = self._all.nearest(xyz)
        return found, self._group[found.segment]

    def index_in(self, era: int) -> LineIndex:
        """Return the index over the borders between States in an era, built when first asked for."""
        active = self.active[era]
        if active.all():
            return self._all
        if active.tobytes() not in self._indexes:
            self._indexes[active.tobytes()] = LineIndex(self._segments[active[self._group]])
        return self._indexes[active.tobytes()]


class BeltNames:
    """Ids and names of the belts of some widths along each line, and the order of the ids."""

    def __init__(self, widths_m: Sequence[int], pairs: Sequence[tuple[str, str]]) -> None:
        names = ["-".join(pair) for pair in pairs]
        self.ids = [[f"belt:{width}:{name}" for name in names] for width in widths_m]
        self.names = [[f"Within {kilometres(width)} km of the border {name}" for name in names] for width in widths_m]
        flat = np.array([text for row in self.ids for text in row], dtype=object)
        self.rank = np.argsort(np.argsort(flat, kind="stable"), kind="stable").reshape(len(widths_m), len(names))


def kilometres(metres: int) -> str:
    """Return metres as kilometres in digits, without a fraction where there is none."""
    return f"{metres / 1_000:g}"
