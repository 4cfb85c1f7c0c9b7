"""Statistics as they are shown: within the house with every cell's lines, and as they may leave it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet

from cases.errors import NothingToPublish
from cases.models import Agency, Incident
from cases.queries.counted_lines import CountedRecords, counted_records
from cases.queries.published_statistics import published_before
from cases.statistics import questionnaire, sdg
from cases.statistics.cells import CellAddress
from cases.statistics.counting import has_records
from cases.statistics.suppression import Published
from cases.statistics.tables import Cell, CellName, Leading, Released, Table, Tally, cell_in, document_of, released

Document = dict[str, Any]
SDG: Final = "sdg-16-4-2"
MADE_OF: Final[dict[str, Callable[..., list[Table]]]] = {
    "illicit-arms-flows": questionnaire.questionnaire,
    "national-report": questionnaire.national_report,
    "un-register": questionnaire.register_categories,
}
INCIDENTS: Final = "/api/v1/incidents"


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


class ToPublish(NamedTuple):
    """The figures of one year as everybody may hold them, and how they were counted."""

    document: Document
    counted: Tally


def sdg_16_4_2(asked: Asked) -> Document:
    """Return the indicator for each year, and for all: parts and wholes are added, percentages never averaged."""
    records, before = _records(asked), _before(asked)
    whole = [sdg.indicator(records.lines, year=year) for year in _years(records, asked)]
    shown = [_indicator(each, asked, before.get(each.year, [])) for each in whole]
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
    tables = MADE_OF[name](records.lines, year=year)
    if asked.release:
        shown = _released(tables, _before(asked).get(year, [])).tables
    else:
        leading = _leading(name, year, asked)
        shown = [document_of(table, leading, explain=asked.explain) for table in tables]
    several = {"significant": _significant(records, year, asked)} if name == "illicit-arms-flows" else {}
    told = {"name": name, "year": year, "has_records": has_records(records.lines, year)}
    return {**told, "tables": shown, **several, **_told(records, asked)}


def to_publish(name: str, asked: Asked, *, year: int) -> ToPublish:
    """Return the figures of one year as they may be published after those before.

    Raises NothingToPublish for a year without records, and RevisionTellsTooMuch.
    """
    lines, before = _records(asked).lines, _before(asked).get(year, [])
    if not has_records(lines, year):
        raise NothingToPublish(year=year)
    if name != SDG:
        tables, counted = _released(MADE_OF[name](lines, year=year), before)
        return ToPublish({"year": year, "tables": tables}, counted)
    document, counted = _released_indicator(sdg.indicator(lines, year=year), before)
    return ToPublish({"series": sdg.SERIES, "unit": "percent", **document}, counted)


def find_cell(address: CellAddress, asked: Asked) -> Cell | None:
    """Return a cell as counted now or at the cut-off; None where the statistic has no such table or column."""
    lines = _records(asked).lines
    if address.statistic == SDG:
        return sdg.indicator(lines, year=address.year).cell(*address[2:])
    made_of = MADE_OF.get(address.statistic)
    return None if made_of is None else cell_in(made_of(lines, year=address.year), *address[2:])


def _leading(name: str, year: int, asked: Asked) -> Leading:
    def cases_of(table: str, key: str, column: str) -> str:
        cell = CellAddress(name, year, table, key, column)
        return f"{INCIDENTS}?{urlencode({'counted_in': str(cell), 'cut_off': asked.cut_off.isoformat()})}"

    return cases_of


def _records(asked: Asked) -> CountedRecords:
    if asked.agency is None:
        return CountedRecords([], [])
    return counted_records(asked.known, agency=asked.agency, years=asked.years, cut_off=asked.cut_off)


def _before(asked: Asked) -> Mapping[int, list[Published[CellName]]]:
    """Return what the agency has published: whatever leaves the house is set against it."""
    return published_before(asked.agency, asked.years) if asked.release and asked.agency else {}


def _years(records: CountedRecords, asked: Asked) -> Iterable[int]:
    """Return the years asked for, or those that the records span; a year between without any arms is shown too."""
    if asked.years is not None:
        return range(asked.years[0], asked.years[1] + 1)
    days = [day for line in records.lines for day in (line.first_day, line.last_day) if day is not None]
    return range(min(days).year, max(days).year + 1) if days else []


def _indicator(each: sdg.Indicator, asked: Asked, before: Sequence[Published[CellName]]) -> Document:
    if asked.release:
        return _released_indicator(each, before).document
    return sdg.document_of_indicator(each, _leading(SDG, each.year, asked), explain=asked.explain)


def _released_indicator(each: sdg.Indicator, before: Sequence[Published[CellName]]) -> sdg.ReleasedIndicator:
    return sdg.released_indicator(each, smallest_shown=settings.SMALLEST_CELL_SHOWN, earlier=before)


def _released(tables: Sequence[Table], before: Sequence[Published[CellName]]) -> Released:
    return released(tables, smallest_shown=settings.SMALLEST_CELL_SHOWN, earlier=before)


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
