"""Marks searched: as they may have been read, with what was not read, and by numbers from one to another."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.api.errors import InvalidRequest
from cases.api.paging import PAGING_PARAMETERS, page_of_sorted
from cases.api.problems import in_words
from cases.api.query import unknown_parameters
from cases.intake.problems import Problem
from cases.queries.marks_met import MarkQuery, document_of_hit, place_of_hit, read_question
from cases.queries.officers import get_officer
from cases.services.search_marks import search_marks
from cases.tracing.mark_comparison import MetBy
from cases.tracing.mark_search import FEWEST_SIGNS

LONGEST: Final = 100
_WORDS: Final = {
    "text": "The mark, with ? for a character that was not read and * for any number of them.",
    "from": "The first of several marks that differ in the number at their end; together with `to`.",
    "to": "The last of them.",
    "kind": "serial, lot, headstamp, packaging, import …; without it, any.",
    "make": "The maker of the item, in any of its names.",
    "model": "The model of the item, in any of its names.",
}
_PARAMETERS: Final = [
    *(
        OpenApiParameter(name, {"type": "string", "maxLength": LONGEST}, OpenApiParameter.QUERY, description=meaning)
        for name, meaning in _WORDS.items()
    ),
    *PAGING_PARAMETERS,
]


class MarkShown(BaseModel):
    """A mark as it was transcribed."""

    kind: str | None
    text: str


class MarkedItem(BaseModel):
    """The item that bears it."""

    id: UUID
    position: int
    category: str | None
    make: str | None
    model: str | None
    calibre: str | None


class MarkRow(BaseModel):
    """A hit: where it is, how it was met and why, and how much speaks for it."""

    mark: MarkShown
    met_by: MetBy
    confidence: float
    why: str
    incident: str
    agency: str
    occurred_on: str | None
    item: MarkedItem


class MarkPage(BaseModel):
    """One page of hits, the surest first; `is_cut_off` where only the newest of many were weighed."""

    next: str | None
    previous: str | None
    is_cut_off: bool
    results: list[MarkRow]


class MarkListView(APIView):
    """Marks of all incidents that the officer may know of."""

    @extend_schema(operation_id="searchMarks", parameters=_PARAMETERS, responses=MarkPage)
    def get(self, request: Request) -> Response:
        """Search for a mark however it was read; each search is in the audit trail."""
        words = _words(request.query_params)
        asked_at: datetime = timezone.now()
        found = search_marks(officer=get_officer(request.user), asked=_asked(words), words=words, asked_at=asked_at)
        page = page_of_sorted(request, found.hits, place=place_of_hit)
        results = [_shown(document_of_hit(hit)) for hit in page.rows]
        return Response(page.document(results) | {"is_cut_off": found.is_cut_off})


def _words(query: QueryDict) -> dict[str, str]:
    """Return what is asked as it was typed; raises InvalidRequest for what is no parameter, or too long."""
    known = {parameter.name for parameter in _PARAMETERS}
    problems = unknown_parameters(query, known)
    words = {name: str(query[name]).replace("\x00", "").strip() for name in _WORDS if name in query}
    problems += [
        Problem(f"/{name}", "text_too_long", {"length": len(text), "limit": LONGEST})
        for name, text in words.items()
        if len(text) > LONGEST
    ]
    if problems:
        raise InvalidRequest(problems)
    return {name: text for name, text in words.items() if text}


def _asked(words: dict[str, str]) -> MarkQuery:
    """Return what is asked as it is searched; raises InvalidRequest where it names no mark well enough."""
    asked = read_question(words)
    if "text" in words:
        if "from" in words or "to" in words:
            raise InvalidRequest([Problem("/text", "one_of_these")])
        if asked.sought is None:
            raise InvalidRequest([Problem("/text", "too_vague", {"least": FEWEST_SIGNS})])
        return asked
    if "from" not in words or "to" not in words:
        raise InvalidRequest([Problem("/text", "mark_needed")])
    if asked.span is None:
        raise InvalidRequest([Problem("/to", "not_a_span")])
    return asked


def _shown(document: dict[str, Any]) -> dict[str, Any]:
    shown = {name: value for name, value in document.items() if name not in {"template", "params"}}
    return shown | {"why": in_words(document["template"], document["params"])}
