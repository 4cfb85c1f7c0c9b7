"""One situation: which theatre, what sort of stop, where and when, and whether a trade under embargo lies behind it."""

from dataclasses import dataclass
from typing import NamedTuple

from cases.generate.arms import CARGO, DEALS, LARGE, MIDDLE, OVERLAND, SMALL, STREET, Model
from cases.generate.days import PRECISIONS, day_in, year_of
from cases.generate.draws import Draw, spread
from cases.generate.places import TIME_ZONES, Lane, Place
from cases.generate.serials import Serials
from cases.generate.theatres import THEATRES, Corridor, Theatre

FIRST_YEAR, LAST_YEAR = 1992, 2026
# Recording grew over the years; most incidents on file are recent.
YEARS = spread((year, 2 + max(0, year - 1996) // 2) for year in range(FIRST_YEAR, LAST_YEAR + 1))


class Scene(NamedTuple):
    """A sort of stop: what happened, what stopped it, what was found and in what amounts."""

    name: str
    kinds: tuple[str, ...]
    modes: tuple[str, ...]
    agencies: tuple[str, ...]
    goods: tuple[tuple[Model, ...], ...]
    scales: tuple[int, ...]
    item_counts: tuple[int, ...]
    reach_deg: float  # how far from the named place things happen


SEA = Scene(
    "sea",
    spread((("seizure", 62), ("interdiction", 18), ("inspection", 15), ("report", 5))),
    ("sea",),
    spread((("navy", 6), ("coast_guard", 4), ("customs", 1), ("regional_organisation", 1))),
    CARGO,
    spread(((LARGE, 7), (MIDDLE, 3))),
    spread(((1, 3), (2, 4), (3, 3), (4, 2), (6, 1))),
    0.0,
)
BORDER = Scene(
    "border",
    spread((("seizure", 80), ("inspection", 5), ("denial", 4), ("find", 6), ("report", 5))),
    spread((("road", 15), ("on_foot", 3), ("rail", 1), ("unknown", 1), ("inland_water", 1))),
    spread((("customs", 5), ("border_guard", 5), ("gendarmerie", 2), ("police", 2), ("military", 2))),
    OVERLAND,
    spread(((SMALL, 5), (MIDDLE, 4), (LARGE, 1))),
    spread(((1, 7), (2, 4), (3, 2), (4, 1))),
    0.06,
)
PORT = Scene(
    "port",
    spread((("seizure", 66), ("inspection", 18), ("denial", 8), ("report", 8))),
    ("sea",),
    spread((("customs", 8), ("police", 1), ("coast_guard", 1))),
    CARGO,
    spread(((LARGE, 5), (MIDDLE, 5))),
    spread(((1, 6), (2, 3), (3, 2), (5, 1))),
    0.01,
)
AIRPORT = Scene(
    "airport",
    spread((("seizure", 66), ("inspection", 14), ("denial", 10), ("report", 10))),
    spread((("air", 5), ("post", 1))),
    spread((("customs", 7), ("police", 3))),
    CARGO,
    spread(((LARGE, 2), (MIDDLE, 5), (SMALL, 3))),
    spread(((1, 7), (2, 3), (3, 1))),
    0.01,
)
TOWN = Scene(
    "town",
    spread((("seizure", 74), ("surrender", 10), ("find", 10), ("loss", 3), ("report", 3))),
    spread((("road", 5), ("unknown", 6), ("post", 1), ("on_foot", 3))),
    spread((("police", 8), ("gendarmerie", 2), ("customs", 1), ("national_focal_point", 1))),
    STREET,
    spread(((SMALL, 9), (MIDDLE, 1))),
    spread(((1, 9), (2, 4), (3, 1))),
    0.05,
)
FIELD = Scene(
    "field",
    spread((("find", 66), ("seizure", 16), ("surrender", 8), ("report", 10))),
    spread((("unknown", 6), ("road", 2))),
    spread((("military", 5), ("un_mission", 3), ("panel", 2), ("gendarmerie", 1))),
    OVERLAND,
    spread(((SMALL, 3), (MIDDLE, 5), (LARGE, 1))),
    spread(((1, 5), (2, 4), (3, 3), (5, 1))),
    0.35,
)
DEAL = Scene(
    "deal",
    spread((("report", 6), ("denial", 4))),
    ("unknown",),
    spread((("panel", 5), ("licensing_authority", 3), ("customs", 2))),
    DEALS,
    spread(((MIDDLE, 5), (LARGE, 5))),
    spread(((1, 5), (2, 1))),
    0.02,
)
SCENES = spread(((SEA, 16), (BORDER, 30), (PORT, 14), (AIRPORT, 7), (TOWN, 17), (FIELD, 12), (DEAL, 4)))


@dataclass(slots=True)
class Situation:
    """What the parts of one incident are drawn from; days are counted from the first day covered."""

    theatre: Theatre
    scene: Scene
    corridor: Corridor | None
    place: Place | None
    lane: Lane | None
    longitude: float
    latitude: float
    day: int
    precision: int
    scale: int
    kind: str
    mode: str
    serials: Serials

    @property
    def year(self) -> int:
        """The calendar year of the stop."""
        return year_of(self.day)

    @property
    def place_name(self) -> str | None:
        """What people call the place or the waters."""
        named = self.place or self.lane
        return named.name if named is not None else None

    @property
    def time_zone(self) -> str | None:
        """The clock of the place; None at sea."""
        return TIME_ZONES.get(self.place.country) if self.place is not None else None


def situation(draw: Draw, serials: Serials) -> Situation:
    """Draw the frame of one incident."""
    theatre = draw.one(THEATRES)
    scene = draw.one(SCENES)
    if scene is SEA and not theatre.lanes:
        scene = BORDER
    corridor = draw.one(theatre.corridors) if draw.chance(theatre.tied_share) else None
    place, lane = _where(draw, theatre, scene)
    longitude, latitude = _position(draw, scene, place, lane)
    return Situation(
        theatre=theatre,
        scene=scene,
        corridor=corridor,
        place=place,
        lane=lane,
        longitude=longitude,
        latitude=latitude,
        day=day_in(draw, _year(draw, corridor), theatre.months),
        precision=draw.one(PRECISIONS),
        scale=draw.one(scene.scales),
        kind=draw.one(scene.kinds),
        mode=draw.one(scene.modes),
        serials=serials,
    )


def _where(draw: Draw, theatre: Theatre, scene: Scene) -> tuple[Place | None, Lane | None]:
    if scene is SEA:
        return None, draw.one(theatre.lanes)
    tables = {"border": theatre.posts, "port": theatre.ports, "airport": theatre.airports}
    return draw.one(tables.get(scene.name) or theatre.towns), None


def _position(draw: Draw, scene: Scene, place: Place | None, lane: Lane | None) -> tuple[float, float]:
    """Return where it happened: along the lane and off it, or around the named place, more often close by."""
    if lane is not None:
        along, off_lon, off_lat = draw.random(), draw.random() - draw.random(), draw.random() - draw.random()
        longitude = lane.start[0] + along * (lane.end[0] - lane.start[0]) + off_lon * lane.width_deg
        latitude = lane.start[1] + along * (lane.end[1] - lane.start[1]) + off_lat * lane.width_deg
        return longitude, latitude
    if place is None:
        raise AssertionError("a situation has a place or a lane")
    east, north = draw.random() - draw.random(), draw.random() - draw.random()
    return place.longitude + east * scene.reach_deg, place.latitude + north * scene.reach_deg


def _year(draw: Draw, corridor: Corridor | None) -> int:
    """Return a year; for a trade under embargo one in which it ran, in some a little before or after."""
    if corridor is None:
        return draw.one(YEARS)
    return draw.between(max(FIRST_YEAR, corridor.first_year - 1), min(LAST_YEAR, corridor.last_year + 1))
