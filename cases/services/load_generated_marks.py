"""Loading made-up marks by the million, to measure how they are searched."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from cases.choices import AgencyKind, MarkKind, RecordState, SharingLevel
from cases.errors import DemoForbidden
from cases.generate.draws import Draw
from cases.generate.marks import marks
from cases.models import Agency, Grant, Incident, Officer, OfficerRole, SeizedItem
from cases.services.fold_marks import folded_columns
from cases.services.insert_rows import insert_rows, new_keys
from cases.services.next_reference import next_references
from cases.tracing.mark_text import ReadMark, read_mark

AGENCIES: Final = 10
MARKS_AN_ITEM: Final = 5
ITEMS_AN_INCIDENT: Final = 4
# Of all incidents one in so many is shown to the agency that asks.
SHOWN_OF: Final = 1_000
CHUNK_SIZE: Final = 50_000
ASKING: Final = "demo-marks"
_COPY: Final = """
COPY cases_foldedmark (item_id, incident_id, kind, text, is_partial, folded, stem, first_number, last_number, keys)
FROM STDIN
"""
_REFERENCES: Final = """
SELECT conname, format('ALTER TABLE cases_foldedmark ADD CONSTRAINT %I %s', conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE conrelid = 'cases_foldedmark'::regclass AND contype = 'f'
"""
_INDEXES: Final = "SELECT indexname, indexdef FROM pg_indexes WHERE indexname LIKE 'folded\\_mark\\_%'"

# The keys of an item and of its incident.
Bearer = tuple[int, int]


def load_generated_marks(*, count: int, seed: int, loaded_at: datetime) -> Iterator[int]:
    """Load so many made-up marks of ten fictitious agencies, and yield after each chunk how many there are.

    By COPY, which the database allows the tables' owner alone. Raises DemoForbidden in production.
    """
    if not settings.DEMO_ALLOWED:
        raise DemoForbidden
    with transaction.atomic():
        officer, agencies = _agencies()
        bearers = _bearers(officer, agencies, -(-count // MARKS_AN_ITEM), loaded_at)
    # Marks of one pattern must not all lie with one agency.
    draw = Draw(seed)
    rows = (
        (*draw.one(bearers), MarkKind.SERIAL.value, *made, *_columns(read))
        for made in marks(count, seed=seed)
        if (read := read_mark(made.text, is_partial=made.breaks_off)) is not None
    )
    made_again, loaded = _taken_away(), 0
    while chunk := list(islice(rows, CHUNK_SIZE)):
        with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            for row in chunk:
                copy.write_row(row)
        loaded += len(chunk)
        yield loaded
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for statement in made_again:
            cursor.execute(statement)
        cursor.execute("VACUUM (ANALYZE) cases_foldedmark, cases_incident, cases_seizeditem, cases_grant")


def _columns(read: ReadMark) -> Iterator[Any]:
    """Yield the folded columns in their order, the keys as PostgreSQL writes them: adapted singly they cost most."""
    columns = folded_columns(read)
    keys = ",".join(map(str, columns.pop("keys")))
    yield from (*columns.values(), f"{{{keys}}}")


def _taken_away() -> list[str]:
    """Take away indexes and references of the marks, and return how each is made again: at once it costs a tenth."""
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES)
        indexes: list[tuple[str, str]] = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
        cursor.execute(_REFERENCES)
        references: list[tuple[str, str]] = cursor.fetchall()
        for name, _ in references:
            cursor.execute(sql.SQL("ALTER TABLE cases_foldedmark DROP CONSTRAINT {}").format(sql.Identifier(name)))
    return [statement for _, statement in (*indexes, *references)]


def _agencies() -> tuple[Officer, list[int]]:
    details = {"kind": AgencyKind.CUSTOMS.value, "country": "XXX", "is_demo": True, "receives_shares": True}
    names = [f"Marks {number} (fictitious)" for number in range(AGENCIES)]
    agencies = [Agency.objects.get_or_create(name=name, defaults=details)[0] for name in names]
    known = Officer.objects.filter(username=ASKING).first()
    role = OfficerRole.OFFICER.value
    officer = known or Officer.objects.create_user(ASKING, agency=agencies[0], role=role, is_demo=True)
    return officer, [agency.pk for agency in agencies]


def _bearers(officer: Officer, agencies: Sequence[int], count: int, at: datetime) -> list[Bearer]:
    """Record so many items, a few an incident, and show some of the incidents to the officer's agency."""
    incidents = new_keys(model=Incident, count=-(-count // ITEMS_AN_INCIDENT))
    references = next_references(prefix="INC", year=at.year, count=len(incidents))
    common = {"state": RecordState.DRAFT.value, "as_sent": {}, "recorded_at": at, "changed_at": at}
    recorded = (
        {
            "id": key,
            "reference": reference,
            "agency_id": agencies[key % AGENCIES],
            "recorded_by_id": officer.pk,
            **common,
        }
        for key, reference in zip(incidents, references, strict=True)
    )
    insert_rows(model=Incident, rows=recorded)
    bearers = [
        (key, incidents[number // ITEMS_AN_INCIDENT])
        for number, key in enumerate(new_keys(model=SeizedItem, count=count))
    ]
    items = (
        {"id": key, "incident_id": incident, "position": number % ITEMS_AN_INCIDENT, "item_uuid": uuid.uuid4()}
        for number, (key, incident) in enumerate(bearers)
    )
    insert_rows(model=SeizedItem, rows=items)
    Grant.objects.bulk_create(
        Grant(
            incident_id=incident,
            grantee_id=agencies[0],
            level=SharingLevel.READ.value,
            shared_at=at,
            shared_by=officer,
            reason="made up",
        )
        for incident in incidents[::SHOWN_OF]
    )
    return bearers
