"""Screening one chunk of a re-screening."""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from cases.canonical import canonical_json
from cases.choices import RescreeningStatus, RunStatus
from cases.errors import VersionNotKept
from cases.facts import Coordinates, placed_anew
from cases.facts_document import facts_from_text
from cases.models import CurrentScreening, Incident, IncidentState, Rescreening, RescreeningChunk, ScreeningRun
from cases.queries.earlier_versions import designations_of, rulebook_of
from cases.queries.geographies import geography_used
from cases.queries.remembered_names import preload_names
from cases.queries.screened_facts import facts_of_incidents
from cases.results import facts_digest, result_document
from cases.screening.engine import screener
from cases.screening.facts import IncidentFacts
from cases.services.keep_obligations import keep_obligations
from cases.services.keep_rescreening_changes import keep_rescreening_changes
from cases.services.keep_results import Basis, Change, Screened, keep_results
from cases.services.notify_of_changes import notify_of_changes
from cases.services.remember_names import remember_names
from cases.services.run_screening import LONGEST_ERROR
from cases.services.write_audit_entry import write_audit_entry
from geo.errors import GeographyUnavailable
from geo.locate import Geography

logger = logging.getLogger(__name__)

OPEN: Final = (RescreeningStatus.PLANNED.value, RescreeningStatus.RUNNING.value)


@dataclass(frozen=True, slots=True)
class _Locked:
    """An incident of the chunk, held until the chunk is done."""

    id: int
    version: int
    agency_id: int
    position: Coordinates | None


@dataclass(frozen=True, slots=True)
class _InForce:
    """The result in force of an incident, and the facts it was reached on."""

    incident_id: int
    run_id: int
    incident_version: int
    facts_id: int
    facts_digest: str
    facts_text: str
    rulebook_id: int
    lists: list[dict[str, str]]
    zones_digest: str


def rescreen_chunk(*, rescreening_id: int, now: datetime) -> int | None:
    """Screen the incidents of the next chunk that nobody has, all in one transaction; return how many.

    None where no chunk is left to take. A worker that dies leaves its chunk as it was, to be taken by another; a chunk
    that is done is never done again.
    """
    with transaction.atomic():
        chunk = _take(rescreening_id)
        if chunk is None:
            return None
        locked = _lock(chunk.incidents)
        screened, tally, failures = _screen(chunk.rescreening, locked)
        _keep_failures(failures, now)
        changes = keep_results(screened=screened, basis=_basis(chunk.rescreening), now=now)
        keep_obligations(incident_ids=[each.incident_id for each in screened], now=now)
        keep_rescreening_changes(rescreening=chunk.rescreening, changes=changes, screened=screened, now=now)
        _finish(chunk, _counted(tally, locked, screened, changes), now)
        rulebook, lists = rulebook_of(chunk.rescreening.rulebook), designations_of(chunk.rescreening.lists)
        for index in screener(rulebook, lists).name_indexes:
            remember_names(index=index)
    return len(locked)


def finish_rescreening(*, rescreening_id: int, now: datetime) -> bool:
    """Mark the re-screening as done once no chunk of it is left; whoever ends last sees that."""
    with transaction.atomic():
        rescreening = Rescreening.objects.select_for_update().get(pk=rescreening_id)
        if rescreening.status not in OPEN or rescreening.chunks.filter(finished_at__isnull=True).exists():
            return False
        rescreening.status, rescreening.finished_at = RescreeningStatus.DONE.value, now
        rescreening.save(update_fields=["status", "finished_at"])
        change = {"after": {"status": rescreening.status, "incidents": rescreening.incidents}}
        write_audit_entry(action="rescreening.done", subject=rescreening, at=now, by=None, change=change)
        notify_of_changes(rescreening=rescreening, at=now)
    return True


def begin_rescreening(*, rescreening_id: int, now: datetime) -> None:
    """Note when work on it began."""
    waiting = Rescreening.objects.filter(pk=rescreening_id, status=RescreeningStatus.PLANNED)
    waiting.update(status=RescreeningStatus.RUNNING, started_at=now)


def _take(rescreening_id: int) -> RescreeningChunk | None:
    waiting = RescreeningChunk.objects.filter(
        rescreening=rescreening_id, finished_at__isnull=True, rescreening__status__in=OPEN
    )
    held = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("rescreening__rulebook")
    return held.order_by("number").first()


