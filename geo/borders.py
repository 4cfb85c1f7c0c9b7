"""Land borders between States: the nearest on a day, and the belts along them."""

from collections.abc import Sequence

import numpy as np

from geo.crs import Floats
from geo.eras import Eras
from geo.memberships import ZoneMembership
from geo.spatial_index import GroupedLines, Indices, LineIndex

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
        self.active = tuple(
            np.array([states[first] != states[second] for first, second in pairs], dtype=bool) for states in eras.states
        )
        self._indexes: dict[bytes, LineIndex] = {}

    def index_in(self, era: int) -> LineIndex:
        """Return the index over the borders between States in an era, built when first asked for."""
        active = self.active[era]
        if active.tobytes() not in self._indexes:
            self._indexes[active.tobytes()] = LineIndex(self._segments[active[self._group]])
        return self._indexes[active.tobytes()]


def border_belts(
    pair: tuple[str, str], metres: float, doubt_m: float, country: str | None, *, is_own: bool
) -> list[ZoneMembership]:
    """Return the belts along one border that a position at this distance is in or may be in.

    A belt lies on the two sides of its own border: ``is_own`` says that the position is on one of them, or at sea; on
    land that may be a third State's it is never sure.
    """
    name = "-".join(pair)
    return [
        ZoneMembership(
            id=f"belt:{width}:{name}",
            kind="border_belt",
            country=country,
            name=f"Within {width // 1000} km of the border {name}",
            certainty="inside" if is_own and metres + doubt_m <= width else "indeterminate",
            distance_m=float(round(metres)),
            computed=True,
        )
        for width in BELT_WIDTHS_M
        if metres - doubt_m <= width
    ]
