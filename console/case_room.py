"""The room of one case: what is to be done and was noted, what happened when, and what its incidents have in common."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from rest_framework.request import Request

from cases import access
from cases.api.case_life import Merger, Why
from cases.api.case_room import NewNote, incidents_of, reach_of, told_entry, told_link
from cases.api.case_tasks import NewTask, TaskChange, Template
from cases.api.cases import JoinedIncident, shown_case
from cases.api.paging import page_of_sorted
from cases.choices import TaskState, Viewed
from cases.errors import DomainError, InvalidSubmission, NotFound
from cases.intake.problems import Problem
from cases.intake.pydantic_errors import validated
from cases.queries import case_links
from cases.queries.case_parties import document_of_letter, letters_of, parties_of
from cases.queries.case_timeline import timeline_of
from cases.queries.case_work import cases_within, document_of_note, documents_of_tasks, note_rows, read_by, task_rows
from cases.queries.incident_rows import incident_rows, row_of_incident
from cases.queries.officers import get_officer
from cases.queries.rulebooks import current_rulebook
from cases.services.amend_task import TaskChanges, amend_task
from cases.services.close_case import close_case, reopen_case
from cases.services.end_task import end_task
from cases.services.join_incident import join_incident
from cases.services.make_task import make_task
from cases.services.merge_case import merge_case
from cases.services.propose_tasks import propose_tasks
from cases.services.record_view import record_view
from cases.services.write_note import write_note
from cases.tracing.case_timeline import place_of
from console.case_graph import drawn
from console.forms import refusal_of, text_in, texts_in
from console.templatetags.console import regime_name

# Of each sort; a page with more is one that nobody looks through, and the API lists them all.
MOST_SHOWN: Final = 100

Act = Callable[[QueryDict, Any, Any, datetime], str | None]


@login_required
@never_cache
@require_GET
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a case: its incidents, tasks, notes and letters."""
    officer = get_officer(request.user)
    return _room(request, officer, access.access_case(officer, reference))


@login_required
@require_GET
def timeline(request: HttpRequest, reference: str) -> HttpResponse:
    """Show everything in the case that has a date, in order."""
    officer = get_officer(request.user)
    found = access.access_case(officer, reference)
    page = page_of_sorted(Request(request), timeline_of(reach_of(officer, found)), place=place_of)
    context = {"case": shown_case(officer, found), "page": page, "entries": [told_entry(each) for each in page.rows]}
    return render(request, "console/cases/timeline.html", context)


