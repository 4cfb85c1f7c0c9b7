"""Cases: the list of those that are open or closed, one's own tasks, and opening a case."""

from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods
from rest_framework.request import Request

from cases import access
from cases.api.cases import NewCase
from cases.api.paging import page_of
from cases.errors import DomainError
from cases.intake.pydantic_errors import validated
from cases.queries.case_list import listed_cases, row_of_case
from cases.queries.case_work import documents_of_tasks, sought_tasks, task_rows
from cases.queries.officers import get_officer
from cases.services.open_case import open_case
from console.forms import refusal_of, text_in

# What somebody has to do today fits on a page; the API lists the rest.
TASKS_SHOWN: Final = 20


@login_required
@require_http_methods(["GET", "POST"])
def cases(request: HttpRequest) -> HttpResponse:
    """List the cases that the officer may know of, latest first; opening one leads into it."""
    officer, now = get_officer(request.user), timezone.now()  # noqa: TID251 - an edge
    context: dict[str, Any] = {"entered": request.POST, "may_record": access.RECORD in officer.rights}
    if request.method == "POST":
        try:
            references = request.POST.get("incidents", "").replace(",", " ").split()
            body = validated(NewCase, {"title": text_in(request.POST, "title"), "incidents": references})
            access.require(officer, access.RECORD)
            incidents = [access.access_incident(officer, reference) for reference in body.incidents]
            opened = open_case(officer=officer, title=body.title, incidents=incidents, opened_at=now)
        except DomainError as error:
            context["refused"] = refusal_of(error, is_typed=True)
        else:
            return redirect("console:case", opened.reference)
    is_closed = request.GET.get("show") == "closed"
    known = access.cases_for(officer)
    tasks, today = access.tasks_for(officer), now.date()
    rows = listed_cases(
        known.filter(closed_at__isnull=not is_closed),
        incidents=access.incidents_for(officer),
        tasks=tasks,
        today=today,
    )
    page = page_of(Request(request), rows, moment="opened_at")
    mine = sought_tasks(tasks, officer=officer, today=today, sought={"mine": "true"})
    shown = list(task_rows(mine).order_by("due_on", "pk")[:TASKS_SHOWN])
    context |= {
        "page": page,
        "cases": [row_of_case(row) for row in page.rows],
        "is_closed": is_closed,
        "tasks": documents_of_tasks(
            shown, today=today, with_nominal=access.SEE_NOMINAL in officer.rights, translated=gettext
        ),
    }
    return render(request, "console/cases/list.html", context, status=422 if "refused" in context else 200)
