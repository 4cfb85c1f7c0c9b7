"""Tables of counted goods: each cell knows the lines behind it, so that every figure leads to its cases."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from cases.statistics.counting import Acquisition, Line, Person, acquisition_of, pieces_of
from cases.statistics.suppression import Sum, suppressed

TOTAL: Final = "total"
UNKNOWN: Final = "unknown"
COLUMNS: Final = (*(acquisition.value for acquisition in Acquisition), TOTAL)

Keys = Callable[[Line], Iterable[str]]
Document = dict[str, Any]
CellName = tuple[str, str, str]
# A line and how many it counts as; None has no count.
Counted = tuple[Line, int | None]


class Cell(NamedTuple):
    """How many pieces, in how many incidents without a count besides, and the lines that were counted."""

    pieces: int
    incidents_without_count: int
    lines: tuple[str, ...]


Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by a fact of the lines, columns by how they came into the State's hands; of the same lines as the total."""

    name: str
    rows: Mapping[str, Row]
    total: Row
    # A line may stand in several rows, where its fact has several values: then the rows do not add up to the total.
    adds_up: bool = True


def counted(lines: Iterable[Line]) -> list[Counted]:
    """Return lines with their pieces."""
    return [(line, pieces_of(line)) for line in lines]


def cell_of(entries: Iterable[Counted]) -> Cell:
    """Count lines; an incident counts once as one without a count, however many of its lines have none."""
    entries = list(entries)
    return Cell(
        pieces=sum(pieces for _, pieces in entries if pieces is not None),
        incidents_without_count=len({line.incident for line, pieces in entries if pieces is None}),
        lines=tuple(sorted({line.key for line, _ in entries})),
    )


def row_of(entries: Iterable[Counted]) -> Row:
    """Count lines by how they came into the State's hands, and together."""
    by_column: dict[Acquisition, list[Counted]] = {column: [] for column in Acquisition}
    for entry in entries:
        if (column := acquisition_of(entry[0])) is not None:
            by_column[column].append(entry)
    cells = {column.value: cell_of(chosen) for column, chosen in by_column.items()}
    return cells | {TOTAL: cell_of(entry for chosen in by_column.values() for entry in chosen)}


def table_of(name: str, lines: Iterable[Line], keys: Keys, *, rows: Iterable[str] = (), adds_up: bool = True) -> Table:
    """Count lines by the keys of each; `rows` stand in the table also where nothing is counted."""
    entries = counted(lines)
    by_key: dict[str, list[Counted]] = {key: [] for key in rows}
    for entry in entries:
        for key in {key or UNKNOWN for key in keys(entry[0])} or {UNKNOWN}:
            by_key.setdefault(key, []).append(entry)
    return _table(name, by_key, row_of(entries), adds_up=adds_up, in_order=not rows)


def persons_table(name: str, lines: Iterable[Line], key: Callable[[Person], str]) -> Table:
    """Count the persons of the incidents that the lines are of, each incident once."""
    firsts = {line.incident: line for line in reversed(list(lines))}
    by_key: dict[str, list[Counted]] = {}
    for line in firsts.values():
        for found, count in Counter(key(person) or UNKNOWN for person in line.persons).items():
            by_key.setdefault(found, []).append((line, count))
    total = row_of((line, len(line.persons)) for line in firsts.values() if line.persons)
    return _table(name, by_key, total, adds_up=True, in_order=True)


def _table(name: str, by_key: Mapping[str, list[Counted]], total: Row, *, adds_up: bool, in_order: bool) -> Table:
    keys = sorted(by_key, key=lambda key: (key == UNKNOWN, key)) if in_order else list(by_key)
    return Table(name, {key: row_of(by_key[key]) for key in keys}, total, adds_up)


def document_of(table: Table, *, explain: bool) -> Document:
    """Return a table as it is shown inside the house; with `explain` each cell names its lines."""
    return {
        "name": table.name,
        "adds_up": table.adds_up,
        "columns": list(COLUMNS),
        "rows": [{"key": key, "cells": _shown_row(row, explain=explain)} for key, row in table.rows.items()],
        "total": _shown_row(table.total, explain=explain),
    }


def _shown_row(row: Row, *, explain: bool) -> Document:
    return {column: shown_cell(cell, explain=explain) for column, cell in row.items()}


def shown_cell(cell: Cell, *, explain: bool) -> Document:
    """Return a cell as it is shown inside the house."""
    counts = {"pieces": cell.pieces, "incidents_without_count": cell.incidents_without_count}
    return counts | ({"lines": list(cell.lines)} if explain else {})


def released(tables: Sequence[Table], *, smallest_shown: int, more: Iterable[Sum[CellName]] = ()) -> list[Document]:
    """Return tables of the same lines as they leave the house: small cells withheld, no line named.

    `more` are sums beyond those of rows and columns, of cells named by `name_of`.
    """
    cells: dict[CellName, int] = {}
    sums = list(more)
    for table in tables:
        for key, row in {**table.rows, TOTAL: table.total}.items():
            cells |= {name_of(table.name, key, column): cell.pieces for column, cell in row.items()}
            sums.append(
                Sum(
                    name_of(table.name, key, TOTAL),
                    tuple(name_of(table.name, key, column.value) for column in Acquisition),
                )
            )
        if table.adds_up:
            parts = {column: tuple(name_of(table.name, key, column) for key in table.rows) for column in COLUMNS}
            sums += [Sum(name_of(table.name, TOTAL, column), parts[column]) for column in COLUMNS]
    hidden = suppressed(cells, sums, smallest_shown=smallest_shown)
    return [_released_table(table, hidden, smallest_shown) for table in tables]


def name_of(table: str, key: str, column: str) -> CellName:
    """Name a cell; the total is the same in all tables of the same lines."""
    return (TOTAL, TOTAL, column) if key == TOTAL else (table, key, column)


def _released_table(table: Table, hidden: frozenset[CellName], smallest_shown: int) -> Document:
    def cells(key: str, row: Row) -> Document:
        withheld = {column: name_of(table.name, key, column) in hidden for column in row}
        return {
            column: {"pieces": None if withheld[column] else cell.pieces, "suppressed": withheld[column]}
            for column, cell in row.items()
        }

    return {
        "name": table.name,
        "adds_up": table.adds_up,
        "columns": list(COLUMNS),
        "rows": [{"key": key, "cells": cells(key, row)} for key, row in table.rows.items()],
        "total": {
            column: document | {"incidents_without_count": _at_least(table.total[column], smallest_shown)}
            for column, document in cells(TOTAL, table.total).items()
        },
    }


def _at_least(cell: Cell, smallest_shown: int) -> int | None:
    count = cell.incidents_without_count
    return None if 0 < count < smallest_shown else count
