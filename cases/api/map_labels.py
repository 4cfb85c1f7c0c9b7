"""Names of States on the map, in the reader's language."""

from functools import lru_cache
from typing import Final

import shapely
from django.http import HttpResponse
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from cases.api.query import choice_of
from cases.documents.countries import name_in
from cases.tracing.completeness import LETTER_LANGUAGES
from geo.api.map_layers import GEOJSON, UNTOUCHED, kept_by_name
from geo.features import Feature, as_geojson
from geo.map_data import centres, map_digest

# From which zoom a name has room, by how large the land is in square degrees.
_ROOM: Final = ((300.0, 0), (60.0, 2), (12.0, 3), (2.0, 4), (0.2, 5))
_OTHERWISE: Final = 6
_LANGUAGE: Final = OpenApiParameter(
    "language",
    {"type": "string", "enum": sorted(LETTER_LANGUAGES)},
    description="Without it, the language of the request.",
)


class MapLabelsView(APIView):
    """Names of States."""

    @extend_schema(
        operation_id="listMapLabels",
        parameters=[_LANGUAGE],
        responses={
            (200, GEOJSON): OpenApiResponse({"type": "object"}, "Points with country, name and minzoom."),
            304: UNTOUCHED,
        },
    )
    def get(self, request: Request) -> HttpResponse:
        """Return where the name of each State is written, and the name, as GeoJSON."""
        spoken = (get_language() or "en").partition("-")[0]
        otherwise = spoken if spoken in LETTER_LANGUAGES else "en"
        language = choice_of(request, "language", tuple(sorted(LETTER_LANGUAGES)), otherwise)
        answer = kept_by_name(request, f"labels-{language}", map_digest(), GEOJSON, lambda: _labels(language))
        answer["Vary"] = "Accept-Language, Cookie, Authorization"
        return answer


@lru_cache(maxsize=8)
def _labels(language: str) -> bytes:
    return as_geojson(
        [
            Feature(
                shapely.Point(longitude, latitude),
                {"country": unit, "name": name_in(language, unit), "minzoom": _minzoom(area)},
            )
            for unit, (longitude, latitude, area) in centres().items()
            # Land of no State, or on which views differ, bears no State's name.
            if unit not in {"XXX", "ATA"}
        ]
    )


def _minzoom(area: float) -> int:
    return next((zoom for least, zoom in _ROOM if area >= least), _OTHERWISE)
