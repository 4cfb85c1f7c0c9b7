"""Evidence: announced, received in chunks, listed, looked at, withdrawn."""

import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from pydantic import BaseModel, Field, PlainValidator, WithJsonSchema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.errors import InvalidRequest
from cases.api.fields import Body, Line, Reason
from cases.api.file_name import named_file
from cases.api.idempotency import respond_once
from cases.api.json_body import JsonParser, read_body
from cases.api.openapi import IDEMPOTENCY_KEY, PROBLEM_JSON, ProblemDocument
from cases.api.paging import PAGING_PARAMETERS, page_of
from cases.api.upload_body import CHUNK, ChunkParser, SmallFileParser, chunk_of, form_of
from cases.choices import EvidenceKind, EvidenceState, MalwareVerdict, PhotoView, PreviewState
from cases.evidence.drawing import WIDTHS
from cases.evidence.names import OPAQUE, saved_name
from cases.intake.problems import Problem, refusal
from cases.queries.evidence_rows import document_of_evidence, evidence_rows, listed_evidence, withdrawn_evidence
from cases.queries.officers import get_officer
from cases.row_scope import through
from cases.services.announce_evidence import Announcement, announce_evidence
from cases.services.answer_once import Answer
from cases.services.attach_evidence import attach_evidence
from cases.services.read_evidence import read_evidence
from cases.services.read_preview import read_preview
from cases.services.receive_part import receive_part
from cases.services.withdraw_evidence import withdraw_evidence

_SHA256: Final = re.compile(r"[0-9a-fA-F]{64}")
# A file that is shown may neither run, nor load, nor be framed, whatever it holds.
_CLOSED: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def _read_sha256(value: object) -> str:
    if isinstance(value, str) and _SHA256.fullmatch(value):
        return value.lower()
    raise refusal("not_a_sha256")


def _read_media_type(value: object) -> str:
    """Return a stated media type, shortened: it is shown and decides nothing."""
    return "".join(letter for letter in str(value or "") if letter.isprintable())[:100]


Sha256 = Annotated[
    str, PlainValidator(_read_sha256), WithJsonSchema({"type": "string", "pattern": "^[0-9a-fA-F]{64}$"})
]
MediaType = Annotated[str, PlainValidator(_read_media_type), WithJsonSchema({"type": ["string", "null"]})]


class NewEvidence(Body):
    """What is stated of a file before it is sent; `item` is an item's id, `view` what of it a photograph shows.

    `reply` counts from 0.
    """

    name: Line
    kind: EvidenceKind
    size_bytes: Annotated[int, Field(ge=1, le=2**50, strict=True)]
    sha256: Sha256
    media_type: MediaType = ""
    view: PhotoView | None = None
    item: UUID | None = None
    case: Annotated[str, Field(max_length=20)] | None = None
    referral: Annotated[str, Field(max_length=20)] | None = None
    reply: Annotated[int, Field(ge=0, le=10_000)] | None = None

    def announcement(self) -> Announcement:
        """Return it as the services take it."""
        fields = self.model_dump()
        return Announcement(**{**fields, "name": fields["name"] or ""})


class EvidenceForm(NewEvidence):
    """The same with a small file in one call; name and size are the file's where they are left out."""

    file: Annotated[bytes, WithJsonSchema({"type": "string", "format": "binary"})]


class Malware(BaseModel):
    """What the scanners say, by which signatures."""

    verdict: MalwareVerdict
    says: str | None
    signatures: str | None
    scanned_at: datetime | None


class PreviewPicture(BaseModel):
    """One small picture."""

    width: int
    url: str


class Previews(BaseModel):
    """The small pictures of a file, or why there are none."""

    state: PreviewState
    problem: str | None
    pictures: list[PreviewPicture]


class WithdrawnShown(BaseModel):
    """By whom, when and why a file was withdrawn."""

    at: datetime
    by: str
    reason: str


class EvidenceDocument(BaseModel):
    """One piece of evidence. What stands under `stated_by_file` is the file's own word, not a fact."""

    id: UUID
    incident: str
    item: UUID | None
    case: str | None
    referral: str | None
    kind: EvidenceKind
    view: PhotoView | None
    name: str
    size_bytes: int
    sha256: str | None = Field(description="The server's, once the file is whole.")
    sha256_stated: str
    media_type: str | None = Field(description="Told from the bytes; application/octet-stream off the list.")
    media_type_stated: str | None
    looks_like: str | None
    state: EvidenceState
    state_reason: str | None
    alarm: Literal["malware", "damaged"] | None
    offset: int = Field(description="How many bytes have arrived: the Upload-Offset of the next chunk.")
    malware: Malware
    stated_by_file: dict[str, Any]
    content: str | None = Field(description="Where the content is; null while it is not given out to the reader.")
    preview: Previews
    uploaded_by: str
    uploaded_at: datetime
    completed_at: datetime | None
    withdrawn: WithdrawnShown | None


