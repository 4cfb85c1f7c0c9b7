"""Seizures as customs authorities exchange them: rows that name nobody."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from cases import access
from cases.api.errors import InvalidRequest
from cases.api.file_name import named_file
from cases.api.query import choice_of, year_in
from cases.api.statistics import ONE_YEAR, XLSX
from cases.intake.problems import Problem
from cases.queries.officers import get_officer
from cases.queries.seizure_rows import seized_lines
from cases.services.record_export import record_export
from cases.statistics.seizure_rows import SeizureRow, rows_as_csv, rows_as_ndjson, seizure_row
from cases.statistics.workbook import workbook_of

CSV: Final = "text/csv"
NDJSON: Final = "application/x-ndjson"
_TYPES: Final[Mapping[str, str]] = {"csv": CSV, "ndjson": NDJSON, "xlsx": XLSX}
_FORMAT: Final = OpenApiParameter("format", {"type": "string", "enum": [*_TYPES], "default": "csv"})
_TEXT: Final = {"type": "string"}


def _as_workbook(rows: Sequence[SeizureRow]) -> bytes:
    return workbook_of([("seizures", SeizureRow._fields, rows)])


_WRITTEN: Final[Mapping[str, Callable[[Sequence[SeizureRow]], bytes]]] = {
    "csv": rows_as_csv,
    "ndjson": rows_as_ndjson,
    "xlsx": _as_workbook,
}


class SeizureRowsView(APIView):
    """The agency's seizures of a year, one row a seized line."""

    @extend_schema(
        operation_id="exportSeizureRows",
        parameters=[ONE_YEAR, _FORMAT],
        responses={
            (200, CSV): OpenApiResponse(_TEXT, "A header, and one row a seized line."),
            (200, NDJSON): OpenApiResponse(_TEXT, "One object a seized line."),
            (200, XLSX): OpenApiResponse({"type": "string", "format": "binary"}, "A workbook of one sheet."),
        },
    )
    def get(self, request: Request) -> HttpResponse:
        """Export what the agency seized in a year: days, codes and numbers, no names and no typed text.

        Takes the right to export. What is not recorded is empty.
        """
        officer = get_officer(request.user)
        agency = access.require(officer, access.EXPORT)
        year, wanted = year_in(request, "year"), choice_of(request, "format", tuple(_TYPES), "csv")
        if year is None:
            raise InvalidRequest([Problem("/year", "missing")])
        rows = [seizure_row(line) for line in seized_lines(access.incidents_for(officer), agency=agency, year=year)]
        told = {"year": year, "format": wanted, "rows": len(rows)}
        record_export(officer=officer, subject=agency, exported_at=timezone.now(), what="seizure_rows", details=told)
        kept_by = named_file(f"seizures-{year}.{wanted}")
        return HttpResponse(_WRITTEN[wanted](rows), content_type=_TYPES[wanted], headers=kept_by)
