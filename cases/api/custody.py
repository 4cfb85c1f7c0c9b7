"""Chains of custody: what happened to an item or exhibit, handovers of it, and where everything is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from pydantic import BaseModel, ConfigDict, Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.errors import InvalidRequest
from cases.api.fields import Body, Line, Reason, Story
from cases.api.idempotency import respond_once
from cases.api.json_body import read_body
from cases.api.openapi import IDEMPOTENCY_KEY
from cases.api.paging import PAGING_PARAMETERS, page_of
from cases.choices import CustodyKind, DispositionStatus
from cases.intake.fields import When
from cases.intake.problems import Problem
from cases.queries import custody
from cases.queries.custody_holders import HolderNames, NamedHolder, named_holder
from cases.queries.officers import get_officer
from cases.services.answer_handover import answer_handover
from cases.services.answer_once import Answer
from cases.services.append_custody_event import CustodyDetails
from cases.services.hand_over_item import hand_over_item
from cases.services.record_custody_event import record_custody_event
from cases.services.record_store import record_store

INVENTORY_PARAMETERS: Final = [
    OpenApiParameter("holder", str, description="`me`, `agency` (one's own), or an officer's name."),
    OpenApiParameter("store", UUID, description="The id of a store."),
    OpenApiParameter("status", {"type": "string", "enum": [status.value for status in DispositionStatus]}),
    OpenApiParameter("label", str, description="The code that was scanned from a label."),
    *PAGING_PARAMETERS,
]
MOST_WITNESSES: Final = 50


class HolderBody(Body):
    """Who holds it or is offered it: an agency, an officer (with the agency, unless a colleague), a store, a person."""

    officer: Line = None
    agency: Line = None
    store: UUID | None = None
    person: Line = None


class WitnessBody(Body):
    """Somebody who saw it."""

    name: Reason
    role: Line = None


class _Told(Body):
    """What may be said of any event; what is left out is not known."""

    at: When | None = None
    place: Line = None
    seal: Line = None
    note: Story = None
    witnesses: tuple[WitnessBody, ...] = Field((), max_length=MOST_WITNESSES)


class NewCustodyEvent(_Told):
    """An event; handovers, packages and samples have calls of their own."""

    kind: Literal[
        "collected",
        "sealed",
        "labelled",
        "examined",
        "opened",
        "stored",
        "marked",
        "returned",
        "destroyed",
        "lost",
        "stolen",
        "corrected",
    ]
    holder: HolderBody | None = None
    code: Line = None
    certificate: Line = None
    corrects: int | None = Field(None, ge=1, le=1_000_000)


class NewHandover(_Told):
    """To whom the thing is given."""

    to: HolderBody


class AcceptedHandover(_Told):
    """What was taken over; `seal` is the number found on it."""


class DeclinedHandover(Body):
    """Why it was not taken over, or why it is taken back."""

    note: Reason
    at: When | None = None


class HolderShown(BaseModel):
    """Who holds a thing."""

    model_config = ConfigDict(extra="allow")

    kind: str
    officer: str | None
    agency: str | None
    store: dict[str, Any] | None


class CustodyEventShown(BaseModel):
    """An event as kept; names are null where they may not be seen or were erased."""

    model_config = ConfigDict(extra="allow")

    id: UUID
    number: int
    kind: CustodyKind
    at: str | None
    recorded_at: datetime
    by: dict[str, str]
    holder: HolderShown | None
    place: str | None
    seal: str | None
    code: str | None
    certificate: str | None
    witness_count: int
    witnesses: list[dict[str, str | None]] | None
    note: str | None
    names_withheld: bool
    digest: str


class GapShown(BaseModel):
    """Something that the chain does not explain, at the event where it shows."""

    code: str
    number: int
    params: dict[str, Any]
    text: str


class HoldingShown(BaseModel):
    """Where a thing is, since when, and who has it. `incident` is null where the reader may not know of it."""

    id: UUID
    incident: str | None
    item: dict[str, Any] | None
    exhibit: dict[str, Any] | None
    status: DispositionStatus | None
    holder: HolderShown | None
    place: str | None
    packed_in: str | None
    since: datetime
    events: int


class ChainOfCustody(BaseModel):
    """The events of an item or exhibit, first event first, and what they do not explain."""

    incident: str | None
    item: dict[str, Any] | None
    exhibit: dict[str, Any] | None
    holding: HoldingShown | None
    seals: list[str]
    open_handover: UUID | None
    events: list[CustodyEventShown]
    gaps: list[GapShown]


class InventoryPage(BaseModel):
    """One page of things, the latest to have moved first; the counts are of all that the filters leave."""

    next: str | None
    previous: str | None
    results: list[HoldingShown]
    counts: dict[str, int]


class HandoverShown(BaseModel):
    """A handover that waits for its answer."""

    model_config = ConfigDict(extra="allow")

    id: UUID
    incident: str | None
    item: dict[str, Any] | None
    exhibit: dict[str, Any] | None
    to: HolderShown
    recorded_at: datetime
    expires_at: datetime
    seal: str | None


class HandoverPage(BaseModel):
    """One page of handovers, latest first."""

    next: str | None
    previous: str | None
    results: list[HandoverShown]


class NewStore(Body):
    """A place in which the agency keeps things."""

    name: Reason
    place: Line = None


class StoreShown(BaseModel):
    """A store of the agency."""

    id: UUID
    name: str
    place: str | None


class StoreList(BaseModel):
    """All stores of the agency, by name; they fit on one page."""

    next: None
    previous: None
    results: list[StoreShown]


class ItemCustodyView(APIView):
    """The chain of one item, by its position or its id."""

    @extend_schema(operation_id="readItemCustody", responses=ChainOfCustody)
    def get(self, request: Request, reference: str, item: str) -> Response:
        """Read an item's chain of custody, with its gaps."""
        return _read(request, access.access_item(get_officer(request.user), reference, item))

    @extend_schema(
        operation_id="recordItemCustody",
        parameters=[IDEMPOTENCY_KEY],
        request=NewCustodyEvent,
        responses={201: CustodyEventShown},
    )
    def post(self, request: Request, reference: str, item: str) -> Response:
        """Record what happened to an item; 409 where it cannot follow what was recorded before."""
        return _record(request, access.access_item(get_officer(request.user), reference, item))


