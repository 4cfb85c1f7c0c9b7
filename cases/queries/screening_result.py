"""The screening of an incident as the contract shows it."""

import json
from typing import Any

from cases.choices import RunStatus
from cases.models import Finding, Incident, IncidentState, ScreeningRun


def find_latest_run(incident: Incident) -> ScreeningRun | None:
    """Return the run asked for last."""
    return incident.runs.order_by("-pk").first()


def screening_status(incident: Incident) -> str | None:
    """Return how far the screening is; None before any was asked for."""
    run = find_latest_run(incident)
    return None if run is None else run.status


def result_for_incident(incident: Incident) -> dict[str, Any]:
    """Return the last finished result with the status of the last run, and each finding's id and reviews.

    While a new run is queued the earlier result stays readable, and `facts_digest` says what it rests on.
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
    document["findings"] = [_with_reviews(finding) for finding in _findings(done)]
    document["is_draft"] = incident.state == IncidentState.DRAFT
    return document


def _findings(run: ScreeningRun) -> list[Finding]:
    return sorted(run.findings.prefetch_related("reviews__officer"), key=lambda finding: finding.measure)


def _with_reviews(finding: Finding) -> dict[str, Any]:
    reviews = [
        {
            "decision": review.decision,
            "reason": review.reason,
            "officer": review.officer.username,
            "reviewed_at": review.reviewed_at.isoformat(),
        }
        for review in sorted(finding.reviews.all(), key=lambda review: review.pk)
    ]
    return {**finding.document, "id": str(finding.pk), "reviews": reviews}
