"""Sending letters, and how far each sending is."""

from datetime import datetime
from typing import Annotated, Literal

from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from pydantic import BaseModel, Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.fields import Body
from cases.api.idempotency import respond_once
from cases.api.json_body import read_body
from cases.api.openapi import IDEMPOTENCY_KEY
from cases.api.paging import PAGING_PARAMETERS, page_of
from cases.choices import DispatchChannel, DispatchState, DispatchWait
from cases.queries.dispatches import dispatch_rows, document_of_dispatch
from cases.queries.officers import get_officer
from cases.services.answer_once import Answer
from cases.services.send_referral import Sending, send_referral

LONGEST_ADDRESS = 500


class SendRequest(Body):
    """By which way the letter goes; `address` is where it is pushed, with `https` only."""

    channel: DispatchChannel
    address: Annotated[str, Field(max_length=LONGEST_ADDRESS)] | None = None
    format: Literal["pdf", "json"] = "pdf"


class Waits(BaseModel):
    """Why the letter still waits, and until when."""

    why: DispatchWait
    until: datetime


class DispatchDocument(BaseModel):
    """One sending of a letter."""

    id: str
    channel: DispatchChannel
    address: str | None
    format: Literal["pdf", "json"]
    # Of the document that is sent.
    sha256: str
    state: DispatchState
    queued_at: datetime
    queued_by: str
    sent_at: datetime | None
    attempts: int
    waits: Waits | None
    error: str | None


class DispatchPage(BaseModel):
    """One page of sendings, latest first."""

    next: str | None
    previous: str | None
    results: list[DispatchDocument]


class ReferralSendView(APIView):
    """Sending a referral."""

    @extend_schema(
        operation_id="sendReferral",
        parameters=[IDEMPOTENCY_KEY],
        request=SendRequest,
        responses={201: OpenApiResponse(DispatchDocument, "Queued; what went by hand is written down as sent.")},
    )
    def post(self, request: Request, reference: str) -> Response:
        """Send an issued letter at its redaction level. Mail goes to the address in the letter, and to no other."""
        officer = get_officer(request.user)
        referral = access.access_referral(officer, reference)
        body = read_body(request, SendRequest)
        sending = Sending(channel=body.channel, address=body.address or "", format=body.format)

        def act() -> Answer:
            dispatch = send_referral(officer=officer, referral=referral, sending=sending, sent_at=timezone.now())
            return Answer(201, document_of_dispatch(dispatch))

        return respond_once(request, request.data, act)


class ReferralDispatchesView(APIView):
    """The sendings of a referral."""

    @extend_schema(operation_id="listDispatches", parameters=PAGING_PARAMETERS, responses=DispatchPage)
    def get(self, request: Request, reference: str) -> Response:
        """List the sendings of a letter, latest first; what waits says why and until when."""
        officer = get_officer(request.user)
        referral = access.access_referral(officer, reference)
        rows = dispatch_rows(access.dispatches_for(officer).filter(referral=referral))
        page = page_of(request, rows, moment="queued_at", key="pk", read_key=int)
        return Response(page.document([document_of_dispatch(dispatch) for dispatch in page.rows]))