class ItemHandoverView(APIView):
    """Handing over one item."""

    @extend_schema(
        operation_id="handOverItem",
        parameters=[IDEMPOTENCY_KEY],
        request=NewHandover,
        responses={201: CustodyEventShown},
    )
    def post(self, request: Request, reference: str, item: str) -> Response:
        """Offer an item to another officer, agency or store, who accepts or declines."""
        return _offer(request, access.access_item(get_officer(request.user), reference, item))


class ExhibitCustodyView(APIView):
    """The chain of one exhibit."""

    @extend_schema(operation_id="readExhibitCustody", responses=ChainOfCustody)
    def get(self, request: Request, code: str) -> Response:
        """Read an exhibit's chain of custody, with its gaps."""
        return _read(request, access.access_exhibit(get_officer(request.user), code))

    @extend_schema(
        operation_id="recordExhibitCustody",
        parameters=[IDEMPOTENCY_KEY],
        request=NewCustodyEvent,
        responses={201: CustodyEventShown},
    )
    def post(self, request: Request, code: str) -> Response:
        """Record what happened to an exhibit; 409 where it cannot follow what was recorded before."""
        return _record(request, access.access_exhibit(get_officer(request.user), code))


class ExhibitHandoverView(APIView):
    """Handing over one exhibit."""

    @extend_schema(
        operation_id="handOverExhibit",
        parameters=[IDEMPOTENCY_KEY],
        request=NewHandover,
        responses={201: CustodyEventShown},
    )
    def post(self, request: Request, code: str) -> Response:
        """Offer an exhibit to another officer, agency or store, who accepts or declines."""
        return _offer(request, access.access_exhibit(get_officer(request.user), code))


