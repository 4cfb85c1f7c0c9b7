"""How States answer: the ledger, and the clock by which answers are waited for."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from pydantic import BaseModel, Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.fields import Body
from cases.api.json_body import read_body
from cases.queries.officers import get_officer
from cases.queries.reply_clocks import document_of_clock
from cases.queries.reply_ledger import ledger_of
from cases.services.set_reply_clock import set_reply_clock
from cases.tracing.reply_clock import ClockDays


class LedgerLine(BaseModel):
    """One State: what was sent, how soon it answered, and how each request stands now; `standings` add up to `sent`."""

    country: str
    sent: int
    acknowledged: int
    answered: int
    median_days_to_acknowledgement: float | None
    median_days_to_answer: float | None
    standings: dict[str, int]


class Ledger(BaseModel):
    """All States that the agency has asked."""

    next: None
    previous: None
    results: list[LedgerLine]


class ClockDocument(BaseModel):
    """Days before and after the day on which a reply is requested; `is_own` is false for the installation's."""

    remind_before_days: int
    remind_again_days: int
    escalate_after_days: int
    is_own: bool


class ClockRequest(Body):
    """When the officer is reminded, how often the addressee may be, and after how long focal points are told."""

    remind_before_days: int = Field(ge=1, le=365)
    remind_again_days: int = Field(ge=1, le=365)
    escalate_after_days: int = Field(ge=1, le=730)


class LedgerView(APIView):
    """How States answer the agency."""

    @extend_schema(operation_id="readLedger", responses=Ledger)
    def get(self, request: Request) -> Response:
        """List for each State asked by the agency: sent, acknowledged, median days, and how each request stands."""
        own = access.own_records_for(get_officer(request.user))["referrals"]
        return Response({"next": None, "previous": None, "results": ledger_of(own)})


class ReplyClockView(APIView):
    """The agency's clock of replies."""

    @extend_schema(operation_id="readReplyClock", responses=ClockDocument)
    def get(self, request: Request) -> Response:
        """Read after how many days somebody is reminded."""
        return Response(document_of_clock(access.agency_of(get_officer(request.user))))

    @extend_schema(operation_id="setReplyClock", request=ClockRequest, responses=ClockDocument)
    def post(self, request: Request) -> Response:
        """Set the agency's own days."""
        officer = get_officer(request.user)
        body = read_body(request, ClockRequest)
        days = ClockDays(body.remind_before_days, body.remind_again_days, body.escalate_after_days)
        set_reply_clock(officer=officer, days=days, set_at=timezone.now())
        return Response(document_of_clock(access.agency_of(officer)))
