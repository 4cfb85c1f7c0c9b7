"""Incidents: recorded, listed, read, changed, voided, and their history."""

from datetime import datetime
from typing import Any, Literal

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from pydantic import BaseModel, ConfigDict, Field, RootModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.etag import etag_of, expected_version
from cases.api.fields import Body, Reason
from cases.api.history import VIEWS, History, wants_views
from cases.api.idempotency import respond_once
from cases.api.incident_filters import filtered, parameters
from cases.api.json_body import JsonParser, MergePatchParser, json_object, read_body
from cases.api.openapi import IDEMPOTENCY_KEY, IF_MATCH, ProblemEntry
from cases.api.paging import page_of
from cases.api.problems import problem_entries
from cases.api.statistics import counted_for
from cases.choices import IncidentKind, RunStatus, Viewed
from cases.intake.incident import DraftSubmission, IncidentSubmission, Location
from cases.queries.history import history_of_incident
from cases.queries.incident_document import digest_of_record, seen_of_incident
from cases.queries.incident_rows import incident_rows, row_of_incident
from cases.queries.officers import get_officer
from cases.queries.screening_result import screening_status
from cases.redaction import UNHINDERED, Sight
from cases.services.amend_incident import amend_incident
from cases.services.answer_once import Answer
from cases.services.record_incident import RecordedIncident, record_incident
from cases.services.record_view import record_view
from cases.services.void_incident import void_incident

ETAG = OpenApiParameter("ETag", str, OpenApiParameter.HEADER, response=[200, 201], description="Send it in If-Match.")


class DraftRecord(BaseModel):
    """A record as far as it was written at the post: any JSON object, kept whole and never refused."""

    model_config = ConfigDict(extra="allow")

    state: Literal["draft"]


class SubmittedRecord(RootModel[IncidentSubmission | DraftRecord]):
    """A final record, or a draft."""


class ScreeningState(BaseModel):
    """How far the screening is."""

    status: RunStatus


class IncidentDocument(DraftSubmission):
    """A record as kept: what was sent, normalised, and what the system adds. `reference` is the system's."""

    model_config = ConfigDict(extra="allow")

    reference: str
    agency_reference: str | None
    state: Literal["final", "draft", "void"]  # type: ignore[assignment]  # shown are more states than may be sent
    version: int
    recorded_at: datetime
    screening: ScreeningState
    errors: list[ProblemEntry] = Field(default=[], description="What of a draft could not be kept as sent.")
    warnings: list[ProblemEntry] = Field(default=[], description="What is doubtful, and kept as sent.")
    digest: str | None = Field(
        default=None,
        description="To whoever sends a record: the SHA-256 of all that was kept of it, as JSON with names in order.",
    )


class FoundOutcome(BaseModel):
    """A current finding, in short."""

    regime: str
    measure: str
    outcome: str


class IncidentRow(BaseModel):
    """A record in the list."""

    model_config = ConfigDict(extra="allow")

    reference: str
    agency_reference: str | None
    state: Literal["final", "draft", "void"]
    kind: IncidentKind | None
    occurred_on: str | None
    location: Location | None
    place: str | None
    categories: list[str]
    outcomes: list[FoundOutcome]
    screening: ScreeningState
    version: int
    recorded_at: datetime


class IncidentPage(BaseModel):
    """One page of incidents, latest record first."""

    next: str | None
    previous: str | None
    results: list[IncidentRow]


class VoidRequest(Body):
    """Why a record was made in error."""

    reason: Reason


class IncidentListView(APIView):
    """All incidents that the officer may know of."""

    @extend_schema(operation_id="listIncidents", parameters=parameters(), responses=IncidentPage)
    def get(self, request: Request) -> Response:
        """List incidents, latest record first; every filter given must hold."""
        officer = get_officer(request.user)
        known = incident_rows(access.incidents_for(officer))
        nominal, counted = access.nominal_incidents_for(officer), counted_for(request)
        rows = filtered(known, request.query_params, nominal=nominal, counted=counted)
        page = page_of(request, rows)
        return Response(page.document([row_of_incident(incident) for incident in page.rows]))

    @extend_schema(
        operation_id="recordIncident",
        parameters=[IDEMPOTENCY_KEY, ETAG],
        request=SubmittedRecord,
        responses={201: OpenApiResponse(IncidentDocument, "Recorded, and its screening queued.")},
    )
    def post(self, request: Request) -> Response:
        """Record an incident; a draft is never refused, and a `client_id` sent twice is one record."""
        document = json_object(request)

        def act() -> Answer:
            recorded = record_incident(officer=get_officer(request.user), document=document, recorded_at=timezone.now())
            return answer_recorded(recorded, UNHINDERED, status=201)

        return respond_once(request, document, act)


