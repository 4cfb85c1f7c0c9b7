"""Running a queued screening."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F, Q

from cases.choices import RunStatus
from cases.errors import RulebookMissing
from cases.models import Finding, Incident, RulebookVersion, ScreeningRun
from cases.queries.incident_document import submission_of_incident
from cases.queries.rulebooks import current_designations, current_rulebook
from cases.results import screening_document
from cases.screening.findings import canonical_json
from cases.services.write_audit_entry import write_audit_entry
from geo.locate import geography

logger = logging.getLogger(__name__)

# Above the task's hard time limit: whoever runs longer is dead.
RUNNING_LIMIT = timedelta(seconds=60)
# A run that kills its worker this often is not tried again by itself.
MOST_ATTEMPTS = 5
LONGEST_ERROR = 2000


def run_screening(*, run_id: int, now: datetime) -> ScreeningRun:
    """Screen the run's incident and keep the result; a run that is finished, or another's, is left as it is.

    A failure of the engine is recorded on the run and raised; one of the database leaves the run to be tried again.
    """
    if not _claim(run_id, now):
        return ScreeningRun.objects.get(pk=run_id)
    run = ScreeningRun.objects.select_related("incident").get(pk=run_id)
    try:
        return _finish(run, _screen(run.incident), now)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        fail_run(run, f"{type(error).__name__}: {error}", now)
        raise


def fail_run(run: ScreeningRun, error: str, now: datetime) -> None:
    """Record that the run failed, and why."""
    with transaction.atomic():
        run.status = RunStatus.FAILED
        run.finished_at = now
        run.error = error[:LONGEST_ERROR]
        run.save(update_fields=["status", "finished_at", "error"])
        change = {"after": {"status": run.status, "error": run.error}}
        write_audit_entry(action="screening.failed", subject=run, at=now, by=None, change=change)
    logger.error("screening failed", extra={"fields": {"run_id": run.pk}})


def _claim(run_id: int, now: datetime) -> bool:
    """Take the run in one statement, so that of two deliveries one gets it."""
    abandoned = Q(status=RunStatus.RUNNING, started_at__lt=now - RUNNING_LIMIT)
    waiting = ScreeningRun.objects.filter(Q(status=RunStatus.QUEUED) | abandoned, pk=run_id)
    taken = waiting.update(status=RunStatus.RUNNING, started_at=now, attempts=F("attempts") + 1)
    return taken == 1


def _screen(incident: Incident) -> dict[str, Any]:
    return screening_document(
        submission_of_incident(incident),
        reference=incident.reference,
        rulebook=current_rulebook(),
        designations=current_designations(),
        geography=geography(),
    )


def _finish(run: ScreeningRun, document: dict[str, Any], now: datetime) -> ScreeningRun:
    with transaction.atomic():
        incident = Incident.objects.select_for_update().get(pk=run.incident_id)
        locked = ScreeningRun.objects.select_for_update().get(pk=run.pk)
        if (locked.status, locked.attempts) != (RunStatus.RUNNING, run.attempts):
            return locked
        _keep_result(locked, document, now)
        if not ScreeningRun.objects.filter(incident=incident, status=RunStatus.DONE, pk__gt=run.pk).exists():
            Finding.objects.filter(incident=incident, is_current=True).update(is_current=False)
            _keep_place(incident, document["place"])
            is_current = True
        else:
            is_current = False
        found = [_finding(locked, finding, is_current=is_current) for finding in document["findings"]]
        Finding.objects.bulk_create(found)
        change = {"after": {"facts_digest": locked.facts_digest, "outcomes": {f.measure: f.outcome for f in found}}}
        write_audit_entry(action="screening.done", subject=locked, at=now, by=None, change=change)
    return locked


def _keep_result(run: ScreeningRun, document: dict[str, Any], now: datetime) -> None:
    rulebook = document["rulebook"]
    run.rulebook = RulebookVersion.objects.filter(digest=rulebook["digest"]).first()
    if run.rulebook is None:
        raise RulebookMissing(version=rulebook["version"])
    run.status = RunStatus.DONE
    run.finished_at = now
    run.facts_digest = document["facts_digest"]
    run.zones_version, run.zones_digest = document["zones"]["version"], document["zones"]["digest"]
    run.lists = document["lists"]
    run.result = canonical_json(document)
    run.error = ""
    run.save()


def _keep_place(incident: Incident, place: dict[str, Any] | None) -> None:
    place = place or {}
    incident.located_country = place.get("country") or ""
    incident.nearest_country = place.get("nearest_country") or ""
    incident.zone_ids = sorted({zone["id"] for zone in place.get("zones", ())})
    incident.save(update_fields=["located_country", "nearest_country", "zone_ids"])


def _finding(run: ScreeningRun, document: dict[str, Any], *, is_current: bool) -> Finding:
    return Finding(
        run=run,
        incident_id=run.incident_id,
        **{name: document[name] for name in ("regime", "measure", "outcome", "status", "tie", "items")},
        document=document,
        is_current=is_current,
    )
