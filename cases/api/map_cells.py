"""The incidents of a map's view: how many lie in each cell, and each by itself where they are few."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple

import shapely
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from pydantic import BaseModel, RootModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.errors import InvalidRequest
from cases.api.incident_filters import Filters, Reader, filter_parameters, filters_in, narrowed
from cases.api.query import choice_of
from cases.api.statistics import counted_for
from cases.intake.problems import Problem, quote
from cases.queries.map_cells import (
    Days,
    Tally,
    View,
    counted_in,
    merged,
    placed_among,
    points_of,
    summed_in,
    summed_nowhere,
)
from cases.queries.officers import get_officer
from cases.services.record_export import record_export
from cases.statistics.placed import OUTCOMES, Box
from geo.cells import COARSEST_SHOWN, area_km2, middle_of, name_of, outline_of, size_at
from geo.crs import box_area_km2
from geo.features import Feature, as_geojson, as_geopackage

# Fewer are shown one by one.
MOST_POINTS: Final = 500
# Of more cells nobody sees one: a view that asks for smaller ones than fit is answered with larger ones.
MOST_CELLS: Final = 20_000
MOST_ZOOM: Final = 24
WORLD: Final = Box(-180.0, -90.0, 180.0, 90.0)
CSV: Final = "text/csv"
GEOJSON: Final = "application/geo+json"
GEOPACKAGE: Final = "application/geopackage+sqlite3"
FORMATS: Final = ("json", "csv", "geojson", "gpkg")
FORMAT: Final = OpenApiParameter(
    "format",
    {"type": "string", "enum": [*FORMATS], "default": "json"},
    description="Anything but json is an export: it takes the right to export, and is kept in the audit trail.",
)
_ZOOM: Final = OpenApiParameter(
    "zoom",
    {"type": "number", "minimum": 0, "maximum": MOST_ZOOM, "default": 2},
    description="Of a map whose tiles are 512 pixels wide; it chooses the size of the cells.",
)
_CELL_COLUMNS: Final = ("cell", "longitude", "latitude", "count", "uncertain", *OUTCOMES)
_POINT_COLUMNS: Final = (
    *("reference", "state", "longitude", "latitude", "accuracy_m", "occurred_on", "kind"),
    *("categories", "outcomes"),
)


class MapCell(BaseModel):
    """A cell of the H3 grid: how many incidents, and of how many the place is less certain than the cell is large."""

    cell: str
    count: int
    uncertain: int
    outcomes: dict[str, int]
    longitude: float
    latitude: float


class PointShown(BaseModel):
    """An incident where it is said to have happened."""

    reference: str
    state: str
    longitude: float
    latitude: float
    accuracy_m: float | None
    occurred_on: str | None
    kind: str | None
    categories: list[str]
    outcomes: list[str]


class CellsOfView(BaseModel):
    """Many incidents: `total` lie in the view, as many as the list has; those without a position lie nowhere."""

    kind: Literal["cells"]
    resolution: int
    cells: list[MapCell]
    total: int
    without_position: int


class PointsOfView(BaseModel):
    """Few incidents, one by one."""

    kind: Literal["points"]
    points: list[PointShown]
    total: int
    without_position: int


class MapOfView(RootModel[CellsOfView | PointsOfView]):
    """What a map shows in a view."""


class _Asked(NamedTuple):
    """Who asks for which incidents, the view left out."""

    officer: Any
    filters: Filters
    reader: Reader


class MapCellsView(APIView):
    """All incidents that the officer may know of, on a map."""

    @extend_schema(
        operation_id="listMapCells",
        parameters=[_ZOOM, FORMAT, *filter_parameters()],
        responses={
            200: MapOfView,
            (200, CSV): OpenApiResponse({"type": "string"}, "A header, and one row a cell or incident."),
            (200, GEOJSON): OpenApiResponse({"type": "object"}, "Cells as polygons, or incidents as points."),
            (200, GEOPACKAGE): OpenApiResponse({"type": "string", "format": "binary"}, "One layer of the same."),
        },
    )
    def get(self, request: Request) -> Response | HttpResponse:
        """Count the incidents of a view by cell, or list them where they are few; every filter of the list holds."""
        officer = get_officer(request.user)
        filters = filters_in(request.query_params, access.incidents_for(officer), beside={"zoom", "format"})
        wanted = choice_of(request, "format", FORMATS, "json")
        box = Box(*filters.pop("bbox", WORLD))
        view = View.of(box, _size(box, _zoom(request)))
        reader = Reader(access.nominal_incidents_for(officer), counted_for(request))
        shown = _shown(view, _Asked(officer, filters, reader))
        if wanted == "json":
            return Response(shown)
        agency = access.require(officer, access.EXPORT)
        told = {"format": wanted, "incidents": shown["total"], "query": request.query_params.urlencode()[:1_000]}
        record_export(officer=officer, subject=agency, exported_at=timezone.now(), what="map", details=told)
        return _file(shown, wanted)


def days_of(filters: Filters) -> Days | None:
    """Return the days that are asked about where nothing else is; None where more is asked than sums tell apart."""
    if filters.keys() - {"occurred_after", "occurred_before"}:
        return None
    after, before = filters.get("occurred_after"), filters.get("occurred_before")
    return Days(after and after.first_day, before and before.last_day)


def _shown(view: View, asked: _Asked) -> dict[str, Any]:
    tally, nowhere = _counted(view, asked)
    total = sum(counts["incidents"] for counts in tally.values())
    if total <= MOST_POINTS:
        found = narrowed(access.incidents_for(asked.officer), asked.filters, asked.reader).filter(view.holds())
        points = points_of(found)
        return {"kind": "points", "points": points, "total": len(points), "without_position": nowhere}
    cells = [_cell(cell, tally[cell]) for cell in sorted(tally)]
    return {
        "kind": "cells",
        "resolution": view.size,
        "cells": cells,
        "total": total,
        "without_position": nowhere,
    }


def _counted(view: View, asked: _Asked) -> tuple[Tally, int]:
    """Return the counts of the view's cells, and how many of the incidents have no position."""
    days, agency = days_of(asked.filters), access.agency_of_sums_for(asked.officer)
    if days is None or agency is None:
        placed = placed_among(narrowed(access.incidents_for(asked.officer), asked.filters, asked.reader))
        return counted_in(view, placed), placed.filter(cell__isnull=True).count()
    beside = access.incidents_beside_open_for(asked.officer)
    placed = placed_among(narrowed(beside, asked.filters, asked.reader))
    tally = merged([summed_in(view, agency, days), counted_in(view, placed)])
    return tally, summed_nowhere(agency, days) + placed.filter(cell__isnull=True).count()


