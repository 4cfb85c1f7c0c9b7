"""What an item tells beside itself."""

from datetime import date
from typing import Any, Final, Literal

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.errors import InvalidRequest
from cases.api.problems import in_words
from cases.api.query import unknown_parameters
from cases.choices import Viewed
from cases.intake.problems import Problem, quote
from cases.queries.item_intelligence import NEIGHBOURHOOD, Reach, intelligence_on
from cases.queries.officers import get_officer
from cases.services.record_view import record_view

FARTHEST: Final = 10_000
_WITHIN: Final = OpenApiParameter(
    "within",
    {"type": "integer", "minimum": 0, "maximum": FARTHEST, "default": NEIGHBOURHOOD},
    OpenApiParameter.QUERY,
    description="How far a serial number may be from the item's to be its neighbour.",
)


class BoundShown(BaseModel):
    """A day before or after which the item cannot have crossed, and why."""

    day: date
    reason: str
    params: dict[str, str | int]
    text: str


class WindowShown(BaseModel):
    """Between which days it can have crossed, the tightest bound first; contradictory where no day is left."""

    first: date | None
    last: date | None
    is_contradictory: bool
    not_before: list[BoundShown]
    not_after: list[BoundShown]


class PhaseShown(BaseModel):
    """When a measure of a regime that a finding names was in force, and how much of the window lies in that time."""

    regime: str
    measure: str
    status: str
    start: date | None
    until: date | None
    holds: Literal["all", "part", "none", "unknown"]


class SharedMark(BaseModel):
    """Another incident with the same lot, packing mark, paper or consignee, or with a serial number nearby."""

    by: Literal["lot", "packaging", "serial", "paper", "consignee"]
    value: str
    distance: int | None
    incident: str
    agency: str
    occurred_on: str | None
    item: int | None


class ItemIntelligence(BaseModel):
    """When an item can have crossed, beside the phases of the embargo, and what shares its marks."""

    window: WindowShown
    phases: list[PhaseShown]
    links: list[SharedMark]


class ItemIntelligenceView(APIView):
    """What one item tells."""

    @extend_schema(operation_id="readItemIntelligence", parameters=[_WITHIN], responses=ItemIntelligence)
    def get(self, request: Request, reference: str, item: str) -> Response:
        """Read when the item can have crossed, and which incidents that the officer may know of share its marks."""
        officer, within = get_officer(request.user), _within(request)
        found = access.access_item(officer, reference, item)
        record_view(officer=officer, subject=found, viewed_at=timezone.now(), what=Viewed.INTELLIGENCE)
        reach = Reach(
            access.marks_for(officer),
            access.incidents_for(officer),
            access.nominal_incidents_for(officer),
            access.referrals_for(officer),
        )
        return Response(in_reader_s_words(intelligence_on(found, reach, within=within)))


def in_reader_s_words(document: dict[str, Any]) -> dict[str, Any]:
    """Return what an item tells with each reason in the active language."""
    window = dict(document["window"])
    for side in ("not_before", "not_after"):
        window[side] = [_worded(bound) for bound in window[side]]
    return document | {"window": window}


def _worded(bound: dict[str, Any]) -> dict[str, Any]:
    shown = {name: value for name, value in bound.items() if name != "template"}
    return shown | {"text": in_words(bound["template"], bound["params"])}


def _within(request: Request) -> int:
    query = request.query_params
    problems = unknown_parameters(query, {"within"})
    text = query.get("within", str(NEIGHBOURHOOD))
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(FARTHEST)) and int(text) <= FARTHEST
    if not is_number:
        problems.append(Problem("/within", "out_of_range", {"value": quote(text), "least": 0, "most": FARTHEST}))
    if problems:
        raise InvalidRequest(problems)
    return int(text)
