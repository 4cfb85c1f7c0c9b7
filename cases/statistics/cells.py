"""Cells by their addresses, as links and people name them: STATISTIC/YEAR/TABLE/ROW/COLUMN."""

from typing import NamedTuple

from cases.intake.partial_date import FIRST_YEAR, LAST_YEAR


class CellAddress(NamedTuple):
    """One cell of one year's statistic; `key` is the row, `total` that of the sums."""

    statistic: str
    year: int
    table: str
    key: str
    column: str

    @classmethod
    def parse(cls, text: str) -> "CellAddress":
        """Return the cell that the text names; raises ValueError. Only the row may hold a slash."""
        statistic, year, table, rest = text.split("/", 3)
        key, _, column = rest.rpartition("/")
        if not (key and year.isascii() and year.isdigit() and FIRST_YEAR <= int(year[:5]) <= LAST_YEAR):
            raise ValueError(text)
        return cls(statistic, int(year), table, key, column)

    def __str__(self) -> str:
        return "/".join(map(str, self))
