"""Trace referrals: drafted from an incident, completed, issued, shown as a letter, answered."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from pydantic import Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.document_formats import FORMAT, RESPONSES, document_response, wanted_format
from cases.api.etag import etag_of_document, require_match
from cases.api.fields import Body, Country, Line, Story
from cases.api.history import VIEWS, History, wants_views
from cases.api.idempotency import respond_once
from cases.api.json_body import JsonParser, MergePatchParser, read_body
from cases.api.openapi import IDEMPOTENCY_KEY, IF_MATCH
from cases.api.paging import PAGING_PARAMETERS, page_of
from cases.api.redaction import REDACTION, wanted_level
from cases.api.referral_documents import (
    Language,
    ReferralPage,
    WrittenReferral,
    shown_referral,
)
from cases.choices import ReferralKind, ReferralPriority, Viewed
from cases.documents import render_referral
from cases.intake.fields import MOST_ENTRIES
from cases.queries.history import history_of_referral
from cases.queries.letter_exhibits import pictures_of
from cases.queries.officers import get_officer
from cases.queries.referral_content import referral_content
from cases.queries.referral_rows import document_of_referral, referral_rows
from cases.services.amend_referral import amend_referral
from cases.services.answer_once import Answer
from cases.services.open_referral import ReferralRequest, open_referral
from cases.services.record_view import record_view


class ContactBody(Body):
    """The desk that is written to."""

    name: Line = None
    office: Line = None
    telephone: Line = None
    email: Line = None
    channel: Line = None
    address: Line = None


class AddresseeBody(Body):
    """The State asked, and its point of contact."""

    country: Country
    contact: ContactBody | None = None


class ReferralFields(Body):
    """What an officer may say in a referral, as far as it is known."""

    language: Language | None = None
    kind: ReferralKind | None = None
    why_addressee: Story = None
    priority: ReferralPriority | None = None
    priority_justification: Story = None
    legal_justification: Story = None
    intended_use: Story = None
    confidentiality: Literal["given", "cannot_be_given"] | None = None
    onward_use: Story = None
    reply_requested_by: date | None = None
    own_questions: tuple[str, ...] | None = Field(None, max_length=100)
    # For whom it is written; left out: as its kind says.
    redaction: Literal["full", "to_state", "to_interpol_wco"] | None = None


class OpenReferralRequest(ReferralFields):
    """Whom to ask, in which language, about which items (their positions, from 0; all where left out)."""

    addressee: AddresseeBody
    language: Language
    items: tuple[int, ...] | None = Field(None, max_length=MOST_ENTRIES)


class AmendReferralRequest(ReferralFields):
    """Fields of a draft to set; null takes one out."""

    addressee_contact: ContactBody | None = None


class IncidentReferralsView(APIView):
    """The referrals on one incident."""

    @extend_schema(operation_id="listReferralsOfIncident", parameters=PAGING_PARAMETERS, responses=ReferralPage)
    def get(self, request: Request, reference: str) -> Response:
        """List the referrals on an incident, latest first."""
        incident = access.access_incident(get_officer(request.user), reference)
        rows = referral_rows(access.referrals_for(get_officer(request.user)).telling_of([incident]))
        return _page(request, rows)

    @extend_schema(
        operation_id="openReferral",
        parameters=[IDEMPOTENCY_KEY],
        request=OpenReferralRequest,
        responses={201: OpenApiResponse(WrittenReferral, "A draft; its document carries DRAFT on each page.")},
    )
    def post(self, request: Request, reference: str) -> Response:
        """Draft a referral from an incident's items."""
        incident = access.access_incident(get_officer(request.user), reference)
        body = read_body(request, OpenReferralRequest)
        wanted = ReferralRequest(
            addressee_country=body.addressee.country,
            language=body.language,
            kind=body.kind,
            item_indexes=body.items,
            details=details_of(body) | _contact(body.addressee.contact),
        )

        def act() -> Answer:
            opened = open_referral(
                officer=get_officer(request.user), incident=incident, request=wanted, opened_at=timezone.now()
            )
            address = f"/api/v1/referrals/{opened.reference}"
            return Answer(201, shown_referral(opened), {"Location": address})

        return respond_once(request, request.data, act)


class ReferralListView(APIView):
    """All referrals of the officer's agency."""

    @extend_schema(operation_id="listReferrals", parameters=PAGING_PARAMETERS, responses=ReferralPage)
    def get(self, request: Request) -> Response:
        """List the referrals of the agency, latest first."""
        return _page(request, referral_rows(access.referrals_for(get_officer(request.user))))


