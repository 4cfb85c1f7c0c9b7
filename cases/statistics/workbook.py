"""Tables as a workbook: one sheet a table, every text as text."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

# No time is written into the file or its entries: the same figures give the same bytes.
NO_TIME: Final = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
# The library writes the time of saving here, whatever it is told.
_SAVED_AT: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
LONGEST_TITLE: Final = 31
SUPPRESSED: Final = "suppressed"

Document = Mapping[str, Any]
Value = str | int | float | None


def workbook(document: Document, notes: Iterable[tuple[str, str]]) -> bytes:
    """Return an XLSX of a statistic's tables, the notes on a sheet of their own first."""
    book = _empty_book()
    cover: Worksheet = book.active  # type: ignore[assignment]  # a new workbook has one sheet
    cover.title = "about"
    for row in notes:
        _append(cover, row)
    for table in document["tables"]:
        _write(book.create_sheet(table["name"][:LONGEST_TITLE]), table)
    return _saved(book)


def workbook_of(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Value]]]]) -> bytes:
    """Return an XLSX of sheets, each with its title, the names of its columns, and its rows."""
    book = _empty_book()
    book.remove(book.worksheets[0])
    for title, header, rows in sheets:
        page = book.create_sheet(title)
        for row in (header, *rows):
            _append(page, row)
        for cell in page[1]:
            cell.font = Font(bold=True)
    return _saved(book)


def _empty_book() -> Workbook:
    book = Workbook()
    book.properties.created = NO_TIME
    return book


def _saved(book: Workbook) -> bytes:
    written = BytesIO()
    book.save(written)
    return _without_times(written.getvalue())


def _write(sheet: Worksheet, table: Document) -> None:
    columns = table["columns"]
    _append(sheet, (table["name"], *columns))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in (*table["rows"], {"key": "total", "cells": table["total"]}):
        _append(sheet, (row["key"], *(_figure(row["cells"][column]) for column in columns)))


def _figure(cell: Document) -> int | str:
    return SUPPRESSED if cell["pieces"] is None else cell["pieces"]


def _append(sheet: Worksheet, values: Iterable[Value]) -> None:
    sheet.append(list(values))
    for cell in sheet[sheet.max_row]:
        if isinstance(cell.value, str):
            # A text that begins with = is a text: nothing that somebody typed is ever computed.
            cell.data_type = "s"
            cell.quotePrefix = True


def _without_times(content: bytes) -> bytes:
    written = BytesIO()
    with ZipFile(BytesIO(content)) as given, ZipFile(written, "w", ZIP_DEFLATED) as again:
        for name in sorted(given.namelist()):
            entry = _SAVED_AT.sub(rb"\g<1>1980-01-01T00:00:00Z", given.read(name))
            again.writestr(ZipInfo(name, NO_TIME.timetuple()[:6]), entry, ZIP_DEFLATED)
    return written.getvalue()
