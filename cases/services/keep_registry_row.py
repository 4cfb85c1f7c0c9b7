"""Writing rows of a registry that all agencies share; called inside another service, which asked for the right to."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Generic, NamedTuple, TypeVar

from django.db import connection, transaction
from pydantic import BaseModel

from cases.models import MarkingPractice, Officer, PointOfContact
from cases.registers.rows import ReadRow, distinct
from cases.services.write_audit_entry import write_audit_entry

Kind = TypeVar("Kind", PointOfContact, MarkingPractice)
Shape = TypeVar("Shape", bound=BaseModel)
# Two imports at once would each take the other's rows for missing; any number will do.
IMPORT_LOCK: Final = 1_267_020


class Kept(StrEnum):
    """What keeping a row came to."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class ImportedRows(NamedTuple):
    """What became of each row that could be read, by line and key; and those that could not."""

    kept: tuple[tuple[int, str, Kept], ...]
    refused: tuple[ReadRow[Any], ...]

    def document(self) -> dict[str, int]:
        """Return how many rows came to what."""
        became = [kept for _, _, kept in self.kept]
        return {**{kept.value: became.count(kept) for kept in Kept}, "refused": len(self.refused)}


class Bridge(NamedTuple, Generic[Shape, Kind]):
    """How what a row states becomes a row of a table: its key, and its columns given the row that is there."""

    key_of: Callable[[Shape], str]
    columns_of: Callable[[Shape, Kind | None], dict[str, Any]]


class Import(NamedTuple):
    """Who imports and when; tried only, nothing is kept."""

    by: Officer | None
    at: datetime
    is_tried: bool = False


def import_rows(
    *, model: type[Kind], rows: Iterable[ReadRow[Shape]], bridge: Bridge[Shape, Kind], order: Import
) -> ImportedRows:
    """Keep every row that could be read, by its key: new, changed, or as it was."""
    told = tuple(distinct(rows, bridge.key_of))
    stated = {bridge.key_of(row.value): row for row in told if row.value is not None}
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
        kept = tuple(_imported(model, stated, bridge, order))
        if order.is_tried:
            transaction.set_rollback(True)
    return ImportedRows(kept, tuple(row for row in told if row.value is None))


def _imported(
    model: type[Kind], stated: Mapping[str, ReadRow[Shape]], bridge: Bridge[Shape, Kind], order: Import
) -> Iterator[tuple[int, str, Kept]]:
    rows = model._default_manager.select_for_update().filter(key__in=stated)  # noqa: SLF001 - Django's published API
    known = {row.key: row for row in rows}
    for key, (line, value, _) in stated.items():
        if value is None:
            continue
        row = known.get(key)
        columns = bridge.columns_of(value, row)
        if row is None:
            add_row(row=model(key=key, **columns), by=order.by, at=order.at)
            yield line, key, Kept.ADDED
        else:
            yield line, key, change_row(row=row, columns=columns, by=order.by, at=order.at, act="imported")


def add_row(*, row: Kind, by: Officer | None, at: datetime) -> Kind:
    """Keep a new row, and all that it says in the audit trail."""
    row.recorded_at = row.changed_at = at
    row.changed_by = by
    row.save(force_insert=True)
    stated = {name: getattr(row, name) for name in _columns(row)}
    change = {"after": {name: value for name, value in stated.items() if value not in ("", None, [], {})}}
    write_audit_entry(action=f"{_word(row)}.recorded", subject=row, at=at, by=by, change=change)
    return row


def change_row(
    *, row: Kind, columns: Mapping[str, Any], by: Officer | None, at: datetime, reason: str = "", act: str = "amended"
) -> Kept:
    """Make a new version of a row that the caller has locked; what stood before goes into the audit trail."""
    before = {name: getattr(row, name) for name in columns if getattr(row, name) != columns[name]}
    if not before:
        return Kept.UNCHANGED
    for name in before:
        setattr(row, name, columns[name])
    row.version += 1
    row.changed_at, row.changed_by = at, by
    row.save()
    after = {name: columns[name] for name in before}
    change = {"before": before | {"version": row.version - 1}, "after": after | {"version": row.version}}
    write_audit_entry(action=f"{_word(row)}.{act}", subject=row, at=at, by=by, reason=reason, change=change)
    return Kept.CHANGED


def _word(row: PointOfContact | MarkingPractice) -> str:
    return "contact" if isinstance(row, PointOfContact) else "practice"


def _columns(row: PointOfContact | MarkingPractice) -> list[str]:
    fields = row._meta.concrete_fields  # noqa: SLF001 - Django's published API
    return [field.name for field in fields if field.name not in {"id", "recorded_at", "changed_at", "changed_by"}]
