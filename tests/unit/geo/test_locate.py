"""Where positions are: real places, edges of the map, and agreement with brute force over the whole reference."""

from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.crs import GEOD, NAUTICAL_MILE_M, Position, normalised_longitudes
from geo.errors import PositionInvalid
from geo.locate import Geography, geography
from geo.memberships import Location
from geo.reference_data import REFERENCE_FOLDER, polygons_from_arrays, read_arrays, read_names
from tests.shapes import EDGES_OF_THE_MAP, PLACES

POSITIONS = st.builds(
    Position,
    st.floats(-180, 180, allow_nan=False),
    st.floats(-1, 1, allow_nan=False).map(lambda sine: float(np.degrees(np.arcsin(sine)))),
)


def located(name: str, *, accuracy_m: float | None = 10.0, on: date | None = None) -> Location:
    return geography().locate(PLACES[name][0], accuracy_m=accuracy_m, on=on)


def zone_certainties(location: Location) -> dict[str, str]:
    return {zone.id: zone.certainty for zone in location.zones}


@cache
def segments(name: str) -> Any:
    return read_arrays(REFERENCE_FOLDER, name)["segments"]


def brute_force_m(position: Position, name: str) -> float:
    """Measure by geodesics to points every hundred metres or less on each segment that might be the nearest."""
    lines = segments(name)
    rough = great_circle_m(position, lines[:, 0], lines[:, 1])
    close = lines[rough <= rough.min() * 1.01 + 3_100]
    share = np.linspace(0, 1, 41)[:, None, None]
    points = (close[:, :2] + (close[:, 2:] - close[:, :2]) * share).reshape(-1, 2)
    here = np.full(len(points), position.longitude), np.full(len(points), position.latitude)
    return float(GEOD.inv(*here, points[:, 0], points[:, 1])[2].min())


def great_circle_m(position: Position, lon: Any, lat: Any) -> Any:
    """Measure on a sphere, which is wrong by less than a hundredth."""
    here, there = np.radians([position.longitude, position.latitude]), np.radians([lon, lat])
    half = np.sin((there[1] - here[1]) / 2) ** 2
    half += np.cos(here[1]) * np.cos(there[1]) * np.sin((there[0] - here[0]) / 2) ** 2
    return 2 * 6_371_000 * np.arcsin(np.sqrt(half))


@pytest.mark.parametrize("name", sorted(PLACES))
def test_a_place_lies_in_its_country(places: Geography, name: str) -> None:
    position, unit = PLACES[name]

    assert places.country_of_many([position.longitude], [position.latitude]).tolist() == [unit]
    assert places.locate(position, accuracy_m=None, on=None).country == (unit or None)


@settings(max_examples=200, deadline=None)
@given(POSITIONS)
def test_the_country_agrees_with_brute_force(position: Position) -> None:
    lon = float(normalised_longitudes(np.array(position.longitude)))
    holding = {
        unit for unit, geometry in whole_countries().items() if geometry.covers(shapely.Point(lon, position.latitude))
    }
    found = str(geography().country_of_many([position.longitude], [position.latitude])[0])

    assert found in holding or (not found and not holding)


def test_the_country_agrees_with_brute_force_along_borders(places: Geography) -> None:
    rng = np.random.default_rng(20261122)
    lines = segments("borders")
    chosen = lines[rng.integers(0, len(lines), 300)]
    lon, lat = (chosen[:, :2] + rng.uniform(-0.05, 0.05, (300, 2))).T
    found = places.country_of_many(lon, lat)
    at, unit = shapely.STRtree([*whole_countries().values()]).query(shapely.points(lon, lat), predicate="intersects")
    holding: dict[int, set[str]] = {}
    for position, index in zip(at.tolist(), unit.tolist(), strict=True):
        holding.setdefault(position, set()).add(list(whole_countries())[index])

    assert all(str(code) in holding.get(index, {""}) for index, code in enumerate(found))


