"""Where two geographies may answer otherwise, as boxes by which an index of positions finds whom a change concerns."""

from collections.abc import Iterable
from math import cos, radians
from typing import Final

from geo.locate import Box, Geography
from geo.maritime import WIDEST_M
from geo.overlay import ImportedZone

# The shortest degree of latitude on the ellipsoid, at the equator, so that nothing is missed.
_LEAST_M_PER_DEGREE: Final = 110_574.0
# Nearer to a pole than this a few metres are every longitude.
_LEAST_COSINE: Final = 0.0001
_ROUNDING: Final = 1.02


def changed_boxes(before: Geography, after: Geography, *, within_m: float) -> tuple[Box, ...] | None:
    """Return boxes that hold every position for which the two may answer otherwise; None where that is everywhere.

    A box whose west lies beyond its east crosses the antimeridian.

    ``within_m`` is the widest accuracy and reach together of those who ask.
    """
    if before.reference != after.reference:
        return None
    zones = _changed(before, after)
    reach_m = within_m + max((zone.accuracy_m for zone in (*before.zones, *after.zones)), default=0.0) + 1.0
    boxes = {_widened(_bounds(zone), reach_m) for zone in zones}
    # Where an imported zone begins or ceases to answer instead of computed ones, all of the State's are concerned.
    replacing_m = reach_m + max(WIDEST_M, *after.belt_widths_m)
    for zone in _beginning_or_ending(before.zones, after.zones):
        boxes.update(_widened(bounds, replacing_m) for bounds in after.bounds_of(zone))
    return tuple(sorted(boxes))


def _changed(before: Geography, after: Geography) -> list[ImportedZone]:
    """Return the zones, old and new, that are not in both; all where how far each is looked for has changed."""
    if _looked_for(before.zones) != _looked_for(after.zones):
        return [*before.zones, *after.zones]
    same = {zone.identity() for zone in before.zones} & {zone.identity() for zone in after.zones}
    return [zone for zone in (*before.zones, *after.zones) if zone.identity() not in same]


def _looked_for(zones: Iterable[ImportedZone]) -> tuple[float, bool]:
    zones = tuple(zones)
    return max((zone.accuracy_m for zone in zones), default=0.0), any(zone.kind == "territory" for zone in zones)


def _beginning_or_ending(before: Iterable[ImportedZone], after: Iterable[ImportedZone]) -> list[ImportedZone]:
    was, now = ({(zone.kind, zone.country, _days(zone)): zone for zone in zones} for zones in (before, after))
    return [zone for key, zone in (*was.items(), *now.items()) if not (key in was and key in now)]


def _days(zone: ImportedZone) -> tuple[str, str, str]:
    return zone.code, zone.valid_from.isoformat(), zone.valid_until.isoformat() if zone.valid_until else ""


def _bounds(zone: ImportedZone) -> Box:
    west, south, east, north = zone.geometry.bounds
    return west, south, east, north


def _widened(bounds: Box, by_m: float) -> Box:
    """Return the box with so many metres more on each side."""
    west, south, east, north = bounds
    height = by_m / _LEAST_M_PER_DEGREE
    south, north = max(south - height, -90.0), min(north + height, 90.0)
    # Meridians draw together: the row of the box nearest a pole needs the most degrees.
    narrowest = cos(radians(max(abs(south), abs(north))))
    width = height / narrowest * _ROUNDING if narrowest > _LEAST_COSINE else 360.0
    if east - west + 2 * width >= 360:
        return -180.0, south, 180.0, north
    return _wrapped(west - width), south, _wrapped(east + width), north


def _wrapped(longitude: float) -> float:
    return (longitude + 180.0) % 360.0 - 180.0