def _cell(cell: int, counts: Mapping[str, int]) -> dict[str, Any]:
    longitude, latitude = middle_of(cell)
    return {
        "cell": name_of(cell),
        "count": counts["incidents"],
        "uncertain": counts["uncertain"],
        "outcomes": {name: counts[name] for name in OUTCOMES},
        "longitude": round(longitude, 5),
        "latitude": round(latitude, 5),
    }


def _zoom(request: Request) -> float:
    text = request.query_params.get("zoom", "2")
    try:
        zoom = float(text)
    except ValueError:
        zoom = -1.0
    if 0 <= zoom <= MOST_ZOOM:
        return zoom
    raise InvalidRequest([Problem("/zoom", "out_of_range", {"value": quote(text), "least": 0, "most": MOST_ZOOM})])


def _size(box: Box, zoom: float) -> int:
    """Return the size of cells for the zoom, or the next coarser one of which not too many fill the box."""
    size = size_at(zoom)
    area = box_area_km2(*box)
    while size > COARSEST_SHOWN and area / area_km2(size) > MOST_CELLS:
        size -= 1
    return size


def _file(shown: Mapping[str, Any], wanted: str) -> HttpResponse:
    is_cells = shown["kind"] == "cells"
    columns = _CELL_COLUMNS if is_cells else _POINT_COLUMNS
    rows = [_flat(row) for row in shown["cells" if is_cells else "points"]]
    if wanted == "csv":
        return download(as_csv(columns, rows), CSV, "incidents.csv")
    features = [
        Feature(_outline(row["cell"]) if is_cells else shapely.Point(row["longitude"], row["latitude"]), row)
        for row in rows
    ]
    if wanted == "geojson":
        about = {name: shown[name] for name in ("total", "without_position")}
        return download(as_geojson(features, **about), GEOJSON, "incidents.geojson")
    shape = "Polygon" if is_cells else "Point"
    return download(as_geopackage(features, shown["kind"], columns, shape), GEOPACKAGE, "incidents.gpkg")


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row without anything nested: outcomes of a cell become columns, several words one text."""
    if outcomes := row.get("outcomes") if "count" in row else None:
        row = {**row, **outcomes}
    return {name: " ".join(value) if isinstance(value, list) else value for name, value in row.items()}


def _outline(name: str) -> shapely.Geometry:
    return shapely.Polygon(outline_of(int(name, 16)))


def as_csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return rows as CSV with a header; no text in them is a formula, for none is a text that somebody typed."""
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def download(content: bytes, content_type: str, name: str) -> HttpResponse:
    """Return a file to keep."""
    kept = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=kept)
