"""Tasks and notes of a case as they are shown, with those of the cases that were merged into it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

from cases.choices import TaskState
from cases.models import Case, CaseIncident, CaseNote, CaseTask, Incident, Officer
from cases.queries.marks_met import names_in
from cases.redaction import LEFT_OUT, names_pattern

Document = dict[str, Any]

# Their words are the program's own, so that each reader's language is met; those of a duty are the text's.
_OF_THE_PROGRAM: Final = ("tracing:", "measure:")
_WITHIN: Final = """
WITH RECURSIVE within AS (
    SELECT id FROM cases_case WHERE id = %s
    UNION SELECT c.id FROM cases_case c JOIN within w ON c.merged_into_id = w.id
) SELECT id FROM within
"""


def keys_within(case: Case) -> list[int]:
    """Return the keys of a case and of all that was merged into it, also by way of others."""
    with connection.cursor() as cursor:
        cursor.execute(_WITHIN, [case.pk])
        return [key for (key,) in cursor.fetchall()]


def cases_within(case: Case, known: QuerySet[Case]) -> QuerySet[Case]:
    """Return a case that a door has shown with those merged into it that the reader may know of."""
    return known.filter(pk__in=keys_within(case))


def incidents_within(case: Case, *, cases: QuerySet[Case], incidents: QuerySet[Incident]) -> QuerySet[Incident]:
    """Return the incidents of the case, and of those merged into it, that the reader may know of."""
    joined = CaseIncident.objects.filter(case__in=cases_within(case, cases)).values("incident")
    return incidents.filter(pk__in=joined)


def task_rows(tasks: QuerySet[CaseTask]) -> QuerySet[CaseTask]:
    """Return the tasks with what is shown of each."""
    return tasks.select_related("case", "handed_to", "made_by", "ended_by")


def sought_tasks(
    tasks: QuerySet[CaseTask], *, officer: Officer, today: date, sought: Mapping[str, str]
) -> QuerySet[CaseTask]:
    """Return those that the words of a query ask for; without any, those that are open."""
    if (state := sought.get("state", TaskState.OPEN.value)) != "any":
        tasks = tasks.filter(state=state)
    if sought.get("mine") == "true":
        tasks = tasks.filter(handed_to=officer)
    if sought.get("overdue") == "true":
        tasks = overdue_tasks(tasks, today)
    return tasks


def overdue_tasks(tasks: QuerySet[CaseTask], today: date) -> QuerySet[CaseTask]:
    """Return those that are open and were due before today."""
    return tasks.filter(state=TaskState.OPEN, due_on__lt=today)


def documents_of_tasks(
    rows: Sequence[CaseTask], *, today: date, with_nominal: bool, translated: Callable[[str], str]
) -> list[Document]:
    """Return tasks that `task_rows` has read; names of persons are taken out where the reader may not read them."""
    left_out: dict[int, Callable[[str], str]] = {} if with_nominal else _without_names({row.case_id for row in rows})
    return [_task(row, today, left_out.get(row.case_id, str), translated) for row in rows]


def _task(row: CaseTask, today: date, seen: Callable[[str], str], translated: Callable[[str], str]) -> Document:
    what = translated(row.what) if row.template_key.startswith(_OF_THE_PROGRAM) else row.what
    basis = {"text": row.instrument, "paragraph": row.paragraph or None, "paragraph_verified": row.paragraph_verified}
    ended = None
    if row.ended_at is not None and row.ended_by is not None:
        ended = {"at": row.ended_at, "by": row.ended_by.username, "reason": seen(row.ended_reason) or None}
    return {
        "reference": row.reference,
        "case": row.case.reference,
        "what": seen(what),
        "due_on": row.due_on,
        "is_overdue": row.state == TaskState.OPEN and row.due_on is not None and row.due_on < today,
        "given_to": None if row.handed_to is None else row.handed_to.username,
        "state": row.state,
        "regime": row.regime or None,
        "legal_basis": basis if row.instrument else None,
        "made": {"at": row.made_at, "by": row.made_by.username},
        "ended": ended,
    }


def _without_names(cases: Collection[int]) -> dict[int, Callable[[str], str]]:
    """Return for each case what takes out the names that stand in its incidents."""
    incidents: dict[int, set[int]] = {}
    for case, incident in CaseIncident.objects.filter(case__in=cases).values_list("case", "incident"):
        incidents.setdefault(case, set()).add(incident)
    names = names_in({*set().union(*incidents.values())})
    return {case: _left_out(set().union(*(names.get(each, set()) for each in of))) for case, of in incidents.items()}


def _left_out(names: Iterable[str]) -> Callable[[str], str]:
    pattern = names_pattern(names)
    return str if pattern is None else lambda text: pattern.sub(LEFT_OUT, text)


def note_rows(notes: QuerySet[CaseNote]) -> QuerySet[CaseNote]:
    """Return the notes with what is shown of each."""
    return notes.select_related("case", "written_by", "corrects").prefetch_related("corrected_by")


def document_of_note(row: CaseNote, *, is_read: bool) -> Document:
    """Return a note that `note_rows` has read; its text only to whoever may read it."""
    return {
        "reference": row.reference,
        "case": row.case.reference,
        "text": row.text if is_read else None,
        "text_withheld": not is_read,
        "corrects": None if row.corrects is None else row.corrects.reference,
        "corrected_by": sorted(later.reference for later in row.corrected_by.all()),
        "written_at": row.written_at,
        "written_by": row.written_by.username,
    }


def read_by(officer: Officer, nominal: QuerySet[Case]) -> Callable[[CaseNote], bool]:
    """Return which notes the officer may read: in those cases, and the officer's own."""
    readable = set(nominal.values_list("pk", flat=True))
    return lambda note: note.case_id in readable or note.written_by_id == officer.pk
