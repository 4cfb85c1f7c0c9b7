"""An outline on a small map, drawn on the server: land around it, and what stood there before."""

from collections.abc import Iterator
from math import cos, radians
from typing import Any, Final, NamedTuple

import shapely

from cases.documents.map_inset import HEIGHT, WIDTH, Frame
from cases.documents.reference_land import reference_land

_M_PER_DEGREE: Final = 111_195.0
# A coast or a border comes into view beside a harbour, and a zone never fills the drawing to its edge.
_LEAST_HALF_WIDTH_M: Final = 60_000.0
_MOST_HALF_WIDTH_M: Final = 9_000_000.0
_ROOM: Final = 1.35
# Half a unit of the drawing: finer is not seen, and outlines of coasts have a million places.
_FINEST: Final = 0.5
_EDGE: Final = (-12.0, -12.0, WIDTH + 12, HEIGHT + 12)


class ZoneMap(NamedTuple):
    """What is drawn, as paths: the land, the outline, and the one that it replaces."""

    width: int
    height: int
    land: str
    zone: str
    standing: str


def map_of(zone: Any, standing: Any = None) -> ZoneMap | None:
    """Return the map of an outline in WGS 84 degrees; None for an empty one."""
    if zone is None or zone.is_empty:
        return None
    frame = _frame_around(zone)
    pieces = (piece for _code, land in reference_land().within(frame.windows()) for piece in land)
    land = "".join(_path(frame, piece) for piece in pieces)
    before = "" if standing is None else _path(frame, standing)
    return ZoneMap(int(WIDTH), int(HEIGHT), land, _path(frame, zone), before)


def _frame_around(zone: Any) -> Frame:
    west, south, east, north = zone.bounds
    longitude, latitude = (west + east) / 2, (south + north) / 2
    across_m = (east - west) / 2 * _M_PER_DEGREE * max(cos(radians(latitude)), 0.05)
    upwards_m = (north - south) / 2 * _M_PER_DEGREE * WIDTH / HEIGHT
    half_m = max(across_m, upwards_m) * _ROOM
    return Frame(longitude, latitude, min(max(half_m, _LEAST_HALF_WIDTH_M), _MOST_HALF_WIDTH_M))


def _path(frame: Frame, geometry: Any) -> str:
    drawn = shapely.make_valid(shapely.simplify(frame.projected(geometry), _FINEST))
    return "".join(_rings(shapely.clip_by_rect(drawn, *_EDGE)))


def _rings(geometry: Any) -> Iterator[str]:
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon":
            for ring in (part.exterior, *part.interiors):
                yield "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring.coords) + "Z"
        elif part.geom_type in {"MultiPolygon", "GeometryCollection"}:
            yield from _rings(part)
