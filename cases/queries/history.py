"""What was done to an incident, by whom, when and why."""

import json
from typing import Any, Final

from cases.models import AuditEntry, Incident
from cases.redaction import Sight, nominal_names

# What another agency's reader is told of: not with whom else the record is shared, nor into which case it went.
TOLD_TO_OTHERS: Final = ("incident.", "screening.", "finding.")


def history_of_incident(incident: Incident, sight: Sight) -> list[dict[str, Any]]:
    """Return every act on the incident and on what hangs from it that the reader may see, oldest first."""
    entries = [_shown(entry) for entry in incident.audit_entries.select_related("officer").order_by("pk")]
    if not sight.is_own:
        entries = [entry for entry in entries if entry["action"].startswith(TOLD_TO_OTHERS)]
    if not sight.with_nominal:
        # The name of a file may be a person's.
        entries = [entry | {"change": {}} if entry["action"].startswith("evidence.") else entry for entry in entries]
    names = set().union(*[_names_in(entry["change"]) for entry in entries])
    return [sight.of(entry, names) for entry in entries]


def _names_in(change: Any) -> set[str]:
    """Return the names in the record before and after a change: an earlier spelling is a name, too."""
    sides = (change.get(side) for side in ("before", "after")) if isinstance(change, dict) else ()
    return {name for side in sides if isinstance(side, dict) for name in nominal_names(side)}


def _shown(entry: AuditEntry) -> dict[str, Any]:
    return {
        "at": entry.recorded_at.isoformat(),
        "officer": None if entry.officer is None else entry.officer.username,
        "action": entry.action,
        "object": {"type": entry.object_type, "reference": entry.object_reference},
        "reason": entry.reason or None,
        "change": json.loads(entry.payload),
    }
