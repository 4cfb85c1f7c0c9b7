"""Leaving a joint operation."""

from datetime import datetime

from django.db import transaction

from cases import access
from cases.errors import IllegalTransition
from cases.models import JointOperation, Officer, OperationMember
from cases.services.write_audit_entry import write_audit_entry


def leave_operation(*, officer: Officer, operation: JointOperation, left_at: datetime) -> JointOperation:
    """Leave an operation, or end it where one's agency leads it: then nobody sees through it any more."""
    agency = access.require(officer, access.ISSUE)
    with transaction.atomic():
        operation = JointOperation.objects.select_for_update().get(pk=operation.pk)
        if operation.ended_at is not None:
            raise IllegalTransition(state="ended", wanted="left")
        if operation.lead_id == agency.pk:
            operation.ended_at = left_at
            operation.save(update_fields=["ended_at"])
        members = OperationMember.objects.filter(operation=operation, agency=agency, left_at__isnull=True)
        members.update(left_at=left_at)
        change = {"after": {"agency": agency.name, "ended": operation.ended_at is not None}}
        write_audit_entry(action="operation.left", subject=operation, at=left_at, by=officer, change=change)
    return operation
