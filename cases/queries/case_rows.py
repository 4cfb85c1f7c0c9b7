"""Cases, with the incidents that they join."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from cases.models import Case, Incident


def case_rows(cases: QuerySet[Case], *, known: QuerySet[Incident]) -> QuerySet[Case]:
    """Return the cases, each with those of its incidents that the reader may know of."""
    joined = Prefetch("incidents", known.order_by("reference"), to_attr="known_incidents")
    return cases.select_related("opened_by").prefetch_related(joined)


def document_of_case(case: Case) -> dict[str, Any]:
    """Return one row of `case_rows` as the API shows it."""
    known: list[Incident] = case.known_incidents  # type: ignore[attr-defined]  # put there by the prefetch
    return {
        "reference": case.reference,
        "title": case.title,
        "opened_at": case.opened_at.isoformat(),
        "opened_by": case.opened_by.username,
        "closed_at": None if case.closed_at is None else case.closed_at.isoformat(),
        "incidents": [incident.reference for incident in known],
    }
