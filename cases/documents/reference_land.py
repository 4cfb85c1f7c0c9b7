"""The land of the reference geography, as the map inset needs it: what lies in a window, and where a country is."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from geo.reference_data import REFERENCE_FOLDER, polygons_from_arrays, read_arrays, read_names


class Land:
    """Present-day units and their land, subdivided and indexed; WGS 84 degrees."""

    def __init__(self, folder: Path) -> None:
        self._codes: tuple[str, ...] = tuple(read_names(folder, "names")["units"])
        self._polygons, self._owners = polygons_from_arrays(read_arrays(folder, "countries"))
        self._tree = shapely.STRtree(self._polygons)
        self._centres: dict[str, shapely.Point] = {}

    def within(self, windows: Sequence[shapely.Geometry]) -> Iterator[tuple[str, npt.NDArray[np.object_]]]:
        """Yield each unit with the pieces of its land that touch a window, by code."""
        hits = np.unique(np.concatenate([self._tree.query(window, predicate="intersects") for window in windows]))
        for owner in sorted(np.unique(self._owners[hits]), key=lambda owner: self._codes[owner]):
            yield self._codes[owner], self._polygons[hits[self._owners[hits] == owner]]

    def centre(self, code: str) -> shapely.Point | None:
        """Return a point well inside the unit's largest landmass; None where the code is none of a present-day unit."""
        if code not in self._codes:
            return None
        if code not in self._centres:
            pieces = self._polygons[self._owners == self._codes.index(code)]
            # Areas in square degrees mislead only between landmasses of like size, and any of them shows the direction.
            largest = max(shapely.get_parts(shapely.union_all(pieces)), key=lambda part: float(part.area))
            self._centres[code] = shapely.point_on_surface(largest)
        return self._centres[code]


@cache
def reference_land() -> Land:
    """Return the land, read once a process; raises ReferenceGeographyMissing where `make setup` has not built it."""
    return Land(REFERENCE_FOLDER)
