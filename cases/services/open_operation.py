"""Opening a joint operation."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from cases import access
from cases.models import Agency, JointOperation, Officer, OperationMember
from cases.services.expect_shares import expect_shares
from cases.services.next_reference import next_reference
from cases.services.write_audit_entry import write_audit_entry


def open_operation(*, officer: Officer, name: str, members: Sequence[Agency], opened_at: datetime) -> JointOperation:
    """Open an operation that the officer's agency leads; each member sees what the others put in, and nothing else."""
    lead = access.require(officer, access.ISSUE)
    with transaction.atomic():
        operation = JointOperation.objects.create(
            reference=next_reference(prefix="OPS", year=opened_at.year),
            name=name,
            lead=lead,
            opened_at=opened_at,
            opened_by=officer,
        )
        for agency in {lead.pk: lead, **{member.pk: member for member in members}}.values():
            OperationMember.objects.create(operation=operation, agency=agency, joined_at=opened_at)
            expect_shares(agency=agency)
        change = {"after": {"name": name, "lead": lead.name, "members": sorted(member.name for member in members)}}
        write_audit_entry(action="operation.opened", subject=operation, at=opened_at, by=officer, change=change)
    return operation
