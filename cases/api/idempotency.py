"""`Idempotency-Key`: the same request sent twice is done once and answered the same."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import orjson
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.errors import InvalidRequest
from cases.api.json_body import json_bytes
from cases.intake.problems import Problem
from cases.queries.officers import get_officer
from cases.services.answer_once import Answer, RequestKey, answer_once

LONGEST_KEY: Final = 200
REPLAYED: Final = "Idempotency-Replayed"


def respond_once(request: Request, body: Any, act: Callable[[], Answer]) -> Response:
    """Return the response of `act`; with a key sent before with the same body, the response given then."""
    key = idempotency_key(request)
    if key is None:
        return response_of(act())
    scope = RequestKey(request.path, key, digest_of(body))

    def act_plainly() -> Answer:
        # What is kept must be what was sent, to the last byte.
        answer = act()
        return replace(answer, document=orjson.loads(json_bytes(answer.document)))

    officer = get_officer(request.user)
    return response_of(answer_once(officer=officer, request=scope, act=act_plainly, asked_at=timezone.now()))


def response_of(answer: Answer) -> Response:
    """Return an answer as a response."""
    replayed = {REPLAYED: "true"} if answer.is_replay else {}
    return Response(answer.document, status=answer.status, headers={**answer.headers, **replayed})


def idempotency_key(request: Request) -> str | None:
    """Return the key sent, if any; raises InvalidRequest for one that cannot be kept."""
    key = request.headers.get("Idempotency-Key")
    if key is None or (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        return key
    raise InvalidRequest([Problem("/Idempotency-Key", "not_a_key", {"limit": LONGEST_KEY})])


def digest_of(body: Any) -> str:
    """Return the digest of a body's meaning: spacing and the order of names do not count."""
    return hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()
