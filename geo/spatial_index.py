"""Indexes over polygons and over lines: candidates by tree first, the exact test second, whole arrays at a time.

Both are slow where everything is near everything: a doubt of thousands of kilometres makes each polygon a candidate.
"""

from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from scipy.spatial import cKDTree

from geo.crs import METRES_PER_DEGREE, Floats, degrees_reach, earth_centred

Indices = np.ndarray[Any, np.dtype[np.int64]]

# Vertices asked of the tree at first; positions that these cannot settle ask for all within the distance that would.
FIRST_CANDIDATES = 3
# Size of the cubes in which a line is thinned for coarse search: smaller ones let in fewer groups, larger ones fewer
# points.
COARSE_CUBE_M = 16_000.0
COARSE_ERROR_M = COARSE_CUBE_M * 3**0.5


class PolygonIndex:
    """Which owners' polygons hold a position, or come near it.

    Parameters
    ----------
    polygons : array of shapely.Polygon
        Small polygons (subdivided), longitude and latitude in degrees.
    owners : array of int
        The owner of each polygon; an owner may have many.
    """

    def __init__(self, polygons: np.ndarray[Any, Any], owners: Indices) -> None:
        shapely.prepare(polygons)
        self._polygons = polygons
        self._owners = owners
        self._tree = shapely.STRtree(polygons)
        bounds = shapely.bounds(polygons).reshape(-1, 4)
        self._middle = (bounds[:, 0] + bounds[:, 2]) / 2

    def containing(self, lon: Floats, lat: Floats) -> tuple[Indices, Indices]:
        """Return (position, owner) pairs, ascending and unique; a position on an edge belongs to both sides.

        Longitudes lie in [-180, 180); one at -180 is asked at 180 too, because polygons end there.
        """
        at, owner = self._containing(lon, lat)
        seam = np.flatnonzero(lon <= -180.0 + 1e-9)
        if len(seam):
            seam_at, seam_owner = self._containing(np.full(len(seam), 180.0), lat[seam])
            at, owner = np.concatenate([at, seam[seam_at]]), np.concatenate([owner, seam_owner])
        return unique_pairs(at, owner)

    def _containing(self, lon: Floats, lat: Floats) -> tuple[Indices, Indices]:
        at, candidate = self._tree.query(shapely.points(lon, lat))
        hit = shapely.intersects_xy(self._polygons[candidate], lon[at], lat[at])
        return at[hit], self._owners[candidate[hit]]

    def bounds_of(self, owner: int) -> tuple[float, float, float, float]:
        """Return the box of an owner's polygons: west, south, east, north; all of them NaN where it has none."""
        west, south, east, north = shapely.total_bounds(self._polygons[self._owners == owner]).tolist()
        return west, south, east, north

    def first(self, lon: Floats, lat: Floats) -> Indices:
        """Return the lowest owner that holds each position, or -1."""
        found = np.full(len(lon), -1, dtype=np.int64)
        at, owner = self.containing(lon, lat)
        # Pairs ascend, so writing them backwards leaves the lowest.
        found[at[::-1]] = owner[::-1]
        return found

    def within(self, lon: Floats, lat: Floats, distance_m: Floats) -> tuple[Indices, Indices, Floats]:
        """Return (position, owner, metres) of owners whose land lies within the distance of each position; 0 inside.

        Metres are measured on a plane laid at the position: within 1 % up to 100 km.
        """
        at, candidate = self._around(lon, lat, distance_m)
        hit = shapely.intersects_xy(self._polygons[candidate], lon[at], lat[at])
        inside, home = unique_pairs(at[hit], self._owners[candidate[hit]])
        # Whoever holds the position is not asked again how near its other pieces come.
        other = ~_is_pair_among(at, self._owners[candidate], inside, home)
        at, candidate, metres = self._near(at[other], candidate[other], lon, lat, distance_m)
        return least_by_pair(
            np.concatenate([inside, at]),
            np.concatenate([home, self._owners[candidate]]),
            np.concatenate([np.zeros(len(inside)), metres]),
        )

    def _near(
        self, at: Indices, candidate: Indices, lon: Floats, lat: Floats, distance_m: Floats
    ) -> tuple[Indices, Indices, Floats]:
        """Return (position, polygon, metres) of those that lie within the distance, across the antimeridian too."""
        beside = lon[at] + 360.0 * np.round((self._middle[candidate] - lon[at]) / 360.0)
        # Degrees east are the shorter ones, so the reach in them is never too small.
        reach = degrees_reach(lat[at], distance_m[at])
        close = shapely.dwithin(self._polygons[candidate], shapely.points(beside, lat[at]), reach)
        at, candidate = at[close], candidate[close]
        metres = _plane_distance_m(self._polygons[candidate], lon[at], lat[at])
        near = metres <= distance_m[at]
        return at[near], candidate[near], metres[near]

    def _around(self, lon: Floats, lat: Floats, distance_m: Floats) -> tuple[Indices, Indices]:
        """Return (position, polygon) pairs whose boxes come within the distance, across the antimeridian too."""
        ats, candidates = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        wide, high = degrees_reach(lat, distance_m), distance_m / METRES_PER_DEGREE
        for shift in (0.0, 360.0, -360.0):
            east = lon + shift
            asked = np.flatnonzero((east + wide >= -180.0) & (east - wide <= 180.0))
            if not len(asked):
                continue
            # The tree looks at boxes only; a diagonal has the same one and is made faster than the box itself.
            corners = np.stack([east[asked] - wide[asked], lat[asked] - high[asked]], -1)
            opposite = np.stack([east[asked] + wide[asked], lat[asked] + high[asked]], -1)
            boxes = shapely.linestrings(np.stack([corners, opposite], 1))
            at, candidate = self._tree.query(boxes)
            ats.append(asked[at])
            candidates.append(candidate)
        return unique_pairs(np.concatenate(ats), np.concatenate(candidates))


