"""Tables of counted goods: each cell knows the lines behind it, so that every figure leads to its cases."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from cases.statistics.counting import Acquisition, Line, Person, acquisition_of, pieces_of
from cases.statistics.suppression import Published, Sum, suppressed

TOTAL: Final = "total"
# Beside the total of pieces: how many incidents have goods without a count.
WITHOUT_COUNT: Final = "incidents_without_count"
UNKNOWN: Final = "unknown"
# Small arms and light weapons as the indicator counts them: of these several statistics have tables.
ARMS: Final = "arms"
COLUMNS: Final = (*(acquisition.value for acquisition in Acquisition), TOTAL)

Keys = Callable[[Line], Iterable[str]]
Document = dict[str, Any]
CellName = tuple[str, str, str]
# A line and how many it counts as; None has no count.
Counted = tuple[Line, int | None]
# How a cell is addressed outside, by row and column of the table that is named first.
Leading = Callable[[str, str, str], str]


class Cell(NamedTuple):
    """How many pieces, in how many incidents without a count besides, and what each line that was counted counts as."""

    pieces: int
    incidents_without_count: int
    counts: Mapping[str, int | None]

    @property
    def lines(self) -> list[str]:
        """Return the lines behind the cell."""
        return sorted(self.counts)


class Margin(NamedTuple):
    """A coarser table of the same lines or persons, and in which of its rows each row of the finer one is counted."""

    table: str
    key_of: Callable[[str], str]


Row = Mapping[str, Cell]
NOTHING: Final = Cell(0, 0, {})


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by a fact of the lines, columns by how they came into the State's hands; of the same lines as the total."""

    name: str
    # Of what: tables of the same lines have the same total.
    of: str
    rows: Mapping[str, Row]
    total: Row
    # A line may stand in several rows, where its fact has several values: then the rows do not add up to the total.
    adds_up: bool = True
    # Tables whose rows are sums of rows of this one: what is withheld here must not follow from them either.
    margins: tuple[Margin, ...] = ()

    def cell(self, key: str, column: str) -> Cell:
        """Return one cell; one of a row that does not stand in the table is nothing."""
        return (self.total if key == TOTAL else self.rows.get(key, {})).get(column, NOTHING)

    def with_rows(self, keys: Iterable[str]) -> "Table":
        """Return the table with rows of nothing for those keys that do not stand in it."""
        return replace(self, rows={**self.rows, **{key: row_of(()) for key in keys if key not in self.rows}})


def cell_in(tables: Iterable[Table], name: str, key: str, column: str) -> Cell | None:
    """Return the cell that is so addressed; None where no table has that name or no column."""
    found = next((table for table in tables if table.name == name), None)
    return None if found is None or column not in COLUMNS else found.cell(key, column)


def counted(lines: Iterable[Line]) -> list[Counted]:
    """Return lines with their pieces."""
    return [(line, pieces_of(line)) for line in lines]


def cell_of(entries: Iterable[Counted]) -> Cell:
    """Count lines; an incident counts once as one without a count, however many of its lines have none."""
    entries = list(entries)
    return Cell(
        pieces=sum(pieces for _, pieces in entries if pieces is not None),
        incidents_without_count=len({line.incident for line, pieces in entries if pieces is None}),
        counts={line.key: pieces for line, pieces in entries},
    )


def row_of(entries: Iterable[Counted]) -> Row:
    """Count lines by how they came into the State's hands, and together."""
    by_column: dict[Acquisition, list[Counted]] = {column: [] for column in Acquisition}
    for entry in entries:
        if (column := acquisition_of(entry[0])) is not None:
            by_column[column].append(entry)
    cells = {column.value: cell_of(chosen) for column, chosen in by_column.items()}
    return cells | {TOTAL: cell_of(entry for chosen in by_column.values() for entry in chosen)}


def table_of(
    name: str, lines: Iterable[Line], keys: Keys, *, of: str, rows: Iterable[str] = (), adds_up: bool = True
) -> Table:
    """Count lines by the keys of each; `rows` stand in the table also where nothing is counted."""
    entries = counted(lines)
    by_key: dict[str, list[Counted]] = {key: [] for key in rows}
    for entry in entries:
        for key in {key or UNKNOWN for key in keys(entry[0])} or {UNKNOWN}:
            by_key.setdefault(key, []).append(entry)
    keys_in_order = list(by_key) if rows else sorted(by_key, key=lambda key: (key == UNKNOWN, key))
    return Table(name, of, {key: row_of(by_key[key]) for key in keys_in_order}, row_of(entries), adds_up)


def persons_table(
    name: str, lines: Iterable[Line], key: Callable[[Person], str], *, margins: tuple[Margin, ...] = ()
) -> Table:
    """Count the persons of the incidents that the lines are of, each incident once."""
    firsts = {line.incident: line for line in reversed(list(lines))}
    by_key: dict[str, list[Counted]] = {}
    for line in firsts.values():
        for found, count in Counter(key(person) or UNKNOWN for person in line.persons).items():
            by_key.setdefault(found, []).append((line, count))
    total = row_of((line, len(line.persons)) for line in firsts.values() if line.persons)
    keys = sorted(by_key, key=lambda key: (key == UNKNOWN, key))
    return Table(name, "persons", {key: row_of(by_key[key]) for key in keys}, total, margins=margins)


def document_of(table: Table, leading: Leading, *, explain: bool) -> Document:
    """Return a table as it is shown inside the house, each cell leading to its cases; `explain` names the lines too."""

    def shown(key: str, row: Row) -> Document:
        return {
            column: shown_cell(cell, leading(table.name, key, column), explain=explain) for column, cell in row.items()
        }

    return {
        "name": table.name,
        "adds_up": table.adds_up,
        "columns": list(COLUMNS),
        "rows": [{"key": key, "cells": shown(key, row)} for key, row in table.rows.items()],
        "total": shown(TOTAL, table.total),
    }