@cache
def whole_countries() -> dict[str, Any]:
    """Join the pieces again: the polygons before they were subdivided."""
    polygons, owners = polygons_from_arrays(read_arrays(REFERENCE_FOLDER, "countries"))
    units = read_names(REFERENCE_FOLDER, "names")["units"]
    return {unit: shapely.union_all(polygons[owners == owner]) for owner, unit in enumerate(units)}


def test_distances_agree_with_geodesics_over_every_segment(places: Geography) -> None:
    rng = np.random.default_rng(7)
    lines = segments("borders")
    chosen = lines[rng.integers(0, len(lines), 25)]
    for lon, lat in chosen[:, :2] + rng.uniform(-0.4, 0.4, (25, 2)):
        position = Position(float(lon), float(np.clip(lat, -90, 90)))
        location = places.locate(position, accuracy_m=None, on=None)

        assert location.border_distance_m == pytest.approx(brute_force_m(position, "borders"), abs=150)
        assert location.coast_distance_m == pytest.approx(brute_force_m(position, "coasts"), abs=150)


@settings(max_examples=60, deadline=None)
@given(POSITIONS, st.sampled_from([None, 0.0, 500.0, 20_000.0]))
def test_a_turn_of_longitude_changes_nothing(position: Position, accuracy_m: float | None) -> None:
    lon = round(position.longitude, 6)
    answers = [
        geography().locate(Position(lon + turn, position.latitude), accuracy_m=accuracy_m, on=None)
        for turn in (0.0, 360.0, -360.0)
    ]

    assert [(answer.country, zone_certainties(answer)) for answer in answers[1:]] == [
        (answers[0].country, zone_certainties(answers[0]))
    ] * 2


@settings(max_examples=60, deadline=None)
@given(POSITIONS, st.floats(0, 100_000), st.floats(0, 100_000))
def test_more_doubt_never_makes_a_zone_sure(position: Position, one: float, other: float) -> None:
    less, more = sorted((one, other))
    sure = zone_certainties(geography().locate(position, accuracy_m=less, on=None))
    unsure = zone_certainties(geography().locate(position, accuracy_m=more, on=None))

    assert set(sure) <= set(unsure)
    assert all(sure[zone] == "inside" for zone, certainty in unsure.items() if certainty == "inside")


def test_many_positions_at_once_are_answered_as_one_by_one(places: Geography) -> None:
    positions = [position for position, _ in PLACES.values()] + list(EDGES_OF_THE_MAP)
    on = [None, date(2010, 1, 1), date(1991, 6, 1)] * len(positions)
    many = places.locate_many(
        [position.longitude for position in positions],
        [position.latitude for position in positions],
        accuracy_m=[None] * len(positions),
        on=on[: len(positions)],
    )

    assert many == [
        places.locate(position, accuracy_m=None, on=day) for position, day in zip(positions, on, strict=False)
    ]


@pytest.mark.parametrize("position", EDGES_OF_THE_MAP, ids=str)
def test_the_edges_of_the_map_are_answered(places: Geography, position: Position) -> None:
    location = places.locate(position, accuracy_m=None, on=None)

    assert location.coast_distance_m is not None
    assert location.border_distance_m is not None


@pytest.mark.parametrize(
    ("longitude", "latitude"),
    [(0.0, 90.5), (float("nan"), 0.0), (0.0, float("inf"))],
    ids=["latitude", "nan", "infinite"],
)
def test_what_is_no_position_is_refused(places: Geography, longitude: float, latitude: float) -> None:
    with pytest.raises(PositionInvalid):
        places.locate(Position(longitude, latitude), accuracy_m=None, on=None)


def test_a_negative_accuracy_is_refused(places: Geography) -> None:
    with pytest.raises(PositionInvalid):
        places.locate(PLACES["Beirut"][0], accuracy_m=-1.0, on=None)


