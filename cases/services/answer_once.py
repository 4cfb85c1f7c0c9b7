"""Doing once what is asked twice."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from cases.errors import IdempotencyKeyReused
from cases.models import IdempotencyRecord, Officer


@dataclass(frozen=True, slots=True)
class RequestKey:
    """What an officer asked under which Idempotency-Key: the path, the key, and the digest of the body."""

    path: str
    key: str
    body_digest: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: HTTP status, JSON document and headers; whether it is the answer given before."""

    status: int
    document: Any
    headers: Mapping[str, str] = field(default_factory=dict)
    is_replay: bool = False


def answer_once(*, officer: Officer, request: RequestKey, act: Callable[[], Answer], asked_at: datetime) -> Answer:
    """Return the answer of `act`, or the one kept from the same request before; raises IdempotencyKeyReused.

    The record and what `act` writes commit together. A twin that comes meanwhile waits at the unique index and then
    finds the answer; where `act` raises, nothing is kept and the next one tries anew.
    """
    with transaction.atomic():
        kept, is_first = IdempotencyRecord.objects.get_or_create(
            officer=officer,
            path=request.path,
            key=request.key,
            defaults={"request_digest": request.body_digest, "created_at": asked_at},
        )
        if is_first:
            return _keep(kept, act())
    if kept.request_digest != request.body_digest:
        raise IdempotencyKeyReused
    document = json.loads(kept.response_body)
    return Answer(kept.status_code or 200, document, kept.response_headers, is_replay=True)


def _keep(kept: IdempotencyRecord, answer: Answer) -> Answer:
    kept.status_code = answer.status
    kept.response_headers = dict(answer.headers)
    kept.response_body = json.dumps(answer.document, ensure_ascii=False, default=str)
    kept.save(update_fields=["status_code", "response_headers", "response_body"])
    return answer
