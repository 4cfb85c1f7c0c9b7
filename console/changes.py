"""What re-screening changed."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from rest_framework.request import Request

from cases import access
from cases.api.paging import page_of
from cases.queries.officers import get_officer
from cases.queries.rescreenings import change_rows, document_of_change


@login_required
@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """Show what re-screening changed on the agency's incidents, latest first."""
    officer = get_officer(request.user)
    rows = change_rows(access.changes_for(officer))
    page = page_of(Request(request), rows, moment="changed_at", key="pk", read_key=int)
    is_nominal = access.SEE_NOMINAL in officer.rights
    shown = [document_of_change(change, with_nominal=is_nominal) for change in page.rows]
    return render(request, "console/changes.html", {"page": page, "changes": shown})
