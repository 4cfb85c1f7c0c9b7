"""Loading made-up incidents in bulk, to try an installation out and to measure it."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import models, transaction
from pydantic import BaseModel

from cases.choices import AgencyKind, RecordState
from cases.errors import DemoForbidden
from cases.generate.incidents import incidents
from cases.intake.incident import IncidentSubmission
from cases.intake.reading import read_incident
from cases.models import (
    Agency,
    AmmunitionDetail,
    Authorisation,
    Disposition,
    FoldedMark,
    Incident,
    Marking,
    Officer,
    OfficerRole,
    PaperDocument,
    Party,
    SeizedItem,
)
from cases.services.fold_marks import columns_of_marks
from cases.services.insert_rows import insert_rows, new_keys
from cases.services.keep_placements import keep_placements
from cases.services.next_reference import next_references
from cases.services.write_audit_entry import write_audit_entry
from cases.services.write_incident_rows import COMPANIONS, columns, incident_columns

CHUNK_SIZE: Final = 1_000
AGENCY: Final = "Generator (fictitious)"
OFFICER: Final = "demo-generator"

Read = tuple[dict[str, object], IncidentSubmission]
Row = dict[str, Any]


class _Part(NamedTuple):
    """Part of a record, with the key of the row that it belongs to and its place among its kind."""

    owner: int
    place: int
    sent: Any


def load_generated(*, count: int, seed: int, loaded_at: datetime) -> Iterator[int]:
    """Record so many made-up incidents of one fictitious agency, and yield after each chunk how many are recorded.

    They are not queued for screening: a re-screening finds what has no result. Raises DemoForbidden in production.
    """
    if not settings.DEMO_ALLOWED:
        raise DemoForbidden
    officer, agency = _owner()
    made, recorded = _read(incidents(count, seed=seed)), 0
    while chunk := list(islice(made, CHUNK_SIZE)):
        with transaction.atomic():
            _record(chunk, officer, agency, loaded_at)
            change = {"after": {"incidents": len(chunk), "seed": seed}}
            write_audit_entry(action="generated.loaded", subject=agency, at=loaded_at, by=officer, change=change)
        recorded += len(chunk)
        yield recorded


def _owner() -> tuple[Officer, Agency]:
    with transaction.atomic():
        details = {"kind": AgencyKind.CUSTOMS.value, "country": "XXX", "is_demo": True}
        agency, _ = Agency.objects.get_or_create(name=AGENCY, defaults=details)
        known = Officer.objects.filter(username=OFFICER).first()
        # No password: nobody signs in as the generator.
        made = known or Officer.objects.create_user(
            OFFICER, agency=agency, role=OfficerRole.OFFICER.value, is_demo=True
        )
    return made, agency


def _read(documents: Iterable[dict[str, object]]) -> Iterator[Read]:
    for document in documents:
        reading = read_incident(document)
        if reading.submission is None:
            raise AssertionError(f"the generator made what cannot be read: {reading.errors}")
        yield document, reading.submission


def _record(chunk: Sequence[Read], officer: Officer, agency: Agency, at: datetime) -> None:
    incidents = _keyed(Incident, (_Part(0, 0, submission) for _, submission in chunk))
    references = next_references(prefix="INC", year=at.year, count=len(chunk))
    common = {
        "agency_id": agency.pk,
        "state": RecordState.FINAL.value,
        "recorded_at": at,
        "changed_at": at,
        "recorded_by_id": officer.pk,
    }
    rows = (
        {"id": key, "reference": reference, "as_sent": document, **common, **incident_columns(part.sent)}
        for (key, part), reference, (document, _) in zip(incidents, references, chunk, strict=True)
    )
    insert_rows(model=Incident, rows=rows)
    sent = [(key, part.sent) for key, part in incidents]
    for name, model in COMPANIONS.items():
        _copy(model, "incident_id", _one_each(sent, name), place=None)
    _copy(Authorisation, "incident_id", _many_each(sent, "authorisations"))
    _parties(sent)
    _items(sent)
    keep_placements(incident_ids=[key for key, _ in incidents])


def _parties(sent: Sequence[tuple[int, IncidentSubmission]]) -> None:
    parties = _copy(Party, "incident_id", _many_each(sent, "parties"))
    of_incident = {key: part.owner for key, part in parties}
    _copy(PaperDocument, "incident_id", _many_each(sent, "documents"))
    papers = _keyed(PaperDocument, _many_each([(key, part.sent) for key, part in parties], "documents"))
    rows = (
        {**_row(PaperDocument, key, paper, "party_id"), "incident_id": of_incident[paper.owner]}
        for key, paper in papers
    )
    insert_rows(model=PaperDocument, rows=rows)


def _items(sent: Sequence[tuple[int, IncidentSubmission]]) -> None:
    items = _keyed(SeizedItem, _many_each(sent, "items"))
    rows = (
        _row(SeizedItem, key, part, "incident_id") | {"item_uuid": part.sent.id or uuid.uuid4()} for key, part in items
    )
    insert_rows(model=SeizedItem, rows=rows)
    of_items = [(key, part.sent) for key, part in items]
    _copy(Marking, "item_id", _many_each(of_items, "marks"), place="number")
    _copy(AmmunitionDetail, "item_id", _one_each(of_items, "ammunition"), place=None)
    _copy(Disposition, "item_id", _one_each(of_items, "disposition"), place=None)
    folded = [
        {"item_id": key, "incident_id": part.owner, **columns}
        for key, part in items
        for columns in columns_of_marks(part.sent)
    ]
    keys = new_keys(model=FoldedMark, count=len(folded))
    insert_rows(model=FoldedMark, rows=({"id": key, **row} for key, row in zip(keys, folded, strict=True)))


def _one_each(owners: Iterable[tuple[int, BaseModel]], name: str) -> Iterator[_Part]:
    """Yield the companion of that name of each that has one."""
    found = ((key, getattr(whole, name)) for key, whole in owners)
    return (_Part(key, 0, part) for key, part in found if part is not None)


def _many_each(owners: Iterable[tuple[int, BaseModel]], name: str) -> Iterator[_Part]:
    """Yield the parts of that name of each, in their order."""
    return (_Part(key, place, part) for key, whole in owners for place, part in enumerate(getattr(whole, name)))


def _copy(
    model: type[models.Model], owner: str, parts: Iterable[_Part], *, place: str | None = "position"
) -> list[tuple[int, _Part]]:
    """Write the parts as rows, and return them with their keys."""
    keyed = _keyed(model, parts)
    insert_rows(model=model, rows=(_row(model, key, part, owner, place=place) for key, part in keyed))
    return keyed


def _keyed(model: type[models.Model], parts: Iterable[_Part]) -> list[tuple[int, _Part]]:
    parts = list(parts)
    return list(zip(new_keys(model=model, count=len(parts)), parts, strict=True))


def _row(model: type[models.Model], key: int, part: _Part, owner: str, *, place: str | None = "position") -> Row:
    where = {} if place is None else {place: part.place}
    return {**columns(model, part.sent), "id": key, owner: part.owner, **where}
