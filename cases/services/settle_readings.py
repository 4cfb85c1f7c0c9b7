"""Settling two readings of an item's marks, and writing what stands into the record."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any

from django.db import transaction

from cases import access
from cases.choices import MarkingState
from cases.errors import IllegalTransition, NotReadTwice, ReadingsDiffer, StaleVersion, ThirdLookNeeded
from cases.models import Incident, IncidentState, MarkReading, MarkSettlement, Officer, SeizedItem
from cases.models.mark_reading import READERS
from cases.queries.incident_document import record_of_incident
from cases.queries.mark_readings import compared, readings_in, round_of
from cases.services.amend_incident import amend_incident
from cases.services.write_audit_entry import write_audit_entry
from cases.tracing.mark_text import UNREAD, UNREAD_RUN
from cases.tracing.reading_comparison import MarkAsRead, taken_over
from cases.tracing.reading_submission import SettlementSubmission, read_settlement

Document = dict[str, Any]


def settle_readings(
    *, officer: Officer, item: SeizedItem, stated: Mapping[str, Any], expected_version: int, settled_at: datetime
) -> MarkSettlement:
    """Take over two readings that agree, or what a third look says of two that do not, into the item's marks.

    Marks that are on record already stay; what is new is added, as an amendment of the incident. Raises NotReadTwice,
    ReadingsDiffer where what differs was to be taken over as it is, ThirdLookNeeded for one of the readers,
    StaleVersion where the record has moved on, and what `amend_incident` raises.
    """
    require_settler(officer, item)
    wanted = read_settlement(stated)
    with transaction.atomic():
        incident = Incident.objects.select_for_update().get(pk=item.incident_id)
        number = round_of(item)
        readings = readings_in(item, number)
        if len(readings) < READERS:
            raise NotReadTwice(item=item.position + 1, count=READERS - len(readings))
        if incident.version != expected_version:
            raise StaleVersion(current=incident.version, expected=expected_version)
        marks, state = _settled(officer, item, readings, wanted)
        version = _write(officer, incident, item, (marks, state), settled_at)
        settlement = MarkSettlement.objects.create(
            incident=incident,
            item=item,
            round=number,
            is_agreed=wanted.marks is None,
            marks=[mark._asdict() for mark in marks],
            marking_state=state,
            reason=wanted.reason or "",
            settled_by=officer,
            settled_at=settled_at,
            version_before=expected_version,
            version_after=version,
        )
        _tell(settlement, readings, officer)
    return settlement


def require_settler(officer: Officer, item: SeizedItem) -> None:
    """Raise NotAllowed unless the officer may decide on the item's incident, and change it."""
    for right in (access.REVIEW, access.EDIT):
        access.require_on(officer, right, item.incident)


def _settled(
    officer: Officer, item: SeizedItem, readings: Sequence[MarkReading], wanted: SettlementSubmission
) -> tuple[Sequence[MarkAsRead], str]:
    """Return the marks that stand, and how far they can be read."""
    if wanted.marks is None:
        comparison = compared(readings)
        if not comparison.agrees:
            raise ReadingsDiffer(item=item.position + 1)
        return taken_over(comparison), readings[0].marking_state
    is_reader = officer.pk in {reading.reader_id for reading in readings}
    if is_reader and access.APPROVE_OWN not in officer.rights:
        raise ThirdLookNeeded(item=item.position + 1)
    return [mark.as_read() for mark in wanted.marks], wanted.marking_state or ""


def _write(
    officer: Officer, incident: Incident, item: SeizedItem, settled: tuple[Sequence[MarkAsRead], str], at: datetime
) -> int:
    """Add to the item what stands and is not on record; return the version that the record has then."""
    marks, state = settled
    items = _items(incident)
    mine = _item_in(items, item, incident)
    on_record = {(mark.get("kind"), mark.get("text")) for mark in mine.get("marks") or ()}
    new = [_as_recorded(mark) for mark in marks if (mark.kind or None, mark.text) not in on_record]
    if not new and state in {"", mine.get("marking_state")}:
        return incident.version
    mine["marks"] = [*(mine.get("marks") or ()), *new]
    if state:
        mine["marking_state"] = state
    amended = amend_incident(
        officer=officer,
        incident=incident,
        changes={"items": items},
        expected_version=incident.version,
        amended_at=at,
    )
    return amended.incident.version


def _items(incident: Incident) -> list[Document]:
    """Return the items as an amendment sends them: of a draft as they came, with what could not be read of it."""
    is_as_sent = incident.state == IncidentState.DRAFT and isinstance(incident.as_sent, dict)
    return deepcopy((incident.as_sent if is_as_sent else record_of_incident(incident)).get("items") or [])


def _item_in(items: list[Document], item: SeizedItem, incident: Incident) -> Document:
    """Return the item among those of the record: by its id, or by its place where that is certain."""
    for each in items:
        if isinstance(each, dict) and each.get("id") == str(item.item_uuid):
            return each
    if len(items) == incident.items.count() and isinstance(items[item.position], dict):
        return items[item.position]
    raise IllegalTransition(state=incident.state, wanted="given marks before what is wrong in its items is mended")


def _as_recorded(mark: MarkAsRead) -> Document:
    """Return a mark as records have it; what was not read of it makes it a partial one."""
    is_partial = UNREAD in mark.text or UNREAD_RUN in mark.text
    state = MarkingState.PARTIAL.value if is_partial else None
    return {name: value or None for name, value in mark._asdict().items()} | {"state": state}


def _tell(settlement: MarkSettlement, readings: Sequence[MarkReading], officer: Officer) -> None:
    change = {
        "before": {"readings": [reading.marks for reading in readings]},
        "after": {
            "item": settlement.item.position,
            "round": settlement.round,
            "agreed": settlement.is_agreed,
            "marks": settlement.marks,
            "marking_state": settlement.marking_state,
        },
    }
    write_audit_entry(
        action="marks.settled",
        subject=settlement,
        at=settlement.settled_at,
        by=officer,
        reason=settlement.reason,
        change=change,
    )