def shown_cell(cell: Cell, cases: str, *, explain: bool) -> Document:
    """Return a cell as it is shown inside the house, with where its cases are listed."""
    counts = {"pieces": cell.pieces, "incidents_without_count": cell.incidents_without_count, "cases": cases}
    return counts | ({"lines": cell.lines} if explain else {})


class Tally(NamedTuple):
    """What was counted for those outside: what they are shown and what not, and which lines stand behind each cell."""

    published: Published[CellName]
    lines: Mapping[CellName, Mapping[str, int | None]]


class Released(NamedTuple):
    """Tables as they leave the house, and how they were counted."""

    tables: list[Document]
    counted: Tally


def released(
    tables: Sequence[Table],
    *,
    smallest_shown: int,
    more: Iterable[Sum[CellName]] = (),
    earlier: Sequence[Published[CellName]] = (),
) -> Released:
    """Return tables as they leave the house: small cells withheld, no line named.

    `more` are sums beyond those of rows and columns, of cells named by `name_of`; `earlier` is what was published
    before. Raises RevisionTellsTooMuch.
    """
    # A row that is gone would tell that it is nothing now.
    tables = [table.with_rows(_rows_before(table, earlier)) for table in tables]
    cells: dict[CellName, int] = {}
    sums = list(more)
    for table in tables:
        cells |= _cells_of(table)
        sums += _sums_of(table)
    earlier = [_with_rows_of_nothing(each, cells) for each in earlier]
    hidden = suppressed(cells, sums, smallest_shown=smallest_shown, earlier=earlier)
    published = Published(cells, frozenset(cells) - hidden, sums)
    lines = {name: counts for table in tables for name, counts in _lines_of(table)}
    return Released([_released_table(table, hidden) for table in tables], Tally(published, lines))


def name_of(table: Table, key: str, column: str) -> CellName:
    """Name a cell; the total is the same in all tables of the same lines."""
    return (table.of, TOTAL, column) if key == TOTAL else (table.name, key, column)


def _cells_of(table: Table) -> dict[CellName, int]:
    rows = {**table.rows, TOTAL: table.total}
    pieces = {name_of(table, key, column): cell.pieces for key, row in rows.items() for column, cell in row.items()}
    without = {(table.of, WITHOUT_COUNT, column): table.total[column].incidents_without_count for column in COLUMNS}
    return pieces | without


def _lines_of(table: Table) -> Iterator[tuple[CellName, Mapping[str, int | None]]]:
    for key, row in {**table.rows, TOTAL: table.total}.items():
        for column, cell in row.items():
            yield name_of(table, key, column), cell.counts
    for column, cell in table.total.items():
        without = {line: count for line, count in cell.counts.items() if count is None}
        yield (table.of, WITHOUT_COUNT, column), without


def _sums_of(table: Table) -> list[Sum[CellName]]:
    parts = [acquisition.value for acquisition in Acquisition]
    sums = [
        Sum(name_of(table, key, TOTAL), tuple(name_of(table, key, column) for column in parts))
        for key in (*table.rows, TOTAL)
    ]
    sums.append(Sum((table.of, WITHOUT_COUNT, TOTAL), tuple((table.of, WITHOUT_COUNT, column) for column in parts)))
    if table.adds_up:
        sums += [
            Sum(name_of(table, TOTAL, column), tuple(name_of(table, key, column) for key in table.rows))
            for column in COLUMNS
        ]
    return sums + [each for margin in table.margins for each in _sums_to(margin, table)]


def _sums_to(margin: Margin, table: Table) -> Iterator[Sum[CellName]]:
    parts: dict[str, list[str]] = {}
    for key in table.rows:
        parts.setdefault(margin.key_of(key), []).append(key)
    for key, finer in parts.items():
        for column in COLUMNS:
            yield Sum((margin.table, key, column), tuple(name_of(table, part, column) for part in finer))


def _rows_before(table: Table, earlier: Iterable[Published[CellName]]) -> list[str]:
    return sorted({key for each in earlier for name, key, _ in each.cells if name == table.name})


def _with_rows_of_nothing(before: Published[CellName], cells: Iterable[CellName]) -> Published[CellName]:
    """Return an earlier publication with the rows that are new in its tables: all could see that there were none."""
    tables = {name for name, _, _ in before.cells}
    absent = dict.fromkeys((name for name in cells if name[0] in tables and name not in before.cells), 0)
    return Published({**before.cells, **absent}, before.shown | absent.keys(), before.sums)


def _released_table(table: Table, hidden: frozenset[CellName]) -> Document:
    def cells(key: str, row: Row) -> Document:
        withheld = {column: name_of(table, key, column) in hidden for column in row}
        return {
            column: {"pieces": None if withheld[column] else cell.pieces, "suppressed": withheld[column]}
            for column, cell in row.items()
        }

    def without_count(column: str) -> int | None:
        is_withheld = (table.of, WITHOUT_COUNT, column) in hidden
        return None if is_withheld else table.total[column].incidents_without_count

    return {
        "name": table.name,
        "adds_up": table.adds_up,
        "columns": list(COLUMNS),
        "rows": [{"key": key, "cells": cells(key, row)} for key, row in table.rows.items()],
        "total": {
            column: document | {WITHOUT_COUNT: without_count(column)}
            for column, document in cells(TOTAL, table.total).items()
        },
    }
