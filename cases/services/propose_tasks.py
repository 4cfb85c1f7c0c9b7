"""Proposing the tasks of a regime's template in a case."""

from datetime import datetime

from django.db import transaction

from cases import access
from cases.errors import CaseClosed
from cases.models import Case, CaseTask, Officer
from cases.queries.rulebooks import current_rulebook
from cases.row_scope import everything
from cases.screening.rulebook import Regime
from cases.services.next_reference import next_references
from cases.services.write_audit_entry import write_audit_entry
from cases.tracing.case_templates import tasks_of


def propose_tasks(*, officer: Officer, case: Case, regime: Regime, proposed_at: datetime) -> list[CaseTask]:
    """Make those tasks of the template that the case has not had yet, for nobody and without a day; return them.

    Raises CaseClosed. One that was dropped is not proposed again.
    """
    agency = access.require_own(officer, access.RECORD, case)
    with transaction.atomic():
        row = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if row.closed_at is not None:
            raise CaseClosed(reference=row.reference)
        # Of a task that the officer is not cleared for there is none of its own a second time.
        with everything():
            had = set(CaseTask.objects.filter(case=row).values_list("template_key", flat=True))
        proposed = [task for task in tasks_of(regime, current_rulebook().measures) if task.key not in had]
        references = next_references(prefix="TASK", year=proposed_at.year, count=len(proposed))
        tasks = CaseTask.objects.bulk_create(
            CaseTask(
                reference=reference,
                case=row,
                agency=agency,
                what=task.what,
                template_key=task.key,
                regime=regime.id,
                instrument=task.instrument,
                paragraph=task.paragraph,
                paragraph_verified=task.paragraph_verified,
                made_at=proposed_at,
                made_by=officer,
            )
            for reference, task in zip(references, proposed, strict=True)
        )
        if tasks:
            change = {"after": {"regime": regime.id, "tasks": references}}
            write_audit_entry(action="task.proposed", subject=row, at=proposed_at, by=officer, change=change)
    return tasks
