"""Putting an incident into a joint operation."""

from datetime import datetime

from django.db import transaction

from cases import access
from cases.errors import AlreadyShared
from cases.models import Incident, JointOperation, Officer, OperationIncident
from cases.services.write_audit_entry import write_audit_entry


def put_into_operation(
    *,
    officer: Officer,
    incident: Incident,
    operation: JointOperation,
    with_nominal: bool,
    reason: str,
    shared_at: datetime,
) -> OperationIncident:
    """Show an incident of one's own to those who take part: the lead may contribute to it, the others read it."""
    access.require_own(officer, access.ISSUE, incident)
    if with_nominal:
        access.require(officer, access.SEE_NOMINAL)
    with transaction.atomic():
        Incident.objects.select_for_update().get(pk=incident.pk)
        if OperationIncident.objects.filter(incident=incident, operation=operation, ended_at__isnull=True).exists():
            raise AlreadyShared(agency=operation.name)
        entry = OperationIncident.objects.create(
            operation=operation,
            incident=incident,
            with_nominal=with_nominal,
            shared_at=shared_at,
            shared_by=officer,
            reason=reason,
        )
        change = {"after": {"operation": operation.reference, "with_nominal": with_nominal}}
        write_audit_entry(
            action="sharing.put_into_operation",
            subject=incident,
            at=shared_at,
            by=officer,
            reason=reason,
            change=change,
        )
    return entry
