"""The drawn layers of the map on disk, by how detailed they are."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

from geo.errors import ReferenceGeographyMissing
from geo.reference_data import MANIFEST, Array, read_arrays, read_names, write_arrays, write_names

MAP_FOLDER: Final = Path(__file__).resolve().parent / "reference_map"
# How coarse lines may be, in degrees, for tiles up to zoom 2, to zoom 5, and beyond: half a pixel and less.
DETAILS: Final = (0.1, 0.02, 0.003)
_LAST_ZOOMS: Final = (2, 5)


class MapLayer(NamedTuple):
    """A shape of a layer, and what tiles say of it."""

    shape: shapely.Geometry
    values: Mapping[str, Any]


class DrawnLayer(NamedTuple):
    """The shapes of a layer in one detail, an index over them, and what tiles say of each."""

    shapes: npt.NDArray[np.object_]
    tree: shapely.STRtree
    values: list[dict[str, Any]]


def detail_at(zoom: int) -> int:
    """Return which of the details serves tiles of a zoom."""
    return sum(zoom > last for last in _LAST_ZOOMS)


def is_drawn(folder: Path, inputs: Mapping[str, str]) -> bool:
    """Return whether the folder holds what these inputs give."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except FileNotFoundError:
        return False
    return bool(manifest["inputs"] == inputs)


def write_layers(folder: Path, layer: str, detail: int, shapes: Iterable[MapLayer]) -> None:
    """Write a layer in one detail."""
    drawn = list(shapes)
    content = b"".join(shapely.to_wkb([each.shape for each in drawn]))
    lengths = [len(part) for part in shapely.to_wkb([each.shape for each in drawn])]
    arrays: dict[str, Array] = {
        "wkb": np.frombuffer(content, dtype=np.uint8),
        "lengths": np.array(lengths, dtype=np.int64),
    }
    write_arrays(folder, f"{layer}-{detail}", arrays)
    write_names(folder, f"{layer}-{detail}", [dict(each.values) for each in drawn])


@lru_cache(maxsize=16)
def drawn_layer(layer: str, detail: int) -> DrawnLayer:
    """Return a layer in one detail, read once a process; raise ReferenceGeographyMissing when nothing was drawn."""
    map_digest()
    arrays = read_arrays(MAP_FOLDER, f"{layer}-{detail}")
    ends = np.cumsum(arrays["lengths"])
    content = arrays["wkb"].tobytes()
    starts = ends - arrays["lengths"]
    shapes = shapely.from_wkb([content[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)])
    return DrawnLayer(shapes, shapely.STRtree(shapes), read_names(MAP_FOLDER, f"{layer}-{detail}"))


@lru_cache(maxsize=1)
def map_digest() -> str:
    """Return what names the drawn map; raise ReferenceGeographyMissing when nothing was drawn."""
    try:
        return str(json.loads((MAP_FOLDER / MANIFEST).read_text("utf-8"))["digest"])
    except FileNotFoundError as error:
        raise ReferenceGeographyMissing("The map has not been drawn: run `make setup`.") from error


@lru_cache(maxsize=1)
def centres() -> Mapping[str, tuple[float, float, float]]:
    """Return by present-day unit a place well inside its largest land, and how large that is in square degrees."""
    map_digest()
    return {unit: (found[0], found[1], found[2]) for unit, found in read_names(MAP_FOLDER, "centres").items() if found}
