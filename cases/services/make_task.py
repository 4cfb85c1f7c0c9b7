"""Making a task of a case, and giving it to somebody."""

from datetime import date, datetime

from django.db import transaction

from cases import access
from cases.errors import CaseClosed, NoSuccessor
from cases.models import Case, CaseTask, NotificationKind, Officer
from cases.services.next_reference import next_reference
from cases.services.notify import notify
from cases.services.write_audit_entry import write_audit_entry


def make_task(
    *, officer: Officer, case: Case, what: str, due_on: date | None, given_to: Officer | None, made_at: datetime
) -> CaseTask:
    """Make a task, for an officer of the agency or for nobody yet; whom it is given is told.

    Raises CaseClosed, NoSuccessor for an officer who may not know of it. The trail holds no words of it: they stand in
    the task, where sight and erasure reach them.
    """
    agency = access.require_own(officer, access.RECORD, case)
    with transaction.atomic():
        row = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if row.closed_at is not None:
            raise CaseClosed(reference=row.reference)
        task = CaseTask.objects.create(
            reference=next_reference(prefix="TASK", year=made_at.year),
            case=row,
            agency=agency,
            what=what,
            due_on=due_on,
            handed_to=given_to,
            made_at=made_at,
            made_by=officer,
        )
        write_audit_entry(
            action="task.made", subject=task, at=made_at, by=officer, change={"after": columns_told(task)}
        )
        tell_receiver(task=task, by=officer, at=made_at)
    return task


def columns_told(task: CaseTask) -> dict[str, str | None]:
    """Return what the audit trail holds of a task."""
    return {
        "due_on": None if task.due_on is None else task.due_on.isoformat(),
        "given_to": None if task.handed_to is None else task.handed_to.username,
    }


def tell_receiver(*, task: CaseTask, by: Officer, at: datetime) -> None:
    """Tell whom the task is given, where that is another; raises NoSuccessor for who has left or may not know of it."""
    receiver = task.handed_to
    if receiver is None or receiver.pk == by.pk:
        return
    if not access.tasks_for(receiver).filter(pk=task.pk).exists():
        raise NoSuccessor(username=receiver.username)
    params = {"reference": task.reference, "case": task.case.reference}
    notify(officers=[receiver], kind=NotificationKind.TASK_GIVEN, subject=task, params=params, at=at)
