"""Keeping track of a session as it is used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from cases.models import NotificationKind, Officer, OfficerSession
from cases.models.session import DEVICE
from cases.services.notify import notify
from cases.services.secrets_kept import digest_of_secret
from cases.services.write_audit_entry import write_audit_entry

# Often enough to lock after a minute, seldom enough to cost nothing.
SEEN_EVERY = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a request came from."""

    key: str
    address: str | None
    device: str
    methods: Sequence[str] = ()


def see_session(*, officer: Officer, seen: Seen, at: datetime) -> OfficerSession:
    """Return the session, begun if it is new, and locked if it stood still for longer than the agency allows.

    One that has ended is returned with `ended_at` set; it lets nobody in again.
    """
    digest = digest_of_secret(seen.key)
    session = OfficerSession.objects.filter(key_sha256=digest).first()
    if session is None:
        return _begin(officer, digest, seen, at)
    if session.officer_id != officer.pk and session.ended_at is None:
        # A key that served somebody else is no key of this officer's.
        session.ended_at = at
        session.save(update_fields=["ended_at"])
    if session.ended_at is not None or session.locked_at is not None:
        return session
    return _touch(session, officer, seen, at)


def _begin(officer: Officer, digest: str, seen: Seen, at: datetime) -> OfficerSession:
    device = seen.device[:DEVICE]
    with transaction.atomic():
        known = OfficerSession.objects.filter(officer=officer)
        is_new_device = known.exists() and not known.filter(device=device).exists()
        session, is_begun = OfficerSession.objects.get_or_create(
            key_sha256=digest,
            defaults={
                "officer": officer,
                "started_at": at,
                "last_seen_at": at,
                "address": seen.address,
                "device": device,
                "methods": _joined(seen.methods),
            },
        )
        if is_begun:
            change = {"after": {"address": seen.address, "device": device, "methods": session.methods}}
            write_audit_entry(action="session.begun", subject=session, at=at, by=officer, change=change)
            if is_new_device:
                params = {"address": seen.address or "", "device": device}
                notify(officers=[officer], kind=NotificationKind.NEW_DEVICE, subject=session, params=params, at=at)
    return session


def _touch(session: OfficerSession, officer: Officer, seen: Seen, at: datetime) -> OfficerSession:
    patience = officer.agency.lock_after_minutes if officer.agency is not None else None
    methods = _joined(seen.methods)
    if patience is not None and at - session.last_seen_at > timedelta(minutes=patience):
        # Nothing would open it without a PIN.
        session.locked_at, session.ended_at = (at, None) if officer.pin_hash else (None, at)
        session.save(update_fields=["locked_at", "ended_at"])
    elif at - session.last_seen_at >= SEEN_EVERY or methods != session.methods:
        session.last_seen_at = max(at, session.last_seen_at)
        session.address, session.methods = seen.address, methods
        session.save(update_fields=["last_seen_at", "address", "methods"])
    return session


def _joined(methods: Sequence[str]) -> str:
    return ",".join(sorted(set(methods)))[:200]
