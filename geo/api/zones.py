"""Zones: what findings name, where each comes from, and since when."""

import json
from datetime import date
from http import HTTPStatus
from typing import Any, Literal
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from pydantic import BaseModel
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from geo.identity import SINCE_EVER
from geo.models import ZoneVersion
from geo.queries import find_zone_version, zones_in_use

PAGE_SIZE = 200


class ZoneRow(BaseModel):
    """A zone in the list; `country` is null where views differ, `valid_from` where the source states no beginning."""

    id: str
    kind: str
    country: str | None
    name: str
    source: str
    licence: str
    checksum: str
    valid_from: date | None
    valid_until: date | None
    computed: bool
    imported: bool
    accuracy_m: float
    note: str | None


class ZonePage(BaseModel):
    """Zones by id."""

    next: str | None
    previous: str | None
    results: list[ZoneRow]


class ZoneFeature(BaseModel):
    """A zone as a GeoJSON Feature; `geometry` is null for what is computed when it is asked."""

    type: Literal["Feature"]
    id: str
    geometry: dict[str, Any] | None
    properties: ZoneRow


class ZoneListView(APIView):
    """All zones."""

    @extend_schema(
        operation_id="listZones",
        parameters=[
            OpenApiParameter("kind", str, description="territory, region, territorial_sea, border_belt, custom …"),
            OpenApiParameter("country", str, description="ISO 3166-1 alpha-3."),
            OpenApiParameter("cursor", str, description="From `next` or `previous`."),
        ],
        responses=ZonePage,
    )
    def get(self, request: Request) -> Response:
        """List the zones in use, by id."""
        asked = {name: _plain(request.query_params.get(name)) for name in ("kind", "country", "cursor")}
        rows = zones_in_use(kind=asked["kind"], country=asked["country"])
        page, has_earlier, has_later = _page(rows, asked["cursor"])
        return Response(
            {
                "next": _link(request, ">" + page[-1].zone.code) if page and has_later else None,
                "previous": _link(request, "<" + page[0].zone.code) if page and has_earlier else None,
                "results": [_row(version) for version in page],
            }
        )


class DayUnreadable(ValidationError):
    """A day in the address is none: understood, and cannot be acted on."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY


class ZoneView(APIView):
    """One zone with its outline."""

    @extend_schema(
        operation_id="readZone",
        parameters=[OpenApiParameter("on", date, description="The day on which it is in force; today without it.")],
        responses={(200, "application/geo+json"): ZoneFeature},
    )
    def get(self, request: Request, code: str) -> HttpResponse:
        """Return the version of a zone in force on a day, as GeoJSON."""
        version = find_zone_version(code=_plain(code), on=_day(request.query_params.get("on")))
        if version is None:
            raise NotFound
        outline = bytes(version.geometry) or b"null"
        properties = json.dumps(_row(version), default=date.isoformat, ensure_ascii=False).encode()
        named = json.dumps(version.zone.code, ensure_ascii=False).encode()
        content = b'{"type":"Feature","id":%b,"geometry":%b,"properties":%b}' % (named, outline, properties)
        return HttpResponse(content, content_type="application/geo+json")


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DayUnreadable({"on": "A day is written as 2026-03-01."}) from error


def _page(rows: QuerySet[ZoneVersion], cursor: str) -> tuple[list[ZoneVersion], bool, bool]:
    """Return a page, and whether there is more before and after; a cursor is `>` or `<` and a zone's id."""
    if cursor.startswith("<"):
        found = list(rows.filter(zone__code__lt=cursor[1:]).order_by("-zone__code")[: PAGE_SIZE + 1])
        return found[:PAGE_SIZE][::-1], len(found) > PAGE_SIZE, True
    after = cursor.removeprefix(">")
    found = list(rows.filter(zone__code__gt=after).order_by("zone__code")[: PAGE_SIZE + 1])
    return found[:PAGE_SIZE], bool(after), len(found) > PAGE_SIZE


def _plain(text: str | None) -> str:
    """Return a parameter as PostgreSQL can take it: no text of ours holds a NUL."""
    return (text or "").replace("\x00", "")


def _link(request: Request, cursor: str) -> str:
    kept = {name: value for name in ("kind", "country") if (value := _plain(request.query_params.get(name)))}
    return request.build_absolute_uri(f"{request.path}?{urlencode({**kept, 'cursor': cursor})}")


def _row(version: ZoneVersion) -> dict[str, Any]:
    return {
        "id": version.zone.code,
        "kind": version.zone.kind,
        "country": version.zone.country or None,
        "name": version.zone.name,
        "source": version.source,
        "licence": version.licence,
        "checksum": version.checksum,
        "valid_from": version.valid_from if version.valid_from != SINCE_EVER else None,
        "valid_until": version.valid_until,
        "computed": version.computed,
        "imported": version.imported,
        "accuracy_m": version.accuracy_m,
        "note": version.note or None,
    }