def _is_pair_among(first: Indices, second: Indices, among: Indices, seconds: Indices) -> npt.NDArray[np.bool_]:
    """Return for each pair whether it stands among the others."""
    width = int(max(second.max(initial=0), seconds.max(initial=0))) + 1
    return np.isin(first * width + second, among * width + seconds)


def _plane_distance_m(polygons: np.ndarray[Any, Any], lon: Floats, lat: Floats) -> Floats:
    """Return the distance of each position from its polygon on a plane laid at the position."""
    if not len(polygons):
        return np.zeros(0)
    coordinates, owner = shapely.get_coordinates(polygons, return_index=True)
    east = (coordinates[:, 0] - lon[owner] + 180.0) % 360.0 - 180.0
    # A degree's length on the ellipsoid at the position's latitude.
    phi = np.radians(lat[owner])
    north_m = 111_132.954 - 559.822 * np.cos(2 * phi) + 1.175 * np.cos(4 * phi)
    east_m = 111_412.84 * np.cos(phi) - 93.5 * np.cos(3 * phi) + 0.118 * np.cos(5 * phi)
    plane = np.stack([east * east_m, (coordinates[:, 1] - lat[owner]) * north_m], -1)
    laid = shapely.set_coordinates(polygons.copy(), plane)
    return np.asarray(shapely.distance(laid, shapely.Point(0, 0)))


def unique_pairs(first: Indices, second: Indices) -> tuple[Indices, Indices]:
    """Return the pairs ascending and each once."""
    if not len(first):
        return first.astype(np.int64), second.astype(np.int64)
    width = int(second.max()) + 1
    key = np.unique(first.astype(np.int64) * width + second)
    return key // width, key % width


