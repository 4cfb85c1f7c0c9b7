"""Imported zones over the reference: on their days they answer, as far as their accuracy allows."""

from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import affinity

from geo.crs import GEOD, Position
from geo.locate import Geography, geography
from geo.memberships import Location, ZoneKind
from geo.overlay import ImportedZone
from geo.reference_data import REFERENCE_FOLDER, read_arrays, read_names
from tests import shapes

DAY = date(2020, 6, 1)
ADEN_OFFICIAL = shapely.box(44.6, 12.2, 45.4, 12.75)


def zone(
    geometry: shapely.Geometry,
    *,
    kind: ZoneKind = "territorial_sea",
    country: str = "YEM",
    code: str | None = None,
    valid_from: date = date.min,
    valid_until: date | None = None,
    accuracy_m: float = 0.0,
) -> ImportedZone:
    return ImportedZone(
        code=code or f"{kind}:{country}",
        kind=kind,
        country=country,
        name="as drawn",
        geometry=geometry,
        checksum=shapely.to_wkb(shapely.normalize(geometry)).hex()[:64],
        valid_from=valid_from,
        valid_until=valid_until,
        accuracy_m=accuracy_m,
    )


def located(
    places: Geography, longitude: float, latitude: float, *, on: date | None = DAY, accuracy_m: float | None = 0.0
) -> Location:
    return places.locate(Position(longitude, latitude), accuracy_m=accuracy_m, on=on)


def certainties(location: Location, kind: str) -> dict[str, str]:
    return {entry.id: entry.certainty for entry in location.zones if entry.kind == kind}


def test_an_official_limit_answers_instead_of_the_computed_one(places: Geography) -> None:
    # 12.3° N off Aden lies some 28 miles out: beyond twelve miles from the coast, inside the limit that the file draws.
    official = places.with_zones([zone(ADEN_OFFICIAL)])

    assert certainties(located(places, 45.0, 12.3), "territorial_sea") == {}
    assert certainties(located(official, 45.0, 12.3), "territorial_sea") == {"territorial_sea:YEM": "inside"}
    assert certainties(located(places, 45.8, 13.2), "territorial_sea") == {"territorial_sea:YEM": "inside"}
    assert certainties(located(official, 45.8, 13.2), "territorial_sea") == {}
    entry = next(entry for entry in located(official, 45.0, 12.3).zones if entry.kind == "territorial_sea")
    assert (entry.computed, entry.country) == (False, "YEM")


def test_kinds_and_states_that_nobody_imported_stay_computed(places: Geography) -> None:
    official = places.with_zones([zone(ADEN_OFFICIAL)])

    assert "exclusive_economic_zone:YEM" in certainties(located(official, 45.8, 12.9), "exclusive_economic_zone")
    assert located(official, 43.2, 11.6) == located(places, 43.2, 11.6)


@pytest.mark.parametrize(
    ("on", "is_official"),
    [(date(2014, 12, 31), False), (date(2015, 1, 1), True), (date(2019, 12, 31), True), (date(2020, 1, 1), False)],
)
def test_only_on_its_days(places: Geography, on: date, is_official: bool) -> None:
    official = places.with_zones([zone(ADEN_OFFICIAL, valid_from=date(2015, 1, 1), valid_until=date(2020, 1, 1))])

    assert (
        "territorial_sea:YEM" in certainties(located(official, 45.0, 12.3, on=on), "territorial_sea")
    ) is is_official


def test_today_is_what_has_no_end(places: Geography) -> None:
    ended = places.with_zones([zone(ADEN_OFFICIAL, valid_until=date(2020, 1, 1))])
    open_ = places.with_zones([zone(ADEN_OFFICIAL, valid_from=date(2020, 1, 1))])

    assert certainties(located(ended, 45.0, 12.3, on=None), "territorial_sea") == {}
    assert certainties(located(open_, 45.0, 12.3, on=None), "territorial_sea") == {"territorial_sea:YEM": "inside"}


@pytest.mark.parametrize(
    ("accuracy_m", "lines_m", "certainty"),
    [(0.0, 0.0, "inside"), (490.0, 0.0, "inside"), (510.0, 0.0, "indeterminate"), (0.0, 600.0, "indeterminate"),
     (None, 0.0, "indeterminate")],
)  # fmt: skip
def test_an_official_line_is_as_sharp_as_position_and_file_are(
    places: Geography, accuracy_m: float | None, lines_m: float, certainty: str
) -> None:
    official = places.with_zones([zone(ADEN_OFFICIAL, accuracy_m=lines_m)])
    lon, lat, _ = GEOD.fwd(45.4, 12.5, 270.0, 500.0)

    assert certainties(located(official, lon, lat, accuracy_m=accuracy_m), "territorial_sea") == {
        "territorial_sea:YEM": certainty
    }


