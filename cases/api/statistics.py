"""Statistics: what is counted, each cell with the lines behind it, and copies that leave the house."""

from datetime import datetime
from typing import Final

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.errors import InvalidRequest
from cases.api.file_name import named_file
from cases.api.incident_filters import CountedIn
from cases.api.openapi import CONFLICT
from cases.api.query import choice_of, read_cut_off, year_in
from cases.intake.partial_date import FIRST_YEAR, LAST_YEAR
from cases.intake.problems import Problem, quote
from cases.queries.officers import get_officer
from cases.queries.statistics import MADE_OF, SDG, Asked, find_cell, sdg_16_4_2, tables_of
from cases.services.release_statistic import release_statistic
from cases.statistics.cells import CellAddress
from cases.statistics.publication import incident_of
from cases.statistics.workbook import workbook

NAMES: Final = (SDG, *sorted(MADE_OF))
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_YES_OR_NO: Final = {"true": True, "false": False}
YEAR: Final = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
CUT_OFF: Final = OpenApiParameter(
    "cut_off",
    {"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]},
    description="As known at that moment, or at the end of that day (UTC); else as now.",
)
_EXPLAIN: Final = OpenApiParameter(
    "explain", {"type": "string", "enum": list(_YES_OR_NO)}, description="Whether each cell names the lines behind it."
)
_RELEASE: Final = OpenApiParameter(
    "release",
    {"type": "string", "enum": list(_YES_OR_NO)},
    description="Whether it leaves the house: small cells are withheld, and others from which they would follow; "
    "nothing is explained. Takes the right to export, and is kept in the audit trail.",
)
_FROM_TO: Final = tuple(
    OpenApiParameter(name, YEAR, description=f"{words} cohort year; without both, all that there are records of.")
    for name, words in (("from", "First"), ("to", "Last"))
)
ONE_YEAR: Final = OpenApiParameter("year", YEAR, required=True, description="The year the goods were taken in.")
FORMAT: Final = OpenApiParameter("format", {"type": "string", "enum": ["json", "xlsx"], "default": "json"})


class CellShown(BaseModel):
    """How many pieces; null where withheld. Incidents whose goods have no count are neither zero nor one."""

    pieces: int | None
    suppressed: bool = False
    incidents_without_count: int | None = None
    lines: list[str] | None = None
    # The list of the incidents behind it; in no copy that leaves the house.
    cases: str | None = None


class RowShown(BaseModel):
    """One row: by which value of the fact, and its cells by column."""

    key: str
    cells: dict[str, CellShown]


class TableShown(BaseModel):
    """One table; `adds_up` says whether its rows are parts of the total."""

    name: str
    adds_up: bool
    columns: list[str]
    rows: list[RowShown]
    total: dict[str, CellShown]


class Statistic(BaseModel):
    """Whose it is, as known when, and whether it is a copy that leaves the house."""

    country: str | None
    cut_off: datetime
    released: bool
    smallest_cell_shown: int | None
    # Records left out because another record of the same event is counted.
    same_event: list[str] | None


class IndicatorYear(BaseModel):
    """The indicator of one cohort year."""

    year: int
    # A year without records is not one of nothing.
    has_records: bool
    value: float | None
    numerator: int | None
    denominator: int | None
    incidents_without_count: int | None
    tables: list[TableShown]
    left_out: dict[str, CellShown] | None
    year_not_certain: CellShown | None


class SdgIndicator(Statistic):
    """SDG indicator 16.4.2: 100 × traced or otherwise established ÷ seized, found and surrendered arms."""

    series: str
    unit: str
    value: float | None
    numerator: int | None
    denominator: int | None
    years: list[IndicatorYear]


class SignificantSeizure(BaseModel):
    """An incident with many arms."""

    incident: str
    pieces: int


class StatisticTables(Statistic):
    """The tables of one statistic for one year."""

    name: str
    year: int
    # A year without records is not one of nothing.
    has_records: bool
    tables: list[TableShown]
    significant: list[SignificantSeizure] | None = None


class SdgView(APIView):
    """How many of the arms taken in were traced to where they left lawful hands."""

    @extend_schema(
        operation_id="readSdg1642",
        parameters=[*_FROM_TO, CUT_OFF, _EXPLAIN, _RELEASE],
        responses={200: SdgIndicator, **CONFLICT},
    )
    def get(self, request: Request) -> Response:
        """Read the indicator for each year, with its parts; what is not answered or not asked about stays in."""
        asked = _asked(request, years=_span(request))
        _record_release(request, SDG, asked)
        return Response(sdg_16_4_2(asked))


class StatisticView(APIView):
    """Tables that States report by."""

    @extend_schema(
        operation_id="readStatistic",
        parameters=[
            OpenApiParameter("name", {"type": "string", "enum": sorted(MADE_OF)}, OpenApiParameter.PATH),
            *(ONE_YEAR, CUT_OFF, _EXPLAIN, _RELEASE, FORMAT),
        ],
        responses={
            (200, "application/json"): StatisticTables,
            (200, XLSX): OpenApiResponse({"type": "string", "format": "binary"}, "A workbook, one sheet a table."),
            **CONFLICT,
        },
    )
    def get(self, request: Request, name: str) -> HttpResponse:
        """Read the tables of one year; a workbook is a copy that leaves the house."""
        year, wanted = year_in(request, "year"), choice_of(request, "format", ("json", "xlsx"), "json")
        if year is None:
            raise InvalidRequest([Problem("/year", "missing")])
        asked = _asked(request, years=(year, year), is_copy=wanted == "xlsx")
        _record_release(request, name, asked)
        document = tables_of(name, asked, year=year)
        if wanted == "json":
            return Response(document)
        notes = [(key, str(document[key])) for key in ("name", "year", "country", "cut_off", "smallest_cell_shown")]
        kept_by = named_file(f"{name}-{year}.xlsx")
        return HttpResponse(workbook(document, notes), content_type=XLSX, headers=kept_by)


def counted_for(request: Request) -> CountedIn:
    """Return what names the incidents behind a cell as counted for who asks; it raises InvalidRequest for no cell."""
    officer = get_officer(request.user)

    def counted(address: CellAddress, cut_off: datetime) -> set[str]:
        known, years = access.incidents_for(officer), (address.year, address.year)
        cell = find_cell(address, Asked(known=known, agency=officer.agency, years=years, cut_off=cut_off))
        if cell is None:
            raise InvalidRequest([Problem("/counted_in", "not_valid")])
        return {incident_of(line) for line in cell.counts}

    return counted


def _record_release(request: Request, name: str, asked: Asked) -> None:
    """Record a copy that leaves the house; raises NotAllowed without the right to export."""
    if asked.release:
        details = {"years": asked.years and list(asked.years), "cut_off": asked.cut_off.isoformat()}
        release_statistic(officer=get_officer(request.user), name=name, details=details, released_at=timezone.now())


def _asked(request: Request, *, years: tuple[int, int] | None, is_copy: bool = False) -> Asked:
    """Return what the query asks for; raises InvalidRequest."""
    officer = get_officer(request.user)
    explain, release = (choice_of(request, name, tuple(_YES_OR_NO), "false") for name in ("explain", "release"))
    return Asked(
        known=access.incidents_for(officer),
        agency=officer.agency,
        years=years,
        cut_off=cut_off_in(request),
        explain=_YES_OR_NO[explain],
        release=_YES_OR_NO[release] or is_copy,
    )


def _span(request: Request) -> tuple[int, int] | None:
    first, last = year_in(request, "from"), year_in(request, "to")
    if first is None and last is None:
        return None
    first, last = first or last or FIRST_YEAR, last or first or LAST_YEAR
    if first > last:
        raise InvalidRequest([Problem("/to", "out_of_range", {"value": last, "least": first, "most": LAST_YEAR})])
    return first, last


def cut_off_in(request: Request) -> datetime:
    """Return the moment until which what is known counts, now without it; raises InvalidRequest."""
    text, now = request.query_params.get("cut_off"), timezone.now()
    try:
        return now if text is None else read_cut_off(text, now=now)
    except ValueError:
        raise InvalidRequest([Problem("/cut_off", "not_a_date", {"value": quote(text or "")})]) from None
