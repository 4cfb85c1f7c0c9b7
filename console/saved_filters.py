"""Filters of the list that an officer keeps, for himself or for the agency."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from cases import access
from cases.api.problems import in_words
from cases.errors import DomainError, FilterNameTaken
from cases.intake.text import storable
from cases.queries.officers import get_officer
from cases.queries.saved_filters import documents_of_filters
from cases.services.delete_filter import delete_filter
from cases.services.rename_filter import rename_filter
from cases.services.save_filter import save_filter
from console import incident_query

LONGEST_NAME: Final = 100


def shown_to(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the filters that the officer may use, each with the address that asks it."""
    officer = get_officer(request.user)
    rows = documents_of_filters(access.saved_filters_for(officer), officer=officer)
    return [row | {"query": _query_of(row["asked"])} for row in rows]


def _query_of(asked: Mapping[str, str]) -> str:
    """Return the query of the list that asks the same, in the order in which the list itself asks."""
    named = {name: asked[name] for name in incident_query.FILTERS if name in asked}
    return incident_query.address_of(named, asked.get("sort", ""))


@login_required
@require_GET
def filters(request: HttpRequest) -> HttpResponse:
    """List the filters, each with what may be done to it."""
    return render(request, "console/lists/filters.html", _page(request, ""))


@login_required
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep what the list was asked under a name."""
    asked = incident_query.asked_in({name: request.POST.get(name, "") for name in incident_query.FILTERS})
    kept = {name: storable(str(value)) for name, value in asked.items()}
    sort = request.POST.get("sort", "")
    if sort and sort in incident_query.SORTS:
        kept["sort"] = sort
    if len(incident_query.address_of(kept)) > incident_query.LONGEST:
        return _refused(request, gettext("These filters are too long to be kept; draw a simpler area."))
    name = _name_in(request)
    if not name:
        return _refused(request, gettext("Give the filter a name."))
    try:
        save_filter(
            officer=get_officer(request.user),
            name=name,
            asked=kept,
            is_shared="is_shared" in request.POST,
            saved_at=timezone.now(),  # noqa: TID251 - an edge
        )
    except DomainError as error:
        return _refused(request, in_words(error.sentence, error.params))
    return redirect("console:filters")


@login_required
@require_POST
def rename(request: HttpRequest, filter_id: int) -> HttpResponse:
    """Give one's own filter another name, and share it or not."""
    officer, name = get_officer(request.user), _name_in(request)
    saved = access.access_saved_filter(officer, filter_id)
    if not name:
        return _refused(request, gettext("Give the filter a name."))
    is_shared, now = "is_shared" in request.POST, timezone.now()  # noqa: TID251 - an edge
    try:
        rename_filter(officer=officer, saved=saved, name=name, is_shared=is_shared, renamed_at=now)
    except FilterNameTaken as error:
        return _refused(request, in_words(error.sentence, error.params))
    return redirect("console:filters")


@login_required
@require_POST
def delete(request: HttpRequest, filter_id: int) -> HttpResponse:
    """Delete a filter."""
    officer = get_officer(request.user)
    saved = access.access_saved_filter(officer, filter_id)
    delete_filter(officer=officer, saved=saved, deleted_at=timezone.now())  # noqa: TID251 - an edge
    return redirect("console:filters")


def _name_in(request: HttpRequest) -> str:
    return " ".join(storable(request.POST.get("name", "")).split())[:LONGEST_NAME]


def _page(request: HttpRequest, trouble: str) -> dict[str, Any]:
    leads = {access.OVERRIDE, access.ADMINISTER} & get_officer(request.user).rights
    return {"saved": shown_to(request), "trouble": trouble, "leads": bool(leads)}


def _refused(request: HttpRequest, trouble: str) -> HttpResponse:
    return render(request, "console/lists/filters.html", _page(request, trouble), status=422)