def test_version_and_digest_name_the_zones_whatever_their_order(places: Geography) -> None:
    one, two = zone(ADEN_OFFICIAL), zone(shapely.box(50, 12, 51, 13), kind="contiguous_zone")
    names = {
        (official.version, official.digest)
        for official in (places.with_zones([one, two]), places.with_zones([two, one]))
    }

    assert len(names) == 1
    assert names != {(places.version, places.digest)}
    assert places.with_zones([]).digest == places.digest
    assert places.with_zones([zone(ADEN_OFFICIAL, valid_until=DAY)]).digest != places.with_zones([one]).digest


def test_a_custom_zone_replaces_only_the_one_of_its_id(places: Geography) -> None:
    gulf = places.with_zones([zone(ADEN_OFFICIAL, kind="custom", country="", code="gulf-of-aden")])
    box = places.with_zones([zone(ADEN_OFFICIAL, kind="custom", country="", code="custom:box")])

    assert certainties(located(gulf, 45.0, 12.3), "custom")["gulf-of-aden"] == "inside"
    assert "gulf-of-aden" not in certainties(located(gulf, 47.0, 12.3), "custom")
    assert {"custom:box", "gulf-of-aden", "off-somalia"} <= set(certainties(located(box, 45.0, 12.3), "custom"))


def test_imported_regions_of_a_state_stand_for_all_of_its_regions(places: Geography) -> None:
    whole = zone(shapely.box(43, 15, 45, 16), kind="region", code="YEM:north")
    official = places.with_zones([whole])

    assert certainties(located(official, 44.2, 15.35), "region") == {"YEM:north": "inside"}
    assert certainties(located(official, 48.5, 15.35), "region") == {}
    assert certainties(located(official, 55.0, 21.0), "region") == certainties(located(places, 55.0, 21.0), "region")


def test_an_imported_territory_gives_the_country(places: Geography) -> None:
    box = shapely.box(43.0, 16.0, 47.0, 19.0)
    official = places.with_zones([zone(box, kind="territory", country="SAU")])
    in_yemen = located(places, 45.0, 16.2)
    moved = located(official, 45.0, 16.2)

    assert (in_yemen.country, in_yemen.country_certainty) == ("YEM", "inside")
    assert (moved.country, moved.country_certainty) == ("SAU", "inside")
    assert certainties(moved, "territory") == {"territory:SAU": "inside"}
    assert certainties(moved, "region") == {}
    near = {entry.country: entry.distance_m for entry in moved.near}
    assert near["SAU"] == 0
    assert near["YEM"] == pytest.approx(GEOD.inv(45.0, 16.2, 45.0, 16.0)[2], rel=0.01)


def test_land_that_an_imported_territory_gives_up_is_nobodys_for_sure(places: Geography) -> None:
    box = shapely.box(43.0, 18.0, 47.0, 19.0)
    official = places.with_zones([zone(box, kind="territory", country="SAU")])
    let_go = located(official, 50.0, 24.0)

    assert located(places, 50.0, 24.0).country == "SAU"
    assert let_go.country_certainty == "indeterminate"
    assert let_go.country != "SAU"
    assert "SAU" not in {entry.country for entry in let_go.near}
    assert "territory:SAU" not in certainties(let_go, "territory")


def test_close_to_an_imported_border_the_country_is_open(places: Geography) -> None:
    box = shapely.box(43.0, 16.0, 47.0, 19.0)
    official = places.with_zones([zone(box, kind="territory", country="SAU")])
    lon, lat, _ = GEOD.fwd(45.0, 16.0, 0.0, 300.0)

    assert located(official, lon, lat, accuracy_m=100.0).country_certainty == "inside"
    assert located(official, lon, lat, accuracy_m=400.0).country_certainty == "indeterminate"


def test_before_a_state_split_its_successors_file_does_not_speak_for_it(places: Geography) -> None:
    official = places.with_zones([zone(shapely.box(24, 12, 34, 20), kind="territory", country="SDN")])
    in_juba = located(official, 31.58, 4.85, on=date(2005, 1, 1))

    assert (in_juba.country, in_juba.country_certainty) == ("SDN", "inside")
    assert located(official, 31.58, 4.85, on=date(2015, 1, 1)).country == "SSD"


