"""Ports and airports: hints for a place that somebody names, and zones around the points that the registries give."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

from geo.crs import Floats, Position, arc_m, checked_positions, earth_centred, geodesic_m
from geo.reference_data import REFERENCE_FOLDER, read_names
from geo.sources import Airport, Port
from geo.spatial_index import Indices, flattened

# A harbour or an airfield with its surroundings; the registries give one point for each.
LANDMARK_REACH_M = 5_000
LANDMARK_NOTE = f"within {LANDMARK_REACH_M // 1_000} km of the point that the registry gives"


class Landmarks:
    """The ports and airports of the reference geography."""

    def __init__(self, folder: Path) -> None:
        self.ports = tuple(Port(*entry) for entry in read_names(folder, "ports"))
        self.airports = tuple(Airport(*entry) for entry in read_names(folder, "airports"))
        self._by_unlocode = {port.unlocode: port for port in reversed(self.ports)}
        self._by_code = {airport.icao: airport for airport in reversed(self.airports) if airport.icao}
        self._by_code.update({airport.iata: airport for airport in reversed(self.airports) if airport.iata})
        longitudes = np.array([port.longitude for port in self.ports])
        self._ports_tree = cKDTree(earth_centred(longitudes, np.array([port.latitude for port in self.ports])))

    def port(self, unlocode: str) -> Port | None:
        """Return the port of a UN/LOCODE, written with or without a space."""
        return self._by_unlocode.get(unlocode.replace(" ", "").upper())

    def airport(self, code: str) -> Airport | None:
        """Return the airport of an IATA or ICAO code."""
        return self._by_code.get(code.strip().upper())

    def nearest_port(self, position: Position) -> tuple[Port, int]:
        """Return the nearest port and its geodesic distance in whole metres."""
        lon, lat = checked_positions(position.longitude, position.latitude)
        port = self.ports[int(np.ravel(self._ports_tree.query(earth_centred(lon, lat))[1])[0])]
        away = geodesic_m(lon, lat, np.array([port.longitude]), np.array([port.latitude]))
        return port, round(float(away[0]))

    def zoned(self) -> tuple["PointZones", ...]:
        """Return the zones around ports, each UN/LOCODE once, and around airports with an IATA code.

        Nearly thirty thousand airstrips have none: they would crowd out the others.
        """
        ports = sorted(self._by_unlocode.values(), key=lambda port: port.unlocode)
        airports = sorted((airport for airport in self.airports if airport.iata), key=lambda airport: airport.iata)
        return (
            PointZones([LandmarkZone(f"port:{port.unlocode}", f"{port.name} (port)", port) for port in ports]),
            PointZones([LandmarkZone(f"airport:{field.iata}", f"{field.name} (airport)", field) for field in airports]),
        )


@dataclass(frozen=True, slots=True)
class LandmarkZone:
    """A zone around the point of a port or airport."""

    id: str
    name: str
    point: Port | Airport


class PointZones:
    """Zones of one width around points: which of them a position is in or may be in."""

    def __init__(self, zones: Sequence[LandmarkZone]) -> None:
        self.zones = tuple(zones)
        points = [zone.point for zone in zones]
        longitudes = np.array([point.longitude for point in points])
        self._tree = cKDTree(earth_centred(longitudes, np.array([point.latitude for point in points])))

    def around(self, xyz: Floats, doubt_m: Floats) -> tuple[Indices, Indices, Floats]:
        """Return (position, zone, metres from its point), ascending; for a circle wider than the zones the nearest.

        A circle of a hundred kilometres touches dozens: naming each would say no more.
        """
        chord, nearest = (np.asarray(found) for found in self._tree.query(xyz))
        reach = LANDMARK_REACH_M + doubt_m
        near = arc_m(chord) <= reach
        if not near.any():
            return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
        fine = np.flatnonzero(near & (doubt_m <= LANDMARK_REACH_M))
        wide = np.flatnonzero(near & (doubt_m > LANDMARK_REACH_M))
        at, zone = flattened(self._tree.query_ball_point(xyz[fine], reach[fine], return_sorted=True))
        away = np.linalg.norm(self._tree.data[zone] - xyz[fine[at]], axis=1)
        at = np.concatenate([fine[at], wide])
        order = np.argsort(at, kind="stable")
        return (
            at[order],
            np.concatenate([zone, nearest[wide]])[order],
            arc_m(np.concatenate([away, chord[wide]]))[order],
        )


@lru_cache(maxsize=1)
def landmarks() -> Landmarks:
    """Return the ports and airports, loaded once in a process."""
    return Landmarks(REFERENCE_FOLDER)
