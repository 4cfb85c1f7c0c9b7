"""From what was measured around positions to what is said of them: State, region, zones, views, and how sure."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from geo.areas import DisputedArea, SeaArea, View
from geo.atlas import NO_STATE, UNKNOWN_STATE, Atlas, Survey
from geo.crs import Floats
from geo.landmarks import LANDMARK_NOTE, LANDMARK_REACH_M
from geo.maritime import TERRITORIAL_SEA_M, WIDEST_M, sea_zones
from geo.memberships import Certainty, Location, NearCountry, ZoneMembership, in_order
from geo.spatial_index import Indices

Zones = list[ZoneMembership]
OpenAreas = list[tuple[DisputedArea | SeaArea, bool, bool]]


def describe(atlas: Atlas, survey: Survey) -> list[Location]:
    """Return where each position of the survey is."""
    description = _Description(atlas, survey)
    return [description.location(at) for at in range(len(survey.units))]


class _Description:
    """A survey laid out so that each position reads off its own part."""

    def __init__(self, atlas: Atlas, survey: Survey) -> None:
        self._atlas, self._survey = atlas, survey
        count = len(survey.units)
        self._eras, self._units = survey.eras.tolist(), survey.units.tolist()
        self._coast_units = survey.coast_units.tolist()
        self._doubts, self._coasts_m = survey.doubt_m.tolist(), survey.coast_m.tolist()
        self._border_hundreds = _hundreds(survey.border_m)
        self._coast_hundreds = _hundreds(survey.coast_m)
        self._is_sure = (np.minimum(survey.border_m, survey.coast_m) > survey.doubt_m).tolist()
        at, unit, metres = survey.near
        self._near = _starts(count, at)
        self._near_units = unit.tolist()
        self._touches = (metres <= survey.doubt_m[at]).tolist()
        self._near_countries = [
            NearCountry(atlas.units[key], away) for key, away in zip(self._near_units, _whole(metres), strict=True)
        ]
        self._belt_zones, self._belts = _belt_zones(atlas, survey)
        self._landmarks = _landmark_zones(atlas, survey)
        # A State's territory and a region that is sure are said again and again: the same value serves each time.
        self._sure: dict[tuple[str | int, Certainty | str], ZoneMembership] = {}

    def location(self, at: int) -> Location:
        """Return where one position is."""
        atlas = self._atlas
        states = atlas.eras.states[self._eras[at]]
        unit = self._units[at]
        state = states[unit] if unit >= 0 else None
        country = None if state == UNKNOWN_STATE else state
        areas = self._areas(at)
        certainty: Certainty = "inside" if self._is_sure[at] and not _is_undetermined(areas) else "indeterminate"
        nearest = states[self._coast_units[at]] if state is None else state
        regions = self._survey.regions.at(at)
        start, end = self._near[at], self._near[at + 1]
        return Location(
            country,
            certainty,
            self._region(regions, unit),
            None if nearest == UNKNOWN_STATE else nearest,
            self._border_hundreds[at],
            self._coast_hundreds[at],
            tuple(self._near_countries[start:end]),
            (
                *self._territories(at, country, certainty, states),
                *self._region_zones(regions, unit, certainty, states),
                *self._sea_zones(at, states),
                *self._belt_zones[self._belts[at] : self._belts[at + 1]],
                *self._custom_zones(at, areas),
            ),
            _views(areas, states, atlas.unit_index) if areas else (),
        )

    def _areas(self, at: int) -> OpenAreas:
        """Return the areas around a position that were there on its day."""
        found = self._survey.areas.get(at)
        if not found:
            return []
        day, areas = self._survey.days[at], self._atlas.areas
        return [(areas[key], inside, surely) for key, inside, surely in found if _is_there(areas[key], day)]

    def _territories(
        self, at: int, country: str | None, certainty: Certainty, states: tuple[str, ...]
    ) -> Sequence[ZoneMembership]:
        """Return the State's territory and every other that the circle of doubt touches."""
        own = (self._territory(country, certainty),) if country else ()
        if self._is_sure[at]:
            return own
        near = range(self._near[at], self._near[at + 1])
        touched = {states[self._near_units[key]] for key in near if self._touches[key]} - {country, UNKNOWN_STATE}
        others = [self._territory(state, "indeterminate") for state in touched]
        return sorted([*own, *others], key=lambda zone: zone.id)

    def _territory(self, state: str, certainty: Certainty) -> ZoneMembership:
        key = state, certainty
        if key not in self._sure:
            self._sure[key] = ZoneMembership(
                f"territory:{state}", "territory", state, f"Territory ({state})", certainty
            )
        return self._sure[key]

    def _region(self, regions: list[tuple[int, float]], unit: int) -> str | None:
        """Return the nearest region of the position's own unit."""
        own = [(metres, key) for key, metres in regions if unit >= 0 and self._atlas.region_units[key] == unit]
        return self._atlas.regions[min(own)[1]].id if own else None

    def _region_zones(
        self, regions: list[tuple[int, float]], unit: int, certainty: Certainty, states: tuple[str, ...]
    ) -> Zones:
        """Return regions of the position's unit; those of its neighbours too when the unit itself is not sure."""
        of_unit = self._atlas.region_units
        touched = [key for key, _ in regions if of_unit[key] == unit or (certainty != "inside" and of_unit[key] >= 0)]
        sure = certainty == "inside" and len(touched) == 1 and regions[0][1] == 0.0
        return [self._region_zone(key, states[of_unit[key]], sure=sure) for key in touched]

    def _region_zone(self, key: int, state: str, *, sure: bool) -> ZoneMembership:
        if not sure:
            region = self._atlas.regions[key]
            return ZoneMembership(region.id, "region", state, region.name, "indeterminate")
        if (key, state) not in self._sure:
            region = self._atlas.regions[key]
            self._sure[key, state] = ZoneMembership(region.id, "region", state, region.name, "inside")
        return self._sure[key, state]

    def _sea_zones(self, at: int, states: tuple[str, ...]) -> Zones:
        doubt, coast_m, on_land = self._doubts[at], self._coasts_m[at], self._units[at] >= 0
        if coast_m - doubt > WIDEST_M or (on_land and coast_m >= doubt):
            return []
        by_state: dict[str, float] = {}
        for unit, metres in self._survey.coasts.at(at):
            by_state[states[unit]] = min(metres, by_state.get(states[unit], np.inf))
        # South China Sea Arbitration, award of 12 July 2016: no feature of the Spratlys has more than a territorial
        # sea.
        if by_state.get(UNKNOWN_STATE, 0.0) > TERRITORIAL_SEA_M + doubt:
            del by_state[UNKNOWN_STATE]
        zones = sea_zones(by_state, doubt_m=doubt, on_land=on_land)
        return _by_kind([zone for zone in zones if zone.country != NO_STATE])

    def _custom_zones(self, at: int, areas: OpenAreas) -> Zones:
        """Return seas, disputed areas, ports and airports, by id."""
        landmarks = self._landmarks.get(at)
        if not (areas or landmarks):
            return []
        return sorted([*self._area_zones(at, areas), *(landmarks or ())], key=lambda zone: zone.id)

    def _area_zones(self, at: int, areas: OpenAreas) -> Zones:
        zones = []
        on_shore = self._coasts_m[at] <= self._doubts[at]
        for area, inside, surely in areas:
            is_sea = isinstance(area, SeaArea)
            if is_sea and self._units[at] >= 0 and not on_shore:
                continue
            zones.append(
                ZoneMembership(
                    id=area.id if is_sea else f"disputed:{area.id}",
                    kind="custom",
                    country=None,
                    name=area.name,
                    certainty="inside" if inside and surely and not (is_sea and on_shore) else "indeterminate",
                    computed=is_sea,
                    note=area.note,
                )
            )
        return zones


