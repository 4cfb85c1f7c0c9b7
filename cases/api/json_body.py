"""JSON in and out: one strict reader, one writer, and problems named by pointer."""

from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any, Final, TypeVar, cast

import orjson
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from cases.api.errors import BodyTooLarge, InvalidRequest, NotJson
from cases.intake.problems import Problem, pointer_to, quote
from cases.intake.pydantic_errors import code_and_params
from cases.intake.reading import LARGEST_RECORD_BYTES

Model = TypeVar("Model", bound=BaseModel)

MERGE_PATCH: Final = "application/merge-patch+json"


class JsonParser(BaseParser):
    """Reads UTF-8 JSON exactly: no NaN, no stray surrogates, bounded in size and depth."""

    media_type = "application/json"

    def parse(self, stream: Any, _media_type: str | None = None, _context: Mapping[str, Any] | None = None) -> Any:
        """Return the document; raises NotJson or BodyTooLarge."""
        body = stream.read(LARGEST_RECORD_BYTES + 1)
        if len(body) > LARGEST_RECORD_BYTES:
            raise BodyTooLarge(limit=LARGEST_RECORD_BYTES)
        return read_json(body)


class MergePatchParser(JsonParser):
    """The same for a JSON merge patch (RFC 7396)."""

    media_type = MERGE_PATCH


class JsonRenderer(BaseRenderer):
    """Writes JSON; text stays readable in every script."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, _media_type: str | None = None, _context: Mapping[str, Any] | None = None) -> bytes:
        """Return the bytes of an answer; nothing for an answer without a body."""
        return b"" if data is None else json_bytes(data)


class OnlyOffer(BaseContentNegotiation):
    """Answers in the one form that a call has, whatever the reader says it accepts."""

    def select_parser(self, request: Request, parsers: Sequence[BaseParser]) -> BaseParser | None:  # type: ignore[override]  # the stubs give the base no types
        """Return the parser for the content type; the first where none is named."""
        named = (request.content_type or str(parsers[0].media_type)).partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == named), None)

    def select_renderer(
        self, _request: Request, renderers: Iterable[BaseRenderer], _suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the first renderer."""
        renderer = next(iter(renderers))
        return renderer, str(renderer.media_type)


def read_json(body: bytes) -> Any:
    """Return the document in those bytes; raises NotJson."""
    try:
        return orjson.loads(body.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise NotJson(reason=quote(str(error).partition(":")[0])) from None


def json_bytes(data: Any) -> bytes:
    """Return the data as UTF-8 JSON."""
    return orjson.dumps(data, default=str, option=orjson.OPT_NON_STR_KEYS)


def json_object(request: Request) -> dict[str, Any]:
    """Return the body as an object with named fields; raises NotJson for none, InvalidRequest for other JSON."""
    if (body := body_stream(request)) is None:
        raise NotJson(reason="the body is empty")
    # Through the framework, which refuses other media types; it does not see a body that came in chunks.
    document = request.data if request.stream is not None else JsonParser().parse(body)
    if isinstance(document, dict):
        return document
    raise InvalidRequest([Problem("", "not_an_object")])


def body_stream(request: Request) -> IO[bytes] | None:
    """Return the body to read from, also one sent in chunks without a length, which Django takes for empty."""
    if request.stream is not None or request.headers.get("Transfer-Encoding", "").lower() != "chunked":
        return cast("IO[bytes] | None", request.stream)
    # Only a server that marks the end itself can be read from without a length.
    return request.META["wsgi.input"] if request.META.get("wsgi.input_terminated") else None


def read_body(request: Request, model: type[Model]) -> Model:
    """Return the body read by that model; raises InvalidRequest naming every field that does not hold."""
    try:
        return model.model_validate(json_object(request))
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise InvalidRequest([problem_of(detail) for detail in details]) from None


def problem_of(detail: ErrorDetails) -> Problem:
    """Return the problem that a model names."""
    code, params = code_and_params(detail)
    return Problem(pointer_to(detail["loc"]), code, params)
