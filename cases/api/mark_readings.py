"""Marks read from an item's photographs by two readers, and what is settled from both."""

from datetime import datetime
from typing import Any, Literal

from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from pydantic import BaseModel, Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.etag import etag_of, expected_version
from cases.api.idempotency import respond_once
from cases.api.incidents import ETAG
from cases.api.json_body import read_body
from cases.api.openapi import IDEMPOTENCY_KEY, IF_MATCH
from cases.choices import MarkCertainty, MarkingState, Viewed
from cases.queries.incident_document import names_in_incident
from cases.queries.mark_readings import document_of_readings
from cases.queries.officers import get_officer
from cases.services.answer_once import Answer
from cases.services.read_marks import read_marks
from cases.services.record_view import record_view
from cases.services.settle_readings import settle_readings
from cases.tracing.reading_comparison import Relation
from cases.tracing.reading_submission import ReadingSubmission, SettlementSubmission


class MarkRead(BaseModel):
    """A mark as a reader gives it; `?` is a position that was not read, `*` any number of them."""

    kind: str | None
    text: str | None
    position: str | None
    certainty: MarkCertainty | None
    photo: str | None = Field(description="The id of the photograph, as evidence, that it was read from.")


class ReadingDocument(BaseModel):
    """One reader's reading, with the photographs that there were to look at."""

    round: int
    place: Literal[1, 2]
    reader: str
    read_at: datetime
    photographs: list[str]
    marking_state: MarkingState | None
    marks: list[MarkRead]


class SignShown(BaseModel):
    """One place of a mark in both readings; empty where a reading has no sign there."""

    first: str
    second: str
    relation: Relation


class MarkTwiceShown(BaseModel):
    """One mark in both readings; null in the one that does not give it."""

    first: MarkRead | None
    second: MarkRead | None
    relation: Relation
    differs: list[Literal["kind", "position"]]
    signs: list[SignShown]


class ComparisonDocument(BaseModel):
    """Both readings of the round side by side; those that agree may be taken over as they are."""

    agrees: bool
    state_differs: bool
    marks: list[MarkTwiceShown]


class SettlementDocument(BaseModel):
    """What was taken over from the two readings of a round, by whom and why."""

    round: int
    agreed: bool
    marking_state: MarkingState | None
    marks: list[MarkRead]
    reason: str | None
    settled_by: str
    settled_at: datetime
    version_before: int
    version_after: int


class ReadingsDocument(BaseModel):
    """How far the reading of an item's marks is. Of a round that waits for its second reader only the own is shown."""

    incident: str
    item: str
    position: int
    version: int = Field(description="Of the incident, as in the ETag.")
    round: int
    readings_given: int = Field(ge=0, le=2, description="In this round.")
    readings: list[ReadingDocument]
    comparison: ComparisonDocument | None
    settlements: list[SettlementDocument]


class ItemReadingsView(APIView):
    """The readings of an item's marks."""

    @extend_schema(operation_id="readMarkReadings", parameters=[ETAG], responses=ReadingsDocument)
    def get(self, request: Request, reference: str, item: str) -> Response:
        """Read how far the two readings are, where they differ, and what was settled before."""
        officer = get_officer(request.user)
        found = access.access_item(officer, reference, item)
        record_view(officer=officer, subject=found, viewed_at=timezone.now(), what=Viewed.MARK_READINGS)
        return Response(shown_readings(officer, found), headers={"ETag": etag_of(found.incident.version)})

    @extend_schema(
        operation_id="giveMarkReading",
        parameters=[IDEMPOTENCY_KEY],
        request=ReadingSubmission,
        responses={201: OpenApiResponse(ReadingsDocument, "Kept, as the first or the second of two.")},
    )
    def post(self, request: Request, reference: str, item: str) -> Response:
        """Give one's reading of the item's marks; it cannot be changed, and nobody gives two in one round."""
        officer = get_officer(request.user)
        found = access.access_item(officer, reference, item)
        body = read_body(request, ReadingSubmission)

        def act() -> Answer:
            read_marks(officer=officer, item=found, stated=body.model_dump(mode="json"), read_at=timezone.now())
            return Answer(201, shown_readings(officer, found))

        return respond_once(request, request.data, act)


class ItemReadingsSettleView(APIView):
    """Settling two readings."""

    @extend_schema(
        operation_id="settleMarkReadings",
        parameters=[IF_MATCH, IDEMPOTENCY_KEY],
        request=SettlementSubmission,
        responses=ReadingsDocument,
    )
    def post(self, request: Request, reference: str, item: str) -> Response:
        """Write what stands into the item's marks; If-Match names the version of the incident that was looked at.

        Without `marks`, readings that agree are taken over as they are. With them a third look settles, with a reason.
        Marks on record stay.
        """
        officer = get_officer(request.user)
        found = access.access_item(officer, reference, item)
        body = read_body(request, SettlementSubmission)
        version = expected_version(request)

        def act() -> Answer:
            settle_readings(
                officer=officer,
                item=found,
                stated=body.model_dump(mode="json"),
                expected_version=version,
                settled_at=timezone.now(),
            )
            fresh = access.access_item(officer, reference, item)
            return Answer(200, shown_readings(officer, fresh), {"ETag": etag_of(fresh.incident.version)})

        return respond_once(request, request.data, act)


def shown_readings(officer: Any, item: Any) -> dict[str, Any]:
    """Return the readings of an item that a door has shown, as the officer may see them."""
    document = document_of_readings(item, access.mark_readings_for(officer), access.mark_settlements_for(officer))
    return access.sight_of(officer, item.incident).of(document, names_in_incident(item.incident))
