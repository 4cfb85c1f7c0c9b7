"""Cases, with the incidents that they join."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from cases.models import Case, Incident


def case_rows(cases: QuerySet[Case], *, known: QuerySet[Incident]) -> QuerySet[Case]:
    """Return the cases, each with those of its incidents, and of the cases around it, that the reader may know of."""
    joined = Prefetch("incidents", known.order_by("reference"), to_attr="known_incidents")
    merged = Prefetch("merged", cases.order_by("reference"), to_attr="known_merged")
    into = Prefetch("merged_into", cases, to_attr="known_target")
    return cases.select_related("opened_by", "closed_by").prefetch_related(joined, merged, into)


def document_of_case(case: Case) -> dict[str, Any]:
    """Return one row of `case_rows` as the API shows it."""
    known: list[Incident] = case.known_incidents  # type: ignore[attr-defined]  # put there by the prefetch
    merged: list[Case] = case.known_merged  # type: ignore[attr-defined]  # likewise
    target: Case | None = case.known_target  # type: ignore[attr-defined]  # likewise
    return {
        "reference": case.reference,
        "title": case.title,
        "opened_at": case.opened_at.isoformat(),
        "opened_by": case.opened_by.username,
        "closed_at": None if case.closed_at is None else case.closed_at.isoformat(),
        "closed_by": None if case.closed_by is None else case.closed_by.username,
        "closed_reason": case.closed_reason or None,
        "merged_into": None if target is None else target.reference,
        "merged": [each.reference for each in merged],
        "incidents": [incident.reference for incident in known],
    }
