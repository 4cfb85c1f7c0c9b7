"""Making an officer of somebody whom the agency's own provider vouches for."""

from datetime import datetime

from django.db import IntegrityError, transaction

from cases.models import Agency, Officer, OfficerRole
from cases.services.write_audit_entry import write_audit_entry


def admit_by_provider(*, email: str, agency_name: str, at: datetime) -> Officer | None:
    """Return a new officer of that agency, with the least role; None where no such agency is active.

    Also None where somebody of that address was here and was deactivated: a provider does not bring one back.
    """
    agency = Agency.objects.filter(name=agency_name, is_active=True).first()
    if agency is None or Officer.objects.filter(email__iexact=email).exists():
        return None
    try:
        with transaction.atomic():
            officer = Officer.objects.create_user(
                email.lower(), email=email.lower(), agency=agency, role=OfficerRole.ANALYST.value
            )
            change = {"after": {"role": officer.role, "agency": agency.name}}
            write_audit_entry(action="officer.admitted_by_provider", subject=officer, at=at, by=None, change=change)
    except IntegrityError:
        return None
    return officer
