"""What the officer is told."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from rest_framework.request import Request

from cases import access
from cases.api import notifications as api
from cases.api.paging import page_of
from cases.queries.keys import document_of_notification
from cases.queries.officers import get_officer
from cases.services.read_notifications import read_notifications


@login_required
@require_GET
def told(request: HttpRequest) -> HttpResponse:
    """List what the officer was told, latest first."""
    rows = access.notifications_for(get_officer(request.user))
    page = page_of(Request(request), rows, moment="created_at", key="pk", read_key=int)
    shown = [api.told(document_of_notification(each)) for each in page.rows]
    return render(request, "console/notifications.html", {"page": page, "notifications": shown})


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    rows = access.notifications_for(get_officer(request.user))
    read_notifications(notifications=rows, at=timezone.now())  # noqa: TID251 - an edge
    return redirect("console:notifications")