class EvidencePage(BaseModel):
    """One page of evidence, latest first."""

    next: str | None
    previous: str | None
    results: list[EvidenceDocument]


class WithdrawRequest(Body):
    """Why evidence is withdrawn."""

    reason: Reason


UPLOAD_OFFSET = OpenApiParameter(
    "Upload-Offset",
    {"type": "integer", "minimum": 0},
    OpenApiParameter.HEADER,
    required=True,
    description="At which byte this chunk begins; 409 gives the right one in the header of the same name.",
)
BINARY: Final = {"type": "string", "format": "binary"}
CLOSED: Final = {
    (409, PROBLEM_JSON): OpenApiResponse(ProblemDocument, "Not whole, quarantined or damaged: it is not given out.")
}


class IncidentEvidenceView(APIView):
    """The evidence of one incident."""

    parser_classes = [JsonParser, SmallFileParser]

    @extend_schema(
        operation_id="listEvidence",
        parameters=[
            *PAGING_PARAMETERS,
            OpenApiParameter(
                "withdrawn", bool, OpenApiParameter.QUERY, description="What was withdrawn instead, for supervisors."
            ),
        ],
        responses=EvidencePage,
    )
    def get(self, request: Request, reference: str) -> Response:
        """List the evidence of an incident, latest first; what was withdrawn or refused is not in it."""
        officer = get_officer(request.user)
        incident = access.access_incident(officer, reference)
        rows = withdrawn_evidence if _flag(request, "withdrawn") else listed_evidence
        found = rows(access.evidence_for(officer), incident)
        page = page_of(request, found, moment="uploaded_at", key="pk", read_key=int)
        sees = access.sees_content_of_evidence(officer, incident)
        return Response(page.document([document_of_evidence(row, sees_content=sees) for row in page.rows]))

    @extend_schema(
        operation_id="attachEvidence",
        parameters=[IDEMPOTENCY_KEY],
        request={"application/json": NewEvidence, "multipart/form-data": EvidenceForm},
        responses={201: OpenApiResponse(EvidenceDocument, "Announced: send its bytes by PATCH to Location.")},
    )
    def post(self, request: Request, reference: str) -> Response:
        """Announce a file that follows in chunks, as JSON; or attach a small one at once, as a form."""
        officer = get_officer(request.user)
        incident = access.access_incident(officer, reference)
        if (request.content_type or "").startswith("multipart/"):
            return self._attach(request, officer, incident)
        announcement = read_body(request, NewEvidence).announcement()

        def act() -> Answer:
            evidence = announce_evidence(
                officer=officer, incident=incident, announcement=announcement, announced_at=timezone.now()
            )
            return _created(officer, evidence.uuid)

        return respond_once(request, request.data, act)

    def _attach(self, request: Request, officer: Any, incident: Any) -> Response:
        access.require_on(officer, access.RECORD, incident)
        body, pieces = form_of(request, NewEvidence)
        announcement = body.announcement()

        def act() -> Answer:
            evidence = attach_evidence(
                officer=officer,
                incident=incident,
                announcement=announcement,
                pieces=pieces,
                attached_at=timezone.now(),
            )
            return _created(officer, evidence.uuid)

        return respond_once(request, body.model_dump(mode="json"), act)


class EvidenceView(APIView):
    """One piece of evidence, and the way in for its bytes."""

    parser_classes = [ChunkParser]

    @extend_schema(operation_id="readEvidence", responses=EvidenceDocument)
    def get(self, request: Request, evidence_id: UUID) -> Response:
        """Read what is known of a file; the header Upload-Offset (of HEAD too) says how much of it has arrived."""
        officer = get_officer(request.user)
        return _shown(officer, access.access_evidence(officer, evidence_id).uuid)

    @extend_schema(
        operation_id="sendChunk",
        parameters=[UPLOAD_OFFSET],
        request={CHUNK: BINARY},
        responses=EvidenceDocument,
    )
    def patch(self, request: Request, evidence_id: UUID) -> Response:
        """Send the next bytes of a file; with the last the file is whole, if its SHA-256 is the one stated."""
        officer = get_officer(request.user)
        evidence = access.access_evidence(officer, evidence_id)
        access.require_on(officer, access.RECORD, evidence.incident)
        offset, length, stream = chunk_of(request)
        receive_part(
            officer=officer,
            evidence=evidence,
            offset=offset,
            length=length,
            stream=stream,
            received_at=timezone.now(),
        )
        return _shown(officer, evidence_id)


