from xml.etree import ElementTree

import pytest

from cases.documents.map_inset import HEIGHT, WIDTH, draw
from cases.documents.reference_land import reference_land
from cases.documents.wording import Wording
from cases.tracing.content import Place, RouteStated

ENGLISH = Wording("en")


def _texts(svg: str) -> list[str]:
    tree = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    return [element.text or "" for element in tree.iter("{http://www.w3.org/2000/svg}text")]


def _draw(place: Place, route: RouteStated | None = None) -> str:
    inset = draw(place, route or RouteStated(), reference_land(), ENGLISH)
    assert inset is not None
    return inset.svg


def test_a_place_without_position_has_no_map() -> None:
    assert draw(Place(name="off Yemen"), RouteStated(), reference_land(), ENGLISH) is None


def test_neighbours_route_and_scale_are_named() -> None:
    place = Place(longitude=52.3, latitude=15.2, accuracy_m=150_000, at_sea=True)

    texts = _texts(_draw(place, RouteStated(origin="IRN", destination="YEM")))

    assert {"Yemen", "from Islamic Republic of Iran", "to Yemen", "200 km"} <= set(texts)


def test_the_accuracy_is_drawn_to_scale_and_left_out_where_unknown() -> None:
    known = Place(longitude=6.1, latitude=46.2, accuracy_m=50_000)
    inset = draw(known, RouteStated(), reference_land(), ENGLISH)
    assert inset is not None

    radius = 50_000 * WIDTH / (2 * inset.half_width_m)

    assert f'class="accuracy" cx="{WIDTH / 2}" cy="{HEIGHT / 2}" r="{radius:.1f}"' in inset.svg
    assert 'class="accuracy"' not in _draw(Place(longitude=6.1, latitude=46.2))


def test_the_frame_reaches_past_the_accuracy_and_to_the_coast() -> None:
    far = Place(longitude=60.0, latitude=12.0, accuracy_m=500_000, at_sea=True, coast_distance_m=700_000)

    inset = draw(far, RouteStated(), reference_land(), ENGLISH)

    assert inset is not None
    assert inset.half_width_m * HEIGHT / WIDTH > 500_000
    assert 'class="land"' in inset.svg


@pytest.mark.parametrize("longitude", [-180.0, -179.9, 179.9, 180.0])
def test_a_map_across_the_antimeridian_shows_both_sides(longitude: float) -> None:
    svg = _draw(Place(longitude=longitude, latitude=-17.0))

    assert "Fiji" in _texts(svg)
    assert "nan" not in svg
    assert "inf" not in svg


@pytest.mark.parametrize("latitude", [-90.0, -89.0, 88.0, 90.0])
def test_a_map_can_be_drawn_at_the_poles(latitude: float) -> None:
    svg = _draw(Place(longitude=10.0, latitude=latitude), RouteStated(origin="NOR", destination="CHL"))

    ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    assert "nan" not in svg
