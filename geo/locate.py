"""Where a position is: State, region, nearest border and coast, zones, views, each as sure as its accuracy allows."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from geo.areas import View
from geo.atlas import Atlas, Box, Region
from geo.borders import BELT_WIDTHS_M
from geo.crs import Floats, Position, checked_positions
from geo.describe import describe
from geo.errors import PositionInvalid
from geo.identity import geography_name
from geo.memberships import Location, NearCountry, ZoneMembership
from geo.overlay import ImportedZone, Overlay
from geo.reference_data import REFERENCE_FOLDER

__all__ = ["Box", "Geography", "Location", "NearCountry", "Position", "Region", "View", "ZoneMembership", "geography"]

# The 1:10m map itself is wrong by about a kilometre, a tenth of a millimetre on paper (Goma's airport falls in Rwanda):
# the best satellite fix says no more than the map it is laid on. An unstated accuracy counts for no less.
DOUBT_OF_THE_MAP_M = 1_000.0
REACH_M = 50_000.0


class Geography:
    """The reference geography in memory; reading it is safe from many threads once warm."""

    def __init__(self, atlas: Atlas, zones: Sequence[ImportedZone] = ()) -> None:
        self._atlas = atlas
        self._overlay = Overlay(zones) if zones else None
        self.units, self.belt_widths_m = atlas.units, atlas.belt_widths_m
        name = geography_name(
            version=atlas.version,
            digest=atlas.digest,
            belt_widths_m=atlas.belt_widths_m,
            zones=self._overlay.digest() if self._overlay is not None else "",
        )
        self.version, self.digest = name.version, name.digest

    @classmethod
    def load(cls, folder: Path | None = None, *, belt_widths_m: Sequence[int] = BELT_WIDTHS_M) -> "Geography":
        """Read the built files; raise ReferenceGeographyMissing when `make setup` has not built them."""
        return cls(Atlas(folder or REFERENCE_FOLDER, tuple(belt_widths_m)))

    def with_zones(self, zones: Iterable[ImportedZone]) -> "Geography":
        """Return the same reference with imported zones over it, instead of any it had; names and digest say so."""
        return Geography(self._atlas, tuple(zones))

    @property
    def zones(self) -> tuple[ImportedZone, ...]:
        """The imported zones, in a fixed order."""
        return self._overlay.zones if self._overlay is not None else ()

    @property
    def reference(self) -> tuple[str, tuple[int, ...]]:
        """What lies under the imported zones: the digest of the packaged reference, and the widths of its belts."""
        return self._atlas.digest, self.belt_widths_m

    def bounds_of(self, zone: ImportedZone) -> list[Box]:
        """Return boxes of what the reference may say instead of an imported zone: its unit's land, a zone of its id."""
        return [*self._atlas.bounds_of_unit(zone.country), *self._atlas.bounds_of_custom(zone.code)]

    def regions(self) -> tuple[Region, ...]:
        """Return every first-level region, by id."""
        return self._atlas.regions

    def country_of_many(self, longitudes: npt.ArrayLike, latitudes: npt.ArrayLike) -> npt.NDArray[np.str_]:
        """Return the present-day unit (ISO alpha-3, XKX) on land at each position, "" at sea: the fast path."""
        lon, lat = checked_positions(longitudes, latitudes)
        return self._atlas.unit_codes[self._atlas.units_at(lon, lat)]

    def locate(
        self, position: Position, *, accuracy_m: float | None, on: date | None, reach_m: float = REACH_M
    ) -> Location:
        """Return where a position is on a day (None: as States are today), within an accuracy (None: not stated)."""
        return self.locate_many(
            [position.longitude], [position.latitude], accuracy_m=[accuracy_m], on=[on], reach_m=reach_m
        )[0]

    def locate_many(
        self,
        longitudes: npt.ArrayLike,
        latitudes: npt.ArrayLike,
        *,
        accuracy_m: Sequence[float | None],
        on: Sequence[date | None],
        reach_m: float = REACH_M,
    ) -> list[Location]:
        """Return where each position is, as `locate` does, whole arrays at a time."""
        lon, lat = checked_positions(longitudes, latitudes)
        stated_m = _stated(accuracy_m)
        if not len(lon) == len(stated_m) == len(on):
            raise PositionInvalid("Each position needs its own accuracy and day, or None.")
        # Neighbours one after the other find each other's part of the map still in the processor's cache.
        order = np.lexsort((np.floor(lon), np.floor(lat / 2)))
        days, lon, lat, stated_m = [on[at] for at in order.tolist()], lon[order], lat[order], stated_m[order]
        doubt_m = np.maximum(stated_m, DOUBT_OF_THE_MAP_M)
        found = describe(self._atlas, self._atlas.survey(lon, lat, doubt_m, days=days, reach_m=reach_m))
        if self._overlay is not None:
            found = self._overlay.over(found, lon, lat, stated_m, days=days, reach_m=reach_m)
        return _put_back(found, order)


@lru_cache(maxsize=1)
def geography() -> Geography:
    """Return the reference geography as packaged, loaded once in a process."""
    return Geography.load()


def _put_back(found: list[Location], order: npt.NDArray[np.int64]) -> list[Location]:
    """Return the answers in the order of the questions."""
    return [found[at] for at in np.argsort(order).tolist()]


def _stated(accuracy_m: Sequence[float | None]) -> Floats:
    """Return the accuracies; one that nobody stated is as good as the map at best."""
    stated = np.array([DOUBT_OF_THE_MAP_M if value is None else value for value in accuracy_m], dtype=np.float64)
    if not (np.isfinite(stated).all() and (stated >= 0).all()):
        raise PositionInvalid("An accuracy is a number of metres, nought or more, or not stated.")
    return stated
