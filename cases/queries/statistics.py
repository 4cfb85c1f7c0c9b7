"""Statistics as they are shown: within the house with every cell's lines, and as they may leave it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet

from cases.models import Agency, Incident
from cases.queries.counted_lines import CountedRecords, counted_records
from cases.statistics import questionnaire, sdg
from cases.statistics.tables import Table, document_of, released

Document = dict[str, Any]
MADE_OF: Final[dict[str, Callable[..., list[list[Table]]]]] = {
    "illicit-arms-flows": questionnaire.questionnaire,
    "national-report": questionnaire.national_report,
    "un-register": questionnaire.register_categories,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a statistic: over which records, of which years, as known when.

    `known` is what the officer may know of; `explain` names the lines of each cell, `release` makes a copy that leaves
    the house.
    """

    known: QuerySet[Incident]
    agency: Agency | None
    years: tuple[int, int] | None
    cut_off: datetime
    explain: bool = False
    release: bool = False


def sdg_16_4_2(asked: Asked) -> Document:
    """Return the indicator for each year, and for all: parts and wholes are added, percentages never averaged."""
    records = _records(asked)
    whole = [sdg.indicator(records.lines, year=year) for year in _years(records, asked)]
    shown = [_indicator(each, asked) for each in whole]
    numerator, denominator = (_sum(each[name] for each in shown) for name in ("numerator", "denominator"))
    return {
        "series": sdg.SERIES,
        "unit": "percent",
        "value": sdg.percent(numerator, denominator),
        "numerator": numerator,
        "denominator": denominator,
        "years": shown,
        **_told(records, asked),
    }


def tables_of(name: str, asked: Asked, *, year: int) -> Document:
    """Return the tables of that name for one year."""
    records = _records(asked)
    groups = MADE_OF[name](records.lines, year=year)
    tables = [table for group in groups for table in _shown(group, asked)]
    several = {"significant": _significant(records, year, asked)} if name == "illicit-arms-flows" else {}
    return {"name": name, "year": year, "tables": tables, **several, **_told(records, asked)}


def _records(asked: Asked) -> CountedRecords:
    if asked.agency is None:
        return CountedRecords([], [])
    return counted_records(asked.known, agency=asked.agency, years=asked.years, cut_off=asked.cut_off)


def _years(records: CountedRecords, asked: Asked) -> Iterable[int]:
    """Return the years asked for, or those that the records span; a year between without any arms is shown too."""
    if asked.years is not None:
        return range(asked.years[0], asked.years[1] + 1)
    days = [day for line in records.lines for day in (line.first_day, line.last_day) if day is not None]
    return range(min(days).year, max(days).year + 1) if days else []


def _indicator(each: sdg.Indicator, asked: Asked) -> Document:
    if asked.release:
        return sdg.released_indicator(each, smallest_shown=settings.SMALLEST_CELL_SHOWN)
    return sdg.document_of_indicator(each, explain=asked.explain)


def _shown(group: list[Table], asked: Asked) -> list[Document]:
    if not asked.release:
        return [document_of(table, explain=asked.explain) for table in group]
    alike = all(table.total == group[0].total for table in group)
    together = [group] if alike else [[table] for table in group]
    return [shown for each in together for shown in released(each, smallest_shown=settings.SMALLEST_CELL_SHOWN)]


def _significant(records: CountedRecords, year: int, asked: Asked) -> list[Document] | None:
    """Return large seizures one by one, by the references that inside the house lead to them."""
    if asked.release:
        return None
    found = questionnaire.significant(records.lines, year=year, arms_from=settings.SIGNIFICANT_SEIZURE_ARMS)
    return [{"incident": incident, "pieces": pieces} for incident, pieces in found]


def _told(records: CountedRecords, asked: Asked) -> Document:
    return {
        "country": asked.agency.country if asked.agency else None,
        "cut_off": asked.cut_off.isoformat(),
        "released": asked.release,
        "smallest_cell_shown": settings.SMALLEST_CELL_SHOWN if asked.release else None,
        "same_event": None if asked.release else records.same_event,
    }


def _sum(values: Iterable[int | None]) -> int | None:
    """Return the sum; None where a part of it is withheld."""
    whole = list(values)
    return None if None in whole else sum(value for value in whole if value is not None)
