"""Ending sessions: one's own, or by an administrator those of an officer."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from cases.models import Officer, OfficerSession
from cases.services.write_audit_entry import write_audit_entry


def end_sessions(*, sessions: QuerySet[OfficerSession], by: Officer | None, at: datetime, reason: str = "") -> int:
    """End those that still run; returns how many. The next request with such a session is nobody's."""
    with transaction.atomic():
        running = list(sessions.filter(ended_at__isnull=True).select_for_update(of=("self",)).order_by("pk"))
        for session in running:
            session.ended_at = at
            session.save(update_fields=["ended_at"])
            write_audit_entry(action="session.ended", subject=session, at=at, by=by, reason=reason)
    return len(running)
