"""Re-screenings: why, how far, and what they changed of the reader's own incidents."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.paging import PAGING_PARAMETERS, page_of
from cases.choices import ChangeKind, RescreeningCause, RescreeningStatus, Viewed
from cases.queries.officers import get_officer
from cases.queries.rescreenings import (
    change_rows,
    changes_of_incident,
    document_of_change,
    document_of_rescreening,
    rescreening_rows,
)
from cases.services.record_view import record_view


class RescreeningCounts(BaseModel):
    """What was done of the reader's agency's incidents: screened, and findings new, lost or changed."""

    screened: int
    new: int
    lost: int
    changed: int
    failed: int
    passed_over: int


class RescreeningDocument(BaseModel):
    """A re-screening: what results rested on before and rest on after, and how far it is."""

    id: int
    cause: RescreeningCause
    status: RescreeningStatus
    before: list[dict[str, Any]]
    after: dict[str, Any]
    requested_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    progress: float
    counts: RescreeningCounts


class RescreeningPage(BaseModel):
    """One page of re-screenings, latest first."""

    next: str | None
    previous: str | None
    results: list[RescreeningDocument]


class ChangeDocument(BaseModel):
    """What changed on one measure of one incident, with the reasons on both sides."""

    rescreening: int
    reference: str
    kind: ChangeKind
    regime: str
    measure: str
    outcome_before: str | None
    outcome_after: str | None
    reasons: list[dict[str, Any]]
    changed_at: datetime


class ChangePage(BaseModel):
    """One page of the difference report, latest change first."""

    next: str | None
    previous: str | None
    results: list[ChangeDocument]


class IncidentChanges(BaseModel):
    """Every change that re-screenings made to an incident's findings, latest first."""

    results: list[ChangeDocument]


class RescreeningListView(APIView):
    """All re-screenings."""

    @extend_schema(operation_id="listRescreenings", parameters=PAGING_PARAMETERS, responses=RescreeningPage)
    def get(self, request: Request) -> Response:
        """List re-screenings, latest first, with how far each is."""
        officer = get_officer(request.user)
        rows = rescreening_rows(access.rescreenings_for(officer))
        page = page_of(request, rows, moment="requested_at", key="pk", read_key=int)
        return Response(page.document([document_of_rescreening(row, officer.agency) for row in page.rows]))


class RescreeningView(APIView):
    """One re-screening."""

    @extend_schema(operation_id="readRescreening", responses=RescreeningDocument)
    def get(self, request: Request, rescreening_id: int) -> Response:
        """Read how far a re-screening is, and what it did to the agency's incidents."""
        officer = get_officer(request.user)
        found = access.access_rescreening(officer, rescreening_id)
        return Response(document_of_rescreening(found, officer.agency))


class RescreeningChangesView(APIView):
    """The difference report of one re-screening."""

    @extend_schema(operation_id="listRescreeningChanges", parameters=PAGING_PARAMETERS, responses=ChangePage)
    def get(self, request: Request, rescreening_id: int) -> Response:
        """List what the re-screening changed on the agency's incidents: new, lost, or changed in outcome or reason."""
        officer = get_officer(request.user)
        found = access.access_rescreening(officer, rescreening_id)
        rows = change_rows(access.changes_for(officer).filter(rescreening=found))
        page = page_of(request, rows, moment="changed_at", key="pk", read_key=int)
        is_nominal = access.SEE_NOMINAL in officer.rights
        return Response(page.document([document_of_change(change, with_nominal=is_nominal) for change in page.rows]))


class IncidentChangesView(APIView):
    """What re-screenings changed on one incident."""

    @extend_schema(operation_id="listIncidentChanges", responses=IncidentChanges)
    def get(self, request: Request, reference: str) -> Response:
        """List every change of the incident's findings by re-screening, latest first."""
        officer = get_officer(request.user)
        incident = access.access_incident(officer, reference)
        sight = access.sight_of(officer, incident)
        record_view(officer=officer, subject=incident, viewed_at=timezone.now(), what=Viewed.CHANGES)
        return Response({"results": changes_of_incident(incident, with_nominal=sight.with_nominal)})
