"""Where an item may come from: what own registers know of it, how States mark, and whom to ask."""

from datetime import datetime
from typing import Any, Literal

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from pydantic import BaseModel, ConfigDict
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.paging import PAGING_PARAMETERS, page_of
from cases.api.problems import in_words
from cases.api.query import choice_in, country_in
from cases.choices import ContactState, MarkingEvent, ReferralKind, RegisterKind, Viewed
from cases.errors import NotAllowed
from cases.queries.marking_practices import document_of_practice, practice_rows
from cases.queries.officers import get_officer
from cases.queries.register_hits import document_of_hit
from cases.queries.whom_to_ask import proposals_for
from cases.services.look_up_item import look_up_item
from cases.services.record_view import record_view

Confidence = Literal["high", "medium", "low"]


class PracticeDocument(BaseModel):
    """How a State marks at one event; `pattern` is in RE2's syntax, `parts` tells what its named groups mean."""

    key: str
    country: str
    event: MarkingEvent
    manufacturer: str | None
    stock: str | None
    mark_kind: str | None
    pattern: str | None
    position: str | None
    elements: str | None
    parts: dict[str, str]
    year_from: int | None
    year_until: int | None
    source: str
    verified: bool
    version: int
    recorded_at: datetime
    changed_at: datetime


class PracticePage(BaseModel):
    """One page of marking practices, latest recorded first."""

    next: str | None
    previous: str | None
    results: list[PracticeDocument]


class Sentence(BaseModel):
    """A stable code, and what it says in the reader's language."""

    code: str
    text: str


class PartRead(BaseModel):
    """One part of a mark, and what it means."""

    name: str
    text: str
    meaning: str


class MarkFits(BaseModel):
    """A mark that fits how a State marks."""

    mark: str
    event: MarkingEvent
    practice: str | None
    stock: str | None
    confidence: Confidence
    parts: list[PartRead]
    why: list[Sentence]


class DeskOf(BaseModel):
    """The desk in the State, by its key in the registry, and how far it can be relied on."""

    state: ContactState
    entry: str | None


class ProposalShown(BaseModel):
    """A State that may have a record of the item: why, with what cautions, and where to write to."""

    country: str
    confidence: Confidence
    why: list[Sentence]
    marks: list[MarkFits]
    cautions: list[Sentence]
    referral_kind: ReferralKind
    contact: DeskOf


class WhomToAsk(BaseModel):
    """Every State that something points to, the surest first; nobody is asked by it."""

    results: list[ProposalShown]


class RegisterShown(BaseModel):
    """A register that was looked in, by its newest version; incomplete while or where an import was not whole."""

    kind: RegisterKind
    version: int
    digest: str
    imported_at: str
    is_complete: bool


class HitShown(BaseModel):
    """An entry with the same serial number; holders are withheld from whoever may not see names."""

    model_config = ConfigDict(extra="allow")

    kind: RegisterKind
    entry: str
    version: int
    line: int
    serial: str
    holder: str | None
    holder_withheld: bool
    agrees: list[str]
    differs: list[str]


class OtherIncidentShown(BaseModel):
    """Another incident that the officer may know of, whose item bears the same serial number."""

    reference: str
    item: int
    serial: str


class RegisterHits(BaseModel):
    """What was looked for, where, and what was there; kept as a look-up."""

    item: int
    looked_up_at: datetime
    marks: list[str]
    registers: list[RegisterShown]
    hits: list[HitShown]
    incidents: list[OtherIncidentShown]


class MarkingPracticeListView(APIView):
    """How States mark."""

    @extend_schema(
        operation_id="listMarkingPractices",
        parameters=[
            OpenApiParameter("country", str, description="ISO 3166 alpha-3."),
            OpenApiParameter("event", {"type": "string", "enum": list(MarkingEvent)}),
            *PAGING_PARAMETERS,
        ],
        responses=PracticePage,
    )
    def get(self, request: Request) -> Response:
        """List marking practices, latest recorded first."""
        practices = access.marking_practices_for(get_officer(request.user))
        rows = practice_rows(practices, country=country_in(request), event=choice_in(request, "event", MarkingEvent))
        page = page_of(request, rows, key="pk", read_key=int)
        return Response(page.document([document_of_practice(practice) for practice in page.rows]))


class WhomToAskView(APIView):
    """Whom to ask about an item."""

    @extend_schema(operation_id="proposeWhomToAsk", responses=WhomToAsk)
    def get(self, request: Request, reference: str, item: str) -> Response:
        """Propose States to ask about an item: by record, marks and own registers, each with reasons and cautions."""
        officer, now = get_officer(request.user), timezone.now()
        found = access.access_item(officer, reference, item)
        if officer.agency is None:
            raise NotAllowed(role=officer.role)
        record_view(officer=officer, subject=found, viewed_at=now, what=Viewed.WHOM_TO_ASK)
        proposals = proposals_for(
            found,
            agency=officer.agency,
            entries=access.register_entries_for(officer),
            on=now.date(),
            say=in_words,
        )
        return Response({"results": proposals})


class RegisterHitsView(APIView):
    """What own registers and permitted records know of an item."""

    @extend_schema(operation_id="lookUpItem", responses=RegisterHits)
    def get(self, request: Request, reference: str, item: str) -> Response:
        """Look an item up in own registers and in every record that the officer may know of; that it was is kept."""
        officer, now = get_officer(request.user), timezone.now()
        found = access.access_item(officer, reference, item)
        lookup, entries, incidents = look_up_item(officer=officer, item=found, looked_up_at=now)
        with_holder = access.sees_holders(officer)
        document: dict[str, Any] = {
            "item": found.position,
            "looked_up_at": now,
            "marks": lookup.marks,
            "registers": lookup.registers,
            "hits": [document_of_hit(entry, found, with_holder=with_holder) for entry in entries],
            "incidents": [other._asdict() for other in incidents],
        }
        return Response(document)