def _belt_zones(atlas: Atlas, survey: Survey) -> tuple[Zones, list[int]]:
    """Return the belts along borders, and where those of each position start.

    A belt lies on the two sides of its own border; at sea and near an edge it may be of any border. On land that may be
    a third State's it is never sure.
    """
    at, line, metres = survey.line_belts
    eras, doubt_m = survey.eras[at], survey.doubt_m[at]
    numbers = atlas.eras.numbers
    own = np.where(survey.units >= 0, numbers[survey.eras, survey.units], -1)[at]
    own = np.where(own == atlas.eras.number_of(UNKNOWN_STATE), -1, own)
    sides = atlas.borders.pairs[line]
    is_own = (own < 0) | (own == numbers[eras, sides[:, 0]]) | (own == numbers[eras, sides[:, 1]])
    is_there = atlas.borders.active[eras, line] & (is_own | (metres <= doubt_m))
    kept = [np.flatnonzero(is_there & (metres - doubt_m <= width)) for width in atlas.belt_widths_m]
    if not kept:
        return [], [0] * (len(survey.units) + 1)
    number = np.repeat(np.arange(len(kept)), [len(chosen) for chosen in kept])
    chosen = np.concatenate(kept)
    chosen, number = _by_rank(atlas.belts.rank[number, line[chosen]], at[chosen], chosen, number)
    width_m = np.array(atlas.belt_widths_m)[number]
    sure = is_own[chosen] & (metres[chosen] + doubt_m[chosen] <= width_m)
    states = [atlas.eras.codes[state] if state >= 0 else None for state in own[chosen].tolist()]
    ids, names = atlas.belts.ids, atlas.belts.names
    zones = [
        ZoneMembership(
            ids[width][key],
            "border_belt",
            state,
            names[width][key],
            "inside" if certain else "indeterminate",
            away,
            True,  # noqa: FBT003 - by position: a batch makes tens of thousands
        )
        for width, key, state, away, certain in zip(
            number.tolist(),
            line[chosen].tolist(),
            states,
            np.rint(metres[chosen]).tolist(),
            sure.tolist(),
            strict=True,
        )
    ]
    return zones, _starts(len(survey.units), at[chosen])


