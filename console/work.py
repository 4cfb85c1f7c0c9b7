"""What waits for the officer: the own queue, findings, letters, what is overdue, and marks that others asked about."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST
from rest_framework.request import Request

from cases import access
from cases.api import notifications as api
from cases.api.paging import page_of
from cases.api.problems import in_words
from cases.choices import ReviewDecision
from cases.errors import DomainError
from cases.intake.text import LONGEST_STORY, storable
from cases.queries.case_work import documents_of_tasks, task_rows
from cases.queries.keys import document_of_notification
from cases.queries.mark_readings import document_of_item_waiting, items_waiting, rows_waiting
from cases.queries.obligations import board_rows, document_of_obligation
from cases.queries.officers import get_officer
from cases.queries.open_work import open_work_of
from cases.queries.waiting import (
    AT_MOST,
    MOST_COUNTED,
    Waiting,
    asked_about,
    counts_of,
    document_of_waiting_referral,
    documents_of_work,
    findings_to_review,
    overdue_of,
    waiting_referrals,
)
from cases.queries.work_list import row_of_finding
from cases.services.assign_obligation import assign_obligation
from cases.services.hand_over_work import hand_over_work
from cases.services.review_finding import review_finding

# As many as a page holds at most.
MOST_CHOSEN: Final = 200
TABS: Final[Mapping[str, tuple[str, Promise]]] = {
    "mine": ("console:work", _("My queue")),
    "review": ("console:work_review", _("To review")),
    "referrals": ("console:work_referrals", _("Referrals waiting")),
    "overdue": ("console:work_overdue", _("Overdue")),
    "readings": ("console:work_readings", _("Marks to read")),
    "marks": ("console:work_marks", _("My marks asked about")),
}
QUEUES: Final[Mapping[str, Promise]] = {
    "reviews": _("Incidents to review"),
    "drafts": _("Drafts to finish"),
    "referrals": _("Referrals"),
    "obligations": _("Obligations"),
    "tasks": _("Tasks"),
    "cases": _("Cases"),
}


class Tab(NamedTuple):
    """A tab with how much waits in it, and whether more does than is counted."""

    address: str
    name: Promise
    waiting: int
    is_more: bool
    is_here: bool


class Failure(NamedTuple):
    """One of the chosen that was not done, and why."""

    what: str
    why: str


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show the officer's own queue; who deals out work may look at a colleague's."""
    officer = get_officer(request.user)
    asked = request.GET.get("officer", "")
    whose = access.access_colleague(officer, asked) if asked and asked != officer.username else officer
    work = open_work_of(whose, **access.own_records_for(officer))
    documents = documents_of_work(
        work,
        today=timezone.now().date(),  # noqa: TID251 - an edge
        with_nominal=access.SEE_NOMINAL in officer.rights,
        translated=gettext,
    )
    context = {
        "queues": [(name, title, documents[name]) for name, title in QUEUES.items() if documents[name]],
        "whose": whose.username,
        "is_own": whose.pk == officer.pk,
        "most": AT_MOST,
        **_leading(officer),
    }
    return _page(request, "mine", context)


@login_required
@require_GET
def review(request: HttpRequest) -> HttpResponse:
    """Show the findings that wait for a person, latest found first."""
    officer = get_officer(request.user)
    rows = findings_to_review(access.findings_for(officer))
    page = page_of(Request(request), rows, moment="found_at", key="pk", read_key=UUID)
    context = {
        "page": page,
        "findings": [row_of_finding(finding) for finding in page.rows],
        "may_review": access.REVIEW in officer.rights,
        "decisions": [decision.value for decision in ReviewDecision],
        "longest": LONGEST_STORY,
    }
    return _page(request, "review", context)


@login_required
@require_GET
def referrals(request: HttpRequest) -> HttpResponse:
    """Show the letters that are not out yet, and those that are not answered for good."""
    officer, today = get_officer(request.user), timezone.now().date()  # noqa: TID251 - an edge
    rows = waiting_referrals(access.own_records_for(officer)["referrals"])
    page = page_of(Request(request), rows, moment="opened_at")
    shown = [document_of_waiting_referral(row, today=today) for row in page.rows]
    return _page(request, "referrals", {"page": page, "referrals": shown})


