"""Draw the map's layers from the reference geography: `python -m geo.build_map`, called by `make setup`."""

import hashlib
import json
import logging
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from pyproj import Proj
from tqdm import tqdm

from geo.areas import DISPUTED_AREAS
from geo.atlas import NO_STATE
from geo.crs import NAUTICAL_MILE_M, Floats
from geo.errors import DomainError
from geo.map_data import DETAILS, MAP_FOLDER, MapLayer, is_drawn, write_layers
from geo.reference_data import (
    REFERENCE_FOLDER,
    file_digest,
    polygons_from_arrays,
    read_arrays,
    read_manifest,
    read_names,
    write_names,
)
from geo.sources import polygonal

logger = logging.getLogger(__name__)

# Belts of the sea that are drawn, in nautical miles.
BELTS_NM: Final = (12, 24, 200)
# Coasts are widened piece by piece, each on a plane of its own, where a metre is a metre: so many degrees at once.
PIECES: Final = {12: 2.0, 24: 2.0, 200: 5.0}
# How coarsely coasts are drawn before they are widened, in degrees: a tenth of what is added and less.
COARSE: Final = {12: 0.02, 24: 0.03, 200: 0.1}
_WORLD: Final = shapely.box(-180.0, -90.0, 180.0, 90.0)
_QUARTER_STEPS: Final = 8


def current_inputs() -> dict[str, str]:
    """Return what the drawing depends on: the reference geography, and the code that draws."""
    code = Path(__file__).parent
    return {
        "reference": read_manifest(REFERENCE_FOLDER).digest,
        **{f"geo.{name}": file_digest(code / f"{name}.py") for name in ("build_map", "map_data")},
        "GEOS": shapely.geos_version_string,
    }


def build_map(folder: Path) -> None:
    """Draw every layer into the folder, whole or not at all."""
    inputs = current_inputs()
    if is_drawn(folder, inputs):
        logger.info("The map is up to date.")
        return
    unfinished = folder.with_name(folder.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    units, land = _land()
    write_names(unfinished, "centres", dict(zip(units, map(_centre, land), strict=True)))
    belts = _belts(land)
    for detail, degrees in enumerate(DETAILS):
        write_layers(unfinished, "land", detail, _drawn_land(units, land, degrees))
        write_layers(unfinished, "borders", detail, _drawn_borders(degrees))
        write_layers(unfinished, "maritime", detail, _drawn_belts(belts, degrees))
    content = json.dumps(inputs, sort_keys=True).encode()
    write_names(unfinished, "MANIFEST", {"inputs": inputs, "digest": hashlib.sha256(content).hexdigest()})
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.rename(folder)
    logger.info("The map was drawn in %s.", folder.name)


def _land() -> tuple[list[str], list[shapely.Geometry]]:
    """Return the present-day units and the land of each, whole again."""
    units = list(read_names(REFERENCE_FOLDER, "names")["units"])
    polygons, owners = polygons_from_arrays(read_arrays(REFERENCE_FOLDER, "countries"))
    joined = tqdm(range(len(units)), desc="Joining land", file=sys.stderr, disable=None)
    return units, [polygonal(shapely.union_all(polygons[owners == number])) for number in joined]


def _centre(land: shapely.Geometry) -> tuple[float, float, float] | None:
    """Return a place well inside the largest land, and how large that is in square degrees."""
    if land.is_empty:
        return None
    largest = max(shapely.get_parts(land), key=shapely.area)
    # The middle of the widest circle that fits: a name is written there.
    middle = shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=0.1), 0)
    return round(middle.x, 4), round(middle.y, 4), round(float(largest.area), 4)


def _drawn_land(units: list[str], land: list[shapely.Geometry], degrees: float) -> Iterator[MapLayer]:
    """Yield each unit's land; neighbours keep one line between them however coarse it gets."""
    drawn = shapely.coverage_simplify(np.array(land, dtype=object), degrees)
    for unit, geometry in zip(units, drawn, strict=True):
        parts = [part for part in shapely.get_parts(geometry) if part.area > degrees**2]
        yield from (MapLayer(part, {"country": unit}) for part in parts)


def _drawn_borders(degrees: float) -> Iterator[MapLayer]:
    """Yield the borders between States, and the edges of land on which views differ."""
    names = read_names(REFERENCE_FOLDER, "names")
    lines = read_arrays(REFERENCE_FOLDER, "borders")
    for pair, segments in _by_group(names["borders"], lines["segments"], lines["group"]):
        first, second = pair
        yield from (
            MapLayer(line, {"kind": "border", "first": first, "second": second}) for line in _joined(segments, degrees)
        )
    polygons, owners = polygons_from_arrays(read_arrays(REFERENCE_FOLDER, "areas"))
    for number, area in enumerate(names["areas"]):
        outline = shapely.simplify(shapely.boundary(shapely.union_all(polygons[owners == number])), degrees)
        # Seas have outlines of their own and are no land that anybody disputes.
        if area in _disputed():
            yield from (MapLayer(line, {"kind": "disputed", "area": area}) for line in shapely.get_parts(outline))


