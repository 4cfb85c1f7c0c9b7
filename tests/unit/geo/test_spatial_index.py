import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.crs import GEOD, arc_m, earth_centred
from geo.spatial_index import CellTable, GroupedLines, LineIndex, PolygonIndex


def squares(*corners: tuple[float, float]) -> PolygonIndex:
    polygons = np.array([shapely.box(lon, lat, lon + 1, lat + 1) for lon, lat in corners])
    return PolygonIndex(polygons, np.arange(len(corners)))


def test_a_position_on_a_shared_edge_belongs_to_both_sides() -> None:
    at, owner = squares((0, 0), (1, 0)).containing(np.array([1.0]), np.array([0.5]))

    assert (at.tolist(), owner.tolist()) == ([0, 0], [0, 1])


def test_nothing_around_is_nothing_found() -> None:
    index = squares((0, 0))

    assert index.first(np.array([50.0]), np.array([50.0])).tolist() == [-1]
    assert index.within(np.array([50.0]), np.array([50.0]), np.array([10.0]))[0].tolist() == []
    assert index.within(np.zeros(0), np.zeros(0), np.zeros(0))[0].tolist() == []


@pytest.mark.parametrize("latitude", [0.0, 45.0, 70.0, 84.0])
def test_a_distance_in_metres_is_that_many_metres_at_any_latitude(latitude: float) -> None:
    index = squares((10.0, latitude))
    for away_m in (1_000.0, 20_000.0):
        lon, lat, _ = GEOD.fwd(10.0, latitude + 0.5, 270.0, away_m)
        here = np.array([lon]), np.array([lat])

        assert index.within(*here, np.array([away_m * 1.02]))[2].tolist() == [pytest.approx(away_m, rel=0.01)]
        assert index.within(*here, np.array([away_m * 0.97]))[2].tolist() == []


def test_land_across_the_antimeridian_is_near() -> None:
    index = squares((179.0, 0.0))

    at, owner, metres = index.within(np.array([-179.95]), np.array([0.5]), np.array([6_000.0]))

    assert (at.tolist(), owner.tolist()) == ([0], [0])
    assert metres[0] == pytest.approx(5_566, rel=0.01)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-179, 179), st.floats(-88, 88)), min_size=2, max_size=30),
    st.tuples(st.floats(-180, 180), st.floats(-90, 90)),
)
def test_the_nearest_segment_is_the_nearest_of_all(line: list[tuple[float, float]], place: tuple[float, float]) -> None:
    ends = np.array([[lon, lat, lon + 0.01, lat + 0.01] for lon, lat in line])
    here = earth_centred(np.array([place[0]]), np.array([place[1]]))
    start = earth_centred(ends[:, 0], ends[:, 1])
    along = earth_centred(ends[:, 2], ends[:, 3]) - start
    share = np.clip(((here - start) * along).sum(1) / (along**2).sum(1), 0, 1)
    brute = np.linalg.norm(here - start - along * share[:, None], axis=1).min()

    assert LineIndex(ends).nearest(here).chord_m[0] == pytest.approx(brute, abs=1e-3)


def test_groups_within_a_distance_are_all_found_with_their_distance() -> None:
    ends = np.array([[0.0, 0.0, 0.01, 0.0], [0.0, 1.0, 0.01, 1.0], [0.0, 5.0, 0.01, 5.0]])
    lines = GroupedLines(ends, np.array([0, 1, 2]), 3)

    at, group, metres = lines.within(earth_centred(np.array([0.0]), np.array([0.4])), np.array([70_000.0]))

    assert (at.tolist(), group.tolist()) == ([0, 0], [0, 1])
    assert arc_m(metres).tolist() == pytest.approx([44_230, 66_346], abs=150)


def test_a_cell_table_answers_at_its_corners() -> None:
    table = CellTable(np.arange(8, dtype=np.int16).reshape(2, 4))

    assert table.look_up(np.array([-180.0, 179.99, 0.0]), np.array([-90.0, 90.0, 0.0])).tolist() == [0, 7, 6]
