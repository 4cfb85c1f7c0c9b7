"""Cases: investigations that join incidents."""

from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from pydantic import BaseModel, Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.errors import InvalidRequest
from cases.api.fields import Body, StatedLine
from cases.api.file_name import named_file
from cases.api.history import VIEWS, History, wants_views
from cases.api.idempotency import respond_once
from cases.api.json_body import read_body
from cases.api.openapi import IDEMPOTENCY_KEY
from cases.api.paging import PAGING_PARAMETERS, page_of
from cases.api.redaction import RECIPIENT, REDACTION, stated_recipient, wanted_level
from cases.choices import RedactionLevel, Viewed
from cases.intake.fields import MOST_ENTRIES
from cases.intake.problems import Problem
from cases.queries.case_rows import case_rows, document_of_case
from cases.queries.history import exported_history, history_of_case, released_history
from cases.queries.officers import get_officer
from cases.row_scope import through
from cases.services.answer_once import Answer
from cases.services.export_case_history import export_case_history
from cases.services.join_incident import join_incident
from cases.services.open_case import open_case
from cases.services.record_view import record_view

NDJSON: Final = "application/x-ndjson"
FORMATS: Final = ("json", "ndjson")


class CaseDocument(BaseModel):
    """One case, with those of its incidents that the reader may know of."""

    reference: str
    title: str
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None
    closed_by: str | None
    closed_reason: str | None
    # The case that goes on in its place, and those in whose place it does, as far as the reader may know of them.
    merged_into: str | None
    merged: list[str]
    incidents: list[str]


class CasePage(BaseModel):
    """One page of cases, latest first."""

    next: str | None
    previous: str | None
    results: list[CaseDocument]


class NewCase(Body):
    """What a case is opened with."""

    title: StatedLine
    incidents: tuple[StatedLine, ...] = Field((), max_length=MOST_ENTRIES)


class JoinedIncident(Body):
    """The incident that joins."""

    incident: StatedLine


def _rows(officer: Any) -> QuerySet[Any]:
    return case_rows(access.cases_for(officer), known=access.incidents_for(officer))


def shown_case(officer: Any, case: Any) -> dict[str, Any]:
    """Return a case that a door has shown as the officer sees it."""
    return document_of_case(_rows(officer).get(pk=case.pk))


class CaseListView(APIView):
    """All cases that the officer may know of."""

    @extend_schema(operation_id="listCases", parameters=PAGING_PARAMETERS, responses=CasePage)
    def get(self, request: Request) -> Response:
        """List cases, latest first."""
        page = page_of(request, _rows(get_officer(request.user)), moment="opened_at", key="reference")
        return Response(page.document([document_of_case(case) for case in page.rows]))

    @extend_schema(
        operation_id="openCase", parameters=[IDEMPOTENCY_KEY], request=NewCase, responses={201: CaseDocument}
    )
    def post(self, request: Request) -> Response:
        """Open a case that joins incidents."""
        officer, body = get_officer(request.user), read_body(request, NewCase)

        def act() -> Answer:
            incidents = [access.access_incident(officer, reference) for reference in body.incidents]
            case = open_case(officer=officer, title=body.title, incidents=incidents, opened_at=timezone.now())
            shown = shown_case(officer, case)
            return Answer(201, shown, {"Location": f"/api/v1/cases/{case.reference}"})

        return respond_once(request, request.data, act)


class CaseView(APIView):
    """One case."""

    @extend_schema(operation_id="readCase", responses=CaseDocument)
    def get(self, request: Request, reference: str) -> Response:
        """Read a case."""
        officer = get_officer(request.user)
        case = access.access_case(officer, reference)
        record_view(officer=officer, subject=case, viewed_at=timezone.now(), what=Viewed.CASE)
        return Response(shown_case(officer, case))


class CaseHistoryView(APIView):
    """What was done in a case."""

    @extend_schema(
        operation_id="readCaseHistory",
        parameters=[
            OpenApiParameter("format", {"type": "string", "enum": list(FORMATS), "default": "json"}),
            VIEWS,
            REDACTION,
            RECIPIENT,
        ],
        responses={
            (200, "application/json"): History,
            (200, NDJSON): OpenApiResponse(
                {"type": "string"}, "An act a line with what its link covers; then the head."
            ),
        },
    )
    def get(self, request: Request, reference: str) -> HttpResponseBase:
        """List every act in the case and on its incidents, oldest first; as ndjson it is an export, with the chain.

        An export is full unless a redaction level is named; below full it says what was done and when, and no more.
        """
        officer, views, wanted = get_officer(request.user), wants_views(request), _format(request)
        case = access.access_case(officer, reference)
        sights = {each.pk: access.sight_of(officer, each) for each in access.incidents_for(officer).filter(cases=case)}
        with_work = access.sees_work_in(officer, case)
        if wanted == "json":
            record_view(officer=officer, subject=case, viewed_at=timezone.now(), what=Viewed.HISTORY)
            return Response(
                {"results": history_of_case(case, sights, reader=officer, views=views, with_work=with_work)}
            )
        level = wanted_level(request, RedactionLevel.FULL)
        export_case_history(
            officer=officer,
            case=case,
            views=views,
            level=level,
            recipient=stated_recipient(request, level),
            exported_at=timezone.now(),
        )
        lines = (
            exported_history(case, sights, reader=officer, views=views, with_work=with_work)
            if level == RedactionLevel.FULL
            else released_history(case, sights, level=level)
        )
        return StreamingHttpResponse(
            through(access.scope_of(officer), (f"{line}\n" for line in lines)),
            content_type=NDJSON,
            headers=named_file(f"{case.reference}-history.ndjson"),
        )


class CaseIncidentsView(APIView):
    """The incidents of a case."""

    @extend_schema(
        operation_id="joinIncident", parameters=[IDEMPOTENCY_KEY], request=JoinedIncident, responses=CaseDocument
    )
    def post(self, request: Request, reference: str) -> Response:
        """Join an incident to a case."""
        officer, body = get_officer(request.user), read_body(request, JoinedIncident)
        case = access.access_case(officer, reference)

        def act() -> Answer:
            incident = access.access_incident(officer, body.incident)
            join_incident(officer=officer, case=case, incident=incident, joined_at=timezone.now())
            return Answer(200, shown_case(officer, case), {})

        return respond_once(request, request.data, act)


def _format(request: Request) -> str:
    wanted = request.query_params.get("format", "json")
    if wanted not in FORMATS:
        problem = Problem("/format", "not_a_choice", {"value": wanted[:20], "allowed": ", ".join(FORMATS)})
        raise InvalidRequest([problem])
    return wanted
