"""Tiles: shapes where they belong, and nothing beyond the edge."""

import mapbox_vector_tile
import shapely

from geo.map_data import MapLayer
from geo.tiles import TileName, encoded, window_of


def test_a_tile_holds_what_lies_in_it() -> None:
    here = MapLayer(shapely.Point(90, 40), {"name": "here"})
    there = MapLayer(shapely.Point(-90, 40), {"name": "there"})
    tile = mapbox_vector_tile.decode(encoded("places", TileName(1, 1, 0), [here, there]))

    assert [feature["properties"]["name"] for feature in tile["places"]["features"]] == ["here"]
    x, y = tile["places"]["features"][0]["geometry"]["coordinates"]
    assert x == 2048
    assert 0 < y < 4096


def test_land_is_cut_a_little_beyond_the_edge() -> None:
    west, south, east, north = window_of(TileName(2, 2, 1)).bounds

    assert (west, east) == (0 - 90 / 32, 90 + 90 / 32)
    assert south < 0 < 66 < north


def test_only_tiles_of_the_grid_are_there() -> None:
    assert TileName(0, 0, 0).is_there
    assert not TileName(0, 1, 0).is_there
    assert not TileName(3, 0, 8).is_there
