"""Findings: a person decides, the machine never does."""

from uuid import UUID

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
from cases.choices import ReviewDecision
from cases.queries.officers import get_officer
from cases.services.answer_once import Answer
from cases.services.review_finding import review_finding


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