class EvidenceContentView(APIView):
    """The content of a file."""

    @extend_schema(
        operation_id="readEvidenceContent",
        responses={(200, "*/*"): OpenApiResponse(BINARY, "The file as received, always as an attachment."), **CLOSED},
    )
    def get(self, request: Request, evidence_id: UUID) -> HttpResponseBase:
        """Read the content, checked against the SHA-256 on the way out; every reading is recorded."""
        officer = get_officer(request.user)
        evidence = access.access_evidence(officer, evidence_id)
        blocks = read_evidence(officer=officer, evidence=evidence, read_at=timezone.now())
        return StreamingHttpResponse(
            through(access.scope_of(officer), _bytes(blocks)),
            content_type=evidence.media_type or OPAQUE,
            headers={
                **_CLOSED,
                "Content-Length": str(evidence.size_bytes),
                **named_file(saved_name(evidence.name, evidence.media_type)),
                # RFC 9530: whoever saves it can check it without asking us.
                "Repr-Digest": f"sha-256=:{_base64(evidence.sha256)}:",
            },
        )


class EvidencePreviewView(APIView):
    """A small picture of a file."""

    @extend_schema(
        operation_id="readEvidencePreview",
        parameters=[OpenApiParameter("width", {"type": "integer", "enum": list(WIDTHS), "default": WIDTHS[0]})],
        responses={(200, "image/jpeg"): OpenApiResponse(BINARY, "Drawn anew from the pixels alone."), **CLOSED},
    )
    def get(self, request: Request, evidence_id: UUID) -> HttpResponse:
        """Look at a small picture of a file; every look is recorded."""
        officer = get_officer(request.user)
        evidence = access.access_evidence(officer, evidence_id)
        width = _width(request)
        picture = read_preview(officer=officer, evidence=evidence, width=width, read_at=timezone.now())
        return HttpResponse(
            picture,
            content_type="image/jpeg",
            headers={**_CLOSED, **named_file("preview.jpg", is_shown=True)},
        )


class EvidenceWithdrawView(APIView):
    """Taking evidence out of lists and letters."""

    @extend_schema(
        operation_id="withdrawEvidence",
        parameters=[IDEMPOTENCY_KEY],
        request=WithdrawRequest,
        responses=EvidenceDocument,
    )
    def post(self, request: Request, evidence_id: UUID) -> Response:
        """Withdraw evidence, with the reason: it is kept, readable by the agency's supervisors, and never deleted."""
        officer = get_officer(request.user)
        evidence = access.access_evidence(officer, evidence_id)
        body = read_body(request, WithdrawRequest)

        def act() -> Answer:
            withdrawn = withdraw_evidence(
                officer=officer, evidence=evidence, reason=body.reason, withdrawn_at=timezone.now()
            )
            rows = evidence_rows(withdrawn_evidence(access.known_evidence(officer), withdrawn.incident))
            sees = access.sees_content_of_evidence(officer, withdrawn.incident)
            shown = document_of_evidence(rows.get(pk=withdrawn.pk), sees_content=sees)
            return Answer(200, shown)

        return respond_once(request, request.data, act)


def _created(officer: Any, evidence_id: UUID) -> Answer:
    shown = _document(officer, evidence_id)
    return Answer(201, shown, {"Location": f"/api/v1/evidence/{evidence_id}", "Upload-Offset": str(shown["offset"])})


def _shown(officer: Any, evidence_id: UUID) -> Response:
    shown = _document(officer, evidence_id)
    return Response(shown, headers={"Upload-Offset": str(shown["offset"]), "Upload-Length": str(shown["size_bytes"])})


def _document(officer: Any, evidence_id: UUID) -> dict[str, Any]:
    row = evidence_rows(access.evidence_for(officer)).get(uuid=evidence_id)
    return document_of_evidence(row, sees_content=access.sees_content_of_evidence(officer, row.incident))


def _bytes(blocks: Iterator[bytes]) -> Iterator[bytes]:
    # In pieces that a socket takes; a block is larger than any buffer on the way.
    for block in blocks:
        for start in range(0, len(block), 256 * 1024):
            yield block[start : start + 256 * 1024]


def _base64(sha256: str) -> str:
    return b64encode(bytes.fromhex(sha256)).decode()


def _width(request: Request) -> int:
    text = request.query_params.get("width", str(WIDTHS[0]))
    if text in {str(width) for width in WIDTHS}:
        return int(text)
    allowed = ", ".join(str(width) for width in WIDTHS)
    raise InvalidRequest([Problem("/width", "not_a_choice", {"value": text[:20], "allowed": allowed})])


def _flag(request: Request, name: str) -> bool:
    text = request.query_params.get(name, "false")
    if text in {"true", "false"}:
        return text == "true"
    raise InvalidRequest([Problem(f"/{name}", "not_true_or_false")])
