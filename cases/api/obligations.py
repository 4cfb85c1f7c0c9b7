"""The board of obligations: what is owed by when, who sees to it, what was sent; and the calendar of it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from pydantic import BaseModel, Field
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.authentication import ReadsCalendar
from cases.api.case_tasks import TaskDocument
from cases.api.errors import InvalidRequest
from cases.api.fields import Body, Reason, StatedLine
from cases.api.hand_over import KNOWN_USERNAME
from cases.api.idempotency import respond_once
from cases.api.json_body import read_body
from cases.api.openapi import IDEMPOTENCY_KEY
from cases.api.paging import PAGING_PARAMETERS, page_of
from cases.api.problems import in_words
from cases.api.query import unknown_parameters, unknown_words
from cases.choices import ObligationState
from cases.documents.calendar import calendar_of
from cases.intake.problems import Problem, quote
from cases.queries.obligations import (
    board_rows,
    calendar_days,
    document_of_obligation,
    sendings_of,
    sought_obligations,
    waiting_documents,
)
from cases.queries.officers import get_officer
from cases.services.answer_once import Answer
from cases.services.assign_obligation import assign_obligation
from cases.services.close_obligation import Sent, discharge_obligation, mark_obligation_not_owed
from cases.tracing.obligations import ENDED_BY_AN_ACT

CALENDAR: Final = "text/calendar"
# Somewhere it is tomorrow already.
TOMORROW: Final = timedelta(days=1)
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "state": (*(state.value for state in ObligationState), "any"),
    "force": ("shall", "other"),
    "kind": tuple(sorted(ENDED_BY_AN_ACT)),
    "mine": ("true", "false"),
    "overdue": ("true", "false"),
}
_SAID: Final[Mapping[str, str]] = {
    "state": "How it stands; without it, what is open.",
    "force": "`shall` obliges; `other` is powers and appeals, which have no clock.",
    "kind": "What is owed.",
    "mine": "What the officer who asks sees to.",
    "overdue": "What was due before today.",
}
MINE: Final = OpenApiParameter("mine", {"type": "string", "enum": ["true", "false"]}, OpenApiParameter.QUERY)
LIST_PARAMETERS: Final = [
    *(
        OpenApiParameter(name, {"type": "string", "enum": list(words)}, OpenApiParameter.QUERY, description=_SAID[name])
        for name, words in _WORDS.items()
    ),
    OpenApiParameter("incident", {"type": "string", "maxLength": 20}, OpenApiParameter.QUERY, description="Of one."),
    *PAGING_PARAMETERS,
]


class LegalBasis(BaseModel):
    """The paragraph, and whether it was read in a source."""

    resolution: str
    paragraph: str | None
    paragraph_verified: bool


class ClockShown(BaseModel):
    """What starts the clock and the days on one of which that was, null where not known; `days` as the text has it."""

    from_: str | None = Field(alias="from")
    first_day: date | None
    last_day: date | None
    days: int | None
    working_days: bool
    promptly: bool
    text: str | None


class DueShown(BaseModel):
    """The day, and whether the resolution gives it or the agency for itself; null where neither does."""

    on: date | None
    basis: str | None
    text: str | None


class Closed(BaseModel):
    """Who closed it, when and why."""

    at: datetime
    by: str
    reason: str


class ObligationRow(BaseModel):
    """An obligation on the board; `is_found` is false where no result says it any more: decide on it."""

    reference: str
    incident: str
    regime: str | None
    kind: str
    what: str
    legal_basis: LegalBasis
    force: str
    force_text: str
    on: str
    states: list[str]
    is_ours: bool
    to: str | None
    clock: ClockShown
    due: DueShown
    is_overdue: bool
    state: ObligationState
    is_found: bool
    responsible: str
    arisen_at: datetime
    closed: Closed | None


class SendingShown(BaseModel):
    """One thing that was sent or done."""

    what: str
    to: str
    sent_on: date
    reference: str | None
    recorded_at: datetime
    recorded_by: str


class ObligationDocument(ObligationRow):
    """An obligation with the ledger of what was sent on it."""

    sent: list[SendingShown]


class ObligationPage(BaseModel):
    """One page of the board, by the day that is due; what has none comes last."""

    next: str | None
    previous: str | None
    results: list[ObligationRow]


class ReplyDue(BaseModel):
    """A letter that waits for an answer."""

    referral: str
    incident: str
    kind: str
    country: str
    due_on: date
    is_overdue: bool


class ItemWaiting(BaseModel):
    """A found weapon whose end is not recorded (ITI 9): where it is, and since when."""

    incident: str
    item: int
    category: str
    status: str | None
    place: str | None
    since: datetime


class RegimeWaiting(BaseModel):
    """A regime whose last renewal seen has run out."""

    regime: str
    refresh_after: date


class Waiting(BaseModel):
    """What waits beside the obligations, drawn from referrals, tasks, items and the rulebook; at most 200 of each."""

    replies: list[ReplyDue]
    tasks: list[TaskDocument]
    items: list[ItemWaiting]
    regimes: list[RegimeWaiting]


class Discharge(Body):
    """What was sent, or done, when, to whom and under which reference; and why that discharges the obligation."""

    what: StatedLine
    sent_to: StatedLine
    sent_on: date
    reference: Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f]*$")] = ""
    reason: Reason


class Assignment(Body):
    """Who is to see to it, and why."""

    to: Annotated[str, Field(pattern=KNOWN_USERNAME)]
    reason: Reason


class NotOwed(Body):
    """Why it is not owed."""

    reason: Reason


class ObligationListView(APIView):
    """The board."""

    @extend_schema(operation_id="listObligations", parameters=LIST_PARAMETERS, responses=ObligationPage)
    def get(self, request: Request) -> Response:
        """List the agency's obligations by the day that is due; without a filter, those that are open and oblige."""
        officer, today = get_officer(request.user), timezone.now().date()
        rows = sought_obligations(
            access.obligations_for(officer), officer=officer, today=today, sought=_sought(request)
        )
        page = page_of(request, board_rows(rows), moment="due_moment", is_rising=True)
        return Response(page.document([document_of_obligation(row, today=today, phrase=in_words) for row in page.rows]))