def test_damascus_is_about_25_km_from_lebanon() -> None:
    location = located("Damascus")

    assert location.border_distance_m == pytest.approx(25_000, abs=3_000)
    assert [near.country for near in location.near] == ["SYR", "LBN"]
    assert zone_certainties(location)["belt:50000:LBN-SYR"] == "inside"


def test_goma_is_a_border_town() -> None:
    location = located("Goma", accuracy_m=5_000)

    assert location.border_distance_m is not None
    assert 0 < location.border_distance_m <= 3_000
    assert location.country_certainty == "indeterminate"
    assert zone_certainties(location)["territory:RWA"] == "indeterminate"


def test_off_yemen_the_nearest_country_is_yemen() -> None:
    location = located("off Yemen")

    assert (location.country, location.nearest_country) == (None, "YEM")
    assert location.coast_distance_m == pytest.approx(45_000, abs=5_000)
    assert zone_certainties(location) == {
        "exclusive_economic_zone:YEM": "inside",
        "arabian-sea": "inside",
        "off-somalia": "inside",
    }


def test_a_wide_circle_at_sea_touches_each_zone_it_may_be_in() -> None:
    certainties = zone_certainties(located("off Yemen", accuracy_m=150_000))

    assert {"territory:YEM", "territorial_sea:YEM", "exclusive_economic_zone:OMN", "gulf-of-aden"} <= set(certainties)
    assert set(certainties.values()) == {"indeterminate"}


def test_the_central_mediterranean_is_off_libya() -> None:
    assert zone_certainties(located("central Mediterranean")) == {
        "exclusive_economic_zone:LBY": "inside",
        "high-seas-off-libya": "inside",
    }


# The map is wrong by up to a kilometre, about half a mile: nearer than that to a limit both sides are left open.
@pytest.mark.parametrize("miles", [11.4, 12.6, 23.4, 24.6, 199.4, 200.6])
@pytest.mark.parametrize(
    ("coast", "bearing_deg"), [((-9.5, 38.78), 270.0), ((73.5, -53.1), 200.0)], ids=["Portugal", "Heard Island"]
)
def test_belts_of_the_sea_are_that_many_miles_wide(
    coast: tuple[float, float], bearing_deg: float, miles: float
) -> None:
    position = off_the_coast(coast, bearing_deg, miles * NAUTICAL_MILE_M)
    kinds = {zone.kind for zone in geography().locate(position, accuracy_m=0.0, on=None).zones}

    assert ("territorial_sea" in kinds) is (miles < 12)
    assert ("contiguous_zone" in kinds) is (12 < miles < 24)
    assert ("exclusive_economic_zone" in kinds) is (12 < miles < 200)


def off_the_coast(coast: tuple[float, float], bearing_deg: float, distance_m: float) -> Position:
    """Go out to sea on one bearing until brute force finds the coast that far away."""
    near, far = 0.0, 2 * distance_m + 100_000
    while far - near > 50:
        out = (near + far) / 2
        position = Position(*GEOD.fwd(*coast, bearing_deg, out)[:2])
        near, far = (out, far) if brute_force_m(position, "coasts") < distance_m else (near, out)
    return position


def test_equidistance_between_two_coasts_is_open_within_the_doubt(places: Geography) -> None:
    # The middle of the Strait of Otranto: Albania and Italy lie about equally far.
    certainties = zone_certainties(places.locate(Position(18.9, 40.35), accuracy_m=10_000, on=None))

    assert {certainties.get(f"exclusive_economic_zone:{code}") for code in ("ALB", "ITA")} == {"indeterminate"}


