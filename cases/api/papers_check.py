"""Declared, found and authorised: the comparison, and the enquiry to the State that issued a paper."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from pydantic import BaseModel, Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.fields import Body
from cases.api.idempotency import respond_once
from cases.api.json_body import read_body
from cases.api.openapi import IDEMPOTENCY_KEY
from cases.api.problems import in_words
from cases.api.referral_documents import Language, WrittenReferral, shown_referral
from cases.choices import Viewed
from cases.intake.fields import MOST_ENTRIES
from cases.queries.incident_document import names_in_incident
from cases.queries.officers import get_officer
from cases.queries.papers_check import document_of_check, papers_check_of
from cases.services.answer_once import Answer
from cases.services.open_licence_enquiry import open_licence_enquiry
from cases.services.record_view import record_view
from cases.tracing.mismatches import Sureness

Document = dict[str, Any]


class SideShown(BaseModel):
    """One of the statements compared: where it stands in the record, and what it says there."""

    fact: str
    value: str | int | float


class MismatchShown(BaseModel):
    """Two statements that do not go together; `document` is the paper's place in the record, from 0."""

    rule: str
    text: str
    params: dict[str, str | int | float]
    sides: list[SideShown]
    sureness: Sureness
    document: int | None
    items: list[int]


class InquiryShown(BaseModel):
    """What is to be found out before a comparison can be made, and the field that would hold the answer."""

    code: str
    text: str
    params: dict[str, str | int | float]
    fact: str
    document: int | None


class PapersCheckDocument(BaseModel):
    """What was declared against what was found and authorised."""

    incident: str
    results: list[MismatchShown]
    questions: list[InquiryShown]


class LicenceEnquiryBody(Body):
    """Which of the papers of the consignment is asked about (its place in the record, from 0), in which language."""

    document: int = Field(ge=0, lt=MOST_ENTRIES)
    language: Language


class PapersCheckView(APIView):
    """The comparison for one incident."""

    @extend_schema(operation_id="checkPapers", responses=PapersCheckDocument)
    def get(self, request: Request, reference: str) -> Response:
        """Compare what was declared with what was found and what was authorised."""
        officer = get_officer(request.user)
        incident = access.access_incident(officer, reference)
        record_view(officer=officer, subject=incident, viewed_at=timezone.now(), what=Viewed.PAPERS)
        check = papers_check_of(incident, known=access.incidents_for(officer))
        shown = said(document_of_check(incident, check))
        return Response(access.sight_of(officer, incident).of(shown, names_in_incident(incident)))


class LicenceEnquiryView(APIView):
    """Enquiries about papers of one incident."""

    @extend_schema(
        operation_id="openLicenceEnquiry",
        parameters=[IDEMPOTENCY_KEY],
        request=LicenceEnquiryBody,
        responses={201: OpenApiResponse(WrittenReferral, "A draft to the State that issued the paper.")},
    )
    def post(self, request: Request, reference: str) -> Response:
        """Draft the enquiry to the State that issued a paper, with what does not go together with it."""
        officer = get_officer(request.user)
        incident = access.access_incident(officer, reference)
        body = read_body(request, LicenceEnquiryBody)

        def act() -> Answer:
            opened = open_licence_enquiry(
                officer=officer,
                incident=incident,
                paper=body.document,
                language=body.language,
                opened_at=timezone.now(),
            )
            return Answer(201, shown_referral(opened), {"Location": f"/api/v1/referrals/{opened.reference}"})

        return respond_once(request, request.data, act)


def said(document: Document) -> Document:
    """Return the comparison with every sentence in the reader's language."""
    for entry in (*document["results"], *document["questions"]):
        entry["text"] = in_words(entry.pop("template"), entry["params"])
    return document
