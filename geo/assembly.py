"""From the packages' pieces to our sets: disputed areas cut out, edges named by their sides, polygons subdivided."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from geo.areas import DISPUTED_AREAS, VATICAN, DisputedArea
from geo.codes import SOVEREIGN_OF
from geo.crs import Floats, earth_centred, normalised_longitudes
from geo.region_names import ITURI, REGION_OF_MOVED, region_id
from geo.sources import Piece, Region, Topology, polygonal
from geo.spatial_index import Indices, PolygonIndex

Names = np.ndarray[Any, np.dtype[np.str_]]

# Small polygons make the exact test cheap; 128 vertices measured best.
MOST_VERTICES = 128
# A third of a kilometre, about the grid of the boundary set: how far aside to look for land on both hands of an edge.
ASIDE_DEGREES = 0.003
# A longer edge is split so that its straight line through the earth stays within a metre of the drawn one.
LONGEST_SEGMENT_M = 3_000.0


@dataclass(frozen=True, slots=True)
class LineSet:
    """Short segments (longitude, latitude, longitude, latitude), each of a named group."""

    segments: Floats
    group: Indices
    groups: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Move:
    """Land inside an outline that goes from some units of the boundary set to another."""

    within: tuple[str, ...]
    unit: str
    outline: shapely.Polygon
    land: shapely.Geometry


@dataclass(frozen=True, slots=True)
class Assembly:
    """Everything that the reference files hold."""

    countries: dict[str, shapely.Geometry]
    areas: dict[str, shapely.Geometry]
    regions: dict[str, tuple[str, str, shapely.Geometry]]
    borders: LineSet
    coasts: LineSet


def assemble(topology: Topology, regions: list[Region]) -> Assembly:
    """Cut the disputed areas out of the boundary set and name each edge by the units on its sides."""
    by_region = _regions(regions)
    areas = {area.id: _area_geometry(area, topology.pieces, by_region) for area in DISPUTED_AREAS}
    moved = [
        Move(area.within, str(area.unit), shapely.Polygon(area.outline), areas[area.id])
        for area in DISPUTED_AREAS
        if area.unit is not None and area.outline is not None
    ]
    moved.append(Move(("ITA",), "VAT", shapely.Polygon(VATICAN), shapely.Polygon(VATICAN)))
    countries = _countries(topology.pieces, moved)
    edges, sides = _named_edges(topology, moved)
    sides = _false_coasts_settled(edges, sides, countries)
    return Assembly(countries, areas, _with_moved_land(by_region, areas), _borders(edges, sides), _coasts(edges, sides))


def _regions(regions: list[Region]) -> dict[str, tuple[str, str, shapely.Geometry]]:
    parts: dict[str, tuple[str, str, list[shapely.Geometry]]] = {}
    for region in regions:
        entry = parts.setdefault(region_id(region.unit, region.name), (region.unit, region.name, []))
        entry[2].append(region.geometry)
    joined = {
        key: (unit, name, polygonal(shapely.union_all(geometries))) for key, (unit, name, geometries) in parts.items()
    }
    orientale, ituri = joined["COD:orientale"][2], shapely.Polygon(ITURI)
    joined["COD:ituri"] = ("COD", "Ituri", polygonal(shapely.intersection(orientale, ituri)))
    joined["COD:orientale"] = ("COD", "Orientale", polygonal(shapely.difference(orientale, ituri)))
    return dict(sorted(joined.items()))


def _with_moved_land(
    regions: dict[str, tuple[str, str, shapely.Geometry]], areas: dict[str, shapely.Geometry]
) -> dict[str, tuple[str, str, shapely.Geometry]]:
    """Return the regions, those that hold land counted elsewhere by the regions set widened by it."""
    widened = dict(regions)
    for area, key in REGION_OF_MOVED.items():
        unit, name, geometry = widened[key]
        widened[key] = (unit, name, polygonal(shapely.union_all([geometry, areas[area]])))
    return widened


def _area_geometry(
    area: DisputedArea, pieces: tuple[Piece, ...], regions: dict[str, tuple[str, str, shapely.Geometry]]
) -> shapely.Geometry:
    if area.piece is not None:
        return shapely.union_all([piece.geometry for piece in pieces if piece.name == area.piece])
    if area.outline is not None:
        land = shapely.union_all([piece.geometry for piece in pieces if piece.unit in area.within])
        return polygonal(shapely.intersection(land, shapely.Polygon(area.outline)))
    return shapely.union_all([regions[region_id(unit, name)][2] for unit, name in area.regions])


def _countries(pieces: tuple[Piece, ...], moved: list[Move]) -> dict[str, shapely.Geometry]:
    parts: dict[str, list[shapely.Geometry]] = {}
    for piece in pieces:
        geometry = piece.geometry
        for move in moved:
            if piece.unit in move.within:
                geometry = polygonal(shapely.difference(geometry, move.land))
        parts.setdefault(piece.unit, []).append(geometry)
    for move in moved:
        parts.setdefault(move.unit, []).append(move.land)
    return {unit: polygonal(shapely.union_all(geometries)) for unit, geometries in sorted(parts.items())}


def _named_edges(topology: Topology, moved: list[Move]) -> tuple[Floats, Names]:
    """Return edges and the units on their two sides ("" is the sea), with the lines along which areas were cut out."""
    units = np.array([piece.unit for piece in topology.pieces] + [""])
    edges, sides = topology.edges, units[topology.sides]
    # The antimeridian closes polygons on a flat map; on the ground there is nothing.
    drawn_only = (np.abs(edges[:, 0]) > 179.999) & (np.abs(edges[:, 2]) > 179.999)
    edges, sides = edges[~drawn_only], sides[~drawn_only]
    middle = shapely.points((edges[:, 0] + edges[:, 2]) / 2, (edges[:, 1] + edges[:, 3]) / 2)
    cuts, cut_sides = [edges], [sides]
    for move in moved:
        shapely.prepare(move.outline)
        inside = shapely.intersects(move.outline, middle)
        for unit in move.within:
            sides[inside[:, None] & (sides == unit)] = move.unit
            line = _cut_edges(move, [piece.geometry for piece in topology.pieces if piece.unit == unit])
            cuts.append(line)
            cut_sides.append(np.tile([unit, move.unit], (len(line), 1)))
    return np.concatenate(cuts), np.concatenate(cut_sides)


def _cut_edges(move: Move, land: list[shapely.Geometry]) -> Floats:
    """Return the edges of the outline that run through the land it is cut from."""
    cut = shapely.intersection(shapely.boundary(move.outline), shapely.union_all(land))
    lines = [shapely.get_coordinates(line) for line in shapely.get_parts(cut) if line.geom_type == "LineString"]
    return np.concatenate([np.zeros((0, 4)), *(np.hstack([line[:-1], line[1:]]) for line in lines)])


def _false_coasts_settled(edges: Floats, sides: Names, countries: dict[str, shapely.Geometry]) -> Names:
    """Return sides without the gaps between neighbours' lines: an edge with land on both hands is no coast."""
    units = np.array([*countries, ""])
    parts = [(owner, part) for owner, geometry in enumerate(countries.values()) for part in subdivided(geometry)]
    index = PolygonIndex(np.array([part for _, part in parts]), np.array([owner for owner, _ in parts]))
    coast = np.flatnonzero((sides == "").any(axis=1))
    middle, along = (edges[coast, :2] + edges[coast, 2:]) / 2, edges[coast, 2:] - edges[coast, :2]
    step = np.array([-1, 1]) * along[:, ::-1] / np.maximum(np.hypot(*along.T), 1e-12)[:, None] * ASIDE_DEGREES
    hands = (middle + step, middle - step)
    left, right = (index.first(normalised_longitudes(hand[:, 0]), np.clip(hand[:, 1], -90, 90)) for hand in hands)
    both = (left >= 0) & (right >= 0)
    settled = sides.copy()
    settled[coast[both]] = np.stack([units[left[both]], units[right[both]]], axis=1)
    return settled


