"""Areas on the ellipsoid."""

import pytest
import shapely

from geo.crs import area_m2

# One degree by one degree at the equator, as published for WGS 84.
SQUARE_DEGREE_KM2 = 12_308.8


def test_a_square_degree_has_its_area_however_its_ring_turns() -> None:
    square = shapely.box(0, 0, 1, 1)

    for outline in (square, square.reverse(), shapely.MultiPolygon([square])):
        assert area_m2(outline) / 1e6 == pytest.approx(SQUARE_DEGREE_KM2, rel=1e-4)


def test_holes_are_taken_off_and_parts_are_added() -> None:
    square, inner = shapely.box(0, 0, 1, 1), shapely.box(0.25, 0.25, 0.75, 0.75)
    apart = shapely.MultiPolygon([square, shapely.box(10, 0, 11, 1)])

    assert area_m2(square.difference(inner)) == pytest.approx(area_m2(square) - area_m2(inner))
    assert area_m2(apart) == pytest.approx(2 * area_m2(square))
    assert area_m2(shapely.Point(0, 0)) == 0
