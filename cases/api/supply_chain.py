"""The supply chain of an item: what replies tell of it, whom to ask next, and where it was diverted."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.fields import Body, Country
from cases.api.idempotency import respond_once
from cases.api.json_body import read_body
from cases.api.openapi import IDEMPOTENCY_KEY
from cases.api.problems import in_words
from cases.api.referral_documents import Language, ReferralDocument
from cases.api.replies import StepDocument
from cases.choices import ActorKind, Confidence, DiversionKind, Viewed
from cases.queries.officers import get_officer
from cases.queries.referral_rows import document_of_referral
from cases.queries.supply_chain import document_of_chain, document_of_diversion, supply_chain_of
from cases.services.answer_once import Answer
from cases.services.open_next_request import open_next_request
from cases.services.record_point_of_diversion import record_point_of_diversion
from cases.services.record_view import record_view
from cases.tracing.diversion import DiversionSubmission
from cases.tracing.supply_chain import UNDATED


class StepSource(BaseModel):
    """Which reply to which referral tells a step, and the State that it was put to."""

    referral: str
    reply: int
    country: str


class ToldStep(StepDocument):
    """A step as told; `id` begins with "record:" where the record itself says it, and `source` is null then."""

    id: str  # type: ignore[assignment]  # steps of the record have no UUID
    source: StepSource | None


class ChainStep(ToldStep):
    """A step in its place; `follows` says whether dates put it behind the one before: certain, overlapping, undated."""

    follows: str | None


class ChainRemark(BaseModel):
    """A gap or a contradiction, and the steps that it concerns."""

    code: str
    steps: list[str]
    text: str
    params: dict[str, str]


class NextRequest(BaseModel):
    """A State that a step names and that was not asked yet, and why it is to be."""

    country: str
    part: str
    steps: list[str]
    items: list[int]
    why: str


class Window(BaseModel):
    """The last step in lawful hands, and the first out of them."""

    after: str | None
    before: str | None


class DiversionDocument(BaseModel):
    """One version of a point of diversion; the latest counts."""

    version: int
    kind: DiversionKind
    actor: str | None
    actor_kind: ActorKind | None
    country: str | None
    place: str | None
    on: str | None
    manner: str | None
    confidence: Confidence | None
    words: str | None
    steps: list[UUID]
    documents: list[UUID]
    reason: str
    recorded_at: datetime
    recorded_by: str
    is_current: bool


class ItemShown(BaseModel):
    """Which item of the incident."""

    position: int
    id: UUID


class SupplyChain(BaseModel):
    """An item's way from manufacture to seizure as replies tell it; `map` is a GeoJSON feature collection."""

    incident: str
    item: ItemShown
    steps: list[ChainStep]
    corrected: list[ToldStep]
    gaps: list[ChainRemark]
    contradictions: list[ChainRemark]
    window: Window
    proposals: list[NextRequest]
    points_of_diversion: list[DiversionDocument]
    map: dict[str, Any]


class NextRequestBody(Body):
    """Which of the States proposed is to be asked; in the language of the request that was answered unless named."""

    country: Country
    language: Language | None = None


class ItemChainView(APIView):
    """The supply chain of an item."""

    @extend_schema(operation_id="readSupplyChain", responses=SupplyChain)
    def get(self, request: Request, reference: str, item: str) -> Response:
        """Read what all replies tell of an item, in order, with gaps, contradictions and whom to ask next."""
        officer = get_officer(request.user)
        found = access.access_item(officer, reference, item)
        sight = access.sight_of(officer, found.incident)
        record_view(officer=officer, subject=found, viewed_at=timezone.now(), what=Viewed.CHAIN)
        chain = supply_chain_of(found, known=access.referrals_for(officer), reader=officer)
        document = document_of_chain(chain, found, access.points_of_diversion_for(officer), sight)
        return Response(said_chain(document))


class ItemDiversionView(APIView):
    """Where an item was diverted."""

    @extend_schema(
        operation_id="recordPointOfDiversion",
        parameters=[IDEMPOTENCY_KEY],
        request=DiversionSubmission,
        responses={201: OpenApiResponse(DiversionDocument, "The next version; earlier ones stay on record.")},
    )
    def post(self, request: Request, reference: str, item: str) -> Response:
        """Record how, where and when the item left lawful hands, with what that rests on and why."""
        officer = get_officer(request.user)
        found = access.access_item(officer, reference, item)
        body = read_body(request, DiversionSubmission)

        def act() -> Answer:
            kept = record_point_of_diversion(
                officer=officer, item=found, stated=body.model_dump(mode="json"), recorded_at=timezone.now()
            )
            sight = access.sight_of(officer, found.incident)
            return Answer(201, document_of_diversion(kept, sight) | {"is_current": True})

        return respond_once(request, request.data, act)


class ItemNextRequestView(APIView):
    """The request that the chain proposes."""

    @extend_schema(
        operation_id="openNextRequest",
        parameters=[IDEMPOTENCY_KEY],
        request=NextRequestBody,
        responses={201: OpenApiResponse(ReferralDocument, "A draft to the State that a step names.")},
    )
    def post(self, request: Request, reference: str, item: str) -> Response:
        """Draft the referral to a State that a step names and that was not asked yet; 409 for any other State."""
        officer = get_officer(request.user)
        found = access.access_item(officer, reference, item)
        body = read_body(request, NextRequestBody)

        def act() -> Answer:
            opened = open_next_request(
                officer=officer, item=found, country=body.country, language=body.language, opened_at=timezone.now()
            )
            address = f"/api/v1/referrals/{opened.reference}"
            return Answer(201, document_of_referral(opened), {"Location": address})

        return respond_once(request, request.data, act)


def said_chain(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document of a chain with every sentence in the reader's language."""
    for remark in (*document["gaps"], *document["contradictions"]):
        remark["text"] = in_words(remark.pop("template"), remark["params"])
    for proposal in document["proposals"]:
        params = proposal.pop("params")
        if proposal.pop("undated"):
            params = {"when": in_words(UNDATED, {})}
        proposal["why"] = in_words(proposal.pop("template"), params)
    return document
