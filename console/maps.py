"""The map: incidents by place, and the ways that goods took between States."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases import access
from cases.queries.officers import get_officer
from console.map_filters import MapFilters


@login_required
@require_GET
def incident_map(request: HttpRequest) -> HttpResponse:
    """Show where the incidents lie that the officer may know of; the page fetches them from the API as it moves."""
    return _drawn(request, "console/map/incidents.html")


@login_required
@require_GET
def flow_map(request: HttpRequest) -> HttpResponse:
    """Show the ways between States that these incidents tell of."""
    return _drawn(request, "console/map/flows.html")


def _drawn(request: HttpRequest, template: str) -> HttpResponse:
    may_export = access.EXPORT in get_officer(request.user).rights
    return render(request, template, {"filters": MapFilters(request.GET), "may_export": may_export})
