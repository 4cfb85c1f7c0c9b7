"""SDG indicator 16.4.2: of the arms seized, found and surrendered, how many were traced or their origin established."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from cases.statistics.counting import (
    ESTABLISHED,
    LeftOut,
    Line,
    Marked,
    Tracing,
    has_recorded_ground,
    is_of_year,
    left_out,
    marked,
    tracing_of,
)
from cases.statistics.suppression import Published, Sum
from cases.statistics.tables import (
    ARMS,
    COLUMNS,
    NOTHING,
    TOTAL,
    Cell,
    CellName,
    Leading,
    Row,
    Table,
    Tally,
    cell_in,
    cell_of,
    counted,
    document_of,
    name_of,
    released,
    shown_cell,
    table_of,
)

SERIES: Final = "VC_ARM_SZTRACE"
NUMERATOR: Final = "numerator"
# What stands beside the tables is addressed as if it were tables too.
LEFT_OUT: Final = "left_out"
YEAR_NOT_CERTAIN: Final = "year_not_certain"

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Indicator:
    """The indicator of one cohort year, whole: its parts, what was left out and why, and what has no certain year."""

    year: int
    # A year without records is not one of nothing.
    has_records: bool
    tracing: Table
    # Shown as a row of its own in the table of tracing: it says again what two others say.
    established: Row
    marking: Table
    ground: Table
    left_out: dict[str, Cell]
    year_not_certain: Cell

    @property
    def tables(self) -> list[Table]:
        """Return the tables of the arms of the year."""
        return [self.tracing, self.marking, self.ground]

    def cell(self, table: str, key: str, column: str) -> Cell | None:
        """Return the cell that is so addressed; None where there is no such table."""
        if table == LEFT_OUT:
            return self.left_out.get(key, NOTHING)
        if table == YEAR_NOT_CERTAIN:
            return self.year_not_certain
        if (table, key) == (self.tracing.name, NUMERATOR):
            return self.established.get(column)
        return cell_in(self.tables, table, key, column)

    @property
    def numerator(self) -> Cell:
        """Return the arms whose origin or illicit context is established."""
        return self.established[TOTAL]

    @property
    def denominator(self) -> Cell:
        """Return all arms of the year; those not answered or not asked about stay in."""
        return self.tracing.total[TOTAL]

    @property
    def percent(self) -> float | None:
        """Return the indicator; None where there are no arms, for a share of nothing is no figure."""
        return percent(self.numerator.pieces, self.denominator.pieces)


def percent(part: int | None, whole: int | None) -> float | None:
    """Return the share in percent to two places; None where it is not known or of nothing."""
    return round(100 * part / whole, 2) if whole and part is not None else None


def indicator(lines: Iterable[Line], *, year: int) -> Indicator:
    """Return the indicator of a cohort: arms by the year in which they came into the State's hands."""
    of_year: list[Line] = []
    uncertain: list[Line] = []
    for line in lines:
        belongs = is_of_year(line, year)
        if belongs is None and left_out(line) is None:
            uncertain.append(line)
        elif belongs:
            of_year.append(line)
    arms = [line for line in of_year if left_out(line) is None]
    established = [line for line in arms if tracing_of(line) in ESTABLISHED]
    return Indicator(
        year=year,
        has_records=bool(of_year),
        tracing=table_of(
            "tracing", arms, lambda line: [tracing_of(line)], of=ARMS, rows=[each.value for each in Tracing]
        ),
        established=table_of(NUMERATOR, established, lambda _line: [], of=NUMERATOR).total,
        marking=table_of("marking", arms, lambda line: [marked(line)], of=ARMS, rows=[each.value for each in Marked]),
        ground=table_of("ground", arms, _ground, of=ARMS, rows=["recorded", "not_recorded"]),
        left_out={
            reason.value: cell_of(counted(line for line in of_year if left_out(line) == reason))
            for reason in LeftOut
            if reason is not LeftOut.NO_ARMS
        },
        year_not_certain=cell_of(counted(uncertain)),
    )


def _ground(line: Line) -> list[str]:
    return ["recorded" if has_recorded_ground(line) else "not_recorded"]


def document_of_indicator(indicator: Indicator, leading: Leading, *, explain: bool) -> Document:
    """Return the indicator as it is shown inside the house; with `explain` each cell names its lines."""
    tables = [document_of(table, leading, explain=explain) for table in indicator.tables]
    numerator = {
        column: shown_cell(cell, leading(indicator.tracing.name, NUMERATOR, column), explain=explain)
        for column, cell in indicator.established.items()
    }
    return {
        "year": indicator.year,
        "has_records": indicator.has_records,
        "value": indicator.percent,
        "numerator": indicator.numerator.pieces,
        "denominator": indicator.denominator.pieces,
        "incidents_without_count": indicator.denominator.incidents_without_count,
        "tables": [_with_numerator(tables[0], numerator), *tables[1:]],
        "left_out": {
            reason: shown_cell(cell, leading(LEFT_OUT, reason, TOTAL), explain=explain)
            for reason, cell in indicator.left_out.items()
        },
        "year_not_certain": shown_cell(
            indicator.year_not_certain, leading(YEAR_NOT_CERTAIN, TOTAL, TOTAL), explain=explain
        ),
    }


class ReleasedIndicator(NamedTuple):
    """The indicator as it leaves the house, and how it was counted."""

    document: Document
    counted: Tally


def released_indicator(
    indicator: Indicator, *, smallest_shown: int, earlier: Sequence[Published[CellName]] = ()
) -> ReleasedIndicator:
    """Return the indicator as it leaves the house, after what was published before. Raises RevisionTellsTooMuch."""
    numerator = Table(NUMERATOR, NUMERATOR, {}, indicator.established, adds_up=False)
    parts = {column: tuple(name_of(indicator.tracing, state, column) for state in ESTABLISHED) for column in COLUMNS}
    sums = [Sum(name_of(numerator, TOTAL, column), parts[column]) for column in COLUMNS]
    tables, how = released([*indicator.tables, numerator], smallest_shown=smallest_shown, more=sums, earlier=earlier)
    *shown, established = tables
    part, whole = established["total"][TOTAL]["pieces"], shown[0]["total"][TOTAL]
    document = {
        "year": indicator.year,
        "has_records": indicator.has_records,
        "value": percent(part, whole["pieces"]),
        "numerator": part,
        "denominator": whole["pieces"],
        "incidents_without_count": whole["incidents_without_count"],
        "tables": [_with_numerator(shown[0], established["total"]), *shown[1:]],
        # Reasons of few lines would tell of single ones.
        "left_out": None,
        "year_not_certain": None,
    }
    return ReleasedIndicator(document, how)


def _with_numerator(tracing: Document, cells: Document) -> Document:
    row = {"key": NUMERATOR, "cells": cells}
    return tracing | {"rows": [row, *tracing["rows"]], "adds_up": False}
