"""Chosen incidents of the list, taken out as a file."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from cases import access
from cases.queries.incident_document import seen_of_incident
from cases.queries.incident_export import records_as_ndjson, rows_as_csv
from cases.queries.incident_rows import incident_rows, row_of_incident
from cases.queries.officers import get_officer
from cases.services.record_export import record_export

# What one page holds at most.
MOST_CHOSEN: Final = 200
TYPES: Final[Mapping[str, str]] = {"csv": "text/csv", "ndjson": "application/x-ndjson"}


@login_required
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Export the incidents that were chosen, and record it; what is not the officer's to know of is in no file."""
    officer = get_officer(request.user)
    agency = access.require(officer, access.EXPORT)
    wanted = request.POST.get("format", "csv")
    form = wanted if wanted in TYPES else "csv"
    chosen = request.POST.getlist("chosen")[:MOST_CHOSEN]
    incidents = access.incidents_for(officer).filter(reference__in=chosen).order_by("reference")
    references = list(incidents.values_list("reference", flat=True))
    if not references:
        return render(request, "console/lists/nothing_chosen.html", status=422)
    content = _table(incidents) if form == "csv" else _records(officer, incidents)
    told = {"format": form, "incidents": references}
    now = timezone.now()  # noqa: TID251 - an edge
    record_export(officer=officer, subject=agency, exported_at=now, what="incidents", details=told)
    kept_by = {"Content-Disposition": f'attachment; filename="incidents-{now:%Y-%m-%d}.{form}"'}
    return HttpResponse(content, content_type=TYPES[form], headers=kept_by)


def _table(incidents: Any) -> bytes:
    return rows_as_csv(row_of_incident(row) for row in incident_rows(incidents))


def _records(officer: Any, incidents: Any) -> bytes:
    return records_as_ndjson(seen_of_incident(row, access.sight_of(officer, row)) for row in incidents)
