"""Template packs: how an agency dresses its letters, kept version by version."""

from datetime import datetime
from typing import Final

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.document_formats import FORMAT, RESPONSES, document_response, wanted_format
from cases.api.errors import InvalidRequest
from cases.api.idempotency import respond_once
from cases.api.json_body import json_object
from cases.api.openapi import IDEMPOTENCY_KEY
from cases.api.paging import PAGING_PARAMETERS, page_of
from cases.api.query import choice_in
from cases.choices import ReferralKind
from cases.documents import render_referral
from cases.documents.template_packs import TemplatePack, read_pack
from cases.intake.problems import Problem
from cases.queries.officers import get_officer
from cases.queries.sample_letter import sample_of_pack
from cases.queries.template_packs import document_of_pack, pack_rows, row_of_pack
from cases.services.answer_once import Answer
from cases.services.keep_template_pack import keep_template_pack
from cases.tracing.completeness import LETTER_LANGUAGES

KIND: Final = OpenApiParameter("kind", {"type": "string", "enum": [kind.value for kind in ReferralKind]}, required=True)
LANGUAGE: Final = OpenApiParameter("language", {"type": "string", "enum": list(LETTER_LANGUAGES), "default": "en"})


class PackRow(BaseModel):
    """One version of the agency's pack; the latest dresses what is not issued yet."""

    version: int
    name: str
    sha256: str
    recorded_at: datetime
    recorded_by: str | None


class PackDocument(PackRow):
    """One version whole, its emblem as it was drawn anew."""

    pack: TemplatePack


class PackPage(BaseModel):
    """One page of versions, latest first."""

    next: str | None
    previous: str | None
    results: list[PackRow]


class TemplatePackListView(APIView):
    """The versions of the agency's template pack."""

    @extend_schema(operation_id="listTemplatePacks", parameters=PAGING_PARAMETERS, responses=PackPage)
    def get(self, request: Request) -> Response:
        """List the versions of the agency's template pack, latest first."""
        rows = pack_rows(access.template_packs_for(get_officer(request.user)))
        page = page_of(request, rows, key="version", read_key=int)
        return Response(page.document([row_of_pack(pack) for pack in page.rows]))

    @extend_schema(
        operation_id="keepTemplatePack",
        parameters=[IDEMPOTENCY_KEY],
        request=TemplatePack,
        responses={200: PackDocument, 201: PackDocument},
    )
    def post(self, request: Request) -> Response:
        """Keep a pack as the next version, 201; the latest sent again is answered as it stands, 200.

        Letters that are not issued yet are dressed by it from now on; those that are keep what they went out in.
        """
        officer = get_officer(request.user)
        agency = access.require(officer, access.ADMINISTER)
        pack = read_pack(json_object(request))

        def act() -> Answer:
            kept = keep_template_pack(officer=officer, agency=agency, pack=pack, kept_at=timezone.now())
            address = f"/api/v1/template-packs/{kept.row.version}"
            return Answer(201 if kept.is_new else 200, document_of_pack(kept.row), {"Location": address})

        return respond_once(request, request.data, act)


class TemplatePackView(APIView):
    """One version of the agency's template pack."""

    @extend_schema(operation_id="readTemplatePack", responses=PackDocument)
    def get(self, request: Request, version: int) -> Response:
        """Read a version of the agency's template pack."""
        return Response(document_of_pack(access.access_template_pack(get_officer(request.user), version)))


class TemplatePackSampleView(APIView):
    """A letter to look at a template pack by."""

    @extend_schema(operation_id="readTemplatePackSample", parameters=[KIND, LANGUAGE, FORMAT], responses=RESPONSES)
    def get(self, request: Request, version: int) -> HttpResponse:
        """Read a made-up letter dressed by that version; it is a draft, says that it is a sample, and is not kept."""
        pack = access.access_template_pack(get_officer(request.user), version)
        wanted, kind = wanted_format(request), choice_in(request, "kind", ReferralKind)
        language = request.query_params.get("language", "en")
        if language not in LETTER_LANGUAGES:
            allowed = {"value": language[:20], "allowed": ", ".join(LETTER_LANGUAGES)}
            raise InvalidRequest([Problem("/language", "not_a_choice", allowed)])
        if kind is None:
            raise InvalidRequest([Problem("/kind", "missing")])
        content = sample_of_pack(pack, kind=kind, language=language)
        letter = render_referral(content, format=wanted, draft=True)
        return document_response(letter, name=f"sample-{kind}-{language}", format=wanted)
