"""Ports and airports: hints for a place that somebody names, and context on the map."""

from functools import lru_cache
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

from geo.crs import Position, checked_positions, earth_centred, geodesic_m
from geo.reference_data import REFERENCE_FOLDER, read_names
from geo.sources import Airport, Port


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


@lru_cache(maxsize=1)
def landmarks() -> Landmarks:
    """Return the ports and airports, loaded once in a process."""
    return Landmarks(REFERENCE_FOLDER)
