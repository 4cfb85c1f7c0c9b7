"""Zones that an operator imported, laid over what the reference geography says: on their days they answer instead."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely

from geo.assembly import split_segments, subdivided
from geo.crs import Floats, arc_m, earth_centred
from geo.identity import zone_identity, zones_digest
from geo.memberships import Certainty, Location, NearCountry, ZoneKind, ZoneMembership, in_order
from geo.spatial_index import GroupedLines, PolygonIndex
from geo.states import change_days, state_on, territory_of

# Two maps of one line lie this far apart at most: land that an official map takes from a State is its neighbour's this
# near.
GAP_OF_THE_MAPS_M = 5_000
SEA_KINDS = frozenset({"territorial_sea", "contiguous_zone", "exclusive_economic_zone"})
# As good as on the antimeridian or at a pole: edges there close an outline on the flat map and are none on the ground.
NEXT_TO_DEGREES = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedZone:
    """A zone as a file drew it, in force on the days [valid_from, valid_until); None is open.

    `country` is a present-day unit, or "" for a zone of none. `accuracy_m` is how far the file's lines may be off.
    """

    code: str
    kind: ZoneKind
    country: str
    name: str
    geometry: shapely.Geometry
    checksum: str
    valid_from: date
    valid_until: date | None
    accuracy_m: float = 0.0
    note: str | None = None

    def identity(self) -> str:
        """Return everything that decides what the zone answers, as one line."""
        return zone_identity(
            code=self.code,
            checksum=self.checksum,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            accuracy_m=self.accuracy_m,
        )


@dataclass(frozen=True, slots=True)
class _Touch:
    """A zone in force that a position lies in, or within reach of; `edge_m` is infinite beyond the reach."""

    zone: int
    is_inside: bool
    edge_m: float
    is_open: bool

    @property
    def certainty(self) -> Certainty:
        if self.is_open:
            return "indeterminate"
        return "inside" if self.is_inside else "outside"


class _Standing:
    """The zones in force in a stretch of days without a change, and what they replace."""

    def __init__(self, zones: Sequence[ImportedZone], day: date) -> None:
        self.day = day
        in_force = [
            number
            for number, zone in enumerate(zones)
            if zone.valid_from <= day and (zone.valid_until is None or day < zone.valid_until)
        ]
        self.states = {number: state_on(zones[number].country, day) or None for number in in_force}
        self.codes = frozenset(zones[number].code for number in in_force)
        # A State that held more than the unit that day keeps what is computed: the file says nothing of the rest.
        whole = [number for number in in_force if zones[number].country and _is_whole(zones[number].country, day)]
        self.replaced = frozenset((zones[number].kind, zones[number].country) for number in whole) - {("custom", "")}
        self.territories = frozenset(zones[number].country for number in whole if zones[number].kind == "territory")

    def hides(self, zone: ZoneMembership) -> bool:
        """Return whether an imported zone answers instead of this one of the reference."""
        if zone.id in self.codes:
            return True
        if zone.kind == "custom":
            return False
        owner = zone.id.partition(":")[0] if zone.kind == "region" else zone.country
        return (zone.kind, owner) in self.replaced


def _is_whole(unit: str, day: date) -> bool:
    return territory_of(unit, day) == frozenset({unit}) and state_on(unit, day) == unit


class Overlay:
    """Imported zones in memory: what they make of positions that the reference geography has located."""

    def __init__(self, zones: Sequence[ImportedZone]) -> None:
        self.zones = tuple(sorted(zones, key=ImportedZone.identity))
        parts = [(owner, part) for owner, zone in enumerate(self.zones) for part in subdivided(zone.geometry)]
        self._polygons = PolygonIndex(
            np.array([part for _, part in parts]), np.array([owner for owner, _ in parts], dtype=np.int64)
        )
        edges = [_edges(zone.geometry) for zone in self.zones]
        group = np.repeat(np.arange(len(edges)), [len(part) for part in edges])
        self._edges = GroupedLines(np.concatenate(edges), group, len(edges))
        self._accuracy_m = np.array([zone.accuracy_m for zone in self.zones])
        self._has_territories = any(zone.kind == "territory" for zone in self.zones)
        ends = {day for zone in self.zones for day in (zone.valid_from, zone.valid_until) if day is not None}
        self._days = sorted({*ends, *change_days()} - {date.min})
        self._standings = [_Standing(self.zones, day) for day in (date.min, *self._days)]

    def digest(self) -> str:
        """Return the SHA-256 of what the zones are, in hexadecimal."""
        return zones_digest(zone.identity() for zone in self.zones)

    def over(
        self,
        locations: Sequence[Location],
        lon: Floats,
        lat: Floats,
        doubt_m: Floats,
        *,
        days: Sequence[date | None],
        reach_m: float,
    ) -> list[Location]:
        """Return the locations as the zones in force on each day make them; `doubt_m` is the accuracy of each."""
        standings = [self._standings[len(self._days) if day is None else bisect_right(self._days, day)] for day in days]
        touches = self._touches(lon, lat, doubt_m, reach_m if self._has_territories else 0.0)
        return [
            self._overlaid(
                location, standing, [touch for touch in touches.get(at, ()) if touch.zone in standing.states]
            )
            if standing.states
            else location
            for at, (location, standing) in enumerate(zip(locations, standings, strict=True))
        ]

    def _touches(self, lon: Floats, lat: Floats, doubt_m: Floats, reach_m: float) -> dict[int, list[_Touch]]:
        """Return by position the zones, of any day, that it lies in or near to the edge of."""
        at, zone = self._polygons.containing(lon, lat)
        inside = set(zip(at.tolist(), zone.tolist(), strict=True))
        asked_m = np.maximum(doubt_m, self._accuracy_m.max()) + reach_m
        edge_at, edge_zone, chords = self._edges.within(earth_centred(lon, lat), asked_m + 1.0)
        metres = arc_m(chords)
        is_open = metres <= np.maximum(doubt_m[edge_at], self._accuracy_m[edge_zone])
        edges = {
            key: (away, open_)
            for key, away, open_ in zip(
                zip(edge_at.tolist(), edge_zone.tolist(), strict=True), metres.tolist(), is_open.tolist(), strict=True
            )
        }
        found: dict[int, list[_Touch]] = {}
        for position, which in sorted(inside | edges.keys()):
            away, open_ = edges.get((position, which), (np.inf, False))
            found.setdefault(position, []).append(_Touch(which, (position, which) in inside, away, open_))
        return found

    def _overlaid(self, location: Location, standing: _Standing, touches: list[_Touch]) -> Location:
        kept = [zone for zone in location.zones if not standing.hides(zone)]
        added = [
            self._membership(touch, standing.states[touch.zone]) for touch in touches if touch.certainty != "outside"
        ]
        if len(kept) != len(location.zones) or added:
            location = location._replace(zones=in_order([*kept, *added]))
        if not standing.territories:
            return location
        return self._on_official_land(location, standing, [touch for touch in touches if self._is_land(touch)])

    def _is_land(self, touch: _Touch) -> bool:
        return self.zones[touch.zone].kind == "territory"

    def _membership(self, touch: _Touch, state: str | None) -> ZoneMembership:
        zone = self.zones[touch.zone]
        return ZoneMembership(
            id=zone.code, kind=zone.kind, country=state, name=zone.name, certainty=touch.certainty, note=zone.note
        )

    def _on_official_land(self, location: Location, standing: _Standing, touches: list[_Touch]) -> Location:
        """Return the location with the country that the imported territories give it, and distances to their edges."""
        own = next((near.country for near in location.near if near.distance_m == 0), None)
        holding = next((touch for touch in touches if touch.is_inside), None)
        near = {entry.country: entry.distance_m for entry in location.near if entry.country not in standing.territories}
        for touch in touches:
            near[self.zones[touch.zone].country] = 0 if touch.is_inside else max(round(touch.edge_m), 1)
        if holding is not None:
            return self._held(location, standing, holding, near)
        if own in standing.territories:
            return _let_go(location, near, standing.day)
        return location._replace(near=_nearest_first(near))

    def _held(self, location: Location, standing: _Standing, holding: _Touch, near: dict[str, int]) -> Location:
        """Return a location that lies inside an imported territory."""
        unit, state = self.zones[holding.zone].country, standing.states[holding.zone]
        edge_m = 1 if holding.edge_m == np.inf else max(round(holding.edge_m), 1)
        near = {other: edge_m if away == 0 and other != unit else away for other, away in near.items()}
        zones = [zone for zone in location.zones if _goes_with(zone, unit, state, is_sure=not holding.is_open)]
        regions = [zone.id for zone in zones if zone.kind == "region"]
        return location._replace(
            country=state,
            country_certainty=holding.certainty,
            nearest_country=state,
            region=location.region if location.region in regions else next(iter(regions), None),
            near=_nearest_first({**near, unit: 0}),
            zones=tuple(zones),
        )


def _goes_with(zone: ZoneMembership, unit: str, state: str | None, *, is_sure: bool) -> bool:
    """Return whether a zone can hold a position that lies inside an imported territory."""
    if not is_sure:
        return True
    if zone.kind == "territory":
        return zone.country == state
    if zone.kind == "region":
        return zone.country == state or zone.id.startswith(f"{unit}:")
    return not (zone.kind in SEA_KINDS and zone.computed)


def _let_go(location: Location, near: dict[str, int], day: date) -> Location:
    """Return a location that the reference counts to a State whose imported territory does not hold it."""
    other = min(((away, unit) for unit, away in near.items() if away <= GAP_OF_THE_MAPS_M), default=None)
    country = state_on(other[1], day) if other else None
    return location._replace(
        country=country,
        country_certainty="indeterminate",
        nearest_country=country or location.nearest_country,
        region=None,
        near=_nearest_first(near),
    )


def _nearest_first(near: dict[str, int]) -> tuple[NearCountry, ...]:
    return tuple(NearCountry(unit, away) for unit, away in sorted(near.items(), key=lambda entry: (entry[1], entry[0])))


def _edges(geometry: shapely.Geometry) -> Floats:
    """Return the outline as short segments, without the edges that only close it on the flat map."""
    lines = [shapely.get_coordinates(line) for line in shapely.get_parts(shapely.boundary(geometry))]
    edges = np.concatenate([np.hstack([line[:-1], line[1:]]) for line in lines])
    on_seam = (np.abs(edges[:, [0, 2]]) > 180.0 - NEXT_TO_DEGREES).all(axis=1)
    at_pole = (np.abs(edges[:, [1, 3]]) > 90.0 - NEXT_TO_DEGREES).all(axis=1)
    return split_segments(edges[~(on_seam | at_pole)])[0]
