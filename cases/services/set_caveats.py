"""Setting the handling caveats of an incident."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from cases import access
from cases.errors import NotCleared
from cases.models import Incident, Officer
from cases.services.keep_placements import keep_placements
from cases.services.write_audit_entry import write_audit_entry


def set_caveats(
    *, officer: Officer, incident: Incident, caveats: Collection[str], reason: str, changed_at: datetime
) -> Incident:
    """Set who must be cleared for what to see the record; nobody sets a caveat that would hide it from himself."""
    access.require_own(officer, access.EDIT, incident)
    wanted = sorted(set(caveats))
    if missing := sorted(set(wanted) - set(officer.caveats)):
        raise NotCleared(caveats=", ".join(missing))
    with transaction.atomic():
        incident = Incident.objects.select_for_update().get(pk=incident.pk)
        change = {"before": {"caveats": incident.caveats}, "after": {"caveats": wanted}}
        incident.caveats, incident.changed_at = wanted, changed_at
        incident.save(update_fields=["caveats", "changed_at"])
        keep_placements(incident_ids=[incident.pk])
        write_audit_entry(
            action="incident.caveats_set", subject=incident, at=changed_at, by=officer, reason=reason, change=change
        )
    return incident