class IncidentView(APIView):
    """One incident."""

    parser_classes = [MergePatchParser, JsonParser]

    @extend_schema(operation_id="readIncident", parameters=[ETAG], responses=IncidentDocument)
    def get(self, request: Request, reference: str) -> Response:
        """Read an incident, with its version as ETag."""
        officer = get_officer(request.user)
        incident = access.access_incident(officer, reference)
        record_view(officer=officer, subject=incident, viewed_at=timezone.now(), what=Viewed.INCIDENT)
        shown = _shown(incident, access.sight_of(officer, incident))
        return Response(shown, headers={"ETag": etag_of(incident.version)})

    @extend_schema(
        operation_id="amendIncident",
        parameters=[IF_MATCH, ETAG],
        request={"application/merge-patch+json": DraftSubmission, "application/json": DraftSubmission},
        responses=IncidentDocument,
    )
    def patch(self, request: Request, reference: str) -> Response:
        """Change an incident by a JSON merge patch (RFC 7396) and screen it again."""
        incident = access.access_incident(get_officer(request.user), reference)
        amended = amend_incident(
            officer=get_officer(request.user),
            incident=incident,
            expected_version=expected_version(request),
            changes=json_object(request),
            amended_at=timezone.now(),
        )
        sight = access.sight_of(get_officer(request.user), amended.incident)
        answer = answer_recorded(amended, sight, status=200)
        return Response(answer.document, headers={"ETag": answer.headers["ETag"]})


class IncidentHistoryView(APIView):
    """What was done to an incident."""

    @extend_schema(operation_id="readHistory", parameters=[VIEWS], responses=History)
    def get(self, request: Request, reference: str) -> Response:
        """List every act on the record, oldest first: who, when, what before and after, and why."""
        officer, views = get_officer(request.user), wants_views(request)
        incident = access.access_incident(officer, reference)
        record_view(officer=officer, subject=incident, viewed_at=timezone.now(), what=Viewed.HISTORY)
        sight = access.sight_of(officer, incident)
        return Response({"results": history_of_incident(incident, sight, reader=officer, views=views)})


class IncidentVoidView(APIView):
    """Taking back a record made in error."""

    @extend_schema(
        operation_id="voidIncident",
        parameters=[IDEMPOTENCY_KEY],
        request=VoidRequest,
        responses=IncidentDocument,
    )
    def post(self, request: Request, reference: str) -> Response:
        """Mark a record as made in error, with the reason: it stays readable and counts nowhere."""
        incident = access.access_incident(get_officer(request.user), reference)
        body = read_body(request, VoidRequest)

        def act() -> Answer:
            voided = void_incident(
                officer=get_officer(request.user), incident=incident, reason=body.reason, voided_at=timezone.now()
            )
            return Answer(
                200,
                _shown(voided, access.sight_of(get_officer(request.user), voided)),
                {"ETag": etag_of(voided.version)},
            )

        return respond_once(request, request.data, act)


def answer_recorded(recorded: RecordedIncident, sight: Sight, *, status: int) -> Answer:
    """Return a record as answered, with what is wrong or doubtful about it."""
    incident = recorded.incident
    document = _shown(incident, sight) | {
        "errors": problem_entries(recorded.problems, level="error"),
        "warnings": problem_entries(recorded.problems, level="warning"),
        # Names could be tried against a digest of what one may not read.
        "digest": digest_of_record(incident) if sight == UNHINDERED else None,
    }
    headers = {"ETag": etag_of(incident.version)}
    return Answer(status, document, headers | {"Location": f"/api/v1/incidents/{incident.reference}"})


def _shown(incident: Any, sight: Sight) -> dict[str, Any]:
    return seen_of_incident(incident, sight) | {"screening": {"status": screening_status(incident)}}
