"""Marking a record as made in error."""

from datetime import datetime

from django.db import transaction

from cases import access
from cases.errors import IllegalTransition
from cases.models import Incident, IncidentState, Officer
from cases.services.keep_obligations import keep_obligations
from cases.services.write_audit_entry import write_audit_entry


def void_incident(*, officer: Officer, incident: Incident, reason: str, voided_at: datetime) -> Incident:
    """Void the record: it stays readable with the reason, and counts nowhere; raises IllegalTransition when void."""
    access.require_own(officer, access.RECORD if incident.responsible_id == officer.pk else access.EDIT, incident)
    with transaction.atomic():
        incident = Incident.objects.select_for_update().get(pk=incident.pk)
        if incident.state == IncidentState.VOID:
            raise IllegalTransition(state=incident.state, wanted=IncidentState.VOID)
        change = {"before": {"state": incident.state}, "after": {"state": IncidentState.VOID}}
        incident.state = IncidentState.VOID
        incident.voided_at = incident.changed_at = voided_at
        incident.void_reason = reason
        incident.version += 1
        incident.save(update_fields=["state", "voided_at", "changed_at", "void_reason", "version"])
        write_audit_entry(
            action="incident.voided", subject=incident, at=voided_at, by=officer, reason=reason, change=change
        )
        keep_obligations(incident_ids=[incident.pk], now=voided_at)
    return incident
