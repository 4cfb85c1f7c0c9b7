"""Screening results: what an officer reads of an incident's findings, and why."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from pydantic import BaseModel, ConfigDict, Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.choices import Answer, MeasureStatus, ReviewState, RunStatus, Viewed
from cases.queries.officers import get_officer
from cases.queries.screening_result import seen_result_for_incident
from cases.screening.findings import Outcome
from cases.services.record_view import record_view


class _Shown(BaseModel):
    """A piece of a result: fields may be added to it, never renamed or dropped."""

    model_config = ConfigDict(extra="allow")


class Reasoned(_Shown):
    """A reason by its stable id, with the values in it and its English sentence."""

    rule: str
    params: dict[str, Any]
    text: str


class LegalBasisShown(_Shown):
    """The resolution and paragraph that a statement of law rests on, and those that amended it, in their order."""

    resolution: str
    paragraph: str | None
    paragraph_verified: bool
    amended_by: list[dict[str, Any]]


class ConditionShown(Reasoned):
    """One condition of a measure: whether the facts meet it, and on which fact that rests."""

    condition: str
    satisfied: Answer
    fact: str


class ExemptionShown(Reasoned):
    """An exemption of the measure, the procedure that it takes, and whether the facts claim it."""

    what: str
    legal_basis: LegalBasisShown
    procedure: str
    required: Reasoned
    claimed: bool


class DutyShown(Reasoned):
    """What follows by law, on whom, with what force; `due_on` only where the text gives a number of days."""

    regime: str | None
    kind: str
    what: str
    legal_basis: LegalBasisShown
    force: str
    on: str
    states: list[str]
    to: str | None
    clock_from: str | None
    days: int | None
    working_days: bool
    promptly: bool
    due_on: date | None


class FindingShown(_Shown):
    """What the engine finds of one measure, and where it stands with people."""

    id: UUID
    regime: str
    measure: str
    outcome: Outcome
    status: MeasureStatus
    tie: str
    place_only: bool
    items: list[int]
    legal_basis: LegalBasisShown
    rationale: list[ConditionShown]
    unknowns: list[str]
    questions: list[str]
    exemptions: list[ExemptionShown]
    duties: list[DutyShown]
    verified: bool
    review: ReviewState
    reviews: list[dict[str, Any]]
    # Only while it asks again: the decision made before, and what is different now.
    asks_again: dict[str, Any] = {}


class DesignationShown(Reasoned):
    """A listed party that the record points to, and why: a resemblance, never an identification."""

    reference_number: str
    list_name: str = Field(alias="list")
    name: str
    kind: str
    listed_on: date | None
    # Null where the lists loaded leave it open.
    listed_on_day: bool | None
    list_covers_day: bool
    matched: str
    role: str
    stated: str
    quality: str
    score: float
    is_certain: bool
    # What speaks for and against it, and what the list says of the day.
    reasons: list[Reasoned]
    regimes: list[str]


class ConsideredShown(_Shown):
    """A measure that something ties to the incident, and why it is not engaged."""

    regime: str
    measure: str
    outcome: Outcome
    tie: str
    rule: str
    params: dict[str, Any]
    because: str


class FlagShown(Reasoned):
    """Something worth an officer's eye that is no finding."""

    code: str


class ScreeningAnswer(_Shown):
    """A result in the shape of the contract, and how far the newest run is; before the first result only that."""

    reference: str
    status: RunStatus
    findings: list[FindingShown] = []
    # Decided by a person, and not found any more: each asks to be looked at again.
    no_longer_found: list[FindingShown] = []
    designations: list[DesignationShown] = []
    considered: list[ConsideredShown] = []
    untied: list[str] = []
    flags: list[FlagShown] = []
    # Owed beside those of the findings: for an inspection as such, and for arms found.
    duties: list[DutyShown] = []


class ScreeningView(APIView):
    """What screening says of an incident."""

    @extend_schema(operation_id="readScreening", responses=ScreeningAnswer)
    def get(self, request: Request, reference: str) -> Response:
        """Read the newest result: findings, what was considered, and why; and how far the newest run is."""
        officer = get_officer(request.user)
        incident = access.access_incident(officer, reference)
        record_view(officer=officer, subject=incident, viewed_at=timezone.now(), what=Viewed.SCREENING)
        return Response(seen_result_for_incident(incident, access.sight_of(officer, incident)))
