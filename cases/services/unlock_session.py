"""Opening a locked session by PIN."""

from datetime import datetime

from django.contrib.auth.hashers import check_password
from django.db import transaction

from cases.errors import PinWrong
from cases.models import Officer, OfficerSession
from cases.services.write_audit_entry import write_audit_entry

# A million PINs, three guesses: then the whole way of signing in.
PIN_ATTEMPTS = 3


def unlock_session(*, session: OfficerSession, officer: Officer, pin: str, at: datetime) -> bool:
    """Return whether the session is open again; False: it has ended. Raises PinWrong while attempts are left."""
    with transaction.atomic():
        kept = OfficerSession.objects.select_for_update().get(pk=session.pk)
        if kept.ended_at is not None:
            return False
        if officer.pin_hash and check_password(pin, officer.pin_hash):
            kept.locked_at, kept.wrong_pins, kept.last_seen_at = None, 0, max(at, kept.last_seen_at)
            kept.save(update_fields=["locked_at", "wrong_pins", "last_seen_at"])
            write_audit_entry(action="session.unlocked", subject=kept, at=at, by=officer)
            return True
        left = _count_wrong(kept, officer, at)
    if left:
        raise PinWrong(left=left)
    return False


def _count_wrong(session: OfficerSession, officer: Officer, at: datetime) -> int:
    session.wrong_pins += 1
    left = max(PIN_ATTEMPTS - session.wrong_pins, 0) if officer.pin_hash else 0
    if not left:
        session.ended_at = at
        write_audit_entry(action="session.ended", subject=session, at=at, by=officer, reason="wrong PIN")
    session.save(update_fields=["wrong_pins", "ended_at"])
    return left