def _lock(incident_ids: Sequence[int]) -> list[_Locked]:
    """Hold the incidents, in the published order; what was recorded in error meanwhile is left out."""
    rows = Incident.objects.filter(pk__in=incident_ids).exclude(state=IncidentState.VOID).order_by("pk")
    held = rows.select_for_update(no_key=True).values_list("pk", "version", "agency_id", "longitude", "latitude")
    return [
        _Locked(pk, version, agency_id, None if longitude is None or latitude is None else (longitude, latitude))
        for pk, version, agency_id, longitude, latitude in held
    ]


def _screen(
    rescreening: Rescreening, locked: Sequence[_Locked]
) -> tuple[list[Screened], dict[int, str], dict[int, Exception]]:
    """Return what was screened, of the rest by incident why it was not, and on which ones the engine failed.

    Where it fails on every one it is the program that fails, not a record: the first failure is raised, the chunk
    stays to be done.
    """
    in_force = _in_force(locked)
    tally: dict[int, str] = {}
    stored: list[_InForce] = []
    elsewhere: list[tuple[_InForce, Coordinates]] = []
    fresh: list[_Locked] = []
    for each in locked:
        kept = in_force.get(each.id)
        if kept is None or kept.incident_version != each.version:
            fresh.append(each)
        elif each.position is not None and kept.zones_digest != rescreening.zones_digest:
            elsewhere.append((kept, each.position))
        elif rescreening.cause != "order" and _is_up_to_date(kept, rescreening):
            tally[each.id] = "passed_over"
        else:
            stored.append(kept)
    engine = _Engine(rescreening)
    screened = engine.on_kept_facts(stored)
    screened += engine.on_kept_facts_placed_anew(elsewhere)
    screened += engine.on_records(fresh, in_force)
    if engine.failures and not screened:
        raise next(iter(engine.failures.values()))
    tally.update(dict.fromkeys(engine.failures, "failed"))
    return sorted(screened, key=lambda each: each.incident_id), tally, engine.failures


def _in_force(locked: Iterable[_Locked]) -> dict[int, _InForce]:
    rows = CurrentScreening.objects.filter(pk__in=[each.id for each in locked]).values_list(
        "incident_id", "run_id", "incident_version", "facts_id", "facts__digest", "facts__text",
        "run__rulebook_id", "run__lists", "run__zones_digest",
    )  # fmt: skip
    return {row[0]: _InForce(*row) for row in rows}


def _is_up_to_date(kept: _InForce, rescreening: Rescreening) -> bool:
    return kept.rulebook_id == rescreening.rulebook_id and kept.lists == rescreening.lists


class _Engine:
    """The engine under the versions of one re-screening; a failure on one incident is that one's alone."""

    def __init__(self, rescreening: Rescreening) -> None:
        self.failures: dict[int, Exception] = {}
        self._rulebook = rulebook_of(rescreening.rulebook)
        self._designations = designations_of(rescreening.lists)
        self._screener = screener(self._rulebook, self._designations)
        for index in self._screener.name_indexes:
            preload_names(index)
        self._zones = _Zones(rescreening.zones_version, rescreening.zones_digest)

    def on_kept_facts(self, kept: Iterable[_InForce]) -> list[Screened]:
        """Screen what earlier runs weighed; places are not resolved again."""
        screened = (self._screened(each, _facts_of(each), each.facts_digest) for each in kept)
        return [each for each in screened if each is not None]

    def on_kept_facts_placed_anew(self, kept: Sequence[tuple[_InForce, Coordinates]]) -> list[Screened]:
        """Screen what earlier runs weighed, the places resolved by the zones in use; the records are not read."""
        if not kept:
            return []
        placed = placed_anew([(_facts_of(each), position) for each, position in kept], self._geography())
        screened = (
            self._screened(each, facts, facts_digest(facts)) for (each, _), facts in zip(kept, placed, strict=True)
        )
        return [each for each in screened if each is not None]

    def on_records(self, locked: Sequence[_Locked], in_force: Mapping[int, _InForce]) -> list[Screened]:
        """Screen the records as they stand: those never screened, or changed since."""
        if not locked:
            return []
        incidents = list(Incident.objects.filter(pk__in=[each.id for each in locked]).order_by("pk"))
        queued = _queued_runs(incidents)
        screened = []
        for incident, facts in zip(incidents, facts_of_incidents(incidents, self._geography()), strict=True):
            kept = in_force.get(incident.pk)
            before = kept.run_id if kept is not None else None
            found = self._attempt(incident.pk, facts, facts_digest(facts))
            if found is not None:
                found.facts, found.incident_version = facts, incident.version
                found.run_id, found.run_before = queued.get(incident.pk), before
                screened.append(found)
        return screened

    def _geography(self) -> Geography:
        """Return the zones of the re-screening."""
        try:
            return geography_used(digest=self._zones.digest)
        except GeographyUnavailable as error:
            raise VersionNotKept(what="zones", version=self._zones.version) from error

    def _screened(self, kept: _InForce, facts: IncidentFacts, digest: str) -> Screened | None:
        found = self._attempt(kept.incident_id, facts, digest)
        if found is not None:
            found.incident_version, found.run_before = kept.incident_version, kept.run_id
            if digest == kept.facts_digest:
                found.facts_id = kept.facts_id
            else:
                found.facts = facts
        return found

    def _attempt(self, incident_id: int, facts: IncidentFacts, digest: str) -> Screened | None:
        try:
            document = result_document(
                facts,
                self._screener.screen(facts),
                rulebook=self._rulebook,
                designations=self._designations,
                geography=self._zones,
                digest=digest,
            )
        except Exception as error:  # noqa: BLE001 - recorded on the incident's own run; the others go on
            self.failures[incident_id] = error
            return None
        return Screened(
            incident_id=incident_id,
            incident_version=0,
            document=document,
            result=canonical_json(document),
            facts_digest=digest,
            facts=None,
        )


