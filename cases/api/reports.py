"""Reports, notices and summaries on an incident, as drafts: issuing and sending them is a step of its own."""

import hashlib
from datetime import date
from typing import Any, Final

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.document_formats import FORMAT, RESPONSES, document_response, wanted_format
from cases.api.errors import InvalidRequest
from cases.api.problems import missing_entry
from cases.api.redaction import REDACTION, wanted_level
from cases.api.referral_missing import MissingDocument
from cases.choices import RedactionLevel, ReportKind, Viewed
from cases.documents import render_report
from cases.errors import NotFound
from cases.intake.problems import Problem
from cases.queries.letter_exhibits import pictures_of
from cases.queries.officers import get_officer
from cases.queries.report_content import ReportRequest, report_content
from cases.services.record_view import record_view
from cases.tracing.completeness import LETTER_LANGUAGES
from cases.tracing.report import ReportContent

LANGUAGE: Final = OpenApiParameter("language", {"type": "string", "enum": list(LETTER_LANGUAGES), "default": "en"})
PARTY: Final = OpenApiParameter(
    "party",
    {"type": "integer", "minimum": 0, "maximum": 9999},
    description="To whom an opportunity to reply is given: its position among the parties of the record, from 0.",
)
RESPOND_BY: Final = OpenApiParameter(
    "respond_by",
    {"type": "string", "format": "date"},
    description="By when that party is asked to reply; left out, the letter says that no date is set.",
)
KIND: Final = OpenApiParameter(
    "kind", {"type": "string", "enum": [kind.value for kind in ReportKind]}, location=OpenApiParameter.PATH
)


class IncidentReportView(APIView):
    """One report, notice or summary on an incident."""

    @extend_schema(
        operation_id="readIncidentReport",
        parameters=[KIND, FORMAT, LANGUAGE, REDACTION, PARTY, RESPOND_BY],
        responses=RESPONSES,
    )
    def get(self, request: Request, reference: str, kind: str) -> HttpResponse:
        """Read the draft of a document on the incident; it carries DRAFT on each page and today's date.

        It states what is recorded and screened, with the clocks that the texts give and no others. What names third
        parties takes the rights to export and to see them; so does a letter to a party named.
        """
        officer, wanted = get_officer(request.user), wanted_format(request)
        incident = access.access_incident(officer, reference)
        asked, content = _drafted(request, incident, kind)
        may_look = access.sees_content_of_evidence(officer, incident)
        pictures = pictures_of([incident], content.record.photos) if may_look else {}
        document = render_report(content, format=wanted, draft=True, pictures=pictures)
        shown = {
            "kind": asked.kind,
            "format": wanted,
            "language": asked.language,
            "redaction": asked.level,
            "sha256": hashlib.sha256(document).hexdigest(),
        }
        now = timezone.now()
        record_view(officer=officer, subject=incident, viewed_at=now, what=Viewed.REPORT, details={"after": shown})
        return document_response(document, name=f"{incident.reference}-{asked.kind}-draft", format=wanted)


class ReportMissingView(APIView):
    """What one report, notice or summary lacks."""

    @extend_schema(
        operation_id="listMissingOfReport",
        parameters=[KIND, LANGUAGE, REDACTION, PARTY, RESPOND_BY],
        responses=MissingDocument,
    )
    def get(self, request: Request, reference: str, kind: str) -> Response:
        """List what the record lacks for the document: by its kind, by what its paragraph asks, by the template pack.

        It is made as a draft all the same, and says so in print. What is withheld at a level is not missing.
        """
        incident = access.access_incident(get_officer(request.user), reference)
        _, content = _drafted(request, incident, kind)
        return Response({"results": [missing_entry(part) for part in content.missing]})


def _drafted(request: Request, incident: Any, kind: str) -> tuple[ReportRequest, ReportContent]:
    """Return what is asked for and what the document says; raises InvalidRequest, NotAllowed and NotFound."""
    officer, asked = get_officer(request.user), _asked(request, kind)
    agency = access.require_on(officer, access.REFER, incident)
    access.require_level(officer, asked.level, incident)
    if asked.kind == ReportKind.OPPORTUNITY_TO_REPLY:
        access.require_nominal(officer, incident)
    return asked, report_content(incident, agency, asked)


def _asked(request: Request, kind: str) -> ReportRequest:
    if kind not in set(ReportKind):
        raise NotFound(thing="report")
    language = request.query_params.get("language", "en")
    if language not in LETTER_LANGUAGES:
        allowed = {"value": language[:20], "allowed": ", ".join(LETTER_LANGUAGES)}
        raise InvalidRequest([Problem("/language", "not_a_choice", allowed)])
    return ReportRequest(
        kind=ReportKind(kind),
        language=language,
        level=wanted_level(request, RedactionLevel.TO_STATE),
        dated=timezone.now().date(),
        party=_party(request, ReportKind(kind)),
        respond_by=_respond_by(request),
    )


def _party(request: Request, kind: ReportKind) -> int | None:
    text = request.query_params.get("party", "")
    if kind == ReportKind.OPPORTUNITY_TO_REPLY and not text:
        raise InvalidRequest([Problem("/party", "missing")])
    if text and not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise InvalidRequest([Problem("/party", "not_a_number", {"value": text[:20]})])
    return int(text) if text else None


def _respond_by(request: Request) -> date | None:
    text = request.query_params.get("respond_by", "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InvalidRequest([Problem("/respond_by", "not_a_date", {"value": text[:20]})]) from None