class HeldCustodyView(APIView):
    """The chain of what the agency holds, also from incidents that it may not know of; by the inventory's id."""

    @extend_schema(operation_id="readHeldCustody", responses=ChainOfCustody)
    def get(self, request: Request, holding_id: UUID) -> Response:
        """Read the chain of custody of a thing in the inventory."""
        return _read(request, access.access_holding(get_officer(request.user), holding_id))

    @extend_schema(
        operation_id="recordHeldCustody",
        parameters=[IDEMPOTENCY_KEY],
        request=NewCustodyEvent,
        responses={201: CustodyEventShown},
    )
    def post(self, request: Request, holding_id: UUID) -> Response:
        """Record what happened to a thing in the inventory."""
        return _record(request, access.access_holding(get_officer(request.user), holding_id))


class HeldHandoverView(APIView):
    """Handing on what the agency holds."""

    @extend_schema(
        operation_id="handOverHeld",
        parameters=[IDEMPOTENCY_KEY],
        request=NewHandover,
        responses={201: CustodyEventShown},
    )
    def post(self, request: Request, holding_id: UUID) -> Response:
        """Offer a thing in the inventory to another officer, agency or store."""
        return _offer(request, access.access_holding(get_officer(request.user), holding_id))


class InventoryView(APIView):
    """Where everything is."""

    @extend_schema(operation_id="readInventory", parameters=INVENTORY_PARAMETERS, responses=InventoryPage)
    def get(self, request: Request) -> Response:
        """List what is held, by holder, store and status: where it is, since when, and who has it."""
        officer = get_officer(request.user)
        holdings = custody.sought_holdings(
            access.holdings_for(officer),
            officer=officer,
            holder=request.query_params.get("holder", "").replace("\x00", ""),
            store=_store(request),
            status=_status(request),
        )
        if label := request.query_params.get("label", "").replace("\x00", ""):
            holdings = custody.labelled_holdings(holdings, label)
        page = page_of(request, custody.holding_rows(holdings), moment="since", key="pk", read_key=int)
        known = access.known_references(officer, [row.incident_id for row in page.rows])
        rows = [custody.document_of_holding(row, incident=known.get(row.incident_id)) for row in page.rows]
        return Response(page.document(rows) | {"counts": custody.holding_counts(holdings)})


class StoresView(APIView):
    """The agency's stores."""

    @extend_schema(operation_id="listStores", responses=StoreList)
    def get(self, request: Request) -> Response:
        """List the stores of the agency, by name."""
        stores = custody.store_rows(access.stores_for(get_officer(request.user)))
        return Response({"next": None, "previous": None, "results": stores})

    @extend_schema(
        operation_id="recordStore", parameters=[IDEMPOTENCY_KEY], request=NewStore, responses={201: StoreShown}
    )
    def post(self, request: Request) -> Response:
        """Name a store of the agency."""
        body = read_body(request, NewStore)

        def act() -> Answer:
            store = record_store(
                officer=get_officer(request.user),
                name=body.name,
                place=body.place or "",
                recorded_at=timezone.now(),
            )
            return Answer(201, custody.document_of_store(store), {})

        return respond_once(request, request.data, act)


class HandoverListView(APIView):
    """What was offered to the officer."""

    @extend_schema(operation_id="listHandovers", parameters=PAGING_PARAMETERS, responses=HandoverPage)
    def get(self, request: Request) -> Response:
        """List the handovers that wait for an answer of the officer, or of anybody of the agency."""
        officer = get_officer(request.user)
        rows = custody.handover_rows(access.handovers_for(officer), now=timezone.now())
        page = page_of(request, rows, key="pk", read_key=int)
        known = access.known_references(officer, [row.incident_id for row in page.rows])
        shown = [custody.document_of_handover(row, incident=known.get(row.incident_id)) for row in page.rows]
        return Response(page.document(shown))


class HandoverAcceptView(APIView):
    """Taking over what was offered."""

    @extend_schema(
        operation_id="acceptHandover",
        parameters=[IDEMPOTENCY_KEY],
        request=AcceptedHandover,
        responses=CustodyEventShown,
    )
    def post(self, request: Request, handover_id: UUID) -> Response:
        """Accept: from now on the officer, or the store it was meant for, holds it."""
        body = read_body(request, AcceptedHandover)
        return _answer(request, handover_id, _details(body, CustodyKind.ACCEPTED))


