"""Marks of an incident's items that another incident of the same agency bears too."""

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import prefetch_related_objects

from cases.choices import MarkKind
from cases.models import Incident, Marking, SeizedItem
from cases.models.incident import IncidentState
from cases.screening.facts import MarkSeenFacts

# Shorter numbers recur by chance: they are assembly or batch numbers as often as serials.
SHORTEST_MARK = 5

# Agency and text to the incidents that bear it, by key: of several the first recorded comes first.
Bearers = Mapping[tuple[int, str], Mapping[int, str]]


def marks_seen_elsewhere(incident: Incident) -> tuple[MarkSeenFacts, ...]:
    """Return each serial number that stands in another incident too, with the earliest such incident.

    Only incidents of the recording agency count, so that nothing of another agency's records can be told from a flag.
    """
    return marks_seen_elsewhere_of([incident]).get(incident.pk, ())


def marks_seen_elsewhere_of(incidents: Sequence[Incident]) -> dict[int, tuple[MarkSeenFacts, ...]]:
    """Return the same of each incident that has any, read together."""
    prefetch_related_objects(incidents, "items__marks")
    serials = {incident.pk: _serials(incident) for incident in incidents}
    texts = sorted({text for by_text in serials.values() for text in by_text})
    bearers = _bearers({incident.agency_id for incident in incidents}, texts) if texts else {}
    found = {incident.pk: tuple(_seen(incident, serials[incident.pk], bearers)) for incident in incidents}
    return {incident_id: seen for incident_id, seen in found.items() if seen}


def _serials(incident: Incident) -> dict[str, int]:
    """Return each serial number with the place of the first item that bears it."""
    by_text: dict[str, int] = {}
    items = sorted(incident.items.all(), key=lambda item: item.position)
    for index, item in enumerate(items):
        marks = (mark.text for mark in item.marks.all() if mark.kind == MarkKind.SERIAL.value)
        for text in (item.serial_number, *sorted(marks)):
            if len(text) >= SHORTEST_MARK:
                by_text.setdefault(text, index)
    return by_text


def _seen(incident: Incident, serials: Mapping[str, int], bearers: Bearers) -> Iterator[MarkSeenFacts]:
    for text, index in sorted(serials.items()):
        others = bearers.get((incident.agency_id, text), {})
        earliest = min((bearer for bearer in others if bearer != incident.pk), default=None)
        if earliest is not None:
            yield MarkSeenFacts(item=index, text=text, reference=others[earliest])


def _bearers(agency_ids: set[int], texts: Sequence[str]) -> Bearers:
    standing = Incident.objects.filter(agency_id__in=agency_ids).exclude(state=IncidentState.VOID.value)
    # That no empty text is meant lets the indexes answer, which hold none.
    numbered = SeizedItem.objects.filter(serial_number__in=texts, incident__in=standing).exclude(serial_number="")
    marked = Marking.objects.filter(kind=MarkKind.SERIAL.value, text__in=texts, item__incident__in=standing)
    of_item = ("incident__agency_id", "serial_number", "incident_id", "incident__reference")
    of_mark = ("item__incident__agency_id", "text", "item__incident_id", "item__incident__reference")
    found: dict[tuple[int, str], dict[int, str]] = {}
    for agency_id, text, incident_id, reference in (
        *numbered.values_list(*of_item),
        *marked.exclude(text="").values_list(*of_mark),
    ):
        found.setdefault((agency_id, text), {})[incident_id] = reference
    return found
