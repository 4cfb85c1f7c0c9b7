"""Flows between States: from where goods are said to come, where they were met with, and where they were bound."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

import shapely
from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from pydantic import BaseModel, ConfigDict, Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.incident_filters import Filters, Reader, filter_parameters, filters_in, narrowed
from cases.api.map_cells import CSV, FORMAT, FORMATS, GEOJSON, GEOPACKAGE, as_csv, days_of, download
from cases.api.query import choice_of
from cases.api.statistics import counted_for
from cases.choices import LegKind
from cases.queries.flows import Flow, Flows, counted_flows, legs_among, merged_flows, summed_flows
from cases.queries.officers import get_officer
from cases.services.record_export import record_export
from cases.statistics.legs import Leg
from geo.features import Feature, as_geojson, as_geopackage
from geo.state_centres import centre_of_state

_YES_OR_NO: Final = ("true", "false")
_RELEASE: Final = OpenApiParameter(
    "release",
    {"type": "string", "enum": [*_YES_OR_NO], "default": "false"},
    description="Whether it leaves the house: legs of few incidents are withheld, and lead to no cases. "
    "Takes the right to export, and is kept in the audit trail.",
)
_COLUMNS: Final = (
    *("from", "to", "leg", "incidents", "arms", "without_count", "first_on", "last_on"),
    *("categories", "sureness"),
)


class LegShown(BaseModel):
    """One leg between two States, which may be the same; `sureness` counts by what the route rests on."""

    model_config = ConfigDict(populate_by_name=True)

    from_: str = Field(alias="from")
    to: str
    leg: LegKind
    incidents: int | None
    # Pieces, as far as they were counted; null where there are arms and none were.
    arms: int | None
    # Incidents in which not all arms were counted.
    without_count: int | None
    first_on: date | None
    last_on: date | None
    categories: dict[str, int]
    sureness: dict[str, int]
    from_position: list[float] | None
    to_position: list[float] | None
    incidents_url: str | None
    suppressed: bool


class FlowMatrix(BaseModel):
    """Every leg, most incidents first, and how many legs are withheld."""

    legs: list[LegShown]
    withheld: int
    released: bool
    smallest_cell_shown: int | None


class FlowView(APIView):
    """Flows of what the officer may know of."""

    @extend_schema(
        operation_id="listFlows",
        parameters=[_RELEASE, FORMAT, *filter_parameters()],
        responses={
            200: FlowMatrix,
            (200, CSV): OpenApiResponse({"type": "string"}, "A header, and one row a leg."),
            (200, GEOJSON): OpenApiResponse({"type": "object"}, "Legs as lines between the middles of States."),
            (200, GEOPACKAGE): OpenApiResponse({"type": "string", "format": "binary"}, "One layer of the same."),
        },
    )
    def get(self, request: Request) -> Response | HttpResponse:
        """Count incidents and arms along each leg; every filter of the list holds, and each leg leads to its cases.

        Where one end of a leg is not known there is no such leg. Whoever may see the cases sees the numbers.
        """
        officer = get_officer(request.user)
        filters = filters_in(request.query_params, access.incidents_for(officer), beside={"format", "release"})
        wanted = choice_of(request, "format", FORMATS, "json")
        is_release = choice_of(request, "release", _YES_OR_NO, "false") == "true"
        if is_release or wanted != "json":
            _record(request, officer, wanted, is_release=is_release)
        reader = Reader(access.nominal_incidents_for(officer), counted_for(request))
        flows = _flows(officer, filters, reader)
        query = "" if is_release else _query(request)
        legs = [_leg(leg, flow, query) for leg, flow in sorted(flows.items(), key=_most_first)]
        if is_release:
            legs = [_released(leg) for leg in legs]
        if wanted == "json":
            return Response(
                {
                    "legs": legs,
                    "withheld": sum(leg["suppressed"] for leg in legs),
                    "released": is_release,
                    "smallest_cell_shown": settings.SMALLEST_CELL_SHOWN if is_release else None,
                }
            )
        return _file(legs, wanted)


def _flows(officer: Any, filters: Filters, reader: Reader) -> Flows:
    days, agency = days_of(filters), access.agency_of_sums_for(officer)
    if days is None or agency is None:
        return counted_flows(legs_among(narrowed(access.incidents_for(officer), filters, reader)))
    beside = narrowed(access.incidents_beside_open_for(officer), filters, reader)
    return merged_flows([summed_flows(agency, access.open_legs_for(officer), days), counted_flows(legs_among(beside))])


def _record(request: Request, officer: Any, wanted: str, *, is_release: bool) -> None:
    agency = access.require(officer, access.EXPORT)
    told = {"format": wanted, "release": is_release, "query": request.query_params.urlencode()[:1_000]}
    record_export(officer=officer, subject=agency, exported_at=timezone.now(), what="flows", details=told)


def _most_first(item: tuple[Leg, Flow]) -> tuple[int, Leg]:
    leg, flow = item
    return -flow.incidents, leg


def _query(request: Request) -> str:
    """Return the filters as they stand in a link to the list."""
    kept = [(name, value) for name, value in request.query_params.items() if name not in {"format", "release", "leg"}]
    return urlencode(kept)


def _leg(leg: Leg, flow: Flow, query: str) -> dict[str, Any]:
    ends = {"from_position": centre_of_state(leg.start), "to_position": centre_of_state(leg.end)}
    named = f"leg={leg.kind}:{leg.start}:{leg.end}"
    return {
        "from": leg.start,
        "to": leg.end,
        "leg": leg.kind.value,
        "incidents": flow.incidents,
        "arms": None if flow.without_count and not flow.counted else flow.arms,
        "without_count": flow.without_count,
        "first_on": flow.first_on,
        "last_on": flow.last_on,
        "categories": dict(sorted(flow.by_category.items())),
        "sureness": dict(sorted(flow.by_basis.items())),
        **ends,
        "incidents_url": f"/api/v1/incidents?{f'{query}&{named}' if query else named}",
        "suppressed": False,
    }


def _released(leg: dict[str, Any]) -> dict[str, Any]:
    """Return a leg as it leaves the house: without anything that tells of few incidents, and without a way to them."""
    least = settings.SMALLEST_CELL_SHOWN
    outside = {**leg, "incidents_url": None}
    if leg["incidents"] >= least:
        parts = {name: _without_few(leg[name], least) for name in ("categories", "sureness")}
        few = 0 < leg["without_count"] < least
        return outside | parts | ({"without_count": None} if few else {})
    unknown = dict.fromkeys(("incidents", "arms", "without_count", "first_on", "last_on"))
    return outside | unknown | {"categories": {}, "sureness": {}, "suppressed": True}


def _without_few(parts: Mapping[str, int], least: int) -> dict[str, int]:
    """Return the parts that are not small; none at all where one is, for it would follow from the others."""
    return dict(parts) if all(count >= least for count in parts.values()) else {}


def _file(legs: Sequence[Mapping[str, Any]], wanted: str) -> HttpResponse:
    rows = [{**leg, **{name: _words(leg[name]) for name in ("categories", "sureness")}} for leg in legs]
    if wanted == "csv":
        return download(as_csv(_COLUMNS, rows), CSV, "flows.csv")
    features = [Feature(_line(row), {name: _plain(row[name]) for name in _COLUMNS}) for row in rows]
    if wanted == "geojson":
        return download(as_geojson(features), GEOJSON, "flows.geojson")
    return download(as_geopackage(features, "flows", _COLUMNS, "LineString"), GEOPACKAGE, "flows.gpkg")


def _words(counts: Mapping[str, int]) -> str:
    return " ".join(f"{word}:{count}" for word, count in counts.items())


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _line(leg: Mapping[str, Any]) -> shapely.Geometry | None:
    start, end = leg["from_position"], leg["to_position"]
    return None if start is None or end is None or start == end else shapely.LineString([start, end])
