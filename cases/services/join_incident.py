"""Joining an incident to a case."""

from datetime import datetime

from django.db import transaction

from cases import access
from cases.errors import CaseClosed
from cases.models import Case, CaseIncident, Incident, Officer
from cases.services.write_audit_entry import write_audit_entry


def join_incident(*, officer: Officer, case: Case, incident: Incident, joined_at: datetime) -> None:
    """Join an incident to the case; one that is in it already stays as it is. Raises CaseClosed."""
    access.require_own(officer, access.RECORD, case)
    with transaction.atomic():
        row = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        _, is_new = CaseIncident.objects.get_or_create(
            case=case, incident=incident, defaults={"joined_at": joined_at, "joined_by": officer}
        )
        if is_new and row.closed_at is not None:
            raise CaseClosed(reference=row.reference)
        if is_new:
            change = {"after": {"case": case.reference}}
            write_audit_entry(action="case.incident_joined", subject=incident, at=joined_at, by=officer, change=change)
