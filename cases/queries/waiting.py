"""What waits for whom, as the tabs of the work list count and show it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from django.db.models import Q, QuerySet

from cases.choices import TaskState
from cases.models import (
    CaseTask,
    Finding,
    Incident,
    Notification,
    NotificationKind,
    Obligation,
    Officer,
    Referral,
    SeizedItem,
)
from cases.queries.case_work import documents_of_tasks, task_rows
from cases.queries.mark_readings import items_to_act_on
from cases.queries.obligations import replies_due, sought_obligations
from cases.queries.open_work import OpenWork
from cases.queries.work_list import finding_rows
from cases.tracing.referral_steps import WRITTEN

Document = dict[str, Any]

# A badge says no more than this; counting on would read every row to say what nobody acts on.
MOST_COUNTED: Final = 99
# The tables beside the paged lists are to be looked through.
AT_MOST: Final = 100


class Waiting(NamedTuple):
    """What the tabs hold, one after the other."""

    mine: OpenWork
    review: QuerySet[Finding]
    referrals: QuerySet[Referral]
    overdue: "Overdue"
    marks: QuerySet[Notification]
    readings: QuerySet[SeizedItem]


class Overdue(NamedTuple):
    """Of what the day is over."""

    obligations: QuerySet[Obligation]
    replies: QuerySet[Referral]
    tasks: QuerySet[CaseTask]


def findings_to_review(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    """Return the findings that wait for a person, the place alone never asking for one."""
    return finding_rows(findings, review=None, place_only=False)


def waiting_referrals(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Return the letters that are not out yet, and those that are not answered for good."""
    unanswered = Q(pk__in=Referral.objects.filter(lines__is_open=True).values("pk"))
    rows = referrals.filter(unanswered | Q(state__in=WRITTEN)).select_related("incident", "opened_by", "handed_to")
    return rows.defer("incident__as_sent")


def overdue_of(
    officer: Officer,
    *,
    obligations: QuerySet[Obligation],
    referrals: QuerySet[Referral],
    tasks: QuerySet[CaseTask],
    today: date,
) -> Overdue:
    """Return what of these records is overdue on that day."""
    return Overdue(
        obligations=sought_obligations(obligations, officer=officer, today=today, sought={"overdue": "true"}),
        replies=replies_due(referrals).filter(reply_requested_by__lt=today),
        tasks=task_rows(tasks.filter(state=TaskState.OPEN, due_on__lt=today)).order_by("due_on", "pk"),
    )


def asked_about(notifications: QuerySet[Notification]) -> QuerySet[Notification]:
    """Return what says that another agency asked about a mark of the officer's own."""
    return notifications.filter(kind=NotificationKind.MARK_ASKED_ABOUT)


def counts_of(waiting: Waiting) -> Mapping[str, int]:
    """Return how much waits in each tab, at most one more than a badge says; what was read waits no longer."""
    return {
        "mine": _bounded(*waiting.mine),
        "review": _bounded(waiting.review),
        "referrals": _bounded(waiting.referrals),
        "overdue": _bounded(*waiting.overdue),
        "marks": _bounded(waiting.marks.filter(read_at__isnull=True)),
        "readings": _bounded(items_to_act_on(waiting.readings)),
    }


def bounded_count(rows: QuerySet[Any], *, most: int = MOST_COUNTED) -> int:
    """Return how many rows there are, and one more than `most` for any more."""
    return rows.order_by()[: most + 1].count()


def _bounded(*several: QuerySet[Any]) -> int:
    return min(sum(bounded_count(rows) for rows in several), MOST_COUNTED + 1)


def document_of_waiting_referral(row: Referral, *, today: date) -> Document:
    """Return a letter as the work list shows it: whom it asks, and whose turn it is."""
    responsible = row.handed_to or row.opened_by
    return {
        "reference": row.reference,
        "incident": row.incident.reference,
        "kind": row.kind,
        "country": row.addressee_country,
        "state": row.state,
        "is_ours": row.state in WRITTEN,
        "opened_at": row.opened_at,
        "due_on": row.reply_requested_by,
        "is_overdue": row.reply_requested_by is not None
        and row.reply_requested_by < today
        and row.state not in WRITTEN,
        "responsible": responsible.username,
    }


def documents_of_work(
    work: OpenWork, *, today: date, with_nominal: bool, translated: Callable[[str], str]
) -> dict[str, list[Document]]:
    """Return an officer's own queue, the oldest of each kind, each with the page on which it is gone on with."""
    tasks = list(task_rows(work.tasks)[:AT_MOST])
    return {
        "drafts": [_incident(row) for row in work.drafts[:AT_MOST]],
        "reviews": [_incident(row) for row in work.reviews[:AT_MOST]],
        "referrals": [
            {
                "reference": row.reference,
                "incident": row.incident.reference,
                "about": row.state,
                "to": row.addressee_country,
            }
            for row in work.referrals.select_related("incident").defer("incident__as_sent")[:AT_MOST]
        ],
        "cases": [{"reference": row.reference, "title": row.title} for row in work.cases[:AT_MOST]],
        "obligations": [
            {"reference": row.reference, "incident": row.incident.reference, "about": row.what, "due_on": row.due_on}
            for row in work.obligations.select_related("incident").defer("incident__as_sent")[:AT_MOST]
        ],
        "tasks": [
            {"reference": task["reference"], "case": task["case"], "title": task["what"], "due_on": task["due_on"]}
            for task in documents_of_tasks(tasks, today=today, with_nominal=with_nominal, translated=translated)
        ],
    }


def _incident(row: Incident) -> Document:
    return {
        "reference": row.reference,
        "incident": row.reference,
        "about": row.place or row.agency_reference,
        "occurred_on": row.occurred_on,
    }
