"""Loading made-up incidents in bulk, to try an installation out and to measure it."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final

from django.conf import settings
from django.db import models, transaction

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
    Incident,
    Marking,
    Officer,
    OfficerRole,
    PaperDocument,
    Party,
    SeizedItem,
)
from cases.services.next_reference import next_reference
from cases.services.write_audit_entry import write_audit_entry
from cases.services.write_incident_rows import COMPANIONS, columns, incident_columns, rows_of

CHUNK_SIZE: Final = 1_000
AGENCY: Final = "Generator (fictitious)"
OFFICER: Final = "demo-generator"

Read = tuple[dict[str, object], IncidentSubmission]
Pair = tuple[Incident, IncidentSubmission]


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
    rows = Incident.objects.bulk_create(
        Incident(
            **incident_columns(submission),
            reference=next_reference(prefix="INC", year=at.year),
            agency=agency,
            state=RecordState.FINAL.value,
            as_sent=document,
            recorded_at=at,
            changed_at=at,
            recorded_by=officer,
        )
        for document, submission in chunk
    )
    pairs = [(row, submission) for row, (_, submission) in zip(rows, chunk, strict=True)]
    _companions(pairs)
    _papers(pairs)
    _items(pairs)


def _companions(pairs: Sequence[Pair]) -> None:
    for name, model in COMPANIONS.items():
        parts = ((incident, getattr(submission, name)) for incident, submission in pairs)
        _insert(model, (model(incident=i, **columns(model, part)) for i, part in parts if part is not None))
    _insert(
        Authorisation,
        (
            Authorisation(incident=incident, position=at, **columns(Authorisation, part))
            for incident, submission in pairs
            for at, part in enumerate(submission.authorisations)
        ),
    )


def _papers(pairs: Sequence[Pair]) -> None:
    placed = [(incident, at, part) for incident, sent in pairs for at, part in enumerate(sent.parties)]
    parties = Party.objects.bulk_create(
        Party(incident=incident, position=at, **columns(Party, part)) for incident, at, part in placed
    )
    papers: list[tuple[Incident, Party | None, int, Any]] = [
        (incident, None, at, paper) for incident, sent in pairs for at, paper in enumerate(sent.documents)
    ]
    for party, (incident, _, part) in zip(parties, placed, strict=True):
        papers += [(incident, party, at, paper) for at, paper in enumerate(part.documents)]
    _insert(
        PaperDocument,
        (
            PaperDocument(incident=incident, party=party, position=at, **columns(PaperDocument, paper))
            for incident, party, at, paper in papers
        ),
    )


def _items(pairs: Sequence[Pair]) -> None:
    placed = [(incident, at, part) for incident, sent in pairs for at, part in enumerate(sent.items)]
    rows = SeizedItem.objects.bulk_create(
        SeizedItem(incident=incident, item_uuid=part.id or uuid.uuid4(), position=at, **columns(SeizedItem, part))
        for incident, at, part in placed
    )
    items = [(row, part) for row, (_, _, part) in zip(rows, placed, strict=True)]
    marks = ((row, number, mark) for row, part in items for number, mark in enumerate(part.marks))
    _insert(Marking, (Marking(item=row, number=number, **columns(Marking, mark)) for row, number, mark in marks))
    _insert(
        AmmunitionDetail,
        (
            AmmunitionDetail(item=row, **columns(AmmunitionDetail, part.ammunition))
            for row, part in items
            if part.ammunition is not None
        ),
    )
    _insert(
        Disposition,
        (
            Disposition(item=row, **columns(Disposition, part.disposition))
            for row, part in items
            if part.disposition is not None
        ),
    )


def _insert(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    rows_of(model).bulk_create(list(rows), batch_size=CHUNK_SIZE)