class ReferralView(APIView):
    """One referral."""

    parser_classes = [MergePatchParser, JsonParser]

    @extend_schema(operation_id="readReferral", responses=WrittenReferral)
    def get(self, request: Request, reference: str) -> Response:
        """Read a referral."""
        officer = get_officer(request.user)
        referral = access.access_referral(officer, reference)
        record_view(officer=officer, subject=referral, viewed_at=timezone.now(), what=Viewed.REFERRAL)
        return Response(shown_referral(referral), headers={"ETag": etag_of_document(document_of_referral(referral))})

    @extend_schema(
        operation_id="amendReferral",
        parameters=[IF_MATCH],
        request={"application/merge-patch+json": AmendReferralRequest, "application/json": AmendReferralRequest},
        responses=WrittenReferral,
    )
    def patch(self, request: Request, reference: str) -> Response:
        """Complete a letter that is being written; what was checked or approved is a draft again."""
        referral = access.access_referral(get_officer(request.user), reference)
        require_match(request, document_of_referral(referral))
        body = read_body(request, AmendReferralRequest)
        changes = changes_of(body)
        amended = amend_referral(
            officer=get_officer(request.user), referral=referral, changes=changes, amended_at=timezone.now()
        )
        return Response(shown_referral(amended), headers={"ETag": etag_of_document(document_of_referral(amended))})


class ReferralDocumentView(APIView):
    """The letter of a referral."""

    @extend_schema(
        operation_id="readReferralDocument",
        parameters=[
            FORMAT,
            REDACTION,
        ],
        responses=RESPONSES,
    )
    def get(self, request: Request, reference: str) -> HttpResponse:
        """Read the letter; a draft carries DRAFT on each page.

        It is made at the referral's own redaction level unless another is asked for; once issued it says no more than
        went out (409). What names third parties takes the rights to export and to see them.
        """
        officer = get_officer(request.user)
        referral = access.access_referral(officer, reference)
        wanted, level = wanted_format(request), wanted_level(request, referral.level)
        access.require_level_of_letter(officer, level, referral)
        is_draft = referral.issued_at is None
        content = referral_content(referral, level=level)
        pictures = pictures_of(access.pictured_in_letter(officer, referral), content.all_photos)
        letter = render_referral(content, format=wanted, draft=is_draft, pictures=pictures)
        to = {"redaction": level, "recipient": referral.addressee_country}
        shown = {"after": {"format": wanted, "sha256": hashlib.sha256(letter).hexdigest(), **to}}
        record_view(officer=officer, subject=referral, viewed_at=timezone.now(), what=Viewed.DOCUMENT, details=shown)
        return document_response(letter, name=f"{referral.reference}{'-draft' if is_draft else ''}", format=wanted)


class ReferralHistoryView(APIView):
    """What was done to a referral."""

    @extend_schema(operation_id="readReferralHistory", parameters=[VIEWS], responses=History)
    def get(self, request: Request, reference: str) -> Response:
        """List every act on the referral, oldest first."""
        officer, views = get_officer(request.user), wants_views(request)
        referral = access.access_referral(officer, reference)
        record_view(officer=officer, subject=referral, viewed_at=timezone.now(), what=Viewed.HISTORY)
        return Response({"results": history_of_referral(referral, reader=officer, views=views)})


def _page(request: Request, rows: Any) -> Response:
    page = page_of(request, rows, moment="opened_at")
    return Response(page.document([document_of_referral(referral) for referral in page.rows]))


def details_of(body: ReferralFields) -> dict[str, Any]:
    """Return what was sent of the fields that a referral keeps as text; null empties one."""
    sent = body.model_dump(include=body.model_fields_set & _DETAILS)
    emptied = {name: _EMPTY.get(name, "") if value is None else value for name, value in sent.items()}
    return {name: list(value) if name == "own_questions" else value for name, value in emptied.items()}


def changes_of(body: AmendReferralRequest) -> dict[str, Any]:
    """Return what of a draft is to be set, by the names under which a referral keeps it."""
    return details_of(body) | _contact(body.addressee_contact) | _choices(body)


def _choices(body: ReferralFields) -> dict[str, Any]:
    return {name: value for name in ("kind", "language") if (value := getattr(body, name)) is not None}


def _contact(contact: ContactBody | None) -> dict[str, Any]:
    return {} if contact is None else {"addressee_contact": contact.model_dump(exclude_none=True)}


_DETAILS: Final = frozenset(ReferralFields.model_fields) - {"kind", "language"}
_EMPTY: Final[Mapping[str, Any]] = {
    "priority": ReferralPriority.ROUTINE,
    "reply_requested_by": None,
    "own_questions": (),
}
