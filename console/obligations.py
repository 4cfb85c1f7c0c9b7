"""The board of obligations, as a page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from rest_framework.request import Request

from cases import access
from cases.api.obligations import waiting_for
from cases.api.paging import page_of
from cases.api.problems import in_words
from cases.queries.obligations import board_rows, document_of_obligation, sought_obligations
from cases.queries.officers import get_officer


@login_required
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show what is owed, by the day that is due; then powers and appeals, and what waits beside them."""
    officer, today = get_officer(request.user), timezone.now().date()  # noqa: TID251 - an edge
    is_apart = request.GET.get("force") == "other"
    sought = {"force": "other" if is_apart else "shall"}
    rows = sought_obligations(access.obligations_for(officer), officer=officer, today=today, sought=sought)
    page = page_of(Request(request), board_rows(rows), moment="due_moment", is_rising=True)
    context = {
        "page": page,
        "is_apart": is_apart,
        "obligations": [document_of_obligation(row, today=today, phrase=in_words) for row in page.rows],
        "waiting": waiting_for(officer, today),
    }
    return render(request, "console/obligations.html", context)
