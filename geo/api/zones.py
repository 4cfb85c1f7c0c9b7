"""Zones: what findings name, where each comes from, and since when."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from geo.models import ZoneVersion
from geo.queries import zones_in_use

PAGE_SIZE = 200


class ZoneRow(BaseModel):
    """A zone in the list; `country` is null where views differ."""

    id: str
    kind: str
    country: str | None
    name: str
    source: str
    licence: str
    checksum: str
    valid_from: date
    valid_until: date | None
    computed: bool
    note: str | None


class ZonePage(BaseModel):
    """Zones by id."""

    next: str | None
    previous: str | None
    results: list[ZoneRow]


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
        "valid_from": version.valid_from,
        "valid_until": version.valid_until,
        "computed": version.computed,
        "note": version.note or None,
    }
