"""Cases as a page lists them: whether each is open, what is left to be done, and how much it joins."""

from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cases.choices import TaskState
from cases.models import Case, CaseIncident, CaseTask, Incident

Document = dict[str, Any]


def listed_cases(
    cases: QuerySet[Case], *, incidents: QuerySet[Incident], tasks: QuerySet[CaseTask], today: date
) -> QuerySet[Case]:
    """Return the cases with the number of their incidents and open tasks that the reader may know of."""
    joined = CaseIncident.objects.filter(case=OuterRef("pk"), incident__in=incidents.values("pk"))
    open_tasks = tasks.filter(case=OuterRef("pk"), state=TaskState.OPEN)
    return cases.select_related("opened_by").annotate(
        incidents_known=_number(joined),
        open_tasks=_number(open_tasks),
        overdue_tasks=_number(open_tasks.filter(due_on__lt=today)),
    )


def row_of_case(row: Any) -> Document:
    """Return a case that `listed_cases` has read."""
    return {
        "reference": row.reference,
        "title": row.title,
        "opened_at": row.opened_at,
        "opened_by": row.opened_by.username,
        "closed_at": row.closed_at,
        "is_merged": row.merged_into_id is not None,
        "incidents": row.incidents_known,
        "open_tasks": row.open_tasks,
        "overdue_tasks": row.overdue_tasks,
    }


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("case").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)
