"""Importing points of contact from a file."""

from datetime import datetime
from typing import Any

from cases import access
from cases.models import Officer, PointOfContact
from cases.registers.contact_rows import ContactStated, contact_problems
from cases.registers.rows import read_rows
from cases.services.keep_registry_row import Bridge, Import, ImportedRows, import_rows
from cases.services.record_contact import contact_columns
from cases.tables.reading import Table


def import_contacts(
    *, table: Table, officer: Officer | None, imported_at: datetime, is_tried: bool = False
) -> ImportedRows:
    """Keep every contact that can be read, by its key; the other rows are named. Tried only, nothing is kept.

    Takes the right to maintain, where an officer is named.
    """
    if officer is not None:
        access.require(officer, access.MAINTAIN)
    today = imported_at.date()
    rows = read_rows(table.rows(), ContactStated, lambda stated: contact_problems(stated, today))
    bridge = Bridge[ContactStated, PointOfContact](lambda stated: stated.contact_key, _columns)
    return import_rows(model=PointOfContact, rows=rows, bridge=bridge, order=Import(officer, imported_at, is_tried))


def _columns(stated: ContactStated, row: PointOfContact | None) -> dict[str, Any]:
    columns = contact_columns(stated)
    # A file that was made before somebody confirmed it takes no confirmation back.
    days = (columns["confirmed_on"], None if row is None else row.confirmed_on)
    return columns | {"confirmed_on": max((day for day in days if day is not None), default=None)}
