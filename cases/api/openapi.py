"""The published schema: what each call takes and answers, true enough to be fuzzed by."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from drf_spectacular.contrib.pydantic import PydanticExtension
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import Direction, OpenApiParameter, OpenApiResponse
from pydantic import BaseModel, ConfigDict
from pydantic.json_schema import model_json_schema

PROBLEM_JSON: Final = "application/problem+json"

# What any call may answer beside its own success.
_ALWAYS: Final[Mapping[int, str]] = {
    400: "The request is not readable: not JSON, or not HTTP as it should be.",
    401: "No token, or one that is expired or revoked.",
    403: "The officer's role, or the token's scopes, do not allow it; or a second factor is demanded.",
    404: "Nothing there, or nothing that this officer may know of.",
    405: "The method is not offered here.",
    423: "The session is locked; its officer's PIN opens it. A token never meets this.",
    429: "Too many requests; Retry-After says when to come back.",
    503: "The database does not answer; nothing was written. Retry-After says when to come back.",
}
_OF_BODIES: Final[Mapping[int, str]] = {
    409: "It conflicts with what is kept: a state, or a reused Idempotency-Key.",
    413: "The body has more bytes than are read.",
    415: "The body is not JSON.",
    422: "Understood, and cannot be acted on; `errors` says where and why.",
}
_OF_CHANGES: Final[Mapping[int, str]] = {
    412: "The record has changed since the version in If-Match.",
    428: "Send If-Match.",
}

IDEMPOTENCY_KEY: Final = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[\x21-\x7e]+$"},
    OpenApiParameter.HEADER,
    description="Kept 30 days for this officer and path: same key and body, same answer; other body, 409.",
)
IF_MATCH: Final = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="The ETag of the version that was changed."
)


class ProblemEntry(BaseModel):
    """One thing wrong, at one place of the body (RFC 6901); for a query, the parameter's name after a slash."""

    pointer: str
    code: str
    detail: str
    # Of a referral's missing element: the paragraph that asks for it.
    paragraph: str | None = None


class ProblemDocument(BaseModel):
    """What went wrong (RFC 9457), with a stable code, in the language of Accept-Language."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    code: str
    detail: str
    instance: str
    errors: list[ProblemEntry] | None = None


# Of calls that only read and are refused for what is kept all the same.
CONFLICT: Final[Mapping[Any, Any]] = {(409, PROBLEM_JSON): OpenApiResponse(ProblemDocument, _OF_BODIES[409])}


class RequestSchema(PydanticExtension):  # type: ignore[no-untyped-call]  # the library is half typed
    """Publishes models as they are read, not as they are written: a field with a default may be left out."""

    target_class = "pydantic.BaseModel"
    match_subclasses = True
    priority = 1

    def map_serializer(self, auto_schema: AutoSchema, _direction: str) -> dict[str, Any]:
        """Return the schema; its parts become components. Raises ValueError where two models have one name."""
        schema = model_json_schema(self.target, ref_template="#/components/schemas/{model}", mode="validation")
        for name, part in schema.pop("$defs", {}).items():
            part_type = ResolvedComponent.SCHEMA
            component = ResolvedComponent(name, part_type, part, name)  # type: ignore[no-untyped-call]  # the library is half typed
            auto_schema.registry.register_on_missing(component)
            standing = auto_schema.registry[component].schema
            if standing and standing != part:
                msg = f"Two models of the API are called {name}; the schema would show one of them for both."
                raise ValueError(msg)
        return schema


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # the library is half typed
    """Names the bearer token among the ways to sign in."""

    target_class = "cases.api.authentication.BearerTokenAuthentication"
    name = "token"

    def get_security_definition(self, _auto_schema: AutoSchema) -> dict[str, str]:
        """Return how the token is sent."""
        return {"type": "http", "scheme": "bearer"}


class ReplyLinkScheme(BearerScheme):  # type: ignore[no-untyped-call]  # the library is half typed
    """Names the secret of a link among the ways to call: it opens the one referral that it was made for."""

    target_class = "cases.api.reply_links.ReplyLinkAuthentication"
    name = "replyLink"


class Operation(AutoSchema):
    """Adds to each call the problems it may answer."""

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        responses: dict[str, Any] = super()._get_response_bodies(direction)
        for status, meaning in self._problems():
            responses.setdefault(str(status), self._problem(meaning))
        return dict(sorted(responses.items()))

    def _problems(self) -> Iterable[tuple[int, str]]:
        yield from _ALWAYS.items()
        if self.method in {"POST", "PATCH"}:
            yield from _OF_BODIES.items()
        elif self.get_override_parameters():
            yield 422, _OF_BODIES[422]
        if IF_MATCH in self.get_override_parameters():
            yield from _OF_CHANGES.items()

    def _problem(self, meaning: str) -> dict[str, Any]:
        answer = OpenApiResponse(ProblemDocument, meaning)
        declared = self._get_response_for_code(answer, "default", [PROBLEM_JSON])  # type: ignore[no-untyped-call]  # the library is half typed
        return dict(declared)


def make_lists_true(result: dict[str, Any], **_context: object) -> dict[str, Any]:
    """Give each list its bound under the right name: a list has items, not characters."""
    for schema in _schemas_in(result):
        if schema.get("type") == "array" and "maxLength" in schema:
            schema["maxItems"] = schema.pop("maxLength")
    return result


def _schemas_in(node: Any) -> Iterable[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in list(node.values()):
            yield from _schemas_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from _schemas_in(value)
