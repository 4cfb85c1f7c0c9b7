"""Opening a case."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from cases import access
from cases.models import Case, Incident, Officer
from cases.services.join_incident import join_incident
from cases.services.next_reference import next_reference
from cases.services.write_audit_entry import write_audit_entry


def open_case(*, officer: Officer, title: str, incidents: Sequence[Incident], opened_at: datetime) -> Case:
    """Open a case that joins the incidents, which the officer must have been shown through a door of access."""
    agency = access.require(officer, access.RECORD)
    with transaction.atomic():
        case = Case.objects.create(
            reference=next_reference(prefix="CASE", year=opened_at.year),
            agency=agency,
            title=title,
            opened_at=opened_at,
            opened_by=officer,
        )
        write_audit_entry(
            action="case.opened", subject=case, at=opened_at, by=officer, change={"after": {"title": title}}
        )
        for incident in incidents:
            join_incident(officer=officer, case=case, incident=incident, joined_at=opened_at)
    return case
