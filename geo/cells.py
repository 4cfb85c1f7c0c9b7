"""Cells of the H3 grid: hexagons that lie within one another, sixteen sizes of them, each named by one number.

The cells within another have numbers in one range, at any finer size, so that an index over numbers finds them.
"""

from typing import Final, NamedTuple

import h3.api.basic_int as h3

# The size at which positions are kept: 66 m from the middle to a corner, less than any map shows as a cell.
FINEST: Final = 10
# The sizes that a map is drawn with.
COARSEST_SHOWN: Final = 0
FINEST_SHOWN: Final = 9
# On a map whose tiles are 512 pixels wide, cells of this make some forty pixels; each finer size is √7 times smaller.
_ZOOM_OF_FIRST: Final = 0.6
_ZOOMS_A_SIZE: Final = 1.404

_SIZE_BITS: Final = 52
_DIGIT_BITS: Final = 45
_SIZE_MASK: Final = 15 << _SIZE_BITS
# The digits of sizes beyond the finest that is kept.
_UNUSED: Final = (1 << (_DIGIT_BITS - 3 * FINEST)) - 1


class Bits(NamedTuple):
    """What of a number to keep, and what to set in it: how a cell becomes another, also in SQL."""

    kept: int
    set: int

    def of(self, cell: int) -> int:
        """Return what becomes of a cell."""
        return (cell & self.kept) | self.set


def cell_at(longitude: float, latitude: float) -> int:
    """Return the finest cell in which a position lies."""
    return int(h3.latlng_to_cell(latitude, longitude, FINEST))


def around(size: int) -> Bits:
    """Return what makes of a cell the one of a coarser size around it."""
    return Bits(~_SIZE_MASK, (size << _SIZE_BITS) | _digits_below(size))


def first_within(size: int) -> Bits:
    """Return what makes of a cell of that size the first of the finest cells within it."""
    return Bits(~_SIZE_MASK & ~_digits_below(size), (FINEST << _SIZE_BITS) | _UNUSED)


def last_within(size: int) -> Bits:
    """Return what makes of a cell of that size a number that none of the finest cells within it exceeds."""
    return Bits(~_SIZE_MASK, (FINEST << _SIZE_BITS) | _digits_below(size))


def size_at(zoom: float) -> int:
    """Return the size of cells that a map at that zoom is drawn with."""
    size = round((zoom - _ZOOM_OF_FIRST) / _ZOOMS_A_SIZE)
    return min(max(size, COARSEST_SHOWN), FINEST_SHOWN)


def area_km2(size: int) -> float:
    """Return the average area of a cell of that size, in square kilometres."""
    return float(h3.average_hexagon_area(size, unit="km^2"))


def reach_m(size: int) -> float:
    """Return how far the corners of a cell of that size are from its middle, on average, in metres."""
    return float(h3.average_hexagon_edge_length(size, unit="m"))


def middle_of(cell: int) -> tuple[float, float]:
    """Return longitude and latitude of a cell's middle."""
    latitude, longitude = h3.cell_to_latlng(cell)
    return longitude, latitude


def outline_of(cell: int) -> list[tuple[float, float]]:
    """Return the corners of a cell as longitudes and latitudes, closed; across the antimeridian longitudes run on."""
    corners = [(longitude, latitude) for latitude, longitude in h3.cell_to_boundary(cell)]
    west = min(longitude for longitude, _ in corners)
    if max(longitude for longitude, _ in corners) - west > 180.0:
        corners = [(longitude + 360.0 if longitude < 0.0 else longitude, latitude) for longitude, latitude in corners]
    return [*corners, corners[0]]


def name_of(cell: int) -> str:
    """Return a cell as it is written elsewhere: in hexadecimal."""
    return str(h3.int_to_str(cell))


def _digits_below(size: int) -> int:
    return (1 << (_DIGIT_BITS - 3 * size)) - 1
