"""Saved filters as they are shown."""

from typing import Any

from django.db.models import QuerySet

from cases.models import Officer, SavedFilter


def documents_of_filters(filters: QuerySet[SavedFilter], *, officer: Officer) -> list[dict[str, Any]]:
    """Return the filters by name, the officer's own first."""
    rows = filters.select_related("officer").order_by("name", "pk")
    shown = [document_of_filter(row, officer=officer) for row in rows]
    return sorted(shown, key=lambda each: not each["is_own"])


def document_of_filter(row: SavedFilter, *, officer: Officer) -> dict[str, Any]:
    """Return a filter with what it asks, and whose it is."""
    return {
        "id": row.pk,
        "name": row.name,
        "asked": row.asked,
        "is_shared": row.is_shared,
        "is_own": row.officer_id == officer.pk,
        "officer": row.officer.username,
    }
