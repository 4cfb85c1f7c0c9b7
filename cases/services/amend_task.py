"""Changing whom a task is given, and its day."""

from datetime import date, datetime
from typing import TypedDict

from django.db import transaction

from cases import access
from cases.choices import TaskState
from cases.errors import IllegalTransition
from cases.models import CaseTask, Officer
from cases.services.make_task import columns_told, tell_receiver
from cases.services.write_audit_entry import write_audit_entry


class TaskChanges(TypedDict, total=False):
    """What of a task may change; its words stay: another task has other ones."""

    due_on: date | None
    handed_to: Officer | None


def amend_task(*, officer: Officer, task: CaseTask, changes: TaskChanges, amended_at: datetime) -> CaseTask:
    """Change an open task, also of a case that was merged meanwhile; who is newly given it is told.

    Raises IllegalTransition where it has ended, NoSuccessor.
    """
    access.require_own(officer, access.RECORD, task)
    with transaction.atomic():
        rows = CaseTask.objects.select_for_update(of=("self",)).select_related("case", "handed_to")
        row = rows.get(pk=task.pk)
        if row.state != TaskState.OPEN:
            raise IllegalTransition(state=row.state, wanted="changed")
        before, receiver = columns_told(row), row.handed_to_id
        for name, value in changes.items():
            setattr(row, name, value)
        after = columns_told(row)
        if after == before:
            return row
        row.save(update_fields=["due_on", "handed_to"])
        change = {"before": before, "after": after}
        write_audit_entry(action="task.amended", subject=row, at=amended_at, by=officer, change=change)
        if row.handed_to_id != receiver:
            tell_receiver(task=row, by=officer, at=amended_at)
    return row