def _facts_of(kept: _InForce) -> IncidentFacts:
    return facts_from_text(kept.facts_text)


def _keep_failures(failures: Mapping[int, Exception], now: datetime) -> None:
    """Record on which incidents the engine failed, and why; their results so far stay in force."""
    if not failures:
        return
    runs = ScreeningRun.objects.bulk_create(
        ScreeningRun(
            incident_id=incident_id,
            status=RunStatus.FAILED,
            error=f"{type(error).__name__}: {error}"[:LONGEST_ERROR],
            **dict.fromkeys(("queued_at", "sent_at", "started_at", "finished_at"), now),
            attempts=1,
        )
        for incident_id, error in sorted(failures.items())
    )
    for run in runs:
        change = {"after": {"status": run.status, "error": run.error}}
        write_audit_entry(action="screening.failed", subject=run, at=now, by=None, change=change)
    logger.error("screening failed", extra={"fields": {"run_ids": [run.pk for run in runs]}})


@dataclass(frozen=True, slots=True)
class _Zones:
    version: str
    digest: str


def _queued_runs(incidents: Iterable[Incident]) -> dict[int, int]:
    """Return the runs that wait for their turn: this screening is the one they were queued for."""
    waiting = ScreeningRun.objects.filter(incident__in=incidents, status=RunStatus.QUEUED)
    held = waiting.select_for_update(skip_locked=True).order_by("pk")
    return {run.incident_id: run.pk for run in held.only("pk", "incident_id")}


def _basis(rescreening: Rescreening) -> Basis:
    return Basis(
        rulebook_id=rescreening.rulebook_id,
        lists=rescreening.lists,
        zones_version=rescreening.zones_version,
        zones_digest=rescreening.zones_digest,
    )


def _counted(
    tally: Mapping[int, str], locked: Sequence[_Locked], screened: Sequence[Screened], changes: Sequence[Change]
) -> dict[str, dict[str, int]]:
    """Count by agency what was done, as an agency is told of its own incidents only."""
    agency_of = {each.id: each.agency_id for each in locked}
    counts: dict[int, Counter[str]] = {}
    done = [(incident_id, what) for incident_id, what in tally.items()]
    done += [(each.incident_id, "screened") for each in screened]
    done += [(change.incident_id, change.kind.value) for change in changes if change.run_before is not None]
    for incident_id, what in done:
        counts.setdefault(agency_of[incident_id], Counter())[what] += 1
    return {str(agency_id): dict(sorted(counts[agency_id].items())) for agency_id in sorted(counts)}


def _finish(chunk: RescreeningChunk, counts: dict[str, dict[str, int]], now: datetime) -> None:
    chunk.finished_at, chunk.counts = now, counts
    chunk.save(update_fields=["finished_at", "counts"])
    total: Counter[str] = Counter()
    for of_agency in counts.values():
        total.update(of_agency)
    change: dict[str, Any] = {"after": {"rescreening": chunk.rescreening_id, "chunk": chunk.number, **total}}
    write_audit_entry(action="rescreening.chunk_done", subject=chunk, at=now, by=None, change=change)
