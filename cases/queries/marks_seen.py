"""Marks of an incident's items that another incident of the same agency bears too."""

from collections.abc import Iterator

from cases.choices import MarkKind
from cases.models import Incident, Marking, SeizedItem
from cases.models.incident import IncidentState
from cases.screening.facts import MarkSeenFacts

# Shorter numbers recur by chance: they are assembly or batch numbers as often as serials.
SHORTEST_MARK = 5


def marks_seen_elsewhere(incident: Incident) -> tuple[MarkSeenFacts, ...]:
    """Return each serial number that stands in another incident too, with the earliest such incident.

    Only incidents of the recording agency count, so that nothing of another agency's records can be told from a flag.
    """
    by_text: dict[str, int] = {}
    for index, text in _serials(incident):
        by_text.setdefault(text, index)
    if not by_text:
        return ()
    found = _references(incident, list(by_text))
    return tuple(
        MarkSeenFacts(item=index, text=text, reference=found[text])
        for text, index in sorted(by_text.items())
        if text in found
    )


def _serials(incident: Incident) -> Iterator[tuple[int, str]]:
    items = incident.items.order_by("position").prefetch_related("marks")
    for index, item in enumerate(items):
        marks = (mark.text for mark in item.marks.all() if mark.kind == MarkKind.SERIAL.value)
        for text in (item.serial_number, *sorted(marks)):
            if len(text) >= SHORTEST_MARK:
                yield index, text


def _references(incident: Incident, texts: list[str]) -> dict[str, str]:
    """Return the earliest other incident of each text."""
    others = Incident.objects.filter(agency_id=incident.agency_id).exclude(pk=incident.pk)
    others = others.exclude(state=IncidentState.VOID.value)
    numbered = SeizedItem.objects.filter(serial_number__in=texts, incident__in=others)
    marked = Marking.objects.filter(kind=MarkKind.SERIAL.value, text__in=texts, item__incident__in=others)
    pairs = [
        *numbered.values_list("serial_number", "incident_id", "incident__reference"),
        *marked.values_list("text", "item__incident_id", "item__incident__reference"),
    ]
    # Of several the first recorded, by its key.
    return {text: reference for text, _, reference in sorted(pairs, key=lambda pair: -pair[1])}
