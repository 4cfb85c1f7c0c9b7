"""What came back on a referral: replies, and what was clarified in between."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from pydantic import BaseModel, Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.fields import Body, Reason
from cases.api.idempotency import respond_once
from cases.api.json_body import read_body
from cases.api.openapi import IDEMPOTENCY_KEY
from cases.choices import (
    ActorKind,
    ClarificationKind,
    Confidence,
    ReminderKind,
    ReplyReason,
    ReplyState,
    SupplyStepKind,
)
from cases.queries.officers import get_officer
from cases.queries.reply_rows import document_of_clarification, document_of_reply
from cases.services.answer_once import Answer
from cases.services.clarify_reply import clarify_reply
from cases.services.record_reply import record_reply
from cases.tracing.reply_submission import MOST_DOCUMENTS, ReplySubmission


class StepDocument(BaseModel):
    """One step of the supply chain as kept; `lines` are numbers of the letter's lines, none for all."""

    id: UUID
    kind: SupplyStepKind
    actor: str | None
    actor_kind: ActorKind | None
    country: str | None
    from_country: str | None
    to_country: str | None
    place: str | None
    on: str | None
    manner: str | None
    document: str | None
    confidence: Confidence | None
    lines: list[int]


class ClarificationDocument(BaseModel):
    """What was said to the addressee: given where it had asked, sought where its answer leaves something open."""

    kind: ClarificationKind
    text: str
    documents: list[UUID]
    recorded_at: datetime
    recorded_by: str


class LinkUsed(BaseModel):
    """The link by which the addressee entered a reply."""

    id: int
    recipient: str


class ReplyDocument(BaseModel):
    """A reply as kept; a later one may correct it. Either an officer recorded it, or it came by a link."""

    state: ReplyState
    reason: ReplyReason | None
    their_reference: str | None
    text: str | None
    forwarded_to: str | None
    steps: list[StepDocument]
    documents: list[UUID]
    clarifications: list[ClarificationDocument]
    # Which of the referral's replies it takes the place of, counted from 0.
    corrects: int | None = None
    received_at: datetime
    recorded_by: str | None
    via_link: LinkUsed | None


class ReminderDocument(BaseModel):
    """What the clock said: to the officer before the day, then each opportunity to remind the addressee."""

    kind: ReminderKind
    due_on: date
    said_at: datetime


class ClarificationRequest(Body):
    """What is said to the addressee on its latest reply, and evidence of the incident that goes along."""

    text: Reason
    documents: Annotated[tuple[UUID, ...], Field(max_length=MOST_DOCUMENTS)] = ()


class ReferralRepliesView(APIView):
    """What came back on a referral."""

    @extend_schema(
        operation_id="recordReply",
        parameters=[IDEMPOTENCY_KEY],
        request=ReplySubmission,
        responses={201: ReplyDocument},
    )
    def post(self, request: Request, reference: str) -> Response:
        """Record a reply; the referral takes its state. 409 where it may not follow what came before."""
        referral = access.access_referral(get_officer(request.user), reference)
        reply = read_body(request, ReplySubmission)

        def act() -> Answer:
            kept = record_reply(
                officer=get_officer(request.user),
                referral=referral,
                reply=reply.model_dump(mode="json"),
                received_at=timezone.now(),
            )
            return Answer(201, document_of_reply(kept) | {"corrects": reply.corrects})

        return respond_once(request, request.data, act)


class ReferralClarificationsView(APIView):
    """What is said to the addressee between its replies."""

    @extend_schema(
        operation_id="clarifyReply",
        parameters=[IDEMPOTENCY_KEY],
        request=ClarificationRequest,
        responses={201: OpenApiResponse(ClarificationDocument, "Kept beside the reply; nothing is sent by it.")},
    )
    def post(self, request: Request, reference: str) -> Response:
        """Answer what the addressee asked, or seek clarification of an answer that leaves something open."""
        referral = access.access_referral(get_officer(request.user), reference)
        body = read_body(request, ClarificationRequest)

        def act() -> Answer:
            kept = clarify_reply(
                officer=get_officer(request.user),
                referral=referral,
                text=body.text,
                documents=body.documents,
                clarified_at=timezone.now(),
            )
            return Answer(201, document_of_clarification(kept))

        return respond_once(request, request.data, act)
