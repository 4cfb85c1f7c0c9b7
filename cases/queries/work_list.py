"""Findings as a work list shows them: few columns, few queries."""

from typing import Any

from django.db.models import Q, QuerySet

from cases.choices import ReviewState
from cases.models import Finding, IncidentState

# In these a finding matters to people though the result in force does not hold it.
_OUT_OF_FORCE = (ReviewState.NO_LONGER_FOUND, ReviewState.SETTLED)


def finding_rows(findings: QuerySet[Finding], *, review: ReviewState | None, place_only: bool) -> QuerySet[Finding]:
    """Return the findings that stand so with people, or that wait for one; what was recorded in error never does."""
    wanted = [review] if review is not None else list(ReviewState.waiting())
    in_force = Q(is_current=True) | Q(review__in=_OUT_OF_FORCE)
    chosen = findings.filter(in_force, review__in=wanted, place_only=place_only, found_at__isnull=False)
    return chosen.exclude(incident__state=IncidentState.VOID).select_related("incident").defer("incident__as_sent")


def row_of_finding(finding: Finding) -> dict[str, Any]:
    """Return the row of a finding that `finding_rows` has read."""
    incident = finding.incident
    return {
        "id": str(finding.pk),
        "incident": incident.reference,
        "agency_reference": incident.agency_reference or None,
        "is_draft": incident.state == IncidentState.DRAFT,
        "occurred_on": incident.occurred_on or None,
        "place": incident.place or None,
        "regime": finding.regime,
        "measure": finding.measure,
        "outcome": finding.outcome,
        "status": finding.status,
        "tie": finding.tie or None,
        "items": finding.items,
        "unknowns": finding.document.get("unknowns", []),
        "place_only": finding.place_only,
        "is_current": finding.is_current,
        "review": finding.review,
        "found_at": "" if finding.found_at is None else finding.found_at.isoformat(),
    }