CORNERS = st.tuples(st.floats(-178, 178), st.floats(-85, 85), st.floats(0.01, 2), st.floats(0.01, 2), st.floats(0, 90))


@settings(max_examples=150, deadline=None)
@given(CORNERS, st.floats(0, 1), st.floats(0, 1), st.floats(-180, 180), st.floats(0, 30_000))
def test_point_in_zone_agrees_with_brute_force_at_any_latitude(
    corner: tuple[float, float, float, float, float], across: float, up: float, bearing: float, accuracy_m: float
) -> None:
    lon, lat, wide, high, turn = corner
    outline = affinity.rotate(shapely.box(lon, lat, lon + wide, lat + high), turn)
    outline = shapely.intersection(outline, shapely.box(-180, -89, 180, 89))
    start = shapely.line_interpolate_point(outline.exterior, across, normalized=True)
    x, y, _ = GEOD.fwd(start.x, start.y, bearing, up * 40_000)
    edge_m = edge_distance_m(outline, x, y)
    official = geography().with_zones([zone(outline, kind="custom", country="", code="custom:it")])
    found = certainties(located(official, x, y, accuracy_m=accuracy_m), "custom").get("custom:it", "outside")

    # A chord through the earth and the drawn line differ by a metre, and geodesics are measured every few.
    if abs(edge_m - accuracy_m) > 5 + 0.001 * edge_m:
        inside = bool(shapely.covers(outline, shapely.Point((x + 180) % 360 - 180, y)))
        assert found == ("indeterminate" if edge_m < accuracy_m else "inside" if inside else "outside")


def edge_distance_m(outline: shapely.Geometry, lon: float, lat: float) -> float:
    """Measure geodesics to points along the outline, ever closer around the nearest."""
    low, high = 0.0, 1.0
    best = np.inf
    for _ in range(4):
        shares = np.linspace(low, high, 2_001)
        places = shapely.get_coordinates(
            shapely.line_interpolate_point(outline.exterior, shares % 1.0, normalized=True)
        )
        away = GEOD.inv(np.full(len(places), lon), np.full(len(places), lat), places[:, 0], places[:, 1])[2]
        at, step = int(np.argmin(away)), (high - low) / 2_000
        best, low, high = min(best, float(away[at])), shares[at] - 2 * step, shares[at] + 2 * step
    return best


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(
        [(10.0, 0.0), (-75.0, 45.0), (25.0, 66.0), (-45.0, 72.0), (100.0, 80.0), (179.9, -17.0), (-179.9, 68.0)]
    ),
    st.floats(0, 360),
    st.floats(0, 60_000),
    st.floats(0, 20_000),
)
def test_a_circle_makes_a_zone_indeterminate_exactly_when_it_crosses_the_edge(
    centre: tuple[float, float], bearing: float, away_m: float, accuracy_m: float
) -> None:
    radius_m = 30_000.0
    ring = np.column_stack(GEOD.fwd(*np.full((721, 2), centre).T, np.linspace(0, 360, 721), np.full(721, radius_m))[:2])
    ring[:, 0] = centre[0] + (ring[:, 0] - centre[0] + 180) % 360 - 180
    outline = rolled(shapely.Polygon(ring))
    lon, lat, _ = GEOD.fwd(*centre, bearing, away_m)
    official = geography().with_zones([zone(outline, kind="custom", country="", code="custom:disc")])
    found = certainties(located(official, lon, lat, accuracy_m=accuracy_m), "custom").get("custom:disc", "outside")

    # A ring of 721 points lies a metre inside the circle, and a little more where its edges are long.
    if abs(abs(away_m - radius_m) - accuracy_m) > 30:
        crosses = abs(away_m - radius_m) < accuracy_m
        assert found == ("indeterminate" if crosses else "inside" if away_m < radius_m else "outside")


def rolled(polygon: shapely.Geometry) -> shapely.Geometry:
    """Cut at the antimeridian, as an importer demands."""
    parts = [
        affinity.translate(shapely.intersection(polygon, shapely.box(-180 + turn, -90, 180 + turn, 90)), -turn)
        for turn in (-360.0, 0.0, 360.0)
    ]
    return shapely.union_all([part for part in parts if not part.is_empty])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from([5_000, 20_000, 80_000]), st.floats(0, 15_000))
