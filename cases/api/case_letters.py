"""Letters over several incidents of a case."""

from typing import Annotated

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from pydantic import BaseModel, Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.idempotency import respond_once
from cases.api.json_body import read_body
from cases.api.openapi import IDEMPOTENCY_KEY
from cases.api.referral_documents import WrittenReferral, shown_referral
from cases.api.referral_steps import ByStateRequest
from cases.api.referrals import details_of
from cases.intake.fields import MOST_ENTRIES
from cases.queries.officers import get_officer
from cases.services.answer_once import Answer
from cases.services.draft_case_by_state import draft_case_by_state
from cases.services.draft_referral import Particulars


class CaseByStateRequest(ByStateRequest):
    """Over which incidents of the case (their references; all where left out), and what each letter says beside."""

    incidents: Annotated[tuple[str, ...], Field(max_length=MOST_ENTRIES)] | None = None


class CaseItemLeftOut(BaseModel):
    """An item (its position in its incident, from 0) about which a State is not asked, and why not."""

    country: str
    incident: str
    item: int
    why: str


class IncidentLeftOut(BaseModel):
    """An incident of which no letter tells, and why not."""

    incident: str
    why: str


class CaseDraftsByState(BaseModel):
    """One draft a State, what went into none, and which incidents were not looked at."""

    referrals: list[WrittenReferral]
    left_out: list[CaseItemLeftOut]
    incidents_left_out: list[IncidentLeftOut]


class CaseReferralsByStateView(APIView):
    """One letter a State over the incidents of a case."""

    @extend_schema(
        operation_id="draftCaseReferralsByState",
        parameters=[IDEMPOTENCY_KEY],
        request=CaseByStateRequest,
        responses={201: CaseDraftsByState},
    )
    def post(self, request: Request, reference: str) -> Response:
        """Draft one letter to each State that items of the case's incidents name and that is not asked yet.

        A letter over several incidents tells of each under its own heading, and is seen only by who may see them all.
        """
        officer = get_officer(request.user)
        case = access.access_case(officer, reference)
        body = read_body(request, CaseByStateRequest)

        def act() -> Answer:
            batch = draft_case_by_state(
                officer=officer,
                case=case,
                chosen=body.incidents,
                particulars=Particulars(language=body.language, kind=body.kind, details=details_of(body)),
                opened_at=timezone.now(),
            )
            left_out = [
                {
                    "country": each.country,
                    "incident": each.item.incident.reference,
                    "item": each.item.position,
                    "why": each.why,
                }
                for each in batch.left_out
            ]
            answer = {
                "referrals": [shown_referral(each) for each in batch.drafts],
                "left_out": left_out,
                "incidents_left_out": [each._asdict() for each in batch.incidents_left_out],
            }
            return Answer(201, answer)

        return respond_once(request, request.data, act)
