"""Giving one's reading of an item's marks, without having seen another's."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from cases import access
from cases.errors import AlreadyRead, IllegalTransition, InvalidSubmission, NothingToRead, ReadTwiceAlready
from cases.intake.problems import Problem
from cases.models import Incident, IncidentState, MarkReading, Officer, SeizedItem
from cases.models.mark_reading import READERS
from cases.queries.mark_readings import photographs_of, readings_in, round_of
from cases.services.write_audit_entry import write_audit_entry
from cases.tracing.reading_submission import ReadingSubmission, read_reading


def read_marks(*, officer: Officer, item: SeizedItem, stated: Mapping[str, Any], read_at: datetime) -> MarkReading:
    """Keep what the officer read from the item's photographs, as the first or the second of two readers.

    Raises NothingToRead without a photograph, AlreadyRead for the first reader of two, ReadTwiceAlready for a third,
    IllegalTransition for a void incident, InvalidSubmission naming what does not hold.
    """
    access.require_on(officer, access.RECORD, item.incident)
    access.require_nominal(officer, item.incident)
    read = read_reading(stated)
    with transaction.atomic():
        incident = Incident.objects.select_for_update().get(pk=item.incident_id)
        if incident.state == IncidentState.VOID:
            raise IllegalTransition(state=incident.state, wanted="given readings")
        photographs = list(photographs_of(item, access.evidence_for(officer)).values_list("uuid", flat=True))
        _refuse(read, item, photographs)
        number = round_of(item)
        earlier = readings_in(item, number)
        _refuse_reader(officer, item, earlier)
        reading = MarkReading.objects.create(
            incident=incident,
            item=item,
            round=number,
            place=len(earlier) + 1,
            reader=officer,
            read_at=read_at,
            marks=[mark.as_read()._asdict() for mark in read.marks],
            marking_state=read.marking_state or "",
            photographs=photographs,
        )
        # What was read stays out of the trail until it is settled: the second reader may look there.
        change = {"after": {"item": item.position, "round": number, "place": reading.place}}
        write_audit_entry(action="marks.read", subject=reading, at=read_at, by=officer, change=change)
    return reading


def _refuse(read: ReadingSubmission, item: SeizedItem, photographs: list[UUID]) -> None:
    if not photographs:
        raise NothingToRead(item=item.position + 1)
    if problems := list(_unknown(read, photographs)):
        raise InvalidSubmission(problems)


def _unknown(read: ReadingSubmission, photographs: list[UUID]) -> Iterator[Problem]:
    for place, mark in enumerate(read.marks):
        if mark.photo is not None and mark.photo not in photographs:
            yield Problem(f"/marks/{place}/photo", "not_known", {"value": str(mark.photo)})


def _refuse_reader(officer: Officer, item: SeizedItem, earlier: list[MarkReading]) -> None:
    if officer.pk in {reading.reader_id for reading in earlier}:
        raise AlreadyRead(item=item.position + 1)
    if len(earlier) == READERS:
        raise ReadTwiceAlready(item=item.position + 1)
