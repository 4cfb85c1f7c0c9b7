"""Whether this process lives, and whether the installation can record an incident; public, so without any inside."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

import redis
from celery.exceptions import CeleryError
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from kombu.exceptions import KombuError

from cases.lists.entries import CONSOLIDATED
from cases.queries.designations import newest_list_days
from cases.queries.rulebooks import current_rulebook, find_rulebook_version
from cases.queries.screening_queue import oldest_queued_at
from cases.regimes.errors import RegimeFilesInvalid
from cases.row_scope import everything
from cases.screening.listed_flags import STALE_AFTER
from geo.errors import DomainError as GeographyError
from geo.reference_data import REFERENCE_FOLDER, read_manifest
from workers.app import app as celery_app

BROKER_WAITS_S: Final = 1.0
# A worker that has something to say answers within milliseconds.
WORKERS_WAIT_S: Final = 0.3
# Twice the sweeper's round: by then a working installation has screened it.
SLOW_SCREENING: Final = timedelta(minutes=1)
RETRY_AFTER_S: Final = "5"


def live(_request: HttpRequest) -> JsonResponse:
    """Answer 200 while the process answers at all."""
    return JsonResponse({"status": "live"})


def ready(_request: HttpRequest) -> JsonResponse:
    """Answer 503 when an incident cannot be recorded, else 200 with what is degraded meanwhile."""
    if missing := list(_missing()):
        answer = {"status": "not_ready", "missing": missing}
        return JsonResponse(answer, status=503, headers={"Retry-After": RETRY_AFTER_S})
    with everything():
        degraded = dict(_degraded())
    return JsonResponse({"status": "ready", "degraded": [*degraded], "details": degraded})


def _missing() -> Iterator[str]:
    if (database := _database_trouble()) is not None:
        yield database
    elif not _has_rulebook():
        yield "rulebook"
    try:
        read_manifest(REFERENCE_FOLDER)
    except (GeographyError, OSError, ValueError, KeyError):
        yield "geography"


def _database_trouble() -> str | None:
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except DatabaseError:
        return "database"
    return None if _migrations_on_disk() <= applied.keys() else "migrations"


@cache
def _migrations_on_disk() -> frozenset[tuple[str, str]]:
    loader = MigrationLoader(None)
    return frozenset(key for key in loader.graph.nodes if key in loader.disk_migrations)


def _has_rulebook() -> bool:
    try:
        return find_rulebook_version(current_rulebook().digest) is not None
    except (RegimeFilesInvalid, DatabaseError):
        return False


def _degraded() -> Iterator[tuple[str, Mapping[str, Any]]]:
    now = timezone.now()  # noqa: TID251 - an edge
    if not _broker_answers():
        yield "broker", {"effect": "screening waits until the broker is back"}
    elif not _workers_answer():
        yield "workers", {"effect": "screening waits until a worker is back"}
    queued_at = oldest_queued_at()
    if queued_at is not None and now - queued_at > SLOW_SCREENING:
        yield "oldest_queued_screening", {"age_s": int((now - queued_at).total_seconds())}
    if stale := _stale_regimes(now.date()):
        yield "stale_regimes", {"regimes": stale}
    if old := _stale_lists(now.date()):
        yield "stale_lists", {"newest": old}


def _broker_answers() -> bool:
    options = {"socket_connect_timeout": BROKER_WAITS_S, "socket_timeout": BROKER_WAITS_S}
    try:
        with redis.Redis.from_url(settings.CELERY_BROKER_URL, **options) as broker:
            return bool(broker.ping())
    except (redis.RedisError, OSError, ValueError):
        return False


def _workers_answer() -> bool:
    try:
        return bool(celery_app.control.ping(timeout=WORKERS_WAIT_S, limit=1))
    except (KombuError, CeleryError, redis.RedisError, OSError):
        return False


def _stale_lists(today: date) -> dict[str, str | None]:
    """Return the lists whose newest edition is a month old, and the consolidated list where none was imported (R20)."""
    newest: dict[str, date | None] = {CONSOLIDATED: None, **newest_list_days()}
    stale = {name: day for name, day in newest.items() if day is None or today - day > STALE_AFTER}
    return {name: day.isoformat() if day else None for name, day in sorted(stale.items())}


def _stale_regimes(today: date) -> list[str]:
    """Return the regimes whose last renewal seen has run out: later ones are not known here (R11)."""
    regimes = current_rulebook().regimes
    return [regime.id for regime in regimes if regime.refresh_after is not None and regime.refresh_after < today]