def _drawn_belts(belts: dict[int, shapely.Geometry], degrees: float) -> Iterator[MapLayer]:
    """Yield the outer edges of the belts, each computed and none official."""
    for miles, edges in belts.items():
        for line in shapely.get_parts(shapely.simplify(edges, degrees)):
            if line.length > 4 * degrees:
                yield MapLayer(line, {"miles": miles, "computed": True})


def _belts(land: list[shapely.Geometry]) -> dict[int, shapely.Geometry]:
    """Return by nautical miles the outer edge of the belt of the sea around every State's coast."""
    names, arrays = read_names(REFERENCE_FOLDER, "names"), read_arrays(REFERENCE_FOLDER, "coasts")
    owned = [number for number, unit in enumerate(names["coasts"]) if unit != NO_STATE]
    segments = arrays["segments"][np.isin(arrays["group"], owned)]
    belts = {}
    for miles in BELTS_NM:
        coast = _joined(segments, COARSE[miles])
        ashore = shapely.union_all(shapely.coverage_simplify(np.array(land, dtype=object), COARSE[miles]))
        edges = shapely.boundary(shapely.union_all([*_widened(coast, miles), ashore]))
        # The frame of the world is no edge of a belt.
        belts[miles] = shapely.line_merge(shapely.intersection(edges, shapely.box(-179.999, -89.0, 179.999, 89.0)))
    return belts


def _widened(coast: Iterable[shapely.Geometry], miles: int) -> Iterator[shapely.Geometry]:
    """Yield coasts widened by so many nautical miles, cut at the antimeridian."""
    size = PIECES[miles]
    cells: dict[tuple[int, int], list[shapely.Geometry]] = {}
    for line in coast:
        west, south, east, north = line.bounds
        for column in range(int(west // size), int(east // size) + 1):
            for row in range(int(south // size), int(north // size) + 1):
                cells.setdefault((column, row), []).append(line)
    for (column, row), lines in tqdm(sorted(cells.items()), desc=f"{miles} miles", file=sys.stderr, disable=None):
        west, south = column * size, row * size
        piece = shapely.clip_by_rect(shapely.multilinestrings(lines), west, south, west + size, south + size)
        if not piece.is_empty:
            yield from _around(piece, miles * NAUTICAL_MILE_M)


def _around(piece: shapely.Geometry, metres: float) -> Iterator[shapely.Geometry]:
    """Yield what lies within so many metres of a small piece, brought into [-180, 180]."""
    west, south, east, north = piece.bounds
    longitude, latitude = (west + east) / 2, (south + north) / 2
    # A projection by itself: what chooses among transformations takes longer than all else here.
    plane = Proj(proj="aeqd", lat_0=latitude, lon_0=longitude, ellps="WGS84")
    wide = shapely.buffer(shapely.transform(piece, plane, interleaved=False), metres, quad_segs=_QUARTER_STEPS)

    def back(x: Floats, y: Floats) -> tuple[Floats, Floats]:
        far, high = plane(x, y, inverse=True)
        return longitude + (far - longitude + 180.0) % 360.0 - 180.0, high

    around = polygonal(shapely.transform(wide, back, interleaved=False))
    for turn in (-360.0, 0.0, 360.0):
        cut = shapely.intersection(shapely.transform(around, lambda c, t=turn: c + np.array([t, 0.0])), _WORLD)
        if not cut.is_empty:
            yield cut


def _by_group(names: list[Any], segments: Floats, group: np.ndarray[Any, Any]) -> Iterator[tuple[Any, Floats]]:
    for number, name in enumerate(names):
        yield name, segments[group == number]


def _joined(segments: Floats, degrees: float) -> list[shapely.Geometry]:
    """Return segments as lines, as coarse as asked; none goes across the antimeridian."""
    short = segments[np.abs(segments[:, 2] - segments[:, 0]) < 180.0]
    lines = shapely.linestrings(short.reshape(-1, 2, 2))
    merged = shapely.line_merge(shapely.multilinestrings(lines))
    return list(shapely.get_parts(shapely.simplify(merged, degrees)))


def _disputed() -> frozenset[str]:
    return frozenset(area.id for area in DISPUTED_AREAS)


def main() -> int:
    """Draw into geo/reference_map/; 1 where the reference geography is missing."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        build_map(MAP_FOLDER)
    except DomainError as error:
        logger.error("%s", error)  # noqa: TRY400 - the sentence is for a person, the trace would hide it
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
