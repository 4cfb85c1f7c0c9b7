"""Vector tiles of the web's usual grid (Mercator, XYZ), made when they are asked for."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

import mapbox_vector_tile
import numpy as np
import shapely

from geo.map_data import MapLayer, detail_at, drawn_layer

LAST_ZOOM: Final = 8
# Lines go on a little beyond a tile's edge, so that none shows where tiles meet; in shares of a tile.
_BEYOND: Final = 1 / 32
_EXTENT: Final = 4096
# Where the projection ends, in degrees of latitude.
_HIGHEST: Final = 85.0511287798


class TileName(NamedTuple):
    """Which tile: of 2^zoom columns from the west and as many rows from the north."""

    zoom: int
    column: int
    row: int

    @property
    def is_there(self) -> bool:
        """Return whether there is such a tile."""
        count = 1 << self.zoom
        return self.column < count and self.row < count


@lru_cache(maxsize=4_096)
def drawn_tile(layer: str, tile: TileName) -> bytes:
    """Return a tile of a layer of the drawn map."""
    drawn = drawn_layer(layer, detail_at(tile.zoom))
    met = np.sort(drawn.tree.query(window_of(tile)))
    return encoded(layer, tile, [MapLayer(drawn.shapes[number], drawn.values[number]) for number in met.tolist()])


def encoded(layer: str, tile: TileName, shapes: Sequence[MapLayer]) -> bytes:
    """Return a tile of one layer with the shapes, in degrees, as far as they lie in it."""
    window = window_of(tile).bounds
    features = []
    for each in shapes:
        cut = shapely.clip_by_rect(each.shape, *window)
        if not cut.is_empty:
            on_tile = shapely.transform(cut, lambda degrees: _on_tile(degrees, tile))
            features.append({"geometry": on_tile, "properties": dict(each.values)})
    options = {"quantize_bounds": None, "extents": _EXTENT, "y_coord_down": True, "on_invalid_geometry": _valid}
    content: bytes = mapbox_vector_tile.encode([{"name": layer, "features": features}], default_options=options)
    return content


def window_of(tile: TileName) -> shapely.Geometry:
    """Return what a tile covers in degrees, and a little more."""
    count = 2**tile.zoom
    west, east = (tile.column - _BEYOND) / count, (tile.column + 1 + _BEYOND) / count
    north, south = (tile.row - _BEYOND) / count, (tile.row + 1 + _BEYOND) / count
    return shapely.box(west * 360.0 - 180.0, _latitude(south), east * 360.0 - 180.0, _latitude(north))


def _latitude(share: float) -> float:
    """Return the latitude of a share of the map's height, from the north."""
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * share))))


def _on_tile(degrees: np.ndarray[Any, Any], tile: TileName) -> np.ndarray[Any, Any]:
    count = 2**tile.zoom
    latitudes = np.radians(np.clip(degrees[:, 1], -_HIGHEST, _HIGHEST))
    across = (degrees[:, 0] + 180.0) / 360.0 * count - tile.column
    down = (1 - np.arcsinh(np.tan(latitudes)) / math.pi) / 2 * count - tile.row
    return np.asarray(np.rint(np.column_stack([across, down]) * _EXTENT))


def _valid(shape: shapely.Geometry) -> shapely.Geometry:
    # What shrank to a line or a point on the tile's grid is no land any more.
    return shapely.make_valid(shape, method="structure", keep_collapsed=False)
