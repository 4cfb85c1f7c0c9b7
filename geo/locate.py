"""Where a position is: State, region, nearest border and coast, zones, views, each as sure as its accuracy allows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.areas import DISPUTED_AREAS, SEA_AREAS, DisputedArea, SeaArea, View
from geo.borders import BELT_WIDTHS_M, Borders, border_belts
from geo.crs import Floats, Position, arc_m, checked_positions, earth_centred, geodesic_m
from geo.eras import Eras
from geo.errors import PositionInvalid
from geo.maritime import TERRITORIAL_SEA_M, WIDEST_M, sea_zones
from geo.memberships import Certainty, Location, NearCountry, ZoneMembership
from geo.reference_data import REFERENCE_FOLDER, polygons_from_arrays, read_arrays, read_manifest, read_names
from geo.spatial_index import (
    CellTable,
    GroupedLines,
    Indices,
    LineIndex,
    Nearest,
    PolygonIndex,
    least_by_pair,
)

__all__ = ["Geography", "Location", "NearCountry", "Position", "Region", "View", "ZoneMembership", "geography"]

# The 1:10m map itself is wrong by about a kilometre, a tenth of a millimetre on paper (Goma's airport falls in Rwanda):
# the best satellite fix says no more than the map it is laid on. An unstated accuracy counts for no less.
DOUBT_OF_THE_MAP_M = 1_000.0
# Regions and countries come from two editions of the map: a position between the two lines belongs to the nearest
# region this far.
REGION_GAP_M = 5_000.0
REACH_M = 50_000.0
# Antarctica belongs to no State, so its coast makes no State's sea.
NO_STATE = "ATA"
UNKNOWN_STATE = "XXX"

ZONE_ORDER = (
    "territory",
    "region",
    "territorial_sea",
    "contiguous_zone",
    "exclusive_economic_zone",
    "border_belt",
    "custom",
)


@dataclass(frozen=True, slots=True)
class Region:
    """A first-level region: a stable id such as `SDN:north-darfur`, its present-day unit and its name."""

    id: str
    unit: str
    name: str


@dataclass(slots=True)
class _Batch:
    """What is known of each position of a batch while it is being located."""

    lon: Floats
    lat: Floats
    doubt_m: Floats
    era: Indices
    days: Sequence[date | None]
    unit: Indices
    xyz: Floats
    border_m: Floats
    coast_m: Floats
    coast_unit: Indices
    near: list[list[tuple[int, float]]]
    coasts: list[list[tuple[int, float]]]
    belts: list[list[tuple[int, float]]]
    regions: list[list[tuple[int, float]]]
    areas: list[list[tuple[int, bool, bool]]]


class Geography:
    """The reference geography in memory; reading it is safe from many threads once warm."""

    def __init__(self, folder: Path) -> None:
        manifest = read_manifest(folder)
        names = read_names(folder, "names")
        self.version, self.digest = manifest.version, manifest.digest
        self.units: tuple[str, ...] = tuple(names["units"])
        self._unit_index = {unit: index for index, unit in enumerate(self.units)}
        self._eras = Eras(self.units)
        self._unit_codes = np.array([*self.units, ""], dtype="<U3")
        self._cells = CellTable(read_arrays(folder, "cells")["cells"])
        self._countries = PolygonIndex(*polygons_from_arrays(read_arrays(folder, "countries")))
        self._read_lines(folder, names)
        self._regions = tuple(Region(*entry) for entry in names["regions"])
        self._region_unit = np.array(
            [self._unit_index.get(region.unit, -1) for region in self._regions], dtype=np.int64
        )
        self._region_index = PolygonIndex(*polygons_from_arrays(read_arrays(folder, "regions")))
        self._read_areas(folder, names)

    @classmethod
    def load(cls, folder: Path | None = None) -> "Geography":
        """Read the built files; raise ReferenceGeographyMissing when `make setup` has not built them."""
        return cls(folder or REFERENCE_FOLDER)

    def _read_lines(self, folder: Path, names: dict[str, Any]) -> None:
        borders, coasts = read_arrays(folder, "borders"), read_arrays(folder, "coasts")
        pairs = [(self._unit_index[first], self._unit_index[second]) for first, second in names["borders"]]
        self._borders = Borders(borders["segments"], borders["group"].astype(np.int64), pairs, self._eras)
        self._coast_group = coasts["group"].astype(np.int64)
        self._coast_units = np.array([self._unit_index[unit] for unit in names["coasts"]], dtype=np.int64)
        self._coasts = GroupedLines(coasts["segments"], self._coast_group, len(self._coast_units))
        self._coast = LineIndex(coasts["segments"])

    def _read_areas(self, folder: Path, names: dict[str, Any]) -> None:
        known: dict[str, DisputedArea | SeaArea] = {area.id: area for area in DISPUTED_AREAS}
        known.update({area.id: area for area in SEA_AREAS})
        edges = read_arrays(folder, "area_edges")
        self._areas = tuple(known[key] for key in names["areas"])
        self._area_index = PolygonIndex(*polygons_from_arrays(read_arrays(folder, "areas")))
        self._area_edges = GroupedLines(edges["segments"], edges["group"].astype(np.int64), len(self._areas))

    def regions(self) -> tuple[Region, ...]:
        """Return every first-level region, by id."""
        return self._regions

    def country_of_many(self, longitudes: npt.ArrayLike, latitudes: npt.ArrayLike) -> npt.NDArray[np.str_]:
        """Return the present-day unit (ISO alpha-3, XKX) on land at each position, "" at sea: the fast path."""
        lon, lat = checked_positions(longitudes, latitudes)
        return self._unit_codes[self._units_at(lon, lat)]

    def _units_at(self, lon: Floats, lat: Floats) -> Indices:
        unit = self._cells.look_up(lon, lat)
        mixed = np.flatnonzero(unit == CellTable.MIXED)
        if len(mixed):
            unit[mixed] = self._countries.first(lon[mixed], lat[mixed])
        return unit

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
        doubt_m = _doubts(accuracy_m)
        if not len(lon) == len(doubt_m) == len(on):
            raise PositionInvalid("Each position needs its own accuracy and day, or None.")
        batch = self._batch(lon, lat, doubt_m, on, reach_m)
        return [self._location(batch, at, reach_m) for at in range(len(lon))]

    def _batch(self, lon: Floats, lat: Floats, doubt_m: Floats, on: Sequence[date | None], reach_m: float) -> _Batch:
        era, unit, xyz = self._eras.of(on), self._units_at(lon, lat), earth_centred(lon, lat)
        coast = self._coast.nearest(xyz)
        coast_m = _ground_m(lon, lat, coast)
        border_m, line_m = self._border_distances(lon, lat, xyz, era)
        count = len(lon)
        near_units, belts = self._near_borders(xyz, line_m, doubt_m, reach_m)
        coast_unit = self._coast_units[self._coast_group[coast.segment]]
        rivals_m = np.where(coast_unit == self._unit_index[UNKNOWN_STATE], WIDEST_M, coast_m) + 2 * doubt_m + 1.0
        coasts = self._near_coasts(xyz, coast_m, rivals_m, doubt_m, unit < 0, reach_m)
        near = least_by_pair(
            np.concatenate([near_units[0], coasts[0]]),
            np.concatenate([near_units[1], coasts[1]]),
            np.concatenate([near_units[2], coasts[2]]),
        )
        return _Batch(
            lon, lat, doubt_m, era, on, unit, xyz, border_m, coast_m,
            coast_unit,
            _by_position(count, *near), _by_position(count, *coasts), _by_position(count, *belts),
            self._regions_around(lon, lat, unit, np.minimum(border_m, coast_m), doubt_m),
            self._areas_around(lon, lat, xyz, doubt_m),
        )  # fmt: skip

    def _border_distances(self, lon: Floats, lat: Floats, xyz: Floats, era: Indices) -> tuple[Floats, Floats]:
        """Return metres to the nearest border between States in each era, and to the nearest line of any kind."""
        border_m, line_m = np.empty(len(lon)), np.empty(len(lon))
        for value in np.unique(era):
            at = np.flatnonzero(era == value)
            border_m[at] = _ground_m(lon[at], lat[at], self._borders.index_in(int(value)).nearest(xyz[at]))
        line_m[:] = border_m
        past = np.flatnonzero(era < len(self._eras) - 1)
        if len(past):
            line_m[past] = _ground_m(
                lon[past], lat[past], self._borders.index_in(len(self._eras) - 1).nearest(xyz[past])
            )
        return border_m, line_m

    def _near_borders(
        self, xyz: Floats, line_m: Floats, doubt_m: Floats, reach_m: float
    ) -> tuple[tuple[Indices, Indices, Floats], tuple[Indices, Indices, Floats]]:
        """Return near units (both sides of each line) and near lines, as (position, unit or pair, metres)."""
        radius = max(reach_m, float(max(BELT_WIDTHS_M))) + doubt_m
        asked = np.flatnonzero(line_m <= radius)
        at, pair, chords = self._borders.lines.within(xyz[asked], _chords(radius[asked]))
        at, metres = asked[at], arc_m(chords)
        sides = self._borders.pairs[pair]
        within = metres <= reach_m + doubt_m[at]
        units = (
            np.concatenate([at[within], at[within]]),
            np.concatenate([sides[within, 0], sides[within, 1]]),
            np.concatenate([metres[within], metres[within]]),
        )
        return units, (at, pair, metres)

    def _near_coasts(
        self,
        xyz: Floats,
        coast_m: Floats,
        rivals_m: Floats,
        doubt_m: Floats,
        at_sea: npt.NDArray[np.bool_],
        reach_m: float,
    ) -> tuple[Indices, Indices, Floats]:
        """Return (position, unit, metres) for coasts within reach, and for those that could turn out the nearest."""
        rivals = np.where(coast_m - doubt_m <= WIDEST_M, rivals_m, 0.0)
        radius = np.where(at_sea, np.maximum(reach_m + doubt_m, rivals), reach_m + 2 * doubt_m)
        asked = np.flatnonzero(coast_m <= radius)
        at, group, chords = self._coasts.within(xyz[asked], _chords(radius[asked]))
        return asked[at], self._coast_units[group], arc_m(chords)

    def _regions_around(
        self, lon: Floats, lat: Floats, unit: Indices, edge_m: Floats, doubt_m: Floats
    ) -> list[list[tuple[int, float]]]:
        """Return for each position the regions it is in (0 metres) or may be in, of its own unit first."""
        asked = np.flatnonzero((unit >= 0) | (edge_m <= doubt_m))
        at, region, metres = self._region_index.within(lon[asked], lat[asked], doubt_m[asked])
        at = asked[at]
        homeless = np.setdiff1d(np.flatnonzero(unit >= 0), at[self._region_unit[region] == unit[at]])
        if len(homeless):
            gap_m = np.maximum(doubt_m[homeless], REGION_GAP_M)
            lost, other, away = self._region_index.within(lon[homeless], lat[homeless], gap_m)
            lost = homeless[lost]
            own = self._region_unit[other] == unit[lost]
            lost, other, away = _first_by_position(lost[own], other[own], away[own])
            at, region, metres = (
                np.concatenate([at, lost]),
                np.concatenate([region, other]),
                np.concatenate([metres, away]),
            )
        return _by_position(len(lon), at, region, metres)

    def _areas_around(
        self, lon: Floats, lat: Floats, xyz: Floats, doubt_m: Floats
    ) -> list[list[tuple[int, bool, bool]]]:
        """Return for each position the areas it is in or may be in: (area, inside, surely)."""
        at, area = self._area_index.containing(lon, lat)
        edge_at, edge_area, _ = self._area_edges.within(xyz, _chords(doubt_m))
        inside = set(zip(at.tolist(), area.tolist(), strict=True))
        open_ = set(zip(edge_at.tolist(), edge_area.tolist(), strict=True))
        found: list[list[tuple[int, bool, bool]]] = [[] for _ in range(len(lon))]
        for position, which in sorted(inside | open_):
            found[position].append((which, (position, which) in inside, (position, which) not in open_))
        return found

    def _location(self, batch: _Batch, at: int, reach_m: float) -> Location:
        states = self._eras.states[batch.era[at]]
        unit, doubt = int(batch.unit[at]), float(batch.doubt_m[at])
        border_m, coast_m = float(batch.border_m[at]), float(batch.coast_m[at])
        state = states[unit] if unit >= 0 else None
        country = None if state == UNKNOWN_STATE else state
        disputed = [
            (self._areas[area], inside, surely)
            for area, inside, surely in batch.areas[at]
            if self._is_open(self._areas[area], batch.days[at])
        ]
        certainty: Certainty = "inside" if min(border_m, coast_m) > doubt else "indeterminate"
        if any(inside and area.undetermined for area, inside, _ in disputed if isinstance(area, DisputedArea)):
            certainty = "indeterminate"
        near = {self.units[other]: metres for other, metres in batch.near[at] if metres <= reach_m + doubt}
        if unit >= 0:
            near[self.units[unit]] = 0.0
        near.pop(UNKNOWN_STATE, None)
        zones = [
            *self._territories(country, certainty, states, batch.near[at], doubt),
            *self._region_zones(batch.regions[at], unit, certainty, states),
            *self._sea_zones(batch.coasts[at], states, coast_m, doubt, on_land=unit >= 0),
            *self._belt_zones(batch, at, country, states),
            *self._area_zones(disputed, coast_m, doubt, at_sea=unit < 0),
        ]
        zones.sort(key=lambda zone: (ZONE_ORDER.index(zone.kind), zone.id))
        region = next((self._regions[key].id for key, _ in self._own_regions(batch.regions[at], unit)), None)
        nearest = states[int(batch.coast_unit[at])] if unit < 0 else state
        return Location(
            country=country,
            country_certainty=certainty,
            region=region,
            nearest_country=None if nearest == UNKNOWN_STATE else nearest,
            border_distance_m=_hundreds(border_m),
            coast_distance_m=_hundreds(coast_m),
            near=tuple(
                NearCountry(country=code, distance_m=_whole(metres))
                for code, metres in sorted(near.items(), key=lambda item: (item[1], item[0]))
            ),
            zones=tuple(zones),
            views=_views(disputed, states, self._unit_index),
        )

    @staticmethod
    def _is_open(area: DisputedArea | SeaArea, on: date | None) -> bool:
        return isinstance(area, SeaArea) or on is None or area.since_on <= on

    def _territories(
        self,
        country: str | None,
        certainty: Certainty,
        states: tuple[str, ...],
        near: list[tuple[int, float]],
        doubt: float,
    ) -> list[ZoneMembership]:
        """Return the State's territory and every other that the circle of doubt touches."""
        touched = {states[unit] for unit, metres in near if metres <= doubt} - {country, UNKNOWN_STATE}
        zones = [_territory(state, "indeterminate") for state in sorted(touched)]
        return [_territory(country, certainty), *zones] if country else zones

    def _own_regions(self, regions: list[tuple[int, float]], unit: int) -> list[tuple[int, float]]:
        """Return the regions of the position's own unit, nearest first."""
        own = [(key, metres) for key, metres in regions if unit >= 0 and self._region_unit[key] == unit]
        return sorted(own, key=lambda entry: (entry[1], entry[0]))

    def _region_zones(
        self, regions: list[tuple[int, float]], unit: int, certainty: Certainty, states: tuple[str, ...]
    ) -> list[ZoneMembership]:
        """Return regions of the position's unit; those of its neighbours too when the unit itself is not sure."""
        touched = [(key, metres) for key, metres in regions if self._region_unit[key] == unit or certainty != "inside"]
        sure = certainty == "inside" and len(touched) == 1 and touched[0][1] == 0.0
        return [
            ZoneMembership(
                id=self._regions[key].id,
                kind="region",
                country=states[self._region_unit[key]],
                name=self._regions[key].name,
                certainty="inside" if sure else "indeterminate",
            )
            for key, _ in touched
            if self._region_unit[key] >= 0
        ]

    def _sea_zones(
        self, coasts: list[tuple[int, float]], states: tuple[str, ...], coast_m: float, doubt: float, *, on_land: bool
    ) -> list[ZoneMembership]:
        if coast_m - doubt > WIDEST_M or (on_land and coast_m >= doubt):
            return []
        by_state: dict[str, float] = {}
        for unit, metres in coasts:
            by_state[states[unit]] = min(metres, by_state.get(states[unit], np.inf))
        # South China Sea Arbitration, award of 12 July 2016: no feature of the Spratlys has more than a territorial
        # sea.
        if by_state.get(UNKNOWN_STATE, 0.0) > TERRITORIAL_SEA_M + doubt:
            del by_state[UNKNOWN_STATE]
        zones = sea_zones(by_state, doubt_m=doubt, on_land=on_land)
        return [zone for zone in zones if zone.country != NO_STATE]

    def _belt_zones(self, batch: _Batch, at: int, country: str | None, states: tuple[str, ...]) -> list[ZoneMembership]:
        """Return belts of the borders of the State the position is in; at sea and near an edge, of any border."""
        active = self._borders.active[batch.era[at]]
        zones = []
        for pair, metres in batch.belts[at]:
            first, second = self._borders.pairs[pair]
            held_by = {states[first], states[second]}
            is_own = country is None or country in held_by
            if active[pair] and (is_own or metres <= batch.doubt_m[at]):
                names = (self.units[first], self.units[second])
                zones.extend(border_belts(names, metres, float(batch.doubt_m[at]), country, is_own=is_own))
        return zones

    def _area_zones(
        self,
        areas: list[tuple[DisputedArea | SeaArea, bool, bool]],
        coast_m: float,
        doubt: float,
        *,
        at_sea: bool,
    ) -> list[ZoneMembership]:
        zones = []
        for area, inside, surely in areas:
            if isinstance(area, SeaArea) and not at_sea and coast_m > doubt:
                continue
            shore = isinstance(area, SeaArea) and coast_m <= doubt
            sure = inside and surely and not shore
            zones.append(
                ZoneMembership(
                    id=area.id if isinstance(area, SeaArea) else f"disputed:{area.id}",
                    kind="custom",
                    country=None,
                    name=area.name,
                    certainty="inside" if sure else "indeterminate",
                    computed=isinstance(area, SeaArea),
                    note=area.note,
                )
            )
        return zones