def test_belts_are_right_in_metres_at_any_latitude(seed: int, width_m: int, accuracy_m: float) -> None:
    places = with_belts(5_000, 20_000, 80_000)
    rng = np.random.default_rng(seed)
    lon, lat = border_segments()[rng.integers(0, len(border_segments())), :2]
    lon, lat, _ = GEOD.fwd(lon, lat, rng.uniform(0, 360), rng.uniform(0, 1.3) * width_m)
    location = places.locate(Position(lon, lat), accuracy_m=accuracy_m, on=None)
    doubt_m = max(accuracy_m, 1_000.0)
    own_m, any_m = nearest_border_m(lon, lat, location.country), nearest_border_m(lon, lat, None)
    found = [entry for entry in location.zones if entry.id.startswith(f"belt:{width_m}:")]

    # Close to an edge belts of the neighbours' other borders are listed as well; a few metres are the measuring's.
    if any_m > doubt_m + 20 and abs(own_m - doubt_m - width_m) > 20:
        assert bool(found) is (own_m - doubt_m <= width_m)
        assert not found or min(entry.distance_m or 0 for entry in found) == pytest.approx(own_m, abs=20)
    if abs(own_m + doubt_m - width_m) > 20:
        assert any(entry.certainty == "inside" for entry in found) is (own_m + doubt_m <= width_m)


@cache
def with_belts(*widths_m: int) -> Geography:
    return Geography.load(belt_widths_m=tuple(sorted(widths_m, reverse=True)))


@cache
def border_segments(unit: str | None = None) -> Any:
    """Return the lines of today's borders, those of one unit when asked."""
    arrays = read_arrays(REFERENCE_FOLDER, "borders")
    pairs = read_names(REFERENCE_FOLDER, "names")["borders"]
    of_unit = np.array([unit is None or unit in pair for pair in pairs])
    return arrays["segments"][of_unit[arrays["group"]]]


def nearest_border_m(lon: float, lat: float, unit: str | None) -> float:
    lines = border_segments(unit)
    if not len(lines):
        return np.inf
    rough = np.hypot(((lines[:, 0] - lon + 180) % 360 - 180) * np.cos(np.radians(lat)), lines[:, 1] - lat)
    close = lines[np.argsort(rough)[:600]]
    share = np.linspace(0, 1, 31)[:, None, None]
    points = (close[:, :2] + (close[:, 2:] - close[:, :2]) * share).reshape(-1, 2)
    return float(GEOD.inv(np.full(len(points), lon), np.full(len(points), lat), points[:, 0], points[:, 1])[2].min())


def test_other_widths_of_belts_are_another_geography(places: Geography) -> None:
    assert with_belts(80_000, 50_000).digest == places.digest
    assert with_belts(5_000, 20_000).digest != places.digest
    assert "+belts-20-5" in with_belts(5_000, 20_000).version


@pytest.mark.parametrize("position", shapes.EDGES_OF_THE_MAP, ids=str)
def test_the_edges_of_the_map_are_answered_with_zones_too(places: Geography, position: Position) -> None:
    fiji = shapely.MultiPolygon([shapely.box(177, -20, 180, -15), shapely.box(-180, -20, -177, -15)])
    official = places.with_zones([zone(fiji, kind="exclusive_economic_zone", country="FJI")])
    location = official.locate(position, accuracy_m=10_000.0, on=None)

    is_fiji = position.latitude in (-17.0, -16.8)
    assert ("exclusive_economic_zone:FJI" in certainties(location, "exclusive_economic_zone")) is is_fiji
    assert all(entry.certainty == "inside" for entry in location.zones if entry.id == "exclusive_economic_zone:FJI")


def test_ports_and_airports_are_zones_of_five_kilometres(places: Geography) -> None:
    in_port = located(places, 45.005, 12.85, accuracy_m=100.0)
    ids = certainties(in_port, "custom")

    assert ids["port:YEADE"] == "inside"
    assert certainties(located(places, 45.0287, 12.8295, accuracy_m=100.0), "custom")["airport:ADE"] == "inside"
    assert "airport:ADE" not in certainties(located(places, 45.2, 13.3, accuracy_m=100.0), "custom")
    wide = certainties(located(places, 45.0287, 12.8295, accuracy_m=40_000.0), "custom")
    assert wide["airport:ADE"] == "indeterminate"
    assert sum(code.startswith("airport:") for code in wide) == 1
