"""What was done to an incident, by whom, when and why."""

import json
from typing import Any

from cases.models import AuditEntry, Incident


def history_of_incident(incident: Incident) -> list[dict[str, Any]]:
    """Return every act on the incident and on what hangs from it, oldest first."""
    return [_shown(entry) for entry in incident.audit_entries.select_related("officer").order_by("pk")]


def _shown(entry: AuditEntry) -> dict[str, Any]:
    return {
        "at": entry.recorded_at.isoformat(),
        "officer": None if entry.officer is None else entry.officer.username,
        "action": entry.action,
        "object": {"type": entry.object_type, "reference": entry.object_reference},
        "reason": entry.reason or None,
        "change": json.loads(entry.payload),
    }
