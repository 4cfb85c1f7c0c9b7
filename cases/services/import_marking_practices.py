"""Importing how States mark from a file."""

from datetime import datetime
from typing import Any

from cases import access
from cases.models import MarkingPractice, Officer
from cases.registers.practice_rows import PracticeRow, practice_problems
from cases.registers.rows import read_rows
from cases.services.keep_registry_row import Bridge, Import, ImportedRows, import_rows
from cases.tables.reading import Table


def import_marking_practices(
    *, table: Table, officer: Officer | None, imported_at: datetime, is_tried: bool = False
) -> ImportedRows:
    """Keep every practice that can be read, by its key; the other rows are named. Tried only, nothing is kept.

    Takes the right to maintain, where an officer is named.
    """
    if officer is not None:
        access.require(officer, access.MAINTAIN)
    rows = read_rows(table.rows(), PracticeRow, practice_problems)
    bridge = Bridge[PracticeRow, MarkingPractice](lambda practice: practice.practice_key, _columns)
    return import_rows(model=MarkingPractice, rows=rows, bridge=bridge, order=Import(officer, imported_at, is_tried))


def _columns(practice: PracticeRow, _row: MarkingPractice | None) -> dict[str, Any]:
    plain = dict(practice)
    years = {name: plain[name] for name in ("year_from", "year_until")}
    texts = ("country", "event", "source", "manufacturer", "stock", "mark_kind", "pattern", "position", "elements")
    said = {name: "" if plain[name] is None else str(plain[name]) for name in texts}
    return {**said, **years, "parts": practice.parts(), "is_verified": practice.verified}