def least_by_pair(first: Indices, second: Indices, value: Floats) -> tuple[Indices, Indices, Floats]:
    """Return each pair once, ascending, with its least value."""
    order = np.lexsort((value, second, first))
    first, second, value = first[order], second[order], value[order]
    keep = np.ones(len(first), dtype=bool)
    keep[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    return first[keep], second[keep], value[keep]


@dataclass(frozen=True, slots=True)
class Nearest:
    """For each position: metres through the earth to the nearest segment (inf without any), its number, the foot."""

    chord_m: Floats
    segment: Indices
    foot_lon: Floats
    foot_lat: Floats


class LineIndex:
    """The nearest of many short segments on the ellipsoid, exactly.

    The segments' vertices stand in a tree of earth-centred coordinates. A segment can come nearer than both its ends,
    but never nearer than the height of an isosceles triangle over the longest segment: that bounds which vertices can
    still matter.

    Parameters
    ----------
    segments : array of shape (n, 4)
        Longitude and latitude of both ends; segments that follow one another along a line share their vertex.
    """

    def __init__(self, segments: Floats) -> None:
        self._segments = segments
        self._start = earth_centred(segments[:, 0], segments[:, 1])
        end = earth_centred(segments[:, 2], segments[:, 3])
        self._along = end - self._start
        self._length2 = np.maximum((self._along**2).sum(axis=1), 1e-9)
        self._half2 = float(self._length2.max(initial=0.0)) / 4
        last = np.ones(len(segments), dtype=bool)
        last[:-1] = np.abs(segments[:-1, 2:] - segments[1:, :2]).max(axis=1) > 1e-9
        number = np.arange(len(segments))
        # A vertex for each segment's start, and one more where a line ends; each knows the segments before and after
        # it.
        self._after = np.concatenate([number, number[last]])
        self._before = np.concatenate([np.where(np.roll(last, 1), number, number - 1), number[last]])
        self._tree = cKDTree(np.concatenate([self._start, end[last]]), balanced_tree=False, compact_nodes=False)

    def __len__(self) -> int:
        return len(self._segments)

    def nearest(self, xyz: Floats) -> Nearest:
        """Return the nearest segment to each earth-centred position."""
        count, ask = len(xyz), min(FIRST_CANDIDATES, self._tree.n)
        if not count or not len(self):
            return Nearest(np.full(count, np.inf), np.full(count, -1), np.full(count, np.nan), np.full(count, np.nan))
        reach, vertex = (np.asarray(found) for found in self._tree.query(xyz, k=[*range(1, ask + 1)]))
        at = np.repeat(np.arange(count), ask)
        metres, segment, share = self._best(xyz, at, vertex.ravel())
        open_ = np.flatnonzero(reach[:, -1] ** 2 < metres**2 + self._half2)
        if len(open_):
            lists = self._tree.query_ball_point(
                xyz[open_], np.sqrt(metres[open_] ** 2 + self._half2), return_sorted=False
            )
            at, vertex = flattened(lists)
            metres[open_], segment[open_], share[open_] = self._best(xyz[open_], at, vertex)
        ends = self._segments[segment]
        foot = ends[:, :2] + (ends[:, 2:] - ends[:, :2]) * share[:, None]
        return Nearest(metres, segment, foot[:, 0], foot[:, 1])

    def _best(self, xyz: Floats, at: Indices, vertex: Indices) -> tuple[Floats, Indices, Floats]:
        """Return metres, segment and share along it, of the nearest segment at any vertex asked for; `at` ascends."""
        segment = np.concatenate([self._after[vertex], self._before[vertex]])
        position = np.concatenate([at, at])
        away, along = xyz[position] - self._start[segment], self._along[segment]
        share = np.clip(np.einsum("ij,ij->i", away, along) / self._length2[segment], 0.0, 1.0)
        away -= along * share[:, None]
        metres2 = np.einsum("ij,ij->i", away, away)
        # Ties go to the lower segment, so that the answer never depends on the tree's order.
        order = np.lexsort((segment, metres2, position))
        best = order[np.flatnonzero(np.diff(position[order], prepend=-1))]
        return np.sqrt(metres2[best]), segment[best], share[best]


def flattened(lists: np.ndarray[Any, Any]) -> tuple[Indices, Indices]:
    """Return (position, member) of a list of members for each position."""
    sizes = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
    members = np.fromiter(chain.from_iterable(lists), dtype=np.int64, count=int(sizes.sum()))
    return np.repeat(np.arange(len(lists)), sizes), members


class GroupedLines:
    """Lines of many groups: which groups come within a distance, and how near each one is."""

    def __init__(self, segments: Floats, group: Indices, groups: int) -> None:
        self._segments = segments
        self._starts = np.searchsorted(group, np.arange(groups + 1))
        self._indexes: dict[int, LineIndex] = {}
        middles = earth_centred((segments[:, 0] + segments[:, 2]) / 2, (segments[:, 1] + segments[:, 3]) / 2)
        cubes = np.floor(middles / COARSE_CUBE_M).astype(np.int64) + 1024
        key = ((group * 2048 + cubes[:, 0]) * 2048 + cubes[:, 1]) * 2048 + cubes[:, 2]
        _, first = np.unique(key, return_index=True)
        self._coarse_group = group[first]
        self._coarse = cKDTree(middles[first], balanced_tree=False, compact_nodes=False)

    def index_of(self, group: int) -> LineIndex:
        """Return the index over one group's lines, built when first asked for."""
        if group not in self._indexes:
            self._indexes[group] = LineIndex(self._segments[self._starts[group] : self._starts[group + 1]])
        return self._indexes[group]

    def within(
        self, xyz: Floats, distance_m: Floats, known: tuple[Indices, Floats] | None = None
    ) -> tuple[Indices, Indices, Floats]:
        """Return (position, group, metres through the earth) for each group within the distance, ascending.

        `known` gives for each position one group and its distance (-1 where none is known): mostly it is the only one
        near, and measuring it again would be most of the work.
        """
        at, group = self._candidates(xyz, distance_m)
        if known is None:
            metres = self._distances(xyz, at, group)
        else:
            fresh = group != known[0][at]
            at, group = at[fresh], group[fresh]
            given = np.flatnonzero(known[0] >= 0)
            metres = np.concatenate([self._distances(xyz, at, group), known[1][given]])
            at, group = np.concatenate([at, given]), np.concatenate([group, known[0][given]])
        near = np.flatnonzero(metres <= distance_m[at])
        near = near[np.lexsort((group[near], at[near]))]
        return at[near], group[near], metres[near]

    def _candidates(self, xyz: Floats, distance_m: Floats) -> tuple[Indices, Indices]:
        """Return (position, group) pairs that may be within the distance, each once."""
        if not len(xyz):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        # Thinned points may lie a cube and half a segment away from the line they stand for.
        lists = self._coarse.query_ball_point(xyz, distance_m + COARSE_ERROR_M + 2_000.0, return_sorted=False)
        at, member = flattened(lists)
        return unique_pairs(at, self._coarse_group[member])

    def _distances(self, xyz: Floats, at: Indices, group: Indices) -> Floats:
        metres = np.empty(len(at))
        order = np.argsort(group, kind="stable")
        bounds = np.flatnonzero(np.diff(group[order])) + 1
        for block in np.split(order, bounds) if len(order) else ():
            metres[block] = self.index_of(int(group[block[0]])).nearest(xyz[at[block]]).chord_m
        return metres


class CellTable:
    """One value for each cell of a longitude-latitude grid, or MIXED where a boundary may pass."""

    MIXED = -2

    def __init__(self, cells: np.ndarray[Any, np.dtype[np.int16]]) -> None:
        self._cells = cells.ravel()
        self._rows, self._columns = cells.shape

    def look_up(self, lon: Floats, lat: Floats) -> Indices:
        """Return the value of the cell of each position; longitudes in [-180, 180)."""
        row = ((lat + 90.0) * (self._rows / 180.0)).astype(np.int64)
        column = ((lon + 180.0) * (self._columns / 360.0)).astype(np.int64)
        np.clip(row, 0, self._rows - 1, out=row)
        np.clip(column, 0, self._columns - 1, out=column)
        return np.asarray(self._cells[row * self._columns + column], dtype=np.int64)
