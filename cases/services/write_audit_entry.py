"""The audit trail's only door: each service writes its entry in its own transaction."""

import json
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import models

from cases.models import Agency, AuditEntry, CustodyEvent, Exhibit, Finding, Incident, Officer, Referral, ScreeningRun

# Set by the web edge for the length of a request, so that an entry can be found from a log line.
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")


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
    entry.save(force_insert=True)
    return entry


def write_audit_entries(
    *, action: str, changes: Iterable[tuple[models.Model, Mapping[str, Any]]], at: datetime
) -> list[AuditEntry]:
    """Record one act of the system on many objects, each with its own change."""
    entries = [_entry(action=action, subject=subject, at=at, by=None, change=change) for subject, change in changes]
    return AuditEntry.objects.bulk_create(entries, batch_size=1000)


def _entry(
    *, action: str, subject: models.Model, at: datetime, by: Officer | None, change: Mapping[str, Any] | None
) -> AuditEntry:
    incident = _incident_of(subject)
    return AuditEntry(
        recorded_at=at,
        officer=by,
        agency=_agency_of(by, incident),
        action=action,
        object_type=type(subject).__name__.lower(),
        object_reference=str(getattr(subject, "reference", subject.pk)),
        incident=incident,
        request_id=REQUEST_ID.get(),
        payload=canonical_json(change or {}),
    )


def canonical_json(value: object) -> str:
    """Return one text for one value: keys sorted, no spaces, every script as it is."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def _incident_of(subject: models.Model) -> Incident | None:
    if isinstance(subject, Incident):
        return subject
    if isinstance(subject, Finding | Referral | ScreeningRun | CustodyEvent | Exhibit):
        return subject.incident
    return None


def _agency_of(officer: Officer | None, incident: Incident | None) -> Agency | None:
    if officer is not None:
        return officer.agency
    return incident.agency if incident is not None else None
