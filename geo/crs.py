"""Coordinates: WGS 84 longitude and latitude in degrees, and the same on the ellipsoid in metres."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod

from geo.errors import PositionInvalid

Floats = npt.NDArray[np.float64]

GEOD = Geod(ellps="WGS84")
SEMI_MAJOR_M = 6_378_137.0
FLATTENING = 1 / 298.257223563
ECCENTRICITY_2 = FLATTENING * (2 - FLATTENING)
MEAN_RADIUS_M = 6_371_008.8
# A degree of latitude at the equator, the shortest one: dividing by it never makes a search box too small.
METRES_PER_DEGREE = 110_574.0
NAUTICAL_MILE_M = 1_852.0


@dataclass(frozen=True, slots=True)
class Position:
    """A WGS 84 position in degrees; any longitude is taken, latitude must lie in [-90, 90]."""

    longitude: float
    latitude: float


def normalised_longitudes(longitudes: Floats) -> Floats:
    """Return the longitudes brought into [-180, 180); a point on the antimeridian has one name only."""
    return np.asarray((longitudes + 180.0) % 360.0 - 180.0)


def checked_positions(longitudes: npt.ArrayLike, latitudes: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return clean arrays of longitudes in [-180, 180) and latitudes; raise PositionInvalid for what is no position."""
    lon = np.atleast_1d(np.asarray(longitudes, dtype=np.float64))
    lat = np.atleast_1d(np.asarray(latitudes, dtype=np.float64))
    if lon.shape != lat.shape or not (np.isfinite(lon).all() and np.isfinite(lat).all()):
        raise PositionInvalid("A position needs a finite longitude and latitude.")
    if (np.abs(lat) > 90).any():
        raise PositionInvalid("A latitude lies between -90 and 90 degrees; longitude comes first.")
    return normalised_longitudes(lon), lat


def earth_centred(longitudes: Floats, latitudes: Floats) -> Floats:
    """Return positions on the ellipsoid as earth-centred x, y, z in metres: near there is near on the ground."""
    lon, lat = np.radians(longitudes), np.radians(latitudes)
    sin_lat = np.sin(lat)
    prime_vertical = SEMI_MAJOR_M / np.sqrt(1 - ECCENTRICITY_2 * sin_lat**2)
    across = prime_vertical * np.cos(lat)
    return np.stack([across * np.cos(lon), across * np.sin(lon), prime_vertical * (1 - ECCENTRICITY_2) * sin_lat], -1)


def arc_m(chord_m: Floats) -> Floats:
    """Return the ground distance of a straight one through the earth; within a metre up to 500 km."""
    return np.asarray(2 * MEAN_RADIUS_M * np.arcsin(np.minimum(chord_m / (2 * MEAN_RADIUS_M), 1.0)))


def chord_m(arc: float) -> float:
    """Return the straight distance through the earth of a ground distance in metres."""
    return 2 * MEAN_RADIUS_M * math.sin(min(arc / (2 * MEAN_RADIUS_M), math.pi / 2))


def geodesic_m(lon: Floats, lat: Floats, to_lon: Floats, to_lat: Floats) -> Floats:
    """Return geodesic distances on WGS 84 in metres, pair by pair."""
    return np.asarray(GEOD.inv(lon, lat, to_lon, to_lat)[2])


def degrees_reach(latitudes: Floats, distance_m: Floats) -> Floats:
    """Return a half width in degrees that surely holds everything within the distance; 180 next to a pole."""
    reach = distance_m / METRES_PER_DEGREE
    furthest = np.minimum(np.abs(latitudes) + reach, 90.0)
    shrink = np.cos(np.radians(furthest))
    return np.asarray(np.where(shrink < 1e-3, 180.0, np.minimum(reach / np.maximum(shrink, 1e-3), 180.0)))


def area_m2(geometry: Any) -> float:
    """Return the area of a polygon in WGS 84 degrees on the ellipsoid, in square metres, however its rings turn."""
    parts = (part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon")
    return sum(abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(part))[0]) for part in parts)


def box_area_km2(west: float, south: float, east: float, north: float) -> float:
    """Return about how large a box in degrees is on the sphere; a west beyond the east crosses the antimeridian."""
    width = math.radians((east - west) % 360.0 or (360.0 if east > west else 0.0))
    height = math.sin(math.radians(north)) - math.sin(math.radians(south))
    return (MEAN_RADIUS_M / 1_000.0) ** 2 * width * height