@lru_cache(maxsize=1)
def geography() -> Geography:
    """Return the reference geography, loaded once in a process."""
    return Geography.load()


def _territory(state: str, certainty: Certainty) -> ZoneMembership:
    return ZoneMembership(
        id=f"territory:{state}", kind="territory", country=state, name=f"Territory ({state})", certainty=certainty
    )


def _views(
    areas: list[tuple[DisputedArea | SeaArea, bool, bool]], states: tuple[str, ...], unit_index: dict[str, int]
) -> tuple[View, ...]:
    """Return every view of the disputed areas around, as States were that day; none when all come to one State."""
    views = []
    for area, _, _ in areas:
        if isinstance(area, DisputedArea):
            that_day = [
                View(states[unit_index[view.country]] if view.country in unit_index else view.country, view.basis)
                for view in area.views
            ]
            if len({view.country for view in that_day}) > 1:
                views.extend(that_day)
    return tuple(views)


def _doubts(accuracy_m: Sequence[float | None]) -> Floats:
    stated = np.array([0.0 if value is None else value for value in accuracy_m], dtype=np.float64)
    if not (np.isfinite(stated).all() and (stated >= 0).all()):
        raise PositionInvalid("An accuracy is a number of metres, nought or more, or not stated.")
    return np.maximum(stated, DOUBT_OF_THE_MAP_M)


def _ground_m(lon: Floats, lat: Floats, nearest: Nearest) -> Floats:
    return geodesic_m(lon, lat, nearest.foot_lon, nearest.foot_lat)


def _chords(arcs: Floats) -> Floats:
    """Return chords a little too long for the arcs: what they let in is measured exactly afterwards."""
    return np.asarray(arcs + 1.0)


def _by_position(count: int, at: Indices, key: Indices, metres: Floats) -> list[list[tuple[int, float]]]:
    found: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    for position, which, away in zip(at.tolist(), key.tolist(), metres.tolist(), strict=True):
        found[position].append((which, away))
    return found


def _first_by_position(at: Indices, key: Indices, metres: Floats) -> tuple[Indices, Indices, Floats]:
    order = np.lexsort((key, metres, at))
    _, first = np.unique(at[order], return_index=True)
    chosen = order[first]
    return at[chosen], key[chosen], metres[chosen]


def _hundreds(metres: float) -> int:
    return round(metres / 100) * 100


def _whole(metres: float) -> int:
    """Return whole metres; only a position inside is 0 metres away."""
    return max(round(metres), 1) if metres > 0 else 0
