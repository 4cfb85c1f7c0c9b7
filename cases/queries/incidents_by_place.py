"""Incidents by where they happened: the index gives candidates, geodesy and exact geometry decide."""

from math import cos, radians
from typing import Final, TypeAlias

import shapely
from django.db.models import Q, QuerySet
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from cases.models import Incident

# West, south, east, north in degrees; a west beyond the east crosses the antimeridian.
Box: TypeAlias = tuple[float, float, float, float]

_WGS84: Final = Geod(ellps="WGS84")
# The shortest degree of latitude on the ellipsoid, at the equator, so that no candidate is missed.
_LEAST_M_PER_DEGREE: Final = 110_574.0


def in_box(rows: QuerySet[Incident], box: Box) -> QuerySet[Incident]:
    """Return the incidents whose position lies in the box, edges included."""
    return rows.filter(lying_in(box))


def lying_in(box: Box) -> Q:
    """Return what an incident must meet to lie in the box.

    In plain comparisons of numbers: of all that a box can be asked with, only they are answered by an index behind
    row-level security.
    """
    west, south, east, north = box
    within = Q(latitude__gte=south, latitude__lte=north)
    if west <= east:
        return within & Q(longitude__gte=west, longitude__lte=east)
    return within & (Q(longitude__gte=west) | Q(longitude__lte=east))


def near(rows: QuerySet[Incident], longitude: float, latitude: float, distance_m: float) -> QuerySet[Incident]:
    """Return the incidents at most that geodesic distance away."""
    candidates = in_box(rows, _box_around(longitude, latitude, distance_m)).values_list("pk", "longitude", "latitude")
    found = list(candidates.order_by())
    if not found:
        return rows.none()
    keys, longitudes, latitudes = zip(*found, strict=True)
    _, _, distances = _WGS84.inv([longitude] * len(keys), [latitude] * len(keys), longitudes, latitudes)
    return rows.filter(pk__in=[key for key, away in zip(keys, distances, strict=True) if away <= distance_m])


def within(rows: QuerySet[Incident], area: BaseGeometry) -> QuerySet[Incident]:
    """Return the incidents in the area, its edge included."""
    found = list(in_box(rows, area.bounds).order_by().values_list("pk", "longitude", "latitude"))
    shapely.prepare(area)
    return rows.filter(pk__in=[key for key, x, y in found if shapely.intersects_xy(area, x, y)])


def _box_around(longitude: float, latitude: float, distance_m: float) -> Box:
    height = distance_m / _LEAST_M_PER_DEGREE
    south, north = max(latitude - height, -90.0), min(latitude + height, 90.0)
    # Meridians draw together: the row of the box nearest a pole needs the most degrees.
    narrowest = cos(radians(max(abs(south), abs(north))))
    width = height / narrowest * 1.02 if narrowest > 0.0001 else 360.0
    if width >= 180:
        return -180.0, south, 180.0, north
    return _wrapped(longitude - width), south, _wrapped(longitude + width), north


def _wrapped(longitude: float) -> float:
    return (longitude + 180) % 360 - 180