def _by_rank(rank: Indices, at: Indices, chosen: Indices, number: Indices) -> tuple[Indices, Indices]:
    order = np.lexsort((rank, at))
    return chosen[order], number[order]


def _landmark_zones(atlas: Atlas, survey: Survey) -> dict[int, Zones]:
    """Return by position the zones of ports and airports around it."""
    found: dict[int, Zones] = {}
    for points, (at, key, metres) in zip(atlas.landmarks, survey.landmarks, strict=True):
        sure = (metres + survey.doubt_m[at] <= LANDMARK_REACH_M).tolist()
        eras = survey.eras[at].tolist()
        for position, era, which, away, certain in zip(
            at.tolist(), eras, key.tolist(), _whole(metres), sure, strict=True
        ):
            zone = points.zones[which]
            membership = ZoneMembership(
                id=zone.id,
                kind="custom",
                country=_state_of(atlas, zone.point.unit, era),
                name=zone.name,
                certainty="inside" if certain else "indeterminate",
                distance_m=float(away),
                computed=True,
                note=LANDMARK_NOTE,
            )
            found.setdefault(position, []).append(membership)
    return found


def _state_of(atlas: Atlas, unit: str, era: int) -> str:
    """Return the State of a unit in an era; a dependency that the map draws as part of its State keeps its code."""
    index = atlas.unit_index.get(unit)
    return unit if index is None else atlas.eras.states[era][index]


def _by_kind(zones: Zones) -> Zones:
    return list(in_order(zones)) if len(zones) > 1 else zones


def _is_there(area: DisputedArea | SeaArea, on: date | None) -> bool:
    return isinstance(area, SeaArea) or on is None or area.since_on <= on


def _is_undetermined(areas: OpenAreas) -> bool:
    """Whether the position lies in an area of which nobody has decided whose it is."""
    return any(inside and isinstance(area, DisputedArea) and area.undetermined for area, inside, _ in areas)


def _views(areas: OpenAreas, states: tuple[str, ...], unit_index: dict[str, int]) -> tuple[View, ...]:
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


def _starts(count: int, at: Indices) -> list[int]:
    starts: list[int] = np.searchsorted(at, np.arange(count + 1)).tolist()
    return starts


def _hundreds(metres: Floats) -> list[int]:
    hundreds: list[int] = (np.rint(metres / 100) * 100).astype(np.int64).tolist()
    return hundreds


def _whole(metres: Floats) -> list[int]:
    """Return whole metres; only a position inside is 0 metres away."""
    whole: list[int] = np.where(metres > 0, np.maximum(np.rint(metres), 1), 0).astype(np.int64).tolist()
    return whole
