"""Findings: a person decides, the machine never does."""

from typing import Final
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from pydantic import BaseModel, ConfigDict
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.errors import InvalidRequest
from cases.api.fields import Body, Reason
from cases.api.idempotency import respond_once
from cases.api.json_body import read_body
from cases.api.openapi import IDEMPOTENCY_KEY
from cases.api.paging import PAGING_PARAMETERS, page_of
from cases.api.query import unknown_parameters, unknown_words
from cases.choices import ReviewDecision, ReviewState
from cases.queries.officers import get_officer
from cases.queries.work_list import finding_rows, row_of_finding
from cases.services.answer_once import Answer
from cases.services.review_finding import review_finding

_YES_OR_NO: Final = {"true": True, "false": False}
_LIST_PARAMETERS: Final = [
    OpenApiParameter(
        "review",
        {"type": "string", "enum": [state.value for state in ReviewState]},
        OpenApiParameter.QUERY,
        description="Where it stands with people; without it, whatever waits for one.",
    ),
    OpenApiParameter(
        "place_only",
        {"type": "string", "enum": ["true", "false"], "default": "false"},
        OpenApiParameter.QUERY,
        description="Findings that the place alone ties are kept off the work list until another fact joins.",
    ),
    *PAGING_PARAMETERS,
]


class ReviewRequest(Body):
    """What an officer decides on a finding, and why."""

    decision: ReviewDecision
    reason: Reason


class ReviewDocument(BaseModel):
    """A decision as kept; a later one stands beside it."""

    finding: UUID
    measure: str
    outcome: str
    decision: ReviewDecision
    reason: str
    officer: str
    reviewed_at: str


class FindingRow(BaseModel):
    """A finding in the work list."""

    model_config = ConfigDict(extra="allow")

    id: UUID
    incident: str
    regime: str
    measure: str
    outcome: str
    place_only: bool
    review: ReviewState
    found_at: str


class FindingPage(BaseModel):
    """One page of findings, latest found first."""

    next: str | None
    previous: str | None
    results: list[FindingRow]


class FindingListView(APIView):
    """The findings that wait for a person."""

    @extend_schema(operation_id="listFindings", parameters=_LIST_PARAMETERS, responses=FindingPage)
    def get(self, request: Request) -> Response:
        """List findings by where they stand with people, latest found first: the work list."""
        review, place_only = _asked(request)
        rows = finding_rows(access.findings_for(get_officer(request.user)), review=review, place_only=place_only)
        page = page_of(request, rows, moment="found_at", key="pk", read_key=UUID)
        return Response(page.document([row_of_finding(finding) for finding in page.rows]))


def _asked(request: Request) -> tuple[ReviewState | None, bool]:
    """Return what the query asks for; raises InvalidRequest."""
    query = request.query_params
    known = {parameter.name for parameter in _LIST_PARAMETERS}
    words = {"review": [state.value for state in ReviewState], "place_only": [*_YES_OR_NO]}
    if problems := [*unknown_parameters(query, known), *unknown_words(query, words)]:
        raise InvalidRequest(problems)
    review = ReviewState(query["review"]) if "review" in query else None
    return review, _YES_OR_NO[query.get("place_only", "false")]


class FindingReviewView(APIView):
    """Deciding on a finding."""

    @extend_schema(
        operation_id="reviewFinding",
        parameters=[IDEMPOTENCY_KEY],
        request=ReviewRequest,
        responses={201: ReviewDocument},
    )
    def post(self, request: Request, finding_id: UUID) -> Response:
        """Confirm or reject a finding, or say that more is needed; with the reason."""
        finding = access.access_finding(get_officer(request.user), finding_id)
        body = read_body(request, ReviewRequest)

        def act() -> Answer:
            review = review_finding(
                officer=get_officer(request.user),
                finding=finding,
                decision=body.decision,
                reason=body.reason,
                reviewed_at=timezone.now(),
            )
            document = {
                "finding": str(finding.pk),
                "measure": finding.measure,
                "outcome": finding.outcome,
                "decision": review.decision,
                "reason": review.reason,
                "officer": review.officer.username,
                "reviewed_at": review.reviewed_at.isoformat(),
            }
            return Answer(201, document)

        return respond_once(request, request.data, act)
