"""The screening of an incident as the contract shows it."""

import json
from typing import Any

from cases.choices import ReviewState, RunStatus
from cases.models import Finding, Incident, IncidentState, ScreeningRun
from cases.queries.incident_document import record_of_incident
from cases.queries.reviews import reviews_of_incident, shown_with_reviews
from cases.redaction import Sight, nominal_names


def find_latest_run(incident: Incident) -> ScreeningRun | None:
    """Return the run asked for last."""
    return incident.runs.order_by("-pk").first()


def screening_status(incident: Incident) -> str | None:
    """Return how far the screening is; None before any was asked for."""
    status = incident.runs.order_by("-pk").values_list("status", flat=True).first()
    return None if status is None else str(status)


def seen_result_for_incident(incident: Incident, sight: Sight) -> dict[str, Any]:
    """Return the result in force as a reader with that sight may see it."""
    document = result_for_incident(incident)
    if sight.is_own and sight.with_nominal:
        return document
    return sight.of(document, nominal_names(record_of_incident(incident)))


def result_for_incident(incident: Incident) -> dict[str, Any]:
    """Return the result in force with the status of the last run, and each finding's id, review and decisions.

    While a new run is queued the earlier result stays readable, and `facts_digest` says what it rests on. What an
    officer confirmed and no run finds any more stays in sight under `no_longer_found`.
    """
    latest = find_latest_run(incident)
    done = incident.runs.filter(status=RunStatus.DONE).order_by("-pk").first()
    document: dict[str, Any] = {"reference": incident.reference, "status": None if latest is None else latest.status}
    if latest is not None and latest.status == RunStatus.FAILED:
        # The reason is for the log: it may quote the record.
        document["error"] = "screening_failed"
    if done is None:
        return document
    document |= json.loads(done.result)
    reviews = reviews_of_incident(incident)
    current, gone = _findings(incident)
    document["findings"] = [shown_with_reviews(each, reviews.get(each.measure, ())) for each in current]
    document["no_longer_found"] = [shown_with_reviews(each, reviews.get(each.measure, ())) for each in gone]
    document["is_draft"] = incident.state == IncidentState.DRAFT
    return document


def _findings(incident: Incident) -> tuple[list[Finding], list[Finding]]:
    """Return the findings in force, and the decided ones that are no longer found, each by measure."""
    rows = sorted(incident.findings.exclude(is_current=False, review__in=_PASSED), key=lambda row: row.measure)
    return [row for row in rows if row.is_current], [row for row in rows if not row.is_current]


_PASSED = [state.value for state in ReviewState if state is not ReviewState.NO_LONGER_FOUND]