@login_required
@require_GET
def connections(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what the incidents of a case have in common, drawn and as tables, and what leads beyond it."""
    officer = get_officer(request.user)
    found = access.access_case(officer, reference)
    incidents, nominal = incidents_of(officer, found), access.nominal_incidents_for(officer)
    reach = case_links.Reach(access.incidents_for(officer), nominal, access.marks_for(officer))
    rows = [row_of_incident(row) for row in incident_rows(incidents).order_by("reference")]
    parties = parties_of(incidents, nominal)
    inside = [case_links.document_of_link(each) for each in case_links.links_in(incidents, reach)]
    beyond = [case_links.document_of_link(each) for each in case_links.links_out(incidents, reach)]
    context = {
        "case": shown_case(officer, found),
        "drawing": drawn(rows, parties, inside),
        "incidents": rows[:MOST_SHOWN],
        "parties": parties[:MOST_SHOWN],
        "links": [told_link(each) for each in inside[:MOST_SHOWN]],
        "beyond": [told_link(each) for each in beyond[:MOST_SHOWN]],
        "most": MOST_SHOWN,
    }
    return render(request, "console/cases/connections.html", context)


@login_required
@never_cache
@require_POST
def act(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Do one thing in a case; what does not hold is said on the page, with the field and the remedy."""
    officer, now = get_officer(request.user), timezone.now()  # noqa: TID251 - an edge
    found = access.access_case(officer, reference)
    try:
        address = _ACTS[step](request.POST, officer, found, now)
    except DomainError as error:
        refused = refusal_of(error, is_typed=True) | {"step": step}
        return _room(request, officer, access.access_case(officer, reference), refused=refused)
    return redirect(address or reverse("console:case", args=[reference]))


def _room(request: HttpRequest, officer: Any, found: Any, *, refused: Any = None) -> HttpResponse:
    now = timezone.now()  # noqa: TID251 - an edge
    record_view(officer=officer, subject=found, viewed_at=now, what=Viewed.CASE)
    within = cases_within(found, access.cases_for(officer))
    rows = task_rows(access.tasks_for(officer).filter(case__in=within)).order_by("due_on", "pk")
    tasks = documents_of_tasks(
        list(rows), today=now.date(), with_nominal=access.SEE_NOMINAL in officer.rights, translated=gettext
    )
    notes = note_rows(access.notes_for(officer).filter(case__in=within)).order_by("-written_at", "-pk")
    is_read = read_by(officer, access.nominal_cases_for(officer))
    incidents = incidents_of(officer, found)
    letters = letters_of(access.referrals_for(officer), incidents).order_by("-opened_at")
    is_own = found.agency_id == officer.agency_id
    context = {
        "case": shown_case(officer, found),
        "incidents": [row_of_incident(row) for row in incident_rows(incidents).order_by("reference")[:MOST_SHOWN]],
        "tasks": [task for task in tasks if task["state"] == TaskState.OPEN],
        "ended": [task for task in tasks if task["state"] != TaskState.OPEN],
        "notes": [document_of_note(row, is_read=is_read(row)) for row in notes[:MOST_SHOWN]],
        "letters": [document_of_letter(row) for row in letters[:MOST_SHOWN]],
        "regimes": sorted((regime_name(regime.name), regime.id) for regime in current_rulebook().regimes),
        "sees_work": is_own,
        "may": {
            "record": is_own and access.RECORD in officer.rights,
            "edit": is_own and access.EDIT in officer.rights,
            "note": _may_note(officer, found),
            "export": is_own and {access.EXPORT, access.SEE_NOMINAL} <= officer.rights,
        },
        "refused": refused,
        "entered": request.POST,
    }
    return render(request, "console/cases/one.html", context, status=422 if refused else 200)


def _may_note(officer: Any, found: Any) -> bool:
    try:
        access.require_on_case(officer, access.RECORD, found)
    except DomainError:
        return False
    return True


# --- what is done in it -----------------------------------------------------------------------------------------------


def _join(sent: QueryDict, officer: Any, found: Any, now: datetime) -> None:
    access.require_own(officer, access.RECORD, found)
    body = validated(JoinedIncident, texts_in(sent, ("incident",)))
    incident = access.access_incident(officer, body.incident)
    join_incident(officer=officer, case=found, incident=incident, joined_at=now)


def _task(sent: QueryDict, officer: Any, found: Any, now: datetime) -> None:
    access.require_own(officer, access.RECORD, found)
    body = validated(NewTask, texts_in(sent, ("what", "due_on", "given_to")))
    receiver = None if body.given_to is None else access.access_receiver(officer, body.given_to)
    make_task(officer=officer, case=found, what=body.what, due_on=body.due_on, given_to=receiver, made_at=now)


def _propose(sent: QueryDict, officer: Any, found: Any, now: datetime) -> None:
    access.require_own(officer, access.RECORD, found)
    body = validated(Template, texts_in(sent, ("regime",)))
    try:
        regime = current_rulebook().regime(body.regime)
    except KeyError:
        raise NotFound(thing="regime") from None
    propose_tasks(officer=officer, case=found, regime=regime, proposed_at=now)


def _assign(sent: QueryDict, officer: Any, found: Any, now: datetime) -> None:
    task = _task_in(sent, officer, found)
    body = validated(TaskChange, texts_in(sent, ("due_on", "given_to")))
    access.require_own(officer, access.RECORD, task)
    receiver = None if body.given_to is None else access.access_receiver(officer, body.given_to)
    changes: TaskChanges = {"due_on": body.due_on, "handed_to": receiver}
    amend_task(officer=officer, task=task, changes=changes, amended_at=now)


def _end(sent: QueryDict, officer: Any, found: Any, now: datetime) -> None:
    task, reason = _task_in(sent, officer, found), text_in(sent, "reason") or ""
    state = TaskState.DROPPED if sent.get("state") == TaskState.DROPPED else TaskState.DONE
    if state == TaskState.DROPPED and not reason:
        raise InvalidSubmission([Problem("/reason", "missing")])
    end_task(officer=officer, task=task, state=state, reason=reason, ended_at=now)


def _task_in(sent: QueryDict, officer: Any, found: Any) -> Any:
    """Return a task of the case, or of one that was merged into it."""
    task = access.access_task(officer, sent.get("task", ""))
    if not cases_within(found, access.cases_for(officer)).filter(pk=task.case_id).exists():
        raise NotFound(thing="task")
    return task


def _note(sent: QueryDict, officer: Any, found: Any, now: datetime) -> None:
    access.require_on_case(officer, access.RECORD, found)
    body = validated(NewNote, texts_in(sent, ("text", "corrects")))
    corrects = None if body.corrects is None else access.access_note(officer, found, body.corrects)
    write_note(officer=officer, case=found, text=body.text, corrects=corrects, written_at=now)


def _close(sent: QueryDict, officer: Any, found: Any, now: datetime) -> None:
    access.require_own(officer, access.EDIT, found)
    body = validated(Why, texts_in(sent, ("reason",)))
    close_case(officer=officer, case=found, reason=body.reason, closed_at=now)


def _reopen(sent: QueryDict, officer: Any, found: Any, now: datetime) -> None:
    access.require_own(officer, access.EDIT, found)
    body = validated(Why, texts_in(sent, ("reason",)))
    reopen_case(officer=officer, case=found, reason=body.reason, reopened_at=now)


def _merge(sent: QueryDict, officer: Any, found: Any, now: datetime) -> str:
    access.require_own(officer, access.EDIT, found)
    body = validated(Merger, texts_in(sent, ("into", "reason")))
    into = access.access_case(officer, body.into)
    merge_case(officer=officer, case=found, into=into, reason=body.reason, merged_at=now)
    return reverse("console:case", args=[into.reference])


_ACTS: Final[Mapping[str, Act]] = {
    "join": _join,
    "task": _task,
    "propose": _propose,
    "assign": _assign,
    "end": _end,
    "note": _note,
    "close": _close,
    "reopen": _reopen,
    "merge": _merge,
}
ACTS: Final = tuple(_ACTS)