class ObligationsWaitingView(APIView):
    """What waits beside them."""

    @extend_schema(operation_id="listWaiting", responses=Waiting)
    def get(self, request: Request) -> Response:
        """Show the replies that are due, tasks overdue, found arms without a recorded end, regimes that need refresh.

        Overdue tasks are those given to whoever asks; supervisors see all of the agency's.
        """
        officer, today = get_officer(request.user), timezone.now().date()
        return Response(waiting_for(officer, today))


def waiting_for(officer: Any, today: date) -> dict[str, Any]:
    """Return what waits beside the obligations for that officer, in the active language."""
    own = access.own_records_for(officer)
    return waiting_documents(
        referrals=own["referrals"],
        tasks=access.tasks_watched_by(officer),
        incidents=own["incidents"],
        today=today,
        with_nominal=access.SEE_NOMINAL in officer.rights,
        translated=gettext,
    )


class ObligationCalendarView(APIView):
    """The days that are due, as a calendar."""

    permission_classes = (IsAuthenticated, ReadsCalendar)

    @extend_schema(
        operation_id="readCalendar",
        parameters=[
            MINE,
            OpenApiParameter(
                "token", str, OpenApiParameter.QUERY, description="A token whose one scope is `calendar`; no other."
            ),
        ],
        responses={(200, CALENDAR): OpenApiResponse({"type": "string"}, "An iCalendar file.")},
    )
    def get(self, request: Request) -> HttpResponse:
        """Give what is due as a calendar to subscribe to: references, kinds, paragraphs and days, and nobody's name."""
        officer = get_officer(request.user)
        is_mine = _flag(request, "mine")
        own = access.own_records_for(officer)
        days = calendar_days(own["obligations"], own["referrals"], only=officer if is_mine else None)
        return HttpResponse(calendar_of(days), content_type=CALENDAR, headers={"Cache-Control": "no-store, private"})


