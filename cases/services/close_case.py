"""Closing a case and opening it again."""

from datetime import datetime

from django.db import transaction

from cases import access
from cases.choices import TaskState
from cases.errors import CaseHasOpenTasks, CaseMerged, IllegalTransition
from cases.models import Case, CaseTask, Officer
from cases.queries.case_work import keys_within
from cases.row_scope import everything
from cases.services.write_audit_entry import write_audit_entry


def close_case(*, officer: Officer, case: Case, reason: str, closed_at: datetime) -> Case:
    """Close a case in which nothing is left to be done; raises IllegalTransition, CaseHasOpenTasks."""
    access.require_own(officer, access.EDIT, case)
    with transaction.atomic():
        row = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if row.closed_at is not None:
            raise IllegalTransition(state="closed", wanted="closed")
        # Also what the officer is not cleared for is left to be done, here or in a case that was merged into this one.
        with everything():
            if CaseTask.objects.filter(case__in=keys_within(row), state=TaskState.OPEN).exists():
                raise CaseHasOpenTasks(reference=row.reference)
        row.closed_at, row.closed_by, row.closed_reason = closed_at, officer, reason
        row.save(update_fields=["closed_at", "closed_by", "closed_reason"])
        write_audit_entry(action="case.closed", subject=row, at=closed_at, by=officer, reason=reason)
    return row


def reopen_case(*, officer: Officer, case: Case, reason: str, reopened_at: datetime) -> Case:
    """Open a closed case again; raises IllegalTransition, and CaseMerged for one that goes on in another."""
    access.require_own(officer, access.EDIT, case)
    with transaction.atomic():
        row = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if row.merged_into_id is not None:
            raise CaseMerged(reference=row.reference)
        if row.closed_at is None:
            raise IllegalTransition(state="open", wanted="open")
        change = {"before": {"closed_at": row.closed_at.isoformat()}, "after": {"closed_at": None}}
        row.closed_at, row.closed_by, row.closed_reason = None, None, ""
        row.save(update_fields=["closed_at", "closed_by", "closed_reason"])
        write_audit_entry(action="case.reopened", subject=row, at=reopened_at, by=officer, reason=reason, change=change)
    return row
