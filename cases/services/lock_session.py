"""Locking a session on a tablet that goes from hand to hand."""

from datetime import datetime

from django.db import transaction

from cases.models import Officer, OfficerSession
from cases.services.write_audit_entry import write_audit_entry


def lock_session(*, session: OfficerSession, officer: Officer, at: datetime) -> None:
    """Lock the session until the officer's PIN; without a PIN it ends, as nothing could open it."""
    with transaction.atomic():
        kept = OfficerSession.objects.select_for_update().get(pk=session.pk)
        if officer.pin_hash:
            kept.locked_at = kept.locked_at or at
        else:
            kept.ended_at = kept.ended_at or at
        kept.save(update_fields=["locked_at", "ended_at"])
        write_audit_entry(action="session.locked", subject=kept, at=at, by=officer)
