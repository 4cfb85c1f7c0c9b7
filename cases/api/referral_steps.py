"""The steps of a referral: checked, approved, issued, withdrawn, superseded; and one draft for each State to ask."""

from typing import Any, TypeVar

from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.fields import Body, Reason, Story
from cases.api.idempotency import respond_once
from cases.api.json_body import body_stream, read_body
from cases.api.openapi import IDEMPOTENCY_KEY
from cases.api.referral_documents import Language, WrittenReferral, shown_referral
from cases.api.referrals import ReferralFields, details_of
from cases.queries.officers import get_officer
from cases.services.answer_once import Answer
from cases.services.approve_referral import approve_referral
from cases.services.check_referral import check_referral
from cases.services.draft_by_state import draft_by_state
from cases.services.issue_referral import issue_referral
from cases.services.supersede_referral import supersede_referral
from cases.services.withdraw_referral import withdraw_referral

Model = TypeVar("Model", bound=BaseModel)


class Approval(Body):
    """Why it is traced although a warning says not to; a supervisor's to say, and needed only then."""

    override_reason: Story = None


class Withdrawal(Body):
    """Why the letter is taken back."""

    reason: Reason


class ByStateRequest(ReferralFields):
    """In which language every State is asked, and what each letter says beside."""

    language: Language


class LeftOut(BaseModel):
    """An item (its position, from 0) about which a State is not asked, and why not."""

    country: str
    item: int
    why: str


class DraftsByState(BaseModel):
    """One draft a State, and what went into none."""

    referrals: list[WrittenReferral]
    left_out: list[LeftOut]


class ReferralCheckView(APIView):
    """Checking a referral."""

    @extend_schema(
        operation_id="checkReferral", parameters=[IDEMPOTENCY_KEY], request=None, responses={200: WrittenReferral}
    )
    def post(self, request: Request, reference: str) -> Response:
        """State that the letter is complete; 422 names each missing element. It freezes nothing."""
        officer = get_officer(request.user)
        referral = access.access_referral(officer, reference)

        def act() -> Answer:
            checked = check_referral(officer=officer, referral=referral, checked_at=timezone.now())
            return Answer(200, shown_referral(checked))

        return respond_once(request, None, act)


class ReferralApproveView(APIView):
    """Approving a referral."""

    @extend_schema(
        operation_id="approveReferral",
        parameters=[IDEMPOTENCY_KEY],
        request=Approval,
        responses={200: WrittenReferral},
    )
    def post(self, request: Request, reference: str) -> Response:
        """Approve what was checked; 403 for whoever wrote or checked it, unless the officer may approve that."""
        officer = get_officer(request.user)
        referral = access.access_referral(officer, reference)
        reason = _optional(request, Approval).override_reason or ""

        def act() -> Answer:
            approved = approve_referral(
                officer=officer, referral=referral, approved_at=timezone.now(), override_reason=reason
            )
            return Answer(200, shown_referral(approved))

        return respond_once(request, _said(reason), act)


class ReferralIssueView(APIView):
    """Issuing a referral."""

    @extend_schema(
        operation_id="issueReferral", parameters=[IDEMPOTENCY_KEY], request=Approval, responses={200: WrittenReferral}
    )
    def post(self, request: Request, reference: str) -> Response:
        """Issue a letter; what it says is kept as it stands. 422 names each missing element.

        A draft is checked and approved in the same step where the officer may approve it; else 403 says that another
        officer must.
        """
        officer = get_officer(request.user)
        referral = access.access_referral(officer, reference)
        reason = _optional(request, Approval).override_reason or ""

        def act() -> Answer:
            issued = issue_referral(
                officer=officer, referral=referral, issued_at=timezone.now(), override_reason=reason
            )
            return Answer(200, shown_referral(issued))

        return respond_once(request, _said(reason), act)


class ReferralWithdrawView(APIView):
    """Taking a referral back."""

    @extend_schema(
        operation_id="withdrawReferral",
        parameters=[IDEMPOTENCY_KEY],
        request=Withdrawal,
        responses={200: WrittenReferral},
    )
    def post(self, request: Request, reference: str) -> Response:
        """Withdraw a letter, or drop a draft; the items may be asked about again, and what waits is not sent."""
        officer = get_officer(request.user)
        referral = access.access_referral(officer, reference)
        reason = read_body(request, Withdrawal).reason

        def act() -> Answer:
            withdrawn = withdraw_referral(
                officer=officer, referral=referral, reason=reason, withdrawn_at=timezone.now()
            )
            return Answer(200, shown_referral(withdrawn))

        return respond_once(request, request.data, act)


class ReferralSupersedeView(APIView):
    """Writing a letter in the place of another."""

    @extend_schema(
        operation_id="supersedeReferral",
        parameters=[IDEMPOTENCY_KEY],
        request=None,
        responses={201: OpenApiResponse(WrittenReferral, "A draft; once issued it takes the other's place.")},
    )
    def post(self, request: Request, reference: str) -> Response:
        """Draft a letter that says what the issued one says, to be corrected and issued in its place."""
        officer = get_officer(request.user)
        referral = access.access_referral(officer, reference)

        def act() -> Answer:
            draft = supersede_referral(officer=officer, referral=referral, superseded_at=timezone.now())
            return Answer(201, shown_referral(draft), {"Location": f"/api/v1/referrals/{draft.reference}"})

        return respond_once(request, None, act)


class IncidentReferralsByStateView(APIView):
    """One letter a State."""

    @extend_schema(
        operation_id="draftReferralsByState",
        parameters=[IDEMPOTENCY_KEY],
        request=ByStateRequest,
        responses={201: DraftsByState},
    )
    def post(self, request: Request, reference: str) -> Response:
        """Draft one letter to each State that items name by manufacture or import mark and that is not asked yet."""
        officer = get_officer(request.user)
        incident = access.access_incident(officer, reference)
        body = read_body(request, ByStateRequest)

        def act() -> Answer:
            batch = draft_by_state(
                officer=officer,
                incident=incident,
                language=body.language,
                kind=body.kind,
                details=details_of(body),
                opened_at=timezone.now(),
            )
            left_out = [entry._asdict() for entry in batch.left_out]
            return Answer(201, {"referrals": [shown_referral(each) for each in batch.drafts], "left_out": left_out})

        return respond_once(request, request.data, act)


def _said(reason: str) -> dict[str, str] | None:
    """Return what was sent as an idempotency key remembers it: an empty body is none."""
    return {"override_reason": reason} if reason else None


def _optional(request: Request, model: type[Model]) -> Model:
    """Return the body, or an empty one where none was sent."""
    has_body: Any = body_stream(request)
    return read_body(request, model) if has_body is not None else model()
