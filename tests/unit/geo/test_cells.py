"""Cells of the grid: arithmetic on their numbers is the grid's own."""

import h3.api.basic_int as h3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.cells import FINEST, around, cell_at, first_within, last_within, name_of, outline_of, size_at

LONGITUDES = st.floats(-180, 180, allow_nan=False)
LATITUDES = st.floats(-90, 90, allow_nan=False)


@given(LONGITUDES, LATITUDES, st.integers(0, FINEST))
def test_a_cell_lies_within_those_around_it(longitude: float, latitude: float, size: int) -> None:
    cell = cell_at(longitude, latitude)
    outer = around(size).of(cell)

    assert outer == h3.cell_to_parent(cell, size)
    assert first_within(size).of(outer) <= cell <= last_within(size).of(outer)


@given(LONGITUDES, LATITUDES, LONGITUDES, LATITUDES, st.integers(0, 9))
def test_no_other_cell_lies_in_the_range(
    longitude: float, latitude: float, elsewhere: float, above: float, size: int
) -> None:
    outer, other = around(size).of(cell_at(longitude, latitude)), cell_at(elsewhere, above)
    is_in_range = first_within(size).of(outer) <= other <= last_within(size).of(outer)

    assert is_in_range == (around(size).of(other) == outer)


@pytest.mark.parametrize(("zoom", "size"), [(0, 0), (2, 1), (4, 2), (5.5, 3), (8, 5), (12, 8), (24, 9)])
def test_cells_get_smaller_as_a_map_comes_nearer(zoom: float, size: int) -> None:
    assert size_at(zoom) == size


def test_an_outline_across_the_antimeridian_runs_on() -> None:
    outline = outline_of(around(2).of(cell_at(179.9, -17.0)))

    assert outline[0] == outline[-1]
    assert max(longitude for longitude, _ in outline) - min(longitude for longitude, _ in outline) < 10


def test_a_cell_is_written_as_elsewhere() -> None:
    assert name_of(cell_at(52.3, 15.2)) == h3.int_to_str(h3.latlng_to_cell(15.2, 52.3, FINEST))
