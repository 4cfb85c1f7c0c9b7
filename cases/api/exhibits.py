"""Exhibits and labels: packages of items, samples, and the codes that are stuck on them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from pydantic import BaseModel, Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.custody import WitnessBody, witnesses_of
from cases.api.errors import InvalidRequest
from cases.api.fields import Body, Line, Story
from cases.api.file_name import named_file
from cases.api.idempotency import respond_once
from cases.api.json_body import read_body
from cases.api.openapi import IDEMPOTENCY_KEY
from cases.api.paging import PAGING_PARAMETERS, page_of
from cases.choices import CustodyKind, ExhibitKind
from cases.documents.qr_label import FORMATS, LabelFormat, render_label
from cases.errors import NotFound
from cases.intake.fields import When
from cases.intake.problems import Problem
from cases.queries.custody import Subject, document_of_exhibit, exhibit_rows, find_label
from cases.queries.officers import get_officer
from cases.services.answer_once import Answer
from cases.services.append_custody_event import CustodyDetails
from cases.services.record_exhibit import ExhibitAbout, record_exhibit

# A crate of rifles is one exhibit; a ship's hold is many.
MOST_ITEMS: Final = 500
MEDIA_TYPES: Final = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
LABEL_FORMAT: Final = OpenApiParameter("format", {"type": "string", "enum": list(FORMATS), "default": "png"})
LABEL_RESPONSES: Final[dict[Any, Any]] = {
    (200, media_type): OpenApiResponse({"type": "string", "format": "binary"}, "The label.")
    for media_type in MEDIA_TYPES.values()
}


class NewExhibit(Body):
    """Items under one label, or a sample of one item; `seal` is put on the exhibit."""

    kind: Literal["package", "sample"]
    items: tuple[UUID, ...] = Field(min_length=1, max_length=MOST_ITEMS)
    description: Story = None
    evidence: Line = Field(None, description="The id of the evidence that shows it.")
    at: When | None = None
    place: Line = None
    seal: Line = None
    note: Story = None
    witnesses: tuple[WitnessBody, ...] = Field((), max_length=50)


class ExhibitShown(BaseModel):
    """An exhibit: what it is, and what lies in it or was sampled. `incident` is null where it may not be known."""

    code: str
    incident: str | None
    kind: ExhibitKind
    description: str | None
    evidence: str | None
    items: list[UUID]
    recorded_at: datetime
    recorded_by: str


class ExhibitPage(BaseModel):
    """One page of exhibits, latest first."""

    next: str | None
    previous: str | None
    results: list[ExhibitShown]


class IncidentExhibitsView(APIView):
    """Making exhibits of an incident's items."""

    @extend_schema(
        operation_id="recordExhibit", parameters=[IDEMPOTENCY_KEY], request=NewExhibit, responses={201: ExhibitShown}
    )
    def post(self, request: Request, reference: str) -> Response:
        """Pack items or take a sample: a new exhibit with a label of its own, told in the chains of its items."""
        officer, body = get_officer(request.user), read_body(request, NewExhibit)
        incident = access.access_incident(officer, reference)
        about = ExhibitAbout(ExhibitKind(body.kind), body.description or "", (body.evidence or "")[:64])
        details = CustodyDetails(
            kind=CustodyKind.COLLECTED,
            at=body.at,
            place=body.place or "",
            seal=body.seal or "",
            note=body.note or "",
            witnesses=witnesses_of(body.witnesses),
        )

        def act() -> Answer:
            exhibit = record_exhibit(
                officer=officer,
                incident=incident,
                items=body.items,
                about=about,
                details=details,
                recorded_at=timezone.now(),
            )
            shown = document_of_exhibit(exhibit, incident=incident.reference)
            return Answer(201, shown, {"Location": f"/api/v1/exhibits/{exhibit.code}"})

        return respond_once(request, request.data, act)


class ExhibitListView(APIView):
    """All exhibits that the officer may know of."""

    @extend_schema(operation_id="listExhibits", parameters=PAGING_PARAMETERS, responses=ExhibitPage)
    def get(self, request: Request) -> Response:
        """List exhibits, latest first."""
        officer = get_officer(request.user)
        page = page_of(request, exhibit_rows(access.exhibits_for(officer)), key="code")
        known = access.known_references(officer, [row.incident_id for row in page.rows])
        return Response(
            page.document([document_of_exhibit(row, incident=known.get(row.incident_id)) for row in page.rows])
        )


class ExhibitView(APIView):
    """One exhibit."""

    @extend_schema(operation_id="readExhibit", responses=ExhibitShown)
    def get(self, request: Request, code: str) -> Response:
        """Read an exhibit."""
        officer = get_officer(request.user)
        exhibit = access.access_exhibit(officer, code)
        known = access.known_references(officer, [exhibit.incident_id])
        return Response(document_of_exhibit(exhibit, incident=known.get(exhibit.incident_id)))


class ExhibitLabelView(APIView):
    """The label of an exhibit."""

    @extend_schema(operation_id="readExhibitLabel", parameters=[LABEL_FORMAT], responses=LABEL_RESPONSES)
    def get(self, request: Request, code: str) -> HttpResponse:
        """Print an exhibit's label: a QR code of its number, which tells a finder nothing."""
        return _label(request, access.access_exhibit(get_officer(request.user), code))


class ItemLabelView(APIView):
    """The label of an item."""

    @extend_schema(operation_id="readItemLabel", parameters=[LABEL_FORMAT], responses=LABEL_RESPONSES)
    def get(self, request: Request, reference: str, item: str) -> HttpResponse:
        """Print the label that an item was last given; 404 until a `labelled` event has given it one."""
        return _label(request, access.access_item(get_officer(request.user), reference, item))


def _label(request: Request, subject: Subject) -> HttpResponse:
    wanted, code = _format(request), find_label(subject)
    if code is None:
        raise NotFound(thing="label")
    headers = named_file(f"{code}.{wanted}", is_shown=True)
    return HttpResponse(render_label(code, format=wanted), content_type=MEDIA_TYPES[wanted], headers=headers)


def _format(request: Request) -> LabelFormat:
    wanted = request.query_params.get("format", "png")
    if wanted in _FORMATS:
        return _FORMATS[wanted]
    raise InvalidRequest([Problem("/format", "not_a_choice", {"value": wanted[:20], "allowed": ", ".join(FORMATS)})])


_FORMATS: Final[Mapping[str, LabelFormat]] = {"png": "png", "svg": "svg", "pdf": "pdf"}
