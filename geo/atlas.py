"""The reference geography in memory, and everything that it measures around many positions at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from geo.areas import DISPUTED_AREAS, SEA_AREAS, DisputedArea, SeaArea
from geo.borders import BeltNames, Borders
from geo.crs import Floats, arc_m, earth_centred, geodesic_m
from geo.eras import Eras
from geo.landmarks import Landmarks
from geo.maritime import WIDEST_M
from geo.reference_data import polygons_from_arrays, read_arrays, read_manifest, read_names
from geo.spatial_index import (
    CellTable,
    GroupedLines,
    Indices,
    LineIndex,
    Nearest,
    PolygonIndex,
    least_by_pair,
)

# Regions and countries come from two editions of the map: a position between the two lines belongs to the nearest
# region this far.
REGION_GAP_M = 5_000.0
# Antarctica belongs to no State, so its coast makes no State's sea.
NO_STATE = "ATA"
UNKNOWN_STATE = "XXX"

Triples = tuple[Indices, Indices, Floats]
# West, south, east, north in degrees.
Box = tuple[float, float, float, float]


class Region(NamedTuple):
    """A first-level region: a stable id such as `SDN:north-darfur`, its present-day unit and its name."""

    id: str
    unit: str
    name: str


@dataclass(slots=True)
class Rows:
    """For each position some keys with their distances in metres, as flat lists: those of `at` from starts[at] on."""

    starts: list[int]
    keys: list[int]
    metres: list[float]

    @classmethod
    def of(cls, count: int, triples: Triples) -> "Rows":
        """Lay out triples whose positions ascend."""
        at, key, metres = triples
        return cls(np.searchsorted(at, np.arange(count + 1)).tolist(), key.tolist(), metres.tolist())

    def at(self, position: int) -> list[tuple[int, float]]:
        """Return the keys and distances of one position."""
        start, end = self.starts[position], self.starts[position + 1]
        return list(zip(self.keys[start:end], self.metres[start:end], strict=True))


@dataclass(frozen=True, slots=True)
class Survey:
    """What was measured around each position of a batch.

    `units` holds present-day units, -1 at sea; `line_belts` (position, line, metres) the lines along which a belt may
    reach the position; `landmarks` (position, zone, metres) those of ports and those of airports.
    """

    doubt_m: Floats
    eras: Indices
    days: Sequence[date | None]
    units: Indices
    border_m: Floats
    coast_m: Floats
    coast_units: Indices
    near: Triples
    coasts: Rows
    line_belts: Triples
    regions: Rows
    areas: dict[int, list[tuple[int, bool, bool]]]
    landmarks: tuple[Triples, ...]


class Atlas:
    """The reference geography in memory; reading it is safe from many threads once warm."""

    def __init__(self, folder: Path, belt_widths_m: tuple[int, ...]) -> None:
        manifest = read_manifest(folder)
        names = read_names(folder, "names")
        self.version, self.digest = manifest.version, manifest.digest
        self.belt_widths_m = belt_widths_m
        self.units: tuple[str, ...] = tuple(names["units"])
        self.unit_index = {unit: index for index, unit in enumerate(self.units)}
        self.eras = Eras(self.units)
        self.unit_codes = np.array([*self.units, ""], dtype="<U3")
        self._cells = CellTable(read_arrays(folder, "cells")["cells"])
        self._countries = PolygonIndex(*polygons_from_arrays(read_arrays(folder, "countries")))
        self._read_lines(folder, names)
        self.regions = tuple(Region(*entry) for entry in names["regions"])
        self.region_units = [self.unit_index.get(region.unit, -1) for region in self.regions]
        self._region_unit = np.array(self.region_units, dtype=np.int64)
        self._region_index = PolygonIndex(*polygons_from_arrays(read_arrays(folder, "regions")))
        self._read_areas(folder, names)
        self.landmarks = Landmarks(folder).zoned()

    def _read_lines(self, folder: Path, names: dict[str, Any]) -> None:
        borders, coasts = read_arrays(folder, "borders"), read_arrays(folder, "coasts")
        pairs = [(self.unit_index[first], self.unit_index[second]) for first, second in names["borders"]]
        self.borders = Borders(borders["segments"], borders["group"].astype(np.int64), pairs, self.eras)
        self.belts = BeltNames(self.belt_widths_m, [(first, second) for first, second in names["borders"]])
        self._coast_group = coasts["group"].astype(np.int64)
        self._coast_units = np.array([self.unit_index[unit] for unit in names["coasts"]], dtype=np.int64)
        self._coasts = GroupedLines(coasts["segments"], self._coast_group, len(self._coast_units))
        self._coast = LineIndex(coasts["segments"])

    def _read_areas(self, folder: Path, names: dict[str, Any]) -> None:
        known: dict[str, DisputedArea | SeaArea] = {area.id: area for area in DISPUTED_AREAS}
        known.update({area.id: area for area in SEA_AREAS})
        edges = read_arrays(folder, "area_edges")
        self.areas = tuple(known[key] for key in names["areas"])
        self._area_index = PolygonIndex(*polygons_from_arrays(read_arrays(folder, "areas")))
        self._area_edges = GroupedLines(edges["segments"], edges["group"].astype(np.int64), len(self.areas))

    def units_at(self, lon: Floats, lat: Floats) -> Indices:
        """Return the present-day unit on land at each position, -1 at sea."""
        unit = self._cells.look_up(lon, lat)
        mixed = np.flatnonzero(unit == CellTable.MIXED)
        if len(mixed):
            unit[mixed] = self._countries.first(lon[mixed], lat[mixed])
        return unit

    def bounds_of_unit(self, unit: str) -> list[Box]:
        """Return the box of the unit's land; none where the map has no such unit."""
        number = self.unit_index.get(unit)
        return [] if number is None else _whole([self._countries.bounds_of(number)])

    def bounds_of_custom(self, code: str) -> list[Box]:
        """Return the boxes of the sea, disputed area, port or airport of that id; none where there is none."""
        areas = [number for number, area in enumerate(self.areas) if code in (area.id, f"disputed:{area.id}")]
        points = [zone.point for named in self.landmarks for zone in named.zones if zone.id == code]
        boxes = [self._area_index.bounds_of(number) for number in areas]
        boxes += [(point.longitude, point.latitude, point.longitude, point.latitude) for point in points]
        return _whole(boxes)

    def survey(
        self, lon: Floats, lat: Floats, doubt_m: Floats, *, days: Sequence[date | None], reach_m: float
    ) -> Survey:
        """Measure what is around each position, within `reach_m` and as far as its doubt asks."""
        eras, units, xyz = self.eras.of(days), self.units_at(lon, lat), earth_centred(lon, lat)
        line, pair = self.borders.nearest(xyz)
        line_m = _ground_m(lon, lat, line)
        border_m = self._border_distances(lon, lat, xyz, eras, pair, line_m)
        coast = self._coast.nearest(xyz)
        coast_m = _ground_m(lon, lat, coast)
        beside, line_belts = self._near_borders(xyz, line_m, doubt_m, reach_m, (pair, line.chord_m))
        coasts = self._near_coasts(xyz, coast, coast_m, doubt_m, units < 0, reach_m)
        return Survey(
            doubt_m=doubt_m,
            eras=eras,
            days=days,
            units=units,
            border_m=border_m,
            coast_m=coast_m,
            coast_units=self._coast_units[self._coast_group[coast.segment]],
            near=self._near_units(beside, coasts, units, reach_m + doubt_m),
            coasts=Rows.of(len(lon), coasts),
            line_belts=line_belts,
            regions=self._regions_around(lon, lat, units, np.minimum(border_m, coast_m), doubt_m),
            areas=self._areas_around(lon, lat, xyz, doubt_m),
            landmarks=tuple(points.around(xyz, doubt_m) for points in self.landmarks),
        )

    def _border_distances(
        self, lon: Floats, lat: Floats, xyz: Floats, eras: Indices, pair: Indices, line_m: Floats
    ) -> Floats:
        """Return metres to the nearest border between States that day: the nearest line, unless it was none then."""
        border_m = line_m.copy()
        inactive = np.flatnonzero(~self.borders.active[eras, pair])
        for era in np.unique(eras[inactive]):
            at = inactive[eras[inactive] == era]
            border_m[at] = _ground_m(lon[at], lat[at], self.borders.index_in(int(era)).nearest(xyz[at]))
        return border_m

    def _near_borders(
        self, xyz: Floats, line_m: Floats, doubt_m: Floats, reach_m: float, known: tuple[Indices, Floats]
    ) -> tuple[Triples, Triples]:
        """Return near units (both sides of each line) and near lines, as (position, unit or line, metres)."""
        radius = max(reach_m, float(max(self.belt_widths_m, default=0))) + doubt_m
        asked = np.flatnonzero(line_m <= radius)
        at, line, chords = self.borders.lines.within(
            xyz[asked], _chords(radius[asked]), (known[0][asked], known[1][asked])
        )
        at, metres = asked[at], arc_m(chords)
        sides = self.borders.pairs[line]
        within = metres <= reach_m + doubt_m[at]
        units = (
            np.concatenate([at[within], at[within]]),
            np.concatenate([sides[within, 0], sides[within, 1]]),
            np.concatenate([metres[within], metres[within]]),
        )
        return units, (at, line, metres)

    def _near_coasts(
        self,
        xyz: Floats,
        coast: Nearest,
        coast_m: Floats,
        doubt_m: Floats,
        at_sea: npt.NDArray[np.bool_],
        reach_m: float,
    ) -> Triples:
        """Return (position, unit, metres) for coasts within reach, and for those that could turn out the nearest."""
        group = self._coast_group[coast.segment]
        nobody = self._coast_units[group] == self.unit_index[UNKNOWN_STATE]
        rivals = np.where(coast_m - doubt_m <= WIDEST_M, np.where(nobody, WIDEST_M, coast_m) + 2 * doubt_m + 1.0, 0.0)
        radius = np.where(at_sea, np.maximum(reach_m + doubt_m, rivals), reach_m + 2 * doubt_m)
        asked = np.flatnonzero(coast_m <= radius)
        at, found, chords = self._coasts.within(
            xyz[asked], _chords(radius[asked]), (group[asked], coast.chord_m[asked])
        )
        return asked[at], self._coast_units[found], arc_m(chords)

    def _near_units(self, beside: Triples, coasts: Triples, units: Indices, reach_m: Floats) -> Triples:
        """Return the units whose land is within reach of each position, its own at 0 metres, nearest first."""
        on_land = np.flatnonzero(units >= 0)
        at, unit, metres = least_by_pair(
            np.concatenate([on_land, beside[0], coasts[0]]),
            np.concatenate([units[on_land], beside[1], coasts[1]]),
            np.concatenate([np.zeros(len(on_land)), beside[2], coasts[2]]),
        )
        kept = np.flatnonzero((metres <= reach_m[at]) & (unit != self.unit_index[UNKNOWN_STATE]))
        kept = kept[np.lexsort((unit[kept], metres[kept], at[kept]))]
        return at[kept], unit[kept], metres[kept]

    def _regions_around(self, lon: Floats, lat: Floats, units: Indices, edge_m: Floats, doubt_m: Floats) -> Rows:
        """Return for each position the regions it is in (0 metres) or may be in."""
        asked = np.flatnonzero((units >= 0) | (edge_m <= doubt_m))
        at, region, metres = self._region_index.within(lon[asked], lat[asked], doubt_m[asked])
        at = asked[at]
        homeless = np.setdiff1d(np.flatnonzero(units >= 0), at[self._region_unit[region] == units[at]])
        if len(homeless):
            gap_m = np.maximum(doubt_m[homeless], REGION_GAP_M)
            lost, other, away = self._region_index.within(lon[homeless], lat[homeless], gap_m)
            lost = homeless[lost]
            own = self._region_unit[other] == units[lost]
            lost, other, away = _first_by_position(lost[own], other[own], away[own])
            at, region = np.concatenate([at, lost]), np.concatenate([region, other])
            metres = np.concatenate([metres, away])
            order = np.lexsort((region, at))
            at, region, metres = at[order], region[order], metres[order]
        return Rows.of(len(lon), (at, region, metres))

    def _areas_around(
        self, lon: Floats, lat: Floats, xyz: Floats, doubt_m: Floats
    ) -> dict[int, list[tuple[int, bool, bool]]]:
        """Return by position the areas it is in or may be in: (area, inside, surely)."""
        at, area = self._area_index.containing(lon, lat)
        edge_at, edge_area, _ = self._area_edges.within(xyz, _chords(doubt_m))
        inside = set(zip(at.tolist(), area.tolist(), strict=True))
        open_ = set(zip(edge_at.tolist(), edge_area.tolist(), strict=True))
        found: dict[int, list[tuple[int, bool, bool]]] = {}
        for position, which in sorted(inside | open_):
            found.setdefault(position, []).append((which, (position, which) in inside, (position, which) not in open_))
        return found


def _ground_m(lon: Floats, lat: Floats, nearest: Nearest) -> Floats:
    return geodesic_m(lon, lat, nearest.foot_lon, nearest.foot_lat)


def _chords(arcs: Floats) -> Floats:
    """Return chords a little too long for the arcs: what they let in is measured exactly afterwards."""
    return np.asarray(arcs + 1.0)


def _first_by_position(at: Indices, key: Indices, metres: Floats) -> Triples:
    order = np.lexsort((key, metres, at))
    _, first = np.unique(at[order], return_index=True)
    chosen = order[first]
    return at[chosen], key[chosen], metres[chosen]


def _whole(boxes: list[Box]) -> list[Box]:
    """Return the boxes of something: what has no polygon has none."""
    return [box for box in boxes if not np.isnan(box).any()]
