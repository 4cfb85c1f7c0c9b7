"""Ending a task: it is done, or no longer to be done."""

from datetime import datetime

from django.db import transaction

from cases import access
from cases.choices import TaskState
from cases.errors import IllegalTransition
from cases.models import CaseTask, Officer
from cases.services.write_audit_entry import write_audit_entry


def end_task(*, officer: Officer, task: CaseTask, state: TaskState, reason: str, ended_at: datetime) -> CaseTask:
    """End a task as done, or as dropped with the reason; raises IllegalTransition where it has ended."""
    access.require_own(officer, access.RECORD, task)
    with transaction.atomic():
        row = CaseTask.objects.select_for_update(of=("self",)).select_related("case").get(pk=task.pk)
        if row.state != TaskState.OPEN or state == TaskState.OPEN:
            raise IllegalTransition(state=row.state, wanted=state.value)
        row.state, row.ended_at, row.ended_by, row.ended_reason = state.value, ended_at, officer, reason
        row.save(update_fields=["state", "ended_at", "ended_by", "ended_reason"])
        change = {"before": {"state": TaskState.OPEN.value}, "after": {"state": row.state}}
        write_audit_entry(action="task.ended", subject=row, at=ended_at, by=officer, change=change)
    return row
