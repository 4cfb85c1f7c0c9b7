"""The bodies of uploads: a chunk as it comes in, or a small file with its particulars in one form."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from django.conf import settings
from django.http import QueryDict
from pydantic import ValidationError
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.request import Request

from cases.api.errors import InvalidRequest, NotAChunk
from cases.api.json_body import Model, problem_of
from cases.errors import ChunkTooLarge
from cases.evidence.blocks import Readable
from cases.intake.problems import Problem

CHUNK: Final = "application/offset+octet-stream"
# Two gigabytes have ten digits.
_LONGEST_NUMBER: Final = 18
# The particulars beside the file, and the borders between them.
_FORM_BYTES: Final = 64 * 1024


class ChunkParser(BaseParser):
    """Lets the bytes of a chunk through unread: whoever keeps them reads them piece by piece."""

    media_type = CHUNK

    def parse(self, stream: Any, _media_type: str | None = None, _context: Mapping[str, Any] | None = None) -> Any:
        """Return the stream itself."""
        return stream


class SmallFileParser(MultiPartParser):
    """A form with one file, bounded before it is read; the framework keeps what is large of it on the disk."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """Return fields and file; raises ChunkTooLarge."""
        length = int((parser_context or {})["request"].META.get("CONTENT_LENGTH") or 0)
        limit = settings.EVIDENCE_LARGEST_CHUNK_BYTES + _FORM_BYTES
        if length > limit:
            raise ChunkTooLarge(size=length, limit=limit)
        return super().parse(stream, media_type, parser_context)


class _Nothing:
    def read(self, _size: int, /) -> bytes:
        return b""


def chunk_of(request: Request) -> tuple[int, int, Readable]:
    """Return where the chunk begins, how long it is, and the bytes to come; raises NotAChunk or InvalidRequest."""
    if (request.content_type or "").partition(";")[0].strip().lower() != CHUNK:
        raise NotAChunk
    offset = _number(request.headers.get("Upload-Offset"), Problem("/Upload-Offset", "not_an_offset"))
    length = _number(request.META.get("CONTENT_LENGTH"), Problem("/Content-Length", "length_needed"))
    return offset, length, cast("Readable", request.stream) if length else _Nothing()


def form_of(request: Request, model: type[Model]) -> tuple[Model, Iterator[bytes]]:
    """Return the particulars of a form, and the bytes of its file; raises InvalidRequest."""
    file = request.FILES.get("file")
    if file is None:
        raise InvalidRequest([Problem("/file", "no_file")])
    fields: dict[str, Any] = cast("QueryDict", request.data).dict()
    del fields["file"]
    fields.setdefault("name", file.name)
    for name in ("size_bytes", "reply"):
        if (text := str(fields.get(name, ""))).isdigit() and len(text) <= _LONGEST_NUMBER:
            fields[name] = int(text)
    fields.setdefault("size_bytes", file.size)
    try:
        return model.model_validate(fields), file.chunks(256 * 1024)
    except ValidationError as error:
        raise InvalidRequest([problem_of(detail) for detail in error.errors(include_url=False)]) from None


def _number(text: str | None, problem: Problem) -> int:
    if text is None or not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        raise InvalidRequest([problem])
    return int(text)