def _borders(edges: Floats, sides: Names) -> LineSet:
    """Return the lines between two States; between units of one State there is no border."""
    # Edges with one unit on both hands drop out here as well.
    sovereign = np.vectorize(lambda unit: SOVEREIGN_OF.get(unit, unit), otypes=[object])(sides)
    between = (sides != "").all(axis=1) & (sovereign[:, 0] != sovereign[:, 1])
    return _line_set(edges[between], np.sort(sides[between], axis=1))


def _coasts(edges: Floats, sides: Names) -> LineSet:
    return _line_set(edges[(sides == "").any(axis=1)], np.sort(sides[(sides == "").any(axis=1)], axis=1)[:, ::-1])


def _line_set(edges: Floats, sides: Names) -> LineSet:
    names, group = np.unique(sides, axis=0, return_inverse=True)
    segments, parent = split_segments(edges)
    # Stable: within a group the segments go on following one another along the line.
    order = np.argsort(group[parent], kind="stable")
    groups = tuple((str(first), str(second)) for first, second in names)
    return LineSet(segments[order], group[parent][order], groups)


def split_segments(edges: Floats) -> tuple[Floats, Indices]:
    """Return the edges split to at most LONGEST_SEGMENT_M, and the edge each came from."""
    span = np.linalg.norm(earth_centred(edges[:, 0], edges[:, 1]) - earth_centred(edges[:, 2], edges[:, 3]), axis=1)
    # A cut along a parallel can be hundreds of kilometres: the chord is shorter than the drawn line, so count a
    # little more.
    parts = np.maximum(np.ceil(span * 1.02 / LONGEST_SEGMENT_M), 1).astype(np.int64)
    parent = np.repeat(np.arange(len(edges)), parts)
    step = np.arange(len(parent)) - np.repeat(np.cumsum(parts) - parts, parts)
    start, end = (step / parts[parent])[:, None], ((step + 1) / parts[parent])[:, None]
    first, second = edges[parent, :2], edges[parent, 2:]
    return np.hstack([first + (second - first) * start, first + (second - first) * end]), parent


def subdivided(geometry: shapely.Geometry) -> Iterable[shapely.Polygon]:
    """Yield the geometry's polygons cut along the middle of their longer side until each has few vertices."""
    waiting = list(shapely.get_parts(geometry))[::-1]
    while waiting:
        part = waiting.pop()
        if shapely.get_num_coordinates(part) <= MOST_VERTICES:
            yield part
            continue
        west, south, east, north = part.bounds
        if east - west >= north - south:
            middle = (west + east) / 2
            halves = ((west, south, middle, north), (middle, south, east, north))
        else:
            middle = (south + north) / 2
            halves = ((west, south, east, middle), (west, middle, east, north))
        for half in halves:
            clipped = shapely.clip_by_rect(part, *half)
            if not shapely.is_valid(clipped):
                clipped = shapely.intersection(part, shapely.box(*half))
            waiting.extend(piece for piece in shapely.get_parts(clipped) if piece.geom_type == "Polygon")
