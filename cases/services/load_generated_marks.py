"""Loading made-up marks by the million, to measure how they are searched."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from cases.choices import AgencyKind, MarkKind, RecordState
from cases.errors import DemoForbidden
from cases.generate.marks import marks
from cases.models import Agency, FoldedMark, Grant, Incident, Officer, OfficerRole, SeizedItem
from cases.services.fold_marks import folded_columns
from cases.services.next_reference import next_reference
from cases.tracing.mark_text import ReadMark, read_mark

AGENCIES: Final = 10
MARKS_AN_ITEM: Final = 5
ITEMS_AN_INCIDENT: Final = 4
# Of the others' incidents one in so many is shown to the agency that asks.
SHOWN_OF: Final = 1_000
CHUNK_SIZE: Final = 50_000
ASKING: Final = "demo-marks"
_COLUMNS: Final = (
    *("item_id", "incident_id", "kind", "text", "is_partial", "folded", "stem", "first_number", "last_number", "keys"),
)


def load_generated_marks(*, count: int, seed: int, loaded_at: datetime) -> Iterator[int]:
    """Load so many made-up marks of ten fictitious agencies, and yield after each chunk how many there are.

    By COPY, which the database allows the tables' owner alone. Raises DemoForbidden in production.
    """
    if not settings.DEMO_ALLOWED:
        raise DemoForbidden
    with transaction.atomic():
        officer, agencies = _agencies()
        items = _carriers(officer, agencies, -(-count // MARKS_AN_ITEM), loaded_at)
    read = ((made, read_mark(made.text, is_partial=made.breaks_off)) for made in marks(count, seed=seed))
    rows = (
        (*items[number // MARKS_AN_ITEM], MarkKind.SERIAL.value, *made, *_columns_of(mark))
        for number, (made, mark) in enumerate(read)
        if mark is not None
    )
    loaded = 0
    copying = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(FoldedMark._meta.db_table),  # noqa: SLF001 - Django's published API
        sql.SQL(", ").join(map(sql.Identifier, _COLUMNS)),
    )
    indexes = _without_indexes()
    while chunk := list(islice(rows, CHUNK_SIZE)):
        with connection.cursor() as cursor, cursor.copy(copying) as copy:
            for row in chunk:
                copy.write_row(row)
        loaded += len(chunk)
        yield loaded
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for definition in indexes:
            cursor.execute(definition)
        cursor.execute("VACUUM (ANALYZE) cases_foldedmark, cases_incident, cases_seizeditem")


def _columns_of(mark: ReadMark) -> Iterator[Any]:
    """Yield the folded columns in their order, the keys as PostgreSQL writes them: adapted singly they cost most."""
    columns = folded_columns(mark)
    keys = ",".join(map(str, columns.pop("keys")))
    yield from (*columns.values(), f"{{{keys}}}")


def _without_indexes() -> list[str]:
    """Take away indexes and references of the marks, and return how each is made again: at once it costs a tenth."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, format('ALTER TABLE cases_foldedmark ADD CONSTRAINT %I %s', conname,"
            " pg_get_constraintdef(oid)) FROM pg_constraint"
            " WHERE conrelid = 'cases_foldedmark'::regclass AND contype = 'f'"
        )
        references: list[tuple[str, str]] = cursor.fetchall()
        for name, _ in references:
            cursor.execute(sql.SQL("ALTER TABLE cases_foldedmark DROP CONSTRAINT {}").format(sql.Identifier(name)))
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE indexname LIKE 'folded\\_mark\\_%'")
        found: list[tuple[str, str]] = cursor.fetchall()
        for name, _ in found:
            cursor.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    return [definition for _, definition in (*found, *references)]


def _agencies() -> tuple[Officer, list[int]]:
    details = {"kind": AgencyKind.CUSTOMS.value, "country": "XXX", "is_demo": True, "receives_shares": True}
    agencies = [
        Agency.objects.get_or_create(name=f"Marks {number} (fictitious)", defaults=details)[0]
        for number in range(AGENCIES)
    ]
    officer = Officer.objects.filter(username=ASKING).first() or Officer.objects.create_user(
        ASKING, agency=agencies[0], role=OfficerRole.OFFICER.value, is_demo=True
    )
    return officer, [agency.pk for agency in agencies]


def _carriers(officer: Officer, agencies: list[int], count: int, at: datetime) -> list[tuple[int, int]]:
    """Make so many items, a few an incident, and return their keys with those of the incidents."""
    first = Incident.objects.create(
        reference=next_reference(prefix="INC", year=at.year),
        agency_id=agencies[0],
        state=RecordState.DRAFT.value,
        as_sent={},
        recorded_at=at,
        changed_at=at,
        recorded_by=officer,
    )
    columns = [
        field.column
        for field in Incident._meta.concrete_fields  # noqa: SLF001 - Django's published API
        if field.column not in {"id", "reference", "agency_id", "position"}
    ]
    copied = sql.SQL(", ").join(map(sql.Identifier, columns))
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "INSERT INTO cases_incident (reference, agency_id, {copied})"
                " SELECT 'INC-1990-' || lpad(n::text, 8, '0'), (%s::bigint[])[1 + n %% %s], {copied}"
                " FROM cases_incident, generate_series(1, %s) AS n WHERE id = %s"
            ).format(copied=copied),
            [agencies, len(agencies), -(-count // ITEMS_AN_INCIDENT), first.pk],
        )
        SeizedItem.objects.create(incident=first, position=0)
        of_items = [
            field.column
            for field in SeizedItem._meta.concrete_fields  # noqa: SLF001 - Django's published API
            if field.column not in {"id", "incident_id", "item_uuid", "position"}
        ]
        cursor.execute(
            sql.SQL(
                "INSERT INTO cases_seizeditem (incident_id, item_uuid, position, {copied})"
                " SELECT i.id, gen_random_uuid(), n, {of_template}"
                " FROM cases_seizeditem AS template, cases_incident AS i, generate_series(0, %s) AS n"
                " WHERE template.incident_id = %s AND i.reference LIKE 'INC-1990-%%'"
                " ORDER BY random() RETURNING id, incident_id"
            ).format(
                copied=sql.SQL(", ").join(map(sql.Identifier, of_items)),
                of_template=sql.SQL(", ").join(sql.Identifier("template", column) for column in of_items),
            ),
            [ITEMS_AN_INCIDENT - 1, first.pk],
        )
        items: list[tuple[int, int]] = cursor.fetchall()
    shown = {incident for _, incident in items if incident % SHOWN_OF == 0}
    Grant.objects.bulk_create(
        Grant(
            incident_id=incident, grantee_id=agencies[0], level="read", shared_at=at, shared_by=officer, reason="asked"
        )
        for incident in sorted(shown)
    )
    return items
