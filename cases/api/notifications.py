"""Notifications: what an officer is told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases import access
from cases.api.paging import PAGING_PARAMETERS, page_of
from cases.api.problems import in_words
from cases.queries.keys import document_of_notification
from cases.queries.officers import get_officer
from cases.services.read_notifications import read_notifications


class Subject(BaseModel):
    """What a notification is about."""

    type: str
    reference: str


class NotificationDocument(BaseModel):
    """One thing told, its sentence in the reader's language."""

    id: int
    kind: str
    subject: Subject
    text: str
    params: dict[str, str | int]
    created_at: datetime
    read_at: datetime | None


class NotificationPage(BaseModel):
    """One page of notifications, latest first, and how many are unread in all."""

    next: str | None
    previous: str | None
    unread: int
    results: list[NotificationDocument]


class Read(BaseModel):
    """How many were marked as read."""

    read: int


class NotificationListView(APIView):
    """What the officer was told."""

    @extend_schema(operation_id="listNotifications", parameters=PAGING_PARAMETERS, responses=NotificationPage)
    def get(self, request: Request) -> Response:
        """List one's notifications, latest first."""
        rows = access.notifications_for(get_officer(request.user))
        page = page_of(request, rows, moment="created_at", key="pk", read_key=int)
        shown = [told(document_of_notification(each)) for each in page.rows]
        return Response(page.document(shown) | {"unread": rows.filter(read_at__isnull=True).count()})


class NotificationReadView(APIView):
    """Having read one."""

    @extend_schema(operation_id="readNotification", request=None, responses=Read)
    def post(self, request: Request, notification_id: int) -> Response:
        """Mark a notification as read; a second time changes nothing."""
        officer = get_officer(request.user)
        found = access.access_notification(officer, notification_id)
        rows = access.notifications_for(officer).filter(pk=found.pk)
        return Response({"read": read_notifications(notifications=rows, at=timezone.now())})


def told(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a notification with its sentence in the active language."""
    shown = {name: value for name, value in document.items() if name != "template"}
    return shown | {"text": in_words(document["template"], document["params"])}
