"""Statistics as they were published: kept, revised and never changed."""

from datetime import UTC, date, datetime, time
from typing import Final, Literal

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from pydantic import BaseModel, Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.fields import Body, Reason
from cases.api.file_name import named_file
from cases.api.idempotency import respond_once
from cases.api.json_body import read_body
from cases.api.openapi import IDEMPOTENCY_KEY
from cases.api.paging import PAGING_PARAMETERS, page_of
from cases.api.query import choice_of, year_in
from cases.api.statistics import FORMAT, NAMES, XLSX, YEAR
from cases.intake.partial_date import FIRST_YEAR, LAST_YEAR
from cases.queries.officers import get_officer
from cases.queries.published_statistics import document_of_publication, publication_rows, row_of_publication
from cases.services.answer_once import Answer
from cases.services.publish_statistic import publish_statistic

_WHICH: Final = [
    OpenApiParameter("statistic", {"type": "string", "enum": [*NAMES]}, description="Of one statistic."),
    OpenApiParameter("year", YEAR, description="Of a year."),
]


class Publishing(Body):
    """Which statistic of which year is published, as known when, and why."""

    statistic: Literal["sdg-16-4-2", "illicit-arms-flows", "national-report", "un-register"]
    year: int = Field(ge=FIRST_YEAR, le=LAST_YEAR)
    cut_off: date | None = Field(default=None, description="As known at the end of that day (UTC); else as now.")
    reason: Reason


class RulebookNamed(BaseModel):
    """The rulebook in use when it was published."""

    version: str
    digest: str


class PublicationRow(BaseModel):
    """One publication; `revision` counts those of the same statistic and year, from 1."""

    reference: str
    statistic: str
    year: int
    revision: int
    cut_off: datetime
    smallest_cell_shown: int
    rulebook: RulebookNamed
    sha256: str
    workbook_sha256: str
    published_at: datetime
    published_by: str
    reason: str


class CellChanged(BaseModel):
    """A cell before and after, null where withheld, and the lines by which it came about, as far as one may know."""

    table: str
    key: str
    column: str
    before: int | None
    after: int | None
    added: list[str]
    removed: list[str]
    recounted: list[str]


class Publication(PublicationRow):
    """One publication with what it changed in the one that it revises."""

    revises: str | None
    changes: list[CellChanged]


class PublicationPage(BaseModel):
    """One page of publications, latest first."""

    next: str | None
    previous: str | None
    results: list[PublicationRow]


class PublicationListView(APIView):
    """What the agency has published."""

    @extend_schema(
        operation_id="listPublishedStatistics", parameters=[*_WHICH, *PAGING_PARAMETERS], responses=PublicationPage
    )
    def get(self, request: Request) -> Response:
        """List what was published, latest first."""
        rows = access.published_statistics_for(get_officer(request.user))
        if statistic := choice_of(request, "statistic", ("", *NAMES), ""):
            rows = rows.filter(name=statistic)
        if (year := year_in(request, "year")) is not None:
            rows = rows.filter(year=year)
        page = page_of(request, publication_rows(rows), moment="published_at")
        return Response(page.document([row_of_publication(row) for row in page.rows]))

    @extend_schema(
        operation_id="publishStatistic",
        parameters=[IDEMPOTENCY_KEY],
        request=Publishing,
        responses={201: OpenApiResponse(Publication, "Published, and kept so.")},
    )
    def post(self, request: Request) -> Response:
        """Publish a statistic of one year; where it was published before, this is a revision.

        It is set against all that was published of that year: what changed little, and what would tell of withheld
        cells, is withheld. Where that is not enough, or nothing changed, it is refused (409).
        """
        officer = get_officer(request.user)
        access.require(officer, access.EXPORT)
        body = read_body(request, Publishing)

        def act() -> Answer:
            now = timezone.now()
            end = now if body.cut_off is None else datetime.combine(body.cut_off, time.max, UTC)
            published = publish_statistic(
                officer=officer,
                name=body.statistic,
                year=body.year,
                cut_off=min(now, end),
                reason=body.reason,
                published_at=now,
            )
            return Answer(201, document_of_publication(published, access.incidents_for(officer)))

        return respond_once(request, request.data, act)


class PublicationView(APIView):
    """One publication."""

    @extend_schema(operation_id="readPublishedStatistic", responses=Publication)
    def get(self, request: Request, reference: str) -> Response:
        """Read who published it, when and why, and which cells it changed by which lines that one may know of."""
        officer = get_officer(request.user)
        published = access.access_published_statistic(officer, reference)
        return Response(document_of_publication(published, access.incidents_for(officer)))


class PublicationFileView(APIView):
    """A publication as everybody may hold it."""

    @extend_schema(
        operation_id="readPublishedStatisticFile",
        parameters=[FORMAT],
        responses={
            (200, "application/json"): OpenApiResponse({"type": "object"}, "What was published, byte for byte."),
            (200, XLSX): OpenApiResponse({"type": "string", "format": "binary"}, "The workbook that was published."),
        },
    )
    def get(self, request: Request, reference: str) -> HttpResponse:
        """Read the file as it was published, byte for byte."""
        wanted = choice_of(request, "format", ("json", "xlsx"), "json")
        published = access.access_published_statistic(get_officer(request.user), reference)
        content = published.document.encode() if wanted == "json" else bytes(published.workbook)
        name = f"{published.reference}-{published.name}-{published.year}.{wanted}"
        content_type = "application/json" if wanted == "json" else XLSX
        return HttpResponse(content, content_type=content_type, headers=named_file(name))
