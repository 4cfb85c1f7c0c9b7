"""The audit trail's only door: each service writes its entry in its own transaction."""

import json
import secrets
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import models

from cases.models import Agency, AuditEntry, Case, Incident, Officer
from cases.models.audit_entry import SHORTENED
from cases.queries.audit_text import columns_of, seal_of

__all__ = ["ORIGIN", "REQUEST_ID", "SHORTENED", "Origin", "write_audit_entries", "write_audit_entry"]


@dataclass(frozen=True, slots=True)
class Origin:
    """From where an act comes, and for whom: as the web edge knows it; nothing of it where the system itself acts."""

    address: str = ""
    user_agent: str = ""
    # The key by which the officer came in: "token 17".
    through: str = ""
    # For whom the officer says to act.
    on_behalf_of: str = ""


# Set by the web edge for the length of a request: the first, so that an entry can be found from a log line.
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
NOWHERE: Final = Origin()
ORIGIN: ContextVar[Origin] = ContextVar("origin", default=NOWHERE)


def write_audit_entry(
    *,
    action: str,
    subject: models.Model,
    at: datetime,
    by: Officer | None,
    reason: str = "",
    change: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Record an act; `change` holds `before` and `after` where the act changed something."""
    entry = _entry(action=action, subject=subject, at=at, by=by, change=change)
    entry.reason = reason
    _sealed(entry).save(force_insert=True)
    return entry


def write_audit_entries(
    *, action: str, changes: Iterable[tuple[models.Model, Mapping[str, Any]]], at: datetime
) -> list[AuditEntry]:
    """Record one act of the system on many objects, each with its own change."""
    entries = [_entry(action=action, subject=subject, at=at, by=None, change=change) for subject, change in changes]
    return AuditEntry.objects.bulk_create([_sealed(entry) for entry in entries], batch_size=1000)


def _entry(
    *, action: str, subject: models.Model, at: datetime, by: Officer | None, change: Mapping[str, Any] | None
) -> AuditEntry:
    incident, case, origin = _incident_of(subject), _case_of(subject), ORIGIN.get()
    return AuditEntry(
        recorded_at=at,
        officer=by,
        agency=_agency_of(by, incident or case),
        action=action,
        object_type=type(subject).__name__.lower(),
        object_reference=str(getattr(subject, "reference", subject.pk)),
        incident=incident,
        case=case,
        request_id=REQUEST_ID.get(),
        through=origin.through,
        on_behalf_of=origin.on_behalf_of,
        address=origin.address,
        user_agent=origin.user_agent,
        payload=canonical_json(change or {}),
    )


def _sealed(entry: AuditEntry) -> AuditEntry:
    """Return the entry with its seal, for which every other column must be set."""
    entry.salt = secrets.token_hex(16)
    entry.seal = seal_of(columns_of(entry), nonce=secrets.token_hex(8), key=settings.AUDIT_SEAL_KEYS[0])
    return entry


def canonical_json(value: object) -> str:
    """Return one text for one value: keys sorted, no spaces, every script as it is."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def _incident_of(subject: models.Model) -> Incident | None:
    """Return the incident that the subject is or hangs from: a finding, a referral, a run, a seized item."""
    found = subject if isinstance(subject, Incident) else getattr(subject, "incident", None)
    return found if isinstance(found, Incident) else None


def _case_of(subject: models.Model) -> Case | None:
    found = subject if isinstance(subject, Case) else getattr(subject, "case", None)
    return found if isinstance(found, Case) else None


def _agency_of(officer: Officer | None, owned: Incident | Case | None) -> Agency | None:
    if officer is not None:
        return officer.agency
    return owned.agency if owned is not None else None
