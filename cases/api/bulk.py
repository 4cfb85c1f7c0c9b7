"""Many incidents in one request: a record a line in, a result a line out, each its own transaction."""

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, Final

from django.db import InterfaceError, OperationalError
from django.http import StreamingHttpResponse
from django.utils import timezone, translation
from drf_spectacular.utils import OpenApiResponse, extend_schema
from pydantic import BaseModel
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.views import APIView

from cases import access
from cases.api.errors import BodyTooLarge, InvalidRequest
from cases.api.idempotency import idempotency_key
from cases.api.incidents import answer_recorded
from cases.api.json_body import JsonParser, body_stream, json_bytes, read_json
from cases.api.openapi import IDEMPOTENCY_KEY
from cases.api.problems import error_details
from cases.errors import DomainError
from cases.intake.problems import Problem
from cases.intake.reading import LARGEST_RECORD_BYTES
from cases.queries.officers import get_officer
from cases.redaction import UNHINDERED
from cases.row_scope import scoped
from cases.services.answer_once import Answer, RequestKey, answer_once
from cases.services.record_incident import record_incident
from cases.services.write_audit_entry import ORIGIN, REQUEST_ID, Origin

NDJSON: Final = "application/x-ndjson"
# What tools call it; the format has no registered name.
MEDIA_TYPES: Final = frozenset({NDJSON, "application/ndjson", "application/jsonl", "application/json", "text/plain"})
LARGEST_BULK_BYTES: Final = 500_000_000
# What stays in memory of a request that waits on disk to be read.
IN_MEMORY_BYTES: Final = 1_000_000
CHUNK_BYTES: Final = 65_536


class NdjsonParser(JsonParser):
    """Names the content type; the body is read as a stream."""

    media_type = NDJSON


class PlainLines(NdjsonParser):
    """The same lines, from tools that know no better name for them."""

    media_type = "text/plain"


class BulkLine(BaseModel):
    """The result of one line: a reference, or an error."""

    line: int
    status: str
    reference: str | None = None
    error: dict[str, Any] | None = None


LINES: Final = {"type": "string", "description": "One record a line, as POST /incidents takes it."}


@dataclass(frozen=True, slots=True)
class Batch:
    """The lines of one request, who sent them, and under which key."""

    user: object
    path: str
    key: str | None
    lines: IO[bytes]
    language: str
    request_id: str
    origin: Origin


class IncidentBulkView(APIView):
    """Recording many incidents."""

    parser_classes = [NdjsonParser, PlainLines]

    @extend_schema(
        operation_id="recordIncidents",
        parameters=[IDEMPOTENCY_KEY],
        request={NDJSON: LINES, PlainLines.media_type: LINES},
        responses={(200, NDJSON): OpenApiResponse({"type": "string"}, "One BulkLine a line, in the order sent.")},
    )
    def post(self, request: Request) -> StreamingHttpResponse:
        """Record a line at a time; a bad line gets its error and the rest still run."""
        access.require(get_officer(request.user), access.RECORD)
        key = idempotency_key(request)
        lines, digest = _spooled(request)
        if key is not None:
            scope = RequestKey(request.path, key, digest)
            answer_once(
                officer=get_officer(request.user), request=scope, act=lambda: Answer(200, {}), asked_at=timezone.now()
            )
        language = translation.get_language() or "en"
        batch = Batch(request.user, request.path, key, lines, language, REQUEST_ID.get(), ORIGIN.get())
        return StreamingHttpResponse(_results(batch), content_type=NDJSON)


def _spooled(request: Request) -> tuple[IO[bytes], str]:
    """Return the body on disk and its digest: an answer that begins before the body ends stalls both sides."""
    if (request.content_type or NDJSON).partition(";")[0].strip().lower() not in MEDIA_TYPES:
        raise UnsupportedMediaType(request.content_type)
    spool: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 - closed by _results
    digest, size = hashlib.sha256(), 0
    body = body_stream(request)
    while body is not None and (chunk := body.read(CHUNK_BYTES)):
        size += len(chunk)
        if size > LARGEST_BULK_BYTES:
            raise BodyTooLarge(limit=LARGEST_BULK_BYTES)
        digest.update(chunk)
        spool.write(chunk)
    spool.seek(0)
    return spool, digest.hexdigest()


def _results(batch: Batch) -> Iterator[bytes]:
    # The request is over for the framework when its answer begins to be read.
    REQUEST_ID.set(batch.request_id)
    ORIGIN.set(batch.origin)
    with batch.lines as lines, translation.override(batch.language):
        for number, line in enumerate(_lines_of(lines), start=1):
            if not line.strip():
                continue
            try:
                result = _result(batch, number, line)
            except (OperationalError, InterfaceError):
                # Headers have gone out: the reader learns it here, and sends the rest again.
                yield json_bytes({"line": number, "status": "failed", "error": {"code": "unavailable"}}) + b"\n"
                return
            yield json_bytes(result) + b"\n"


def _lines_of(lines: IO[bytes]) -> Iterator[bytes]:
    """Yield line by line; one that is too long is cut, so that it is refused and not held in memory."""
    while line := lines.readline(LARGEST_RECORD_BYTES + 2):
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = lines.readline(CHUNK_BYTES)
        yield line


def _result(batch: Batch, number: int, line: bytes) -> dict[str, Any]:
    try:
        with scoped(access.scope_of(get_officer(batch.user))):
            return {"line": number, "status": "recorded", **_recorded(batch, number, line)}
    except DomainError as error:
        return {"line": number, "status": "refused", "error": error_details(error)}


def _recorded(batch: Batch, number: int, line: bytes) -> dict[str, Any]:
    if len(line) > LARGEST_RECORD_BYTES:
        raise BodyTooLarge(limit=LARGEST_RECORD_BYTES)
    document = read_json(line)
    if not isinstance(document, dict):
        raise InvalidRequest([Problem("", "not_an_object")])

    def act() -> Answer:
        recorded = record_incident(officer=get_officer(batch.user), document=document, recorded_at=timezone.now())
        shown = answer_recorded(recorded, UNHINDERED, status=201).document
        return Answer(201, {name: shown[name] for name in _SHOWN})

    if batch.key is None:
        return dict(act().document)
    scope = RequestKey(f"{batch.path}#{number}", batch.key, hashlib.sha256(line).hexdigest())
    return dict(answer_once(officer=get_officer(batch.user), request=scope, act=act, asked_at=timezone.now()).document)


_SHOWN: Final = ("reference", "agency_reference", "client_id", "state", "screening", "errors", "warnings")