@login_required
@require_GET
def overdue(request: HttpRequest) -> HttpResponse:
    """Show the obligations, answers and tasks whose day is over."""
    officer, today = get_officer(request.user), timezone.now().date()  # noqa: TID251 - an edge
    late = _overdue(officer, today)
    obligations = board_rows(late.obligations).order_by(F("due_moment"), "reference")[:AT_MOST]
    context = {
        "obligations": [document_of_obligation(row, today=today, phrase=in_words) for row in obligations],
        "replies": [document_of_waiting_referral(row, today=today) for row in _with_people(late.replies)[:AT_MOST]],
        "tasks": documents_of_tasks(
            list(task_rows(late.tasks)[:AT_MOST]),
            today=today,
            with_nominal=access.SEE_NOMINAL in officer.rights,
            translated=gettext,
        ),
        "most": AT_MOST,
        **_leading(officer),
    }
    return _page(request, "overdue", context)


@login_required
@require_GET
def marks(request: HttpRequest) -> HttpResponse:
    """Show which marks of the own records other agencies asked about, latest first."""
    rows = asked_about(access.notifications_for(get_officer(request.user)))
    page = page_of(Request(request), rows, moment="created_at", key="pk", read_key=int)
    shown = [api.told(document_of_notification(each)) for each in page.rows]
    return _page(request, "marks", {"page": page, "told": shown})


@login_required
@require_GET
def readings(request: HttpRequest) -> HttpResponse:
    """Show the items whose marks wait to be read from their photographs or to be settled, the first recorded first."""
    officer = get_officer(request.user)
    rows = rows_waiting(items_waiting(access.incidents_to_read_for(officer), officer))
    page = page_of(Request(request), rows, key="pk", read_key=int, is_rising=True)
    return _page(request, "readings", {"page": page, "items": [document_of_item_waiting(row) for row in page.rows]})


# --- several at once --------------------------------------------------------------------------------------------------


@login_required
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Review the findings that were chosen, all with one reason; what cannot be is named, the rest is done."""
    officer, reason = get_officer(request.user), _reason_in(request)
    access.require(officer, access.REVIEW)
    decision = request.POST.get("decision", "")
    if trouble := _trouble(request, reason) or (
        gettext("Choose what you decide.") if decision not in set(ReviewDecision) else ""
    ):
        return _refused(request, trouble, "console:work_review")
    now = timezone.now()  # noqa: TID251 - an edge

    def act(key: str) -> str:
        finding = access.access_finding(officer, UUID(key))
        review_finding(
            officer=officer, finding=finding, decision=ReviewDecision(decision), reason=reason, reviewed_at=now
        )
        return f"{finding.incident.reference} {finding.measure}"

    return _each(request, _by_incident(officer, _chosen(request)), act, "console:work_review")


@login_required
@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Make a colleague responsible for the obligations that were chosen; what cannot be is named."""
    officer, reason = get_officer(request.user), _reason_in(request)
    access.require_leader(officer)
    if trouble := _trouble(request, reason) or _trouble_with_receiver(request):
        return _refused(request, trouble, "console:work_overdue")
    to, now = access.access_colleague(officer, request.POST["to"]), timezone.now()  # noqa: TID251 - an edge

    def act(key: str) -> str:
        obligation = access.access_obligation(officer, key)
        assign_obligation(by=officer, obligation=obligation, to=to, reason=reason, assigned_at=now)
        return obligation.reference

    return _each(request, sorted(_chosen(request)), act, "console:work_overdue")


@login_required
@require_POST
def hand_over(request: HttpRequest) -> HttpResponse:
    """Hand the chosen work to a colleague, who is told; what the colleague is not cleared for stays."""
    officer, reason = get_officer(request.user), _reason_in(request)
    access.require_leader(officer)
    if trouble := _trouble(request, reason) or _trouble_with_receiver(request):
        return _refused(request, trouble, "console:work")
    whose = access.access_colleague(officer, request.POST.get("whose", officer.username))
    to = access.access_colleague(officer, request.POST["to"])
    now, picked = timezone.now(), set(_chosen(request))  # noqa: TID251 - an edge
    try:
        moved = hand_over_work(officer=whose, to=to, by=officer, reason=reason, picked=picked, at=now)
    except DomainError as error:
        return _refused(request, in_words(error.sentence, error.params), "console:work")
    done = [reference for references in moved.work.values() for reference in references]
    why = gettext("%(officer)s is not cleared for it.") % {"officer": to.username}
    left = [Failure(reference, why) for reference in moved.not_cleared if reference in picked]
    return _result(request, done, left, "console:work")


