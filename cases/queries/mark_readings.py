"""Readings of marks: what there is to read, who has read, and how two readings stand to each other."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from cases.choices import EvidenceKind, EvidenceState, MalwareVerdict, MarkingState
from cases.models import Evidence, Incident, Marking, MarkReading, MarkSettlement, Officer, SeizedItem
from cases.models.mark_reading import READERS
from cases.tracing.reading_comparison import Comparison, MarkAsRead, compare_readings

Document = dict[str, Any]

# Whoever wrote this down at the post has looked, and there is nothing to read.
_NOTHING_MORE = (MarkingState.NEVER_MARKED.value, MarkingState.OBLITERATED.value)


def photographs_of(item: SeizedItem, evidence: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """Return, of that evidence, the photographs of the item that can be looked at, as they were taken."""
    return evidence.filter(_LOOKED_AT, item=item).order_by("uploaded_at", "pk").prefetch_related("previews")


def photographed_items(evidence: QuerySet[Evidence], incident: Incident) -> set[str]:
    """Return the ids of the incident's items of which that evidence has a photograph."""
    of_items = evidence.filter(_LOOKED_AT, incident=incident, item__isnull=False)
    return {str(uuid) for uuid in of_items.values_list("item__item_uuid", flat=True).distinct()}


def round_of(item: SeizedItem) -> int:
    """Return which round of readings the item is in, from 1: what is settled is over."""
    return MarkSettlement.objects.filter(item=item).count() + 1


def readings_in(item: SeizedItem, number: int) -> list[MarkReading]:
    """Return the readings of a round, the first reader's first."""
    rows = MarkReading.objects.filter(item=item, round=number).select_related("reader")
    return list(rows.order_by("place"))


def compared(readings: Sequence[MarkReading]) -> Comparison:
    """Return both readings of a round side by side."""
    first, second = readings
    return compare_readings(
        marks_of(first.marks), marks_of(second.marks), states=(first.marking_state, second.marking_state)
    )


def marks_of(kept: Sequence[Document]) -> list[MarkAsRead]:
    """Return marks as they are kept in the form in which they are compared."""
    return [MarkAsRead(**mark) for mark in kept]


# --- what waits -------------------------------------------------------------------------------------------------------


def items_waiting(incidents: QuerySet[Incident], officer: Officer) -> QuerySet[SeizedItem]:
    """Return the items of those incidents whose marks wait to be read or settled, with how many readings are given.

    That is what was photographed and has no mark on record, and what somebody has begun to read. `is_mine` says that
    the officer is one of the readers.
    """
    photographed = Evidence.objects.filter(_LOOKED_AT, incident__in=incidents, item__isnull=False)
    settled = MarkSettlement.objects.filter(item=OuterRef("item"), round=OuterRef("round"))
    underway = MarkReading.objects.filter(~Exists(settled), item=OuterRef("pk"))
    count = underway.order_by().values("item").annotate(count=Count("pk")).values("count")
    marked = Q(Exists(Marking.objects.filter(item=OuterRef("pk")))) | ~Q(serial_number="")
    looked_at = Q(marking_state__in=_NOTHING_MORE) | Q(Exists(MarkSettlement.objects.filter(item=OuterRef("pk"))))
    unread = ~marked & ~looked_at
    return SeizedItem.objects.filter(
        Q(Exists(underway)) | unread, pk__in=photographed.values("item"), incident__in=incidents
    ).annotate(
        given=Coalesce(Subquery(count, output_field=IntegerField()), Value(0)),
        is_mine=Exists(underway.filter(reader=officer)),
    )


def items_to_act_on(waiting: QuerySet[SeizedItem]) -> QuerySet[SeizedItem]:
    """Return, of what waits, what does not wait for a colleague alone: what is read twice, or not by the officer."""
    return waiting.filter(Q(given=READERS) | Q(is_mine=False))


def rows_waiting(waiting: QuerySet[SeizedItem]) -> QuerySet[SeizedItem]:
    """Return what waits with what a list shows of each read along."""
    rows = waiting.annotate(recorded_at=F("incident__recorded_at")).select_related("incident")
    return rows.defer("incident__as_sent")


def document_of_item_waiting(row: SeizedItem) -> Document:
    """Return one row of `rows_waiting` as the work list shows it."""
    given: int = row.given  # type: ignore[attr-defined]  # annotated
    is_mine: bool = row.is_mine  # type: ignore[attr-defined]  # annotated
    return {
        "incident": row.incident.reference,
        "item": str(row.item_uuid),
        "position": row.position,
        "category": row.category,
        "what": " ".join(part for part in (row.make, row.model, row.calibre) if part),
        "given": given,
        "is_mine": is_mine,
        "recorded_at": row.incident.recorded_at,
    }


_LOOKED_AT = Q(
    ~Q(malware_verdict=MalwareVerdict.INFECTED.value),
    kind=EvidenceKind.PHOTO.value,
    state=EvidenceState.COMPLETE.value,
    damaged_at__isnull=True,
)


# --- as they are shown ------------------------------------------------------------------------------------------------


def document_of_readings(
    item: SeizedItem, readings: QuerySet[MarkReading], settlements: QuerySet[MarkSettlement]
) -> Document:
    """Return what is known of an item's readings; `readings` are those that the reader may see."""
    number = round_of(item)
    given = MarkReading.objects.filter(item=item, round=number).count()
    rows = list(readings.filter(item=item).select_related("reader").order_by("round", "place"))
    comparison = None
    if given == READERS:
        comparison = compared([row for row in rows if row.round == number])
    return {
        "incident": item.incident.reference,
        "item": str(item.item_uuid),
        "position": item.position,
        "version": item.incident.version,
        "round": number,
        "readings_given": given,
        "readings": [_reading(row) for row in rows],
        "comparison": None if comparison is None else _comparison(comparison),
        "settlements": [
            _settlement(row) for row in settlements.filter(item=item).select_related("settled_by").order_by("round")
        ],
    }


def _reading(row: MarkReading) -> Document:
    return {
        "round": row.round,
        "place": row.place,
        "reader": row.reader.username,
        "read_at": row.read_at,
        "photographs": [str(photograph) for photograph in row.photographs],
        "marking_state": row.marking_state or None,
        "marks": _marks(marks_of(row.marks)),
    }


def _settlement(row: MarkSettlement) -> Document:
    return {
        "round": row.round,
        "agreed": row.is_agreed,
        "marking_state": row.marking_state or None,
        "marks": _marks(marks_of(row.marks)),
        "reason": row.reason or None,
        "settled_by": row.settled_by.username,
        "settled_at": row.settled_at,
        "version_before": row.version_before,
        "version_after": row.version_after,
    }


def _comparison(comparison: Comparison) -> Document:
    return {
        "agrees": comparison.agrees,
        "state_differs": comparison.state_differs,
        "marks": [
            {
                "first": None if twice.first is None else _mark(twice.first),
                "second": None if twice.second is None else _mark(twice.second),
                "relation": twice.relation.value,
                "differs": list(twice.differs),
                "signs": [sign._asdict() for sign in twice.signs],
            }
            for twice in comparison.marks
        ],
    }


def _marks(marks: Sequence[MarkAsRead]) -> list[Document]:
    return [_mark(mark) for mark in marks]


def _mark(mark: MarkAsRead) -> Document:
    return {name: value or None for name, value in mark._asdict().items()}
