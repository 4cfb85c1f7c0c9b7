"""Running a queued screening."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F, Q

from cases.canonical import canonical_json
from cases.choices import RunStatus
from cases.errors import RulebookMissing
from cases.models import CurrentScreening, Incident, RulebookVersion, ScreeningRun
from cases.queries.geographies import current_geography
from cases.queries.rulebooks import current_designations, current_rulebook
from cases.queries.screened_facts import facts_of_incidents
from cases.results import result_document
from cases.screening.engine import screen, screener
from cases.screening.facts import IncidentFacts
from cases.services.keep_obligations import keep_obligations
from cases.services.keep_results import Basis, Screened, keep_late_result, keep_results
from cases.services.remember_names import remember_names
from cases.services.write_audit_entry import write_audit_entry

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
        return _finish(run, *_screen(run.incident), now)
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


def _screen(incident: Incident) -> tuple[IncidentFacts, dict[str, Any]]:
    rulebook, designations, places = current_rulebook(), current_designations(), current_geography()
    (facts,) = facts_of_incidents([incident], places)
    result = screen(facts, rulebook, designations)
    return facts, result_document(facts, result, rulebook=rulebook, designations=designations, geography=places)


def _finish(run: ScreeningRun, facts: IncidentFacts, document: dict[str, Any], now: datetime) -> ScreeningRun:
    with transaction.atomic():
        incident = Incident.objects.select_for_update().get(pk=run.incident_id)
        locked = ScreeningRun.objects.select_for_update().get(pk=run.pk)
        if (locked.status, locked.attempts) != (RunStatus.RUNNING, run.attempts):
            return locked
        basis = _basis(document)
        in_force = CurrentScreening.objects.filter(pk=incident.pk).values_list("run_id", flat=True).first()
        screened = _screened(run, facts, document, in_force)
        if in_force is None or in_force < run.pk:
            keep_results(screened=[screened], basis=basis, now=now)
            keep_obligations(incident_ids=[incident.pk], now=now)
        else:
            keep_late_result(screened=screened, basis=basis, now=now)
        locked.refresh_from_db()
        outcomes = {finding["measure"]: finding["outcome"] for finding in document["findings"]}
        change = {"after": {"facts_digest": locked.facts_digest, "outcomes": outcomes}}
        write_audit_entry(action="screening.done", subject=locked, at=now, by=None, change=change)
        # Kept by the lists in use, which are as a rule those just compared with; what is new of others stays unkept.
        for index in screener(current_rulebook(), current_designations()).name_indexes:
            remember_names(index=index)
    return locked


def _screened(run: ScreeningRun, facts: IncidentFacts, document: dict[str, Any], in_force: int | None) -> Screened:
    return Screened(
        incident_id=run.incident_id,
        # The record as it was read, before the lock: where it has moved on, its next run is queued.
        incident_version=run.incident.version,
        document=document,
        result=canonical_json(document),
        facts_digest=document["facts_digest"],
        facts=facts,
        run_id=run.pk,
        run_before=in_force,
    )


def _basis(document: dict[str, Any]) -> Basis:
    rulebook = document["rulebook"]
    version = RulebookVersion.objects.filter(digest=rulebook["digest"]).first()
    if version is None:
        raise RulebookMissing(version=rulebook["version"])
    return Basis(
        rulebook_id=version.pk,
        lists=document["lists"],
        zones_version=document["zones"]["version"],
        zones_digest=document["zones"]["digest"],
    )
