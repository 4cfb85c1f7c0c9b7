"""SDG indicator 16.4.2: of the arms seized, found and surrendered, how many were traced or their origin established."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

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
from cases.statistics.suppression import Sum
from cases.statistics.tables import (
    COLUMNS,
    TOTAL,
    Cell,
    Table,
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

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Indicator:
    """The indicator of one cohort year, whole: its parts, what was left out and why, and what has no certain year."""

    year: int
    tracing: Table
    marking: Table
    ground: Table
    left_out: dict[str, Cell]
    year_not_certain: Cell

    @property
    def numerator(self) -> Cell:
        """Return the arms whose origin or illicit context is established."""
        return self.tracing.rows[NUMERATOR][TOTAL]

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
    return Indicator(
        year=year,
        tracing=_by_tracing(arms),
        marking=table_of("marking", arms, lambda line: [marked(line)], rows=[each.value for each in Marked]),
        ground=table_of("ground", arms, _ground, rows=["recorded", "not_recorded"]),
        left_out={
            reason.value: cell_of(counted(line for line in of_year if left_out(line) == reason))
            for reason in LeftOut
            if reason is not LeftOut.NO_ARMS
        },
        year_not_certain=cell_of(counted(uncertain)),
    )


def _by_tracing(arms: Sequence[Line]) -> Table:
    by_state = table_of("tracing", arms, lambda line: [tracing_of(line)], rows=[each.value for each in Tracing])
    numerator = table_of("tracing", [line for line in arms if tracing_of(line) in ESTABLISHED], lambda _line: [])
    # A row of its own that says again what two others say: the rows with it do not add up.
    return Table("tracing", {NUMERATOR: numerator.total, **by_state.rows}, by_state.total, adds_up=False)


def _ground(line: Line) -> list[str]:
    return ["recorded" if has_recorded_ground(line) else "not_recorded"]


def document_of_indicator(indicator: Indicator, *, explain: bool) -> Document:
    """Return the indicator as it is shown inside the house; with `explain` each cell names its lines."""
    return {
        "year": indicator.year,
        "value": indicator.percent,
        "numerator": indicator.numerator.pieces,
        "denominator": indicator.denominator.pieces,
        "incidents_without_count": indicator.denominator.incidents_without_count,
        "tables": [document_of(table, explain=explain) for table in _tables(indicator)],
        "left_out": {reason: shown_cell(cell, explain=explain) for reason, cell in indicator.left_out.items()},
        "year_not_certain": shown_cell(indicator.year_not_certain, explain=explain),
    }


def released_indicator(indicator: Indicator, *, smallest_shown: int) -> Document:
    """Return the indicator as it leaves the house."""
    sums = [
        Sum(name_of("tracing", key, column), tuple(name_of("tracing", state, column) for state in states))
        for key, states in ((TOTAL, tuple(Tracing)), (NUMERATOR, tuple(ESTABLISHED)))
        for column in COLUMNS
    ]
    tables = released(_tables(indicator), smallest_shown=smallest_shown, more=sums)
    numerator = tables[0]["rows"][0]["cells"][TOTAL]["pieces"]
    total = tables[0]["total"][TOTAL]
    return {
        "year": indicator.year,
        "value": percent(numerator, total["pieces"]),
        "numerator": numerator,
        "denominator": total["pieces"],
        "incidents_without_count": total["incidents_without_count"],
        "tables": tables,
        # Reasons of few lines would tell of single ones.
        "left_out": None,
        "year_not_certain": None,
    }


def _tables(indicator: Indicator) -> list[Table]:
    return [indicator.tracing, indicator.marking, indicator.ground]