@pytest.mark.parametrize("accuracy_m", [None, 0.0, 10.0], ids=["unstated", "exact", "satellite fix"])
def test_the_map_leaves_a_kilometre_open_however_good_the_fix(places: Geography, accuracy_m: float | None) -> None:
    in_damascus, in_goma = PLACES["Damascus"][0], PLACES["Goma"][0]
    lon, lat, _ = GEOD.fwd(in_goma.longitude, in_goma.latitude, 135.0, 700.0)
    by_the_border = Position(lon, lat)

    assert places.locate(by_the_border, accuracy_m=accuracy_m, on=None).country_certainty == "indeterminate"
    assert places.locate(in_damascus, accuracy_m=accuracy_m, on=None).country_certainty == "inside"


@pytest.mark.parametrize(
    ("name", "views"),
    [
        ("Pristina", ["XKX", "SRB"]),
        ("Hargeisa", ["SOM", None]),
        ("northern Nicosia", ["CYP", None]),
        ("Laayoune", ["ESH", "MAR"]),
        ("Tifariti, east of the berm", ["ESH", "MAR"]),
        ("Simferopol", ["UKR", "RUS"]),
        ("Golan Heights", ["SYR", "ISR"]),
        ("Abyei", ["SDN", "SSD"]),
        ("Beirut", []),
    ],
)
def test_a_disputed_area_shows_every_view(name: str, views: list[str | None]) -> None:
    assert [view.country for view in located(name).views] == views


def test_abyei_is_marked_approximate_and_undetermined() -> None:
    location = located("Abyei")
    zone = next(zone for zone in location.zones if zone.id == "disputed:abyei")

    assert location.country_certainty == "indeterminate"
    assert zone.note is not None
    assert "approximate" in zone.note


def test_before_the_split_a_dispute_is_none() -> None:
    assert located("Abyei", on=date(2010, 1, 1)).views == ()
    assert located("Pristina", on=date(2005, 1, 1)).views == ()


@pytest.mark.parametrize(
    ("name", "on", "state"),
    [
        ("Juba", date(2011, 7, 8), "SDN"),
        ("Juba", date(2011, 7, 9), "SSD"),
        ("Pristina", date(1998, 1, 1), "YUG"),
        ("Pristina", date(2005, 1, 1), "SCG"),
        ("Pristina", date(2007, 1, 1), "SRB"),
        ("Kaliningrad", date(1990, 1, 1), "SUN"),
    ],
)
def test_the_country_is_the_state_of_the_day(name: str, on: date, state: str) -> None:
    assert located(name, on=on).country == state


def test_a_line_inside_one_state_was_no_border() -> None:
    border = Position(31.0, 9.8)
    before = geography().locate(border, accuracy_m=10, on=date(2011, 7, 8))
    after = geography().locate(border, accuracy_m=10, on=date(2011, 7, 9))

    assert before.border_distance_m is not None
    assert after.border_distance_m is not None
    assert after.border_distance_m < 80_000 < before.border_distance_m
    assert not any("SDN-SSD" in zone.id for zone in before.zones)
    assert any(zone.id == "belt:80000:SDN-SSD" for zone in after.zones)


@pytest.mark.parametrize(
    ("position", "region"),
    [
        (Position(25.35, 13.63), "SDN:north-darfur"),
        (Position(24.88, 12.05), "SDN:south-darfur"),
        (Position(22.45, 13.45), "SDN:west-darfur"),
        (Position(23.47, 12.91), "SDN:central-darfur"),
        (Position(26.13, 11.46), "SDN:east-darfur"),
        (Position(29.2205, -1.6585), "COD:north-kivu"),
        (Position(28.86, -2.7), "COD:south-kivu"),
        (Position(30.25, 1.56), "COD:ituri"),
        (Position(-13.2, 27.15), "ESH:western-sahara"),
    ],
    ids=str,
)
def test_a_region_is_named_by_its_stable_id(places: Geography, position: Position, region: str) -> None:
    assert places.locate(position, accuracy_m=100, on=None).region == region


def test_every_region_has_an_id_of_its_own(places: Geography) -> None:
    ids = [region.id for region in places.regions()]

    assert len(ids) == len(set(ids)) > 4_000
