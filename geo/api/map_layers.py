"""Layers of the map: land, borders, belts of the sea, imported zones, ports and airports.

All of it is public reference data; it is served to whoever is signed in, and named by what it was drawn from, so that a
browser keeps it.
"""

import hashlib
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from typing import Any, Final

import shapely
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from pydantic import BaseModel
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from geo.features import Feature, as_geojson
from geo.landmarks import Landmarks
from geo.map_data import map_digest
from geo.map_zones import keys_of_imported_zones, zone_tile
from geo.maritime import COMPUTED_NOTE
from geo.reference_data import REFERENCE_FOLDER
from geo.tiles import LAST_ZOOM, TileName, drawn_tile

TILE: Final = "application/vnd.mapbox-vector-tile"
GEOJSON: Final = "application/geo+json"
# Zones are imported now and then; land and coasts change with a new version of the program.
_KEPT_FOR_S: Final = {"zones": 60}
_OTHERWISE_S: Final = 86_400
_NATURAL_EARTH: Final = "Natural Earth"
_LAYERS: Final = (
    ("land", "Land", "polygon", _NATURAL_EARTH, False),
    ("borders", "Borders, and land on which views differ", "line", _NATURAL_EARTH, False),
    ("maritime", f"Belts of the sea: {COMPUTED_NOTE}", "line", _NATURAL_EARTH, True),
    ("zones", "Imported zones", "polygon", "as each zone says", False),
)
_POINTS: Final = (("ports", "Ports", "searoute"), ("airports", "Airports", "airportsdata"))
_TILED: Final = tuple(name for name, *_ in _LAYERS)
UNTOUCHED: Final = OpenApiResponse(description="As the ETag that was sent says.")


class LayerRow(BaseModel):
    """A layer, and where it is found; `computed` says that it is no official limit."""

    id: str
    name: str
    kind: str
    url: str
    attribution: str
    minzoom: int
    maxzoom: int
    computed: bool


class LayerPage(BaseModel):
    """All layers, lowest first; they fit on one page."""

    next: None
    previous: None
    results: list[LayerRow]


class MapLayersView(APIView):
    """The layers of the map."""

    @extend_schema(operation_id="listMapLayers", responses=LayerPage)
    def get(self, _request: Request) -> Response:
        """List the layers, lowest first."""
        tiled = [
            _row(name, title, kind, f"/api/v1/map/tiles/{name}/{{z}}/{{x}}/{{y}}.mvt", credit, computed=computed)
            for name, title, kind, credit, computed in _LAYERS
        ]
        points = [
            _row(name, title, "point", f"/api/v1/map/{name}.geojson", credit, computed=False)
            for name, title, credit in _POINTS
        ]
        return Response({"next": None, "previous": None, "results": [*tiled, *points]})


class MapTileView(APIView):
    """One tile of a layer."""

    @extend_schema(
        operation_id="readMapTile",
        parameters=[
            OpenApiParameter("layer", {"type": "string", "enum": [*_TILED]}, OpenApiParameter.PATH),
            *(
                OpenApiParameter(name, {"type": "integer", "minimum": 0}, OpenApiParameter.PATH)
                for name in ("zoom", "column", "row")
            ),
        ],
        responses={
            (200, TILE): OpenApiResponse({"type": "string", "format": "binary"}, "A vector tile of one layer."),
            304: UNTOUCHED,
        },
    )
    def get(self, request: Request, layer: str, zoom: int, column: int, row: int) -> HttpResponse:
        """Return a vector tile; beyond the last zoom, browsers enlarge those of the last."""
        tile = TileName(zoom, column, row)
        if layer not in _TILED or zoom > LAST_ZOOM or not tile.is_there:
            raise NotFound
        if layer == "zones":
            keys = keys_of_imported_zones()
            named = hashlib.sha256(repr(keys).encode()).hexdigest()
            return kept_by_name(request, layer, named, TILE, lambda: zone_tile(keys, tile))
        return kept_by_name(request, layer, map_digest(), TILE, lambda: drawn_tile(layer, tile))


_POINTS_SHOWN: Final = {
    (200, GEOJSON): OpenApiResponse({"type": "object"}, "Points with code, name and country."),
    304: UNTOUCHED,
}


class MapPortsView(APIView):
    """Ports."""

    @extend_schema(operation_id="listMapPorts", responses=_POINTS_SHOWN)
    def get(self, request: Request) -> HttpResponse:
        """Return every port, by UN/LOCODE, as GeoJSON."""
        return kept_by_name(request, "ports", map_digest(), GEOJSON, lambda: _points("ports"))


class MapAirportsView(APIView):
    """Airports."""

    @extend_schema(operation_id="listMapAirports", responses=_POINTS_SHOWN)
    def get(self, request: Request) -> HttpResponse:
        """Return every airport that has a IATA code as GeoJSON."""
        return kept_by_name(request, "airports", map_digest(), GEOJSON, lambda: _points("airports"))


@lru_cache(maxsize=2)
def _points(layer: str) -> bytes:
    """Return ports, each UN/LOCODE once, or airports; the registries' airstrips without a IATA code are left out."""
    ports, airports = Landmarks(REFERENCE_FOLDER).zoned()
    return as_geojson(
        [
            Feature(
                shapely.Point(zone.point.longitude, zone.point.latitude),
                {"code": zone.id.partition(":")[2], "name": zone.point.name, "country": zone.point.unit},
            )
            for zone in (ports if layer == "ports" else airports).zones
        ]
    )


def kept_by_name(
    request: Request, layer: str, named: str, content_type: str, content: Callable[[], bytes]
) -> HttpResponse:
    """Return content that a browser keeps under its name, or that what it keeps still holds."""
    etag = f'"{layer}-{named[:16]}"'
    sent = parse_etags(request.headers.get("If-None-Match", ""))
    answer: HttpResponse
    if etag in sent or "*" in sent:
        answer = HttpResponseNotModified()
    else:
        answer = HttpResponse(content(), content_type=content_type, status=HTTPStatus.OK)
    answer["ETag"] = etag
    answer["Cache-Control"] = f"private, max-age={_KEPT_FOR_S.get(layer, _OTHERWISE_S)}"
    return answer


def _row(name: str, title: str, kind: str, url: str, credit: str, *, computed: bool) -> dict[str, Any]:
    return {
        "id": name,
        "name": title,
        "kind": kind,
        "url": url,
        "attribution": credit,
        "minzoom": 0,
        "maxzoom": LAST_ZOOM,
        "computed": computed,
    }
