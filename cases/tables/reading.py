"""Reading a table row by row, however long; it is checked to its end first, so that a broken one changes nothing."""

import codecs
import csv
import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final, NamedTuple
from xml.etree.ElementTree import ParseError  # nosec B405 - the error alone; openpyxl parses by defusedxml
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from cases.intake.problems import Problem
from cases.tables.columns import Columns, Placed
from cases.tables.errors import TableRefused

AT_ONCE: Final = 1024 * 1024
SEPARATORS: Final = ",;\t|"
# A spreadsheet says by this first line what separates its cells.
_STATED_SEPARATOR: Final = re.compile(r"sep=(.)\s*", re.IGNORECASE)
# What a workbook may unpack to; its texts are held in memory, so of them less.
LARGEST_UNPACKED: Final = 1024**3
LARGEST_TEXTS: Final = 200 * 1024**2
# Spreadsheets keep so many digits of a number and turn the others into noughts.
DIGITS_KEPT: Final = 15

NOT_A_WORKBOOK: Final = "it is no workbook (XLSX) that can be read; save it anew, or as CSV in UTF-8."


class Row(NamedTuple):
    """One row: the line on which it begins, its cells by our name of the column, and what is wrong with it as a row."""

    line: int
    cells: dict[str, str]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A file that can be read to its end."""

    path: Path
    # Of the file's own bytes.
    digest: str
    placed: Placed
    # Rows below the headings, blank ones left out.
    count: int

    @property
    def ignored(self) -> tuple[str, ...]:
        """Return the headings of the columns that are not read."""
        return self.placed.ignored

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the headings, blank ones left out."""
        lines = _lines(self.path)
        next(lines)
        for line, values, problems in lines:
            more = (Problem("", "too_many_cells", {"count": len(values), "limit": self.placed.width}),)
            yield Row(line, self.placed.cells(values), problems + (more if self.placed.has_more(values) else ()))


def open_table(path: Path, columns: Columns) -> Table:
    """Return the table that a file holds, checked to its end; raises TableRefused."""
    try:
        digest = _digest(path, is_text=not _is_workbook(path))
        lines = _lines(path)
        first = next(lines, None)
        if first is None:
            raise TableRefused(why="it is empty.")
        placed = columns.placed(first[1])
        return Table(path, digest, placed, sum(1 for _ in lines))
    except OSError as error:
        raise TableRefused(why=f"it cannot be read ({error.strerror or error}).") from error


# Where a row begins, its cells, and what is wrong with them.
_Line = tuple[int, Sequence[str], tuple[Problem, ...]]


def _is_workbook(path: Path) -> bool:
    return path.suffix.lower() in {".xlsx", ".xlsm"}


def _lines(path: Path) -> Iterator[_Line]:
    """Yield every row that is not blank, the headings first."""
    found = _of_workbook(path) if _is_workbook(path) else _of_text(path)
    return (row for row in found if any(value.strip() for value in row[1]))


def _digest(path: Path, *, is_text: bool) -> str:
    """Return the digest of the file; raises TableRefused at the line where a text is not UTF-8."""
    digest, decoder, line = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")(), 1
    with path.open("rb") as file:
        while True:
            chunk = file.read(AT_ONCE)
            digest.update(chunk)
            if is_text:
                try:
                    text = decoder.decode(chunk, final=not chunk)
                except UnicodeDecodeError as error:
                    raise _not_utf8(error, line) from error
                if "\x00" in text:
                    at = line + text[: text.index("\x00")].count("\n")
                    raise TableRefused(
                        why=f"line {at} holds a NUL; this is no text (UTF-16?). Save it as CSV in UTF-8."
                    )
                line += text.count("\n")
            if not chunk:
                return f"sha256:{digest.hexdigest()}"


def _not_utf8(error: UnicodeDecodeError, line: int) -> TableRefused:
    at, byte = line + error.object[: error.start].count(b"\n"), error.object[error.start]
    return TableRefused(
        why=f"line {at} is not UTF-8 (byte {byte:#04x}; Latin-1 or Windows-1252?). Save the file as CSV in UTF-8: "
        "guessed letters would make other names and other marks."
    )


def _of_text(path: Path) -> Iterator[_Line]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        heading = file.readline(AT_ONCE)
        stated = _STATED_SEPARATOR.fullmatch(heading)
        before = 1 if stated else 0
        if not stated:
            file.seek(0)
        separator = stated[1] if stated else max(SEPARATORS, key=_unquoted(heading).count)
        reader = csv.reader(file, delimiter=separator, strict=True)
        try:
            begins = before + 1
            for values in reader:
                yield begins, values, ()
                begins = before + reader.line_num + 1
        except csv.Error as error:
            raise TableRefused(why=f"the row that begins on line {begins} cannot be read: {error}.") from error


def _unquoted(heading: str) -> str:
    return re.sub(r'"[^"]*"', "", heading)


def _of_workbook(path: Path) -> Iterator[_Line]:
    """Yield the rows of the first sheet; a formula is the text that stands in the cell, and is never reckoned."""
    try:
        _refuse_bomb(path)
        with closing(load_workbook(path, read_only=True, data_only=False)) as workbook:
            sheet = workbook.worksheets[0]
            # What a file says of its own size is often wrong.
            sheet.reset_dimensions()
            for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
                lossy = tuple(
                    Problem("", "digits_lost", {"value": _text(value), "limit": DIGITS_KEPT})
                    for value in values
                    if _has_lost_digits(value)
                )
                yield line, [_text(value) for value in values], lossy
    except (BadZipFile, InvalidFileException, ParseError, KeyError, IndexError, TypeError, ValueError) as error:
        raise TableRefused(why=NOT_A_WORKBOOK) from error


def _refuse_bomb(path: Path) -> None:
    with ZipFile(path) as packed:
        sizes = {each.filename: each.file_size for each in packed.infolist()}
    if sum(sizes.values()) > LARGEST_UNPACKED or sizes.get("xl/sharedStrings.xml", 0) > LARGEST_TEXTS:
        raise TableRefused(why="it unpacks to more than is read of a workbook; save it as CSV in UTF-8.")


def _text(value: Any) -> str:
    """Return a cell as text: whole numbers without a point, days as ISO has them."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    # Of a formula that fills several cells, the text stands in an object.
    return str(getattr(value, "text", value))


def _has_lost_digits(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 10**DIGITS_KEPT
