"""The list of incidents."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET
from rest_framework.request import Request

from cases import access
from cases.api.errors import InvalidRequest
from cases.api.incident_filters import filtered
from cases.api.paging import page_of
from cases.api.problems import problem_entries
from cases.api.statistics import counted_for
from cases.queries.incident_rows import by_day, incident_rows, row_of_incident
from cases.queries.officers import get_officer
from cases.queries.waiting import bounded_count
from console import incident_query, saved_filters

# Nobody pages through more; a filter narrows it.
MOST_COUNTED: Final = 1_000


@login_required
@require_GET
def incidents(request: HttpRequest) -> HttpResponse:
    """List the incidents that the officer may know of, by the filters and in the order that the address says."""
    officer, asked = get_officer(request.user), incident_query.asked_in(request.GET)
    sort = request.GET.get("sort", "")
    order = incident_query.SORTS.get(sort, incident_query.SORTS[""])
    try:
        rows = _found(request, asked)
        page = page_of(Request(request), by_day(incident_rows(rows)), moment=order.moment, is_rising=order.is_rising)
    except InvalidRequest as error:
        return render(request, "console/incidents.html", _refused(request, asked, sort, error), status=422)
    count = bounded_count(rows, most=MOST_COUNTED)
    found = {
        "page": page,
        "incidents": [row_of_incident(incident) for incident in page.rows],
        "count": min(count, MOST_COUNTED),
        "is_more": count > MOST_COUNTED,
        "may_export": access.EXPORT in officer.rights,
    }
    return render(request, "console/incidents.html", _form(request, asked, sort, {}) | found)


def _found(request: HttpRequest, asked: QueryDict) -> Any:
    """Return the incidents that the filters ask for; raises InvalidRequest."""
    officer = get_officer(request.user)
    of_the_api = Request(request)
    # It knows nobody by itself: who is asking was found by the session.
    of_the_api.user = officer
    nominal = access.nominal_incidents_for(officer)
    return filtered(access.incidents_for(officer), asked, nominal=nominal, counted=counted_for(of_the_api))


def _form(request: HttpRequest, asked: QueryDict, sort: str, errors: Mapping[str, list[str]]) -> dict[str, Any]:
    return {
        "asked": asked.dict(),
        "fields": incident_query.fields(asked, errors),
        "carried": [(name, asked[name]) for name in incident_query.CARRIED if name in asked],
        "chips": incident_query.chips(asked, sort),
        "sorts": [(key, order.name) for key, order in incident_query.SORTS.items()],
        "sort": sort,
        "query": incident_query.address_of(asked),
        "saved": saved_filters.shown_to(request),
    }


def _refused(request: HttpRequest, asked: QueryDict, sort: str, error: InvalidRequest) -> dict[str, Any]:
    """Return the form with what is wrong with each filter beside it."""
    errors: dict[str, list[str]] = {}
    for entry in problem_entries(error.problems, level="error"):
        errors.setdefault(entry["pointer"].removeprefix("/"), []).append(entry["detail"])
    others = [text for name, texts in errors.items() if name not in incident_query.LABELS for text in texts]
    return _form(request, asked, sort, errors) | {"errors": errors, "others": others, "incidents": []}
