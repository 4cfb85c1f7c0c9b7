"""Erasing from rows, those that are never changed among them; called inside another service's transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from cases.canonical import canonical_json
from cases.choices import RecordClass
from cases.erasure import Erasing
from cases.models import (
    AuditEntry,
    CaseNote,
    Clarification,
    Evidence,
    Exhibit,
    FindingReview,
    MarkReading,
    MarkSettlement,
    ObligationSending,
    PointOfDiversion,
    Reply,
    RescreeningChange,
    ScreenedFacts,
    SupplyChainStep,
)
from cases.queries.audit_text import ERASABLE, columns_of, digest_of_what_stands, digests_of
from cases.services.write_audit_entry import write_audit_entry

# Reached by the database's own function alone, which knows the columns of each (cases/migrations/_erasing.py).
NEVER_CHANGED: Final = (
    *(AuditEntry, Evidence, Exhibit, FindingReview, RescreeningChange, ScreenedFacts),
    *(Reply, SupplyChainStep, Clarification, PointOfDiversion, ObligationSending, CaseNote),
    *(MarkReading, MarkSettlement),
)


def erase_from_rows(*, rows: Iterable[models.Model], erasing: Erasing) -> None:
    """Take the values out of every column of the rows that holds words."""
    for row in rows:
        erased = {}
        for field in _wordy(row):
            kept = getattr(row, field.attname)
            if (left := erasing.value(kept)) != kept:
                erased[field.attname] = _shortened(field, left)
        change_row(row=row, columns=erased)


def change_row(*, row: models.Model, columns: Mapping[str, Any]) -> None:
    """Write the columns of a row, by the database's own function where the row is otherwise never changed."""
    for name, value in columns.items():
        setattr(row, name, value)
    if not columns:
        return
    if isinstance(row, NEVER_CHANGED):
        with connection.cursor() as cursor:
            table = row._meta.db_table  # noqa: SLF001 - Django's published API
            cursor.execute("SELECT cases_erase(%s, %s, %s)", [table, row.pk, canonical_json(columns)])
    else:
        row.save(update_fields=[field.name for field in _fields(row) if field.attname in columns])


def erase_from_entries(
    *,
    entries: Iterable[AuditEntry],
    left_of: Mapping[str, Any],
    subject: models.Model,
    record_class: RecordClass,
    erased_at: datetime,
) -> AuditEntry:
    """Erase from audit entries, and write the one that tells of it and of the digest of what stands there now.

    `left_of` gives for a column what becomes of its text. Entries that hold nothing of it stay as they are.
    """
    erased: list[tuple[AuditEntry, dict[str, Any]]] = []
    for entry in entries:
        before = columns_of(entry)
        names = ERASABLE if entry.salt or len(entry.digests or {}) > 1 else ("payload",)
        after = {name: left_of[name](before[name]) for name in names if name in left_of}
        if any(before[name] != value for name, value in after.items()):
            erased.append((entry, after | {"digests": digests_of(before), "salt": ""}))
    told = {str(entry.pk): digest_of_what_stands({**columns_of(entry), **after}) for entry, after in erased}
    change = {"after": {"class": record_class, "entries": len(told)}, "entries": told}
    action = f"{type(subject).__name__.lower()}.erased"
    teller = write_audit_entry(action=action, subject=subject, at=erased_at, by=None, change=change)
    for entry, after in erased:
        change_row(row=entry, columns=after | {"erased_in": teller.pk})
    return teller


def _fields(row: models.Model) -> "Iterable[models.Field[Any, Any]]":
    return row._meta.concrete_fields  # noqa: SLF001 - Django's published API


def _wordy(row: models.Model) -> "Iterable[models.Field[Any, Any]]":
    for field in _fields(row):
        is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
        if (is_text or isinstance(field, models.JSONField | ArrayField)) and not field.unique:
            yield field


def _shortened(field: "models.Field[Any, Any]", value: Any) -> Any:
    return value[: field.max_length] if isinstance(value, str) and field.max_length else value
