"""The formats of documents as requests ask for them, and a document as the answer."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.request import Request

from cases.api.errors import InvalidRequest
from cases.api.file_name import named_file
from cases.intake.problems import Problem

OFFERED: Final[Mapping[str, str]] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}
FORMAT: Final = OpenApiParameter("format", {"type": "string", "enum": list(OFFERED), "default": "pdf"})
_FILE: Final = {"type": "string", "format": "binary"}
RESPONSES: Final[Mapping[Any, Any]] = {
    (200, OFFERED["pdf"]): OpenApiResponse(_FILE, "The document."),
    (200, OFFERED["docx"]): OpenApiResponse(_FILE, "The document for a word processor."),
    (200, OFFERED["json"]): OpenApiResponse({"type": "object"}, "What the document says."),
}


def wanted_format(request: Request) -> str:
    """Return the format asked for; raises InvalidRequest."""
    wanted = request.query_params.get("format", "pdf")
    if wanted not in OFFERED:
        allowed = {"value": wanted[:20], "allowed": ", ".join(OFFERED)}
        raise InvalidRequest([Problem("/format", "not_a_choice", allowed)])
    return wanted


def document_response(document: bytes, *, name: str, format: str) -> HttpResponse:
    """Return the document under a name that browsers keep."""
    headers = named_file(f"{name}.{format}", is_shown=True)
    return HttpResponse(document, content_type=OFFERED[format], headers=headers)
