"""How States mark, as shown and as marks are read by."""

from typing import Any

from django.db.models import QuerySet

from cases.choices import MarkingEvent
from cases.models import MarkingPractice
from cases.tracing.marking_practices import Practice


def practice_rows(
    practices: QuerySet[MarkingPractice], *, country: str | None, event: str | None
) -> QuerySet[MarkingPractice]:
    """Return the practices narrowed by State and event."""
    if country is not None:
        practices = practices.filter(country=country)
    return practices if event is None else practices.filter(event=event)


def practices_with_pattern() -> list[Practice]:
    """Return the practices by which marks can be read."""
    return [_practice(row) for row in MarkingPractice.objects.exclude(pattern="").order_by("key")]


def _practice(row: MarkingPractice) -> Practice:
    return Practice(
        key=row.key,
        country=row.country,
        event=MarkingEvent(row.event),
        source=row.source,
        manufacturer=row.manufacturer or None,
        stock=row.stock or None,
        mark_kind=row.mark_kind or None,
        pattern=row.pattern,
        position=row.position or None,
        parts=tuple(row.parts.items()),
        year_from=row.year_from,
        year_until=row.year_until,
        is_verified=row.is_verified,
    )


def document_of_practice(practice: MarkingPractice) -> dict[str, Any]:
    """Return a practice as answered."""
    texts = ("manufacturer", "stock", "mark_kind", "pattern", "position", "elements")
    return {
        "key": practice.key,
        "country": practice.country,
        "event": practice.event,
        **{name: getattr(practice, name) or None for name in texts},
        "parts": practice.parts,
        "year_from": practice.year_from,
        "year_until": practice.year_until,
        "source": practice.source,
        "verified": practice.is_verified,
        "version": practice.version,
        "recorded_at": practice.recorded_at,
        "changed_at": practice.changed_at,
    }
