"""Work of an officer that a colleague takes over."""

from typing import Annotated, Any, Final

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from pydantic import BaseModel, Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.custody import HandoverShown, HoldingShown
from cases.api.fields import Body, Reason, StatedLine
from cases.api.idempotency import respond_once
from cases.api.json_body import read_body
from cases.api.openapi import IDEMPOTENCY_KEY
from cases.api.problems import in_words
from cases.queries.custody import document_of_handover, document_of_holding, handover_rows, holding_rows
from cases.queries.officers import get_officer
from cases.queries.open_work import AT_MOST, CUSTODY_STAYS, open_work_of, references_of
from cases.services.answer_once import Answer
from cases.services.hand_over_work import hand_over_work

KNOWN_USERNAME: Final = r"^[\w.@+-]{1,150}$"


class WorkReferences(BaseModel):
    """References of open work, by what it waits for; `reviews` are incidents with findings to decide on."""

    drafts: list[str]
    reviews: list[str]
    referrals: list[str]
    cases: list[str]
    obligations: list[str]
    tasks: list[str]


class CustodyThatStays(BaseModel):
    """What the officer holds, and what is offered to the officer: neither moves with the work."""

    text: str
    held: list[HoldingShown]
    offered: list[HandoverShown]


class OfficersWork(BaseModel):
    """What waits for an officer."""

    open_work: WorkReferences
    custody: CustodyThatStays


class HandOver(Body):
    """Who takes the work over, why, and which of it: all, where nothing is picked."""

    to: Annotated[str, Field(pattern=KNOWN_USERNAME)]
    reason: Reason
    work: Annotated[tuple[StatedLine, ...], Field(min_length=1, max_length=6 * AT_MOST)] | None = None


class HandedOverWork(BaseModel):
    """What the colleague took over, what not for want of clearance, and what custody stays where it is."""

    to: str
    handed_over: WorkReferences
    not_cleared: list[str]
    custody: CustodyThatStays


class OfficerHandOverView(APIView):
    """The open work of an officer, whether still here or not."""

    @extend_schema(operation_id="getOfficersWork", responses=OfficersWork)
    def get(self, request: Request, username: str) -> Response:
        """Show what waits for the officer: one's own work, or a colleague's to supervisors and administrators."""
        officer = get_officer(request.user)
        found = officer if username == officer.username else access.access_colleague(officer, username)
        work = references_of(open_work_of(found, **access.own_records_for(officer)))
        return Response({"open_work": work, "custody": _custody(request, found)})

    @extend_schema(
        operation_id="handOverWork", parameters=[IDEMPOTENCY_KEY], request=HandOver, responses=HandedOverWork
    )
    def post(self, request: Request, username: str) -> Response:
        """Hand the officer's open work to a colleague, who is told; custody moves only by two-party handovers."""
        officer = get_officer(request.user)
        found = access.access_colleague(officer, username)
        body = read_body(request, HandOver)
        receiver = access.access_colleague(officer, body.to)

        def act() -> Answer:
            work, not_cleared = hand_over_work(
                officer=found, to=receiver, by=officer, reason=body.reason, picked=body.work, at=timezone.now()
            )
            told = {"to": receiver.username, "handed_over": work, "not_cleared": not_cleared}
            return Answer(200, told | {"custody": _custody(request, found)}, {})

        return respond_once(request, request.data, act)


def _custody(request: Request, officer: Any) -> dict[str, Any]:
    reader = get_officer(request.user)
    held = list(holding_rows(access.holdings_for(reader).filter(holder_officer=officer)).order_by("pk")[:AT_MOST])
    offers = access.handovers_offered_to(officer, reader=reader)
    offered = list(handover_rows(offers, now=timezone.now()).order_by("pk")[:AT_MOST])
    things = {row.incident_id for row in held} | {row.incident_id for row in offered}
    known = access.known_references(reader, things)
    return {
        "text": in_words(CUSTODY_STAYS, {}),
        "held": [document_of_holding(row, incident=known.get(row.incident_id)) for row in held],
        "offered": [document_of_handover(row, incident=known.get(row.incident_id)) for row in offered],
    }