class ObligationView(APIView):
    """One obligation."""

    @extend_schema(operation_id="getObligation", responses=ObligationDocument)
    def get(self, request: Request, reference: str) -> Response:
        """Read an obligation with its clock and the ledger of what was sent."""
        return Response(_document(request, reference))


class ObligationDischargeView(APIView):
    """Having sent what is owed."""

    @extend_schema(
        operation_id="dischargeObligation",
        parameters=[IDEMPOTENCY_KEY],
        request=Discharge,
        responses=ObligationDocument,
    )
    def post(self, request: Request, reference: str) -> Response:
        """Record what was sent, when and to whom, and close the obligation."""
        officer = get_officer(request.user)
        obligation = access.access_obligation(officer, reference)
        body, now = read_body(request, Discharge), timezone.now()
        if body.sent_on > (now + TOMORROW).date():
            raise InvalidRequest([Problem("/sent_on", "in_the_future", {"value": body.sent_on.isoformat()})])
        sent = Sent(what=body.what, sent_to=body.sent_to, sent_on=body.sent_on, reference=body.reference.strip())

        def act() -> Answer:
            discharge_obligation(
                officer=officer, obligation=obligation, sent=sent, reason=body.reason, discharged_at=now
            )
            return Answer(200, _document(request, reference))

        return respond_once(request, request.data, act)


class ObligationAssignView(APIView):
    """Dealing one out."""

    @extend_schema(
        operation_id="assignObligation",
        parameters=[IDEMPOTENCY_KEY],
        request=Assignment,
        responses=ObligationDocument,
    )
    def post(self, request: Request, reference: str) -> Response:
        """Make an officer of the agency responsible, who is told; for supervisors and administrators."""
        officer = get_officer(request.user)
        obligation = access.access_obligation(officer, reference)
        access.require_leader(officer)
        body = read_body(request, Assignment)
        receiver = access.access_colleague(officer, body.to)

        def act() -> Answer:
            assign_obligation(
                by=officer, obligation=obligation, to=receiver, reason=body.reason, assigned_at=timezone.now()
            )
            return Answer(200, _document(request, reference))

        return respond_once(request, request.data, act)


class ObligationNotOwedView(APIView):
    """Deciding that it is not owed."""

    @extend_schema(
        operation_id="markObligationNotOwed",
        parameters=[IDEMPOTENCY_KEY],
        request=NotOwed,
        responses=ObligationDocument,
    )
    def post(self, request: Request, reference: str) -> Response:
        """Close an obligation that is not owed, with the reason; for supervisors."""
        officer = get_officer(request.user)
        obligation = access.access_obligation(officer, reference)
        body = read_body(request, NotOwed)

        def act() -> Answer:
            mark_obligation_not_owed(
                officer=officer, obligation=obligation, reason=body.reason, decided_at=timezone.now()
            )
            return Answer(200, _document(request, reference))

        return respond_once(request, request.data, act)


def _document(request: Request, reference: str) -> dict[str, Any]:
    officer = get_officer(request.user)
    found = access.access_obligation(officer, reference)
    row = board_rows(access.obligations_for(officer).filter(pk=found.pk)).get()
    shown = document_of_obligation(row, today=timezone.now().date(), phrase=in_words)
    return shown | {"sent": sendings_of(row)}


def _sought(request: Request) -> dict[str, str]:
    """Return what the query asks for; raises InvalidRequest."""
    query, known = request.query_params, {parameter.name for parameter in LIST_PARAMETERS}
    if problems := [*unknown_parameters(query, known), *unknown_words(query, _WORDS)]:
        raise InvalidRequest(problems)
    sought = {name: query[name] for name in (*_WORDS, "incident") if name in query}
    return {name: value.replace("\x00", "") for name, value in sought.items()}


def _flag(request: Request, name: str) -> bool:
    text = request.query_params.get(name, "false")
    if text not in {"true", "false"}:
        raise InvalidRequest([Problem(f"/{name}", "not_a_choice", {"value": quote(text), "allowed": "true, false"})])
    return text == "true"