def _each(request: HttpRequest, keys: Iterable[str], act: Callable[[str], str], back: str) -> HttpResponse:
    """Do one thing to each of the chosen by itself; what is refused stays as it was, and is named with the reason."""
    done, failed = [], []
    for key in keys:
        try:
            done.append(act(key))
        except (DomainError, ValueError) as error:
            why = in_words(error.sentence, error.params) if isinstance(error, DomainError) else gettext("Not found.")
            failed.append(Failure(_named(request, key), why))
    return _result(request, done, failed, back)


def _by_incident(officer: Any, keys: Sequence[str]) -> list[str]:
    """Return keys of findings in the order of their incidents, which each act locks: none waits crosswise."""
    read = {str(key) for text in keys if (key := _key_in(text)) is not None}
    known = access.findings_for(officer).filter(pk__in=read).order_by("incident_id", "pk")
    in_order = [str(key) for key in known.values_list("pk", flat=True)]
    return [*in_order, *(key for key in keys if key not in in_order)]


def _key_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _named(request: HttpRequest, key: str) -> str:
    """Return what the page called it, which only the browser that sent it is shown again."""
    return request.POST.get(f"name-{key}", key)[:300]


def _chosen(request: HttpRequest) -> Sequence[str]:
    return list(dict.fromkeys(request.POST.getlist("chosen")))[:MOST_CHOSEN]


def _reason_in(request: HttpRequest) -> str:
    return storable(request.POST.get("reason", "")).strip()[:LONGEST_STORY]


def _trouble(request: HttpRequest, reason: str) -> str:
    if not _chosen(request):
        return gettext("Choose at least one.")
    return "" if reason else gettext("Give a reason.")


def _trouble_with_receiver(request: HttpRequest) -> str:
    return "" if request.POST.get("to") else gettext("Choose who takes it over.")


def _refused(request: HttpRequest, trouble: str, back: str) -> HttpResponse:
    context = {"trouble": trouble, "back": reverse(back)}
    return render(request, "console/work/done.html", context, status=422)


def _result(request: HttpRequest, done: Sequence[str], failed: Sequence[Failure], back: str) -> HttpResponse:
    context = {"done": done, "failed": failed, "back": reverse(back)}
    return render(request, "console/work/done.html", context)


# --- what stands on every tab -----------------------------------------------------------------------------------------


def _page(request: HttpRequest, here: str, context: Mapping[str, Any]) -> HttpResponse:
    frame = {"tabs": list(_tabs(request, here)), "title": TABS[here][1]}
    return render(request, f"console/work/{here}.html", {**frame, **context})


def _tabs(request: HttpRequest, here: str) -> Iterator[Tab]:
    officer, today = get_officer(request.user), timezone.now().date()  # noqa: TID251 - an edge
    own = access.own_records_for(officer)
    counts = counts_of(
        Waiting(
            mine=open_work_of(officer, **own),
            review=findings_to_review(access.findings_for(officer)),
            referrals=waiting_referrals(own["referrals"]),
            overdue=_overdue(officer, today),
            marks=asked_about(access.notifications_for(officer)),
            readings=items_waiting(access.incidents_to_read_for(officer), officer),
        )
    )
    for name, (page, title) in TABS.items():
        count = counts[name]
        yield Tab(reverse(page), title, min(count, MOST_COUNTED), count > MOST_COUNTED, name == here)


def _overdue(officer: Any, today: Any) -> Any:
    own = access.own_records_for(officer)
    return overdue_of(
        officer, obligations=own["obligations"], referrals=own["referrals"], tasks=own["tasks"], today=today
    )


def _with_people(referrals: Any) -> Any:
    return referrals.select_related("incident", "opened_by", "handed_to")


def _leading(officer: Any) -> dict[str, Any]:
    """Return the colleagues to whom the officer may deal out work; nothing for who deals out none."""
    if not {access.OVERRIDE, access.ADMINISTER} & officer.rights:
        return {"leads": False}
    colleagues = access.colleagues_of(officer).order_by("username").values_list("username", "display_name")
    return {"leads": True, "colleagues": list(colleagues), "longest": LONGEST_STORY}