class HandoverDeclineView(APIView):
    """Not taking over what was offered, or taking it back."""

    @extend_schema(
        operation_id="declineHandover",
        parameters=[IDEMPOTENCY_KEY],
        request=DeclinedHandover,
        responses=CustodyEventShown,
    )
    def post(self, request: Request, handover_id: UUID) -> Response:
        """Decline with the reason: it stays with who gave it. Who gave it takes it back the same way."""
        body = read_body(request, DeclinedHandover)
        details = CustodyDetails(kind=CustodyKind.DECLINED, at=body.at, note=body.note)
        return _answer(request, handover_id, details)


def _read(request: Request, subject: custody.Subject) -> Response:
    officer = get_officer(request.user)
    known = access.known_references(officer, [subject.incident_id])
    chain = custody.chain_document(
        subject,
        incident=known.get(subject.incident_id),
        may_see_names=access.sees_names_in_custody(officer, subject.incident_id),
        now=timezone.now(),
    )
    return Response(chain)


def _record(request: Request, subject: custody.Subject) -> Response:
    officer, body = get_officer(request.user), read_body(request, NewCustodyEvent)

    def act() -> Answer:
        access.require(officer, access.RECORD)
        holder = holder_of(request, body.holder, "/holder")
        details = _details(body, CustodyKind(body.kind), holder=holder)
        event = record_custody_event(officer=officer, subject=subject, details=details, recorded_at=timezone.now())
        return Answer(201, _shown(request, event), {})

    return respond_once(request, request.data, act)


def _offer(request: Request, subject: custody.Subject) -> Response:
    officer, body = get_officer(request.user), read_body(request, NewHandover)

    def act() -> Answer:
        access.require(officer, access.RECORD)
        details = _details(body, CustodyKind.HANDED_OVER, holder=holder_of(request, body.to, "/to"))
        event = hand_over_item(officer=officer, subject=subject, details=details, offered_at=timezone.now())
        return Answer(201, _shown(request, event), {})

    return respond_once(request, request.data, act)


def _answer(request: Request, handover_id: UUID, details: CustodyDetails) -> Response:
    officer = get_officer(request.user)
    handover = access.access_handover(officer, handover_id)

    def act() -> Answer:
        event = answer_handover(officer=officer, handover=handover, details=details, answered_at=timezone.now())
        return Answer(200, _shown(request, event), {})

    return respond_once(request, request.data, act)


def _shown(request: Request, event: Any) -> dict[str, Any]:
    may_see_names = access.sees_names_in_custody(get_officer(request.user), event.incident_id)
    return custody.document_of_event(event, may_see_names=may_see_names)


def holder_of(request: Request, body: HolderBody | None, pointer: str) -> NamedHolder | None:
    """Return the holder that a body names; raises InvalidSubmission."""
    if body is None:
        return None
    names = HolderNames(officer=body.officer, agency=body.agency, store=body.store, person=body.person)
    return named_holder(get_officer(request.user), names, pointer=pointer)


def _details(body: _Told, kind: CustodyKind, *, holder: NamedHolder | None = None) -> CustodyDetails:
    return CustodyDetails(
        kind=kind,
        at=body.at,
        holder=holder,
        place=body.place or "",
        seal=body.seal or "",
        note=body.note or "",
        witnesses=witnesses_of(body.witnesses),
        code=getattr(body, "code", None) or "",
        certificate=getattr(body, "certificate", None) or "",
        corrects=getattr(body, "corrects", None),
    )


def witnesses_of(witnesses: Sequence[WitnessBody]) -> tuple[dict[str, str | None], ...]:
    """Return the witnesses as they are kept."""
    return tuple({"name": witness.name, "role": witness.role} for witness in witnesses)


def _store(request: Request) -> UUID | None:
    text = request.query_params.get("store")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise InvalidRequest([Problem("/store", "not_a_uuid")]) from None


def _status(request: Request) -> str:
    text = request.query_params.get("status", "")
    if text and text not in list(DispositionStatus):
        allowed = ", ".join(DispositionStatus)
        raise InvalidRequest([Problem("/status", "not_a_choice", {"value": text[:20], "allowed": allowed})])
    return text
