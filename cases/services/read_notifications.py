"""Noting that an officer has read what was told."""

from datetime import datetime

from django.db.models import QuerySet

from cases.models import Notification


def read_notifications(*, notifications: QuerySet[Notification], at: datetime) -> int:
    """Mark as read those that are not; returns how many. What an officer has read is nobody else's affair: no audit."""
    return notifications.filter(read_at__isnull=True).update(read_at=at)
