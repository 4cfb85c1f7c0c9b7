"""Incidents as a list shows them: few columns, few queries."""

from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import DateTimeField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce

from cases.choices import RunStatus
from cases.models import Finding, Incident, ScreeningRun

# Before every day that anybody records.
DAY_UNKNOWN: Final = datetime(1, 1, 2, tzinfo=UTC)


def incident_rows(incidents: QuerySet[Incident]) -> QuerySet[Incident]:
    """Return the incidents with what a row shows read along."""
    newest = ScreeningRun.objects.filter(incident=OuterRef("pk")).order_by("-pk").values("status")[:1]
    current = (
        Finding.objects.filter(is_current=True).order_by("measure").only("incident", "regime", "measure", "outcome")
    )
    return (
        incidents.select_related("conveyance")
        .annotate(screening_status=Subquery(newest))
        .prefetch_related("items", Prefetch("findings", queryset=current, to_attr="current_findings"))
    )


def by_day(incidents: QuerySet[Incident]) -> QuerySet[Incident]:
    """Add the moment by which a list is ordered by day: the first that the date can mean, none known before any."""
    first = Coalesce(Cast("occurred_first_day", DateTimeField()), DAY_UNKNOWN)
    return incidents.annotate(occurred_moment=first)


def row_of_incident(incident: Any) -> dict[str, Any]:
    """Return the row of an incident that `incident_rows` has read."""
    point = None if incident.longitude is None else [incident.longitude, incident.latitude]
    conveyance = getattr(incident, "conveyance", None)
    return {
        "reference": incident.reference,
        "agency_reference": incident.agency_reference or None,
        "client_id": incident.client_id,
        "state": incident.state,
        "kind": incident.kind or None,
        "occurred_on": incident.occurred_on or None,
        "location": None if point is None else {"type": "Point", "coordinates": point},
        "location_accuracy_m": incident.location_accuracy_m,
        "place": incident.place or None,
        "at_sea": incident.at_sea,
        "country": incident.located_country or None,
        "nearest_country": incident.nearest_country or None,
        "conveyance": (conveyance.name or None) if conveyance else None,
        "categories": sorted({item.category for item in incident.items.all() if item.category}),
        "outcomes": [
            {"regime": finding.regime, "measure": finding.measure, "outcome": finding.outcome}
            for finding in incident.current_findings
        ],
        "screening": {"status": incident.screening_status or RunStatus.QUEUED},
        "version": incident.version,
        "recorded_at": incident.recorded_at,
    }
