"""Cases: investigations that join incidents."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.fields import Body, Reason
from cases.api.idempotency import respond_once
from cases.api.json_body import read_body
from cases.api.openapi import IDEMPOTENCY_KEY
from cases.api.paging import PAGING_PARAMETERS, page_of
from cases.queries.case_rows import case_rows, document_of_case
from cases.queries.officers import get_officer
from cases.services.answer_once import Answer
from cases.services.join_incident import join_incident
from cases.services.open_case import open_case


class CaseDocument(BaseModel):
    """One case, with those of its incidents that the reader may know of."""

    reference: str
    title: str
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None
    incidents: list[str]


class CasePage(BaseModel):
    """One page of cases, latest first."""

    next: str | None
    previous: str | None
    results: list[CaseDocument]


class NewCase(Body):
    """What a case is opened with."""

    title: Reason
    incidents: tuple[str, ...] = ()


class JoinedIncident(Body):
    """The incident that joins."""

    incident: str


def _rows(request: Request) -> QuerySet[Any]:
    officer = get_officer(request.user)
    return case_rows(access.cases_for(officer), known=access.incidents_for(officer))


class CaseListView(APIView):
    """All cases that the officer may know of."""

    @extend_schema(operation_id="listCases", parameters=PAGING_PARAMETERS, responses=CasePage)
    def get(self, request: Request) -> Response:
        """List cases, latest first."""
        page = page_of(request, _rows(request), moment="opened_at", key="reference")
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
            shown = document_of_case(_rows(request).get(pk=case.pk))
            return Answer(201, shown, {"Location": f"/api/v1/cases/{case.reference}"})

        return respond_once(request, request.data, act)


class CaseView(APIView):
    """One case."""

    @extend_schema(operation_id="readCase", responses=CaseDocument)
    def get(self, request: Request, reference: str) -> Response:
        """Read a case."""
        officer = get_officer(request.user)
        return Response(document_of_case(_rows(request).get(pk=access.access_case(officer, reference).pk)))


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
            return Answer(200, document_of_case(_rows(request).get(pk=case.pk)), {})

        return respond_once(request, request.data, act)
