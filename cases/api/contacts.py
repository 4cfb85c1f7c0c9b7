"""Points of contact: the desks that letters go to, kept once for all agencies."""

from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from pydantic import BaseModel, Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.etag import etag_of_document, require_match
from cases.api.fields import Body, Reason
from cases.api.history import History
from cases.api.idempotency import respond_once
from cases.api.json_body import JsonParser, MergePatchParser, read_body
from cases.api.openapi import IDEMPOTENCY_KEY, IF_MATCH
from cases.api.paging import PAGING_PARAMETERS, page_of
from cases.api.query import choice_in, country_in, words_in
from cases.choices import ContactKind, ContactState
from cases.intake.fields import CountryCode, Line, Story
from cases.queries.contacts import acts_on_contact, contact_rows, document_of_contact, state_on
from cases.queries.history import history_of_contact
from cases.queries.officers import get_officer
from cases.registers.contact_rows import ContactStated
from cases.registers.fields import Day, Email, Languages, Stated
from cases.services.amend_contact import amend_contact, confirm_contact
from cases.services.answer_once import Answer
from cases.services.record_contact import record_contact

COUNTRY: Final = OpenApiParameter("country", str, description="ISO 3166 alpha-3.")


class ContactChange(Body):
    """What is stated otherwise from now on, and why; null takes a field out."""

    reason: Reason
    kind: ContactKind | None = None
    country: CountryCode | None = None
    body: Line = None
    name: Line = None
    office: Line = None
    telephone: Line = None
    email: Email | None = None
    channel: Line = None
    address: Story = None
    languages: Languages = Field((), max_length=20)
    valid_from: Day | None = None
    valid_until: Day | None = None
    confirmed_on: Day | None = None
    source: Stated | None = None


class ContactConfirmation(Body):
    """That the desk was found to hold: by a call, a letter that was answered, a list; today where no day is named."""

    how: Reason
    on: Day | None = None


class ContactDocument(BaseModel):
    """A desk, how far it can be relied on today, and the agency whose officer changed it last."""

    id: int
    key: str
    kind: ContactKind
    country: str | None
    body: str | None
    name: str | None
    office: str | None
    telephone: str | None
    email: str | None
    channel: str | None
    address: str | None
    languages: list[str]
    valid_from: str | None
    valid_until: str | None
    confirmed_on: str | None
    source: str
    state: ContactState
    version: int
    recorded_at: datetime
    changed_at: datetime
    changed_by: str | None


class ContactPage(BaseModel):
    """One page of desks, latest recorded first."""

    next: str | None
    previous: str | None
    results: list[ContactDocument]


class ContactListView(APIView):
    """All points of contact."""

    @extend_schema(
        operation_id="listContacts",
        parameters=[
            COUNTRY,
            OpenApiParameter("kind", {"type": "string", "enum": list(ContactKind)}),
            OpenApiParameter("q", {"type": "string", "maxLength": 200}, description="Words that all stand in it."),
            *PAGING_PARAMETERS,
        ],
        responses=ContactPage,
    )
    def get(self, request: Request) -> Response:
        """List points of contact, latest recorded first."""
        rows = contact_rows(
            access.contacts_for(get_officer(request.user)),
            country=country_in(request),
            kind=choice_in(request, "kind", ContactKind),
            q=words_in(request, "q"),
        )
        page = page_of(request, rows, key="pk", read_key=int)
        return Response(page.document([_shown(contact) for contact in page.rows]))

    @extend_schema(
        operation_id="recordContact",
        parameters=[IDEMPOTENCY_KEY],
        request=ContactStated,
        responses={201: ContactDocument},
    )
    def post(self, request: Request) -> Response:
        """Put a point of contact on record for all agencies; takes the right to maintain."""
        stated = read_body(request, ContactStated)

        def act() -> Answer:
            kept = record_contact(officer=get_officer(request.user), stated=stated, recorded_at=timezone.now())
            return Answer(201, _shown(kept), {"Location": f"/api/v1/contacts/{kept.pk}"})

        return respond_once(request, request.data, act)


class ContactView(APIView):
    """One point of contact."""

    parser_classes = [MergePatchParser, JsonParser]

    @extend_schema(operation_id="readContact", responses=ContactDocument)
    def get(self, request: Request, contact_id: int) -> Response:
        """Read a point of contact."""
        return _answered(access.access_contact(get_officer(request.user), contact_id))

    @extend_schema(
        operation_id="amendContact",
        parameters=[IF_MATCH],
        request={"application/merge-patch+json": ContactChange, "application/json": ContactChange},
        responses=ContactDocument,
    )
    def patch(self, request: Request, contact_id: int) -> Response:
        """Make a new version of a point of contact; the one before stays in its history."""
        officer, now = get_officer(request.user), timezone.now()
        contact = access.access_contact(officer, contact_id)
        require_match(request, document_of_contact(contact))
        body = read_body(request, ContactChange)
        sent = {name: getattr(body, name) for name in body.model_fields_set - {"reason"}}
        return _answered(
            amend_contact(officer=officer, contact=contact, changes=sent, reason=body.reason, amended_at=now)
        )


class ContactConfirmView(APIView):
    """Confirming a point of contact."""

    @extend_schema(
        operation_id="confirmContact",
        parameters=[IDEMPOTENCY_KEY],
        request=ContactConfirmation,
        responses={200: ContactDocument},
    )
    def post(self, request: Request, contact_id: int) -> Response:
        """Record that a point of contact was found to hold, and how."""
        officer, body = get_officer(request.user), read_body(request, ContactConfirmation)
        contact = access.access_contact(officer, contact_id)

        def act() -> Answer:
            confirmed = confirm_contact(
                officer=officer,
                contact=contact,
                on=body.on,
                how=body.how,
                confirmed_at=timezone.now(),
            )
            return Answer(200, _shown(confirmed))

        return respond_once(request, request.data, act)


class ContactHistoryView(APIView):
    """The versions of a point of contact."""

    @extend_schema(operation_id="readContactHistory", responses=History)
    def get(self, request: Request, contact_id: int) -> Response:
        """List every version of a point of contact, oldest first; officers of other agencies are not named."""
        officer = get_officer(request.user)
        acts = acts_on_contact(access.access_contact(officer, contact_id))
        return Response({"results": history_of_contact(acts, reader=officer)})


def _shown(contact: Any) -> dict[str, Any]:
    return document_of_contact(contact) | {"state": state_on(contact, timezone.now().date())}


def _answered(contact: Any) -> Response:
    # How it stands today changes with the day, and is no part of its version.
    return Response(_shown(contact), headers={"ETag": etag_of_document(document_of_contact(contact))})
