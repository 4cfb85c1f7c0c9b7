"""Planning a re-screening."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import QuerySet

from cases import outbox
from cases.choices import RescreeningCause, RescreeningStatus
from cases.errors import RulebookMissing
from cases.models import Incident, Officer, Rescreening, RescreeningChunk, RulebookVersion
from cases.queries.earlier_versions import lists_document
from cases.queries.geographies import current_geography
from cases.queries.rulebooks import current_designations, current_rulebook
from cases.queries.touched_incidents import Versions, all_incidents, incidents_on_others, incidents_since, versions_met
from cases.services.write_audit_entry import write_audit_entry

# Under a second of work: what a killed worker loses, and how long an officer's change may have to wait.
CHUNK_SIZE: Final = 500
# Any number does; it keeps two plans from interleaving.
PLAN_LOCK: Final = 710_041
# Workers that are told at once; each goes on until nothing is left.
TOLD_AT_ONCE: Final = 4
OPEN: Final = (RescreeningStatus.PLANNED.value, RescreeningStatus.RUNNING.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which incidents: those that what changed since their own result can touch, or since other versions, or all."""

    everything: bool = False
    since: Versions | None = None
    # What the results are to rest on; the versions in use where it is not named.
    target: Versions | None = None


CHANGED: Final = Scope()
EVERYTHING: Final = Scope(everything=True)


def versions_in_use() -> Versions:
    """Return the versions that a screening would rest on now; raises RulebookMissing before any was loaded."""
    rulebook, zones = current_rulebook(), current_geography()
    version = RulebookVersion.objects.filter(digest=rulebook.digest).first()
    if version is None:
        raise RulebookMissing(version=rulebook.version)
    return Versions(version, lists_document(current_designations()), zones.version, zones.digest)


def may_plan() -> bool:
    """Return whether nobody else is planning; nobody will until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [PLAN_LOCK])
        (is_free,) = cursor.fetchone()
    return bool(is_free)


def request_rescreening(
    *,
    requested_at: datetime,
    by: Officer | None = None,
    scope: Scope = CHANGED,
    tell_workers: bool = True,
    chunk_size: int = CHUNK_SIZE,
) -> Rescreening:
    """Plan the re-screening of the incidents in scope, in chunks, and tell the workers after commit.

    A plan not yet finished gives way: what it left undone is found again.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PLAN_LOCK])
        target = scope.target or versions_in_use()
        before = _before(scope, target)
        cause = RescreeningCause.ORDER if scope.everything else _cause(before, target)
        _supersede(requested_at)
        planned = _plan(target, cause, before, requested_at, by)
        _cut(planned, _chosen(scope, target), chunk_size)
        change = {"after": {"cause": cause.value, "incidents": planned.incidents, **target.document()}}
        write_audit_entry(action="rescreening.planned", subject=planned, at=requested_at, by=by, change=change)
        if tell_workers and planned.status == RescreeningStatus.PLANNED:
            for _ in range(min(TOLD_AT_ONCE, planned.chunk_count)):
                outbox.send_on_commit(outbox.RESCREEN, queue=outbox.BATCH, rescreening_id=planned.pk)
    return planned


def _before(scope: Scope, target: Versions) -> list[Versions]:
    if scope.since is not None:
        return [scope.since]
    return [met for met, _ in versions_met() if scope.everything or met != target]


def _chosen(scope: Scope, target: Versions) -> QuerySet[Incident]:
    if scope.everything:
        return all_incidents()
    return incidents_on_others(target) if scope.since is None else incidents_since(scope.since, target)


def _cause(before: Sequence[Versions], target: Versions) -> RescreeningCause:
    """Return what is different; several where more than one thing is, an order where nothing is."""
    causes = {
        RescreeningCause.RULEBOOK: any(met.rulebook != target.rulebook for met in before),
        RescreeningCause.LISTS: any(met.lists != target.lists for met in before),
        RescreeningCause.ZONES: any(met.zones_digest != target.zones_digest for met in before),
    }
    found = [cause for cause, is_so in causes.items() if is_so]
    if len(found) > 1:
        return RescreeningCause.SEVERAL
    return found[0] if found else RescreeningCause.ORDER


def _supersede(at: datetime) -> None:
    unfinished = Rescreening.objects.filter(status__in=OPEN)
    unfinished.update(status=RescreeningStatus.SUPERSEDED, finished_at=at)


def _plan(
    target: Versions, cause: RescreeningCause, before: Sequence[Versions], at: datetime, by: Officer | None
) -> Rescreening:
    return Rescreening(
        cause=cause,
        before=[met.document() for met in before],
        rulebook=target.rulebook,
        lists=target.lists,
        zones_version=target.zones_version,
        zones_digest=target.zones_digest,
        requested_at=at,
        requested_by=by,
        sent_at=at,
    )


def _cut(planned: Rescreening, chosen: QuerySet[Incident], size: int) -> None:
    """Cut the incidents into chunks; where there are none the re-screening is done."""
    ids = list(chosen.order_by("pk").values_list("pk", flat=True))
    chunks = [ids[start : start + size] for start in range(0, len(ids), size)]
    planned.incidents, planned.chunk_count = len(ids), len(chunks)
    planned.status = (RescreeningStatus.PLANNED if ids else RescreeningStatus.DONE).value
    planned.finished_at = None if ids else planned.requested_at
    planned.save(force_insert=True)
    RescreeningChunk.objects.bulk_create(
        [RescreeningChunk(rescreening=planned, number=number, incidents=chunk) for number, chunk in enumerate(chunks)],
        batch_size=100,
    )
