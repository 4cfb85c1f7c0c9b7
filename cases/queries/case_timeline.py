"""The timeline of a case: all in it that has a date and that the reader may see, in a fixed number of queries."""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from cases.choices import EvidenceState, TaskState
from cases.models import (
    Case,
    CaseIncident,
    CaseNote,
    CaseTask,
    CustodyEvent,
    Dispatch,
    Evidence,
    Finding,
    FindingReview,
    Incident,
    Obligation,
    PointOfDiversion,
    Referral,
    Reply,
    SupplyChainStep,
)
from cases.queries.obligations import with_due_day
from cases.tracing.case_timeline import Entry, at_moment, in_order, on_day, stated


class Reach(NamedTuple):
    """What the reader may see, of the case and its incidents alone."""

    cases: QuerySet[Case]
    incidents: QuerySet[Incident]
    findings: QuerySet[Finding]
    evidence: QuerySet[Evidence]
    referrals: QuerySet[Referral]
    dispatches: QuerySet[Dispatch]
    obligations: QuerySet[Obligation]
    diversions: QuerySet[PointOfDiversion]
    tasks: QuerySet[CaseTask]
    notes: QuerySet[CaseNote]


def timeline_of(reach: Reach) -> list[Entry]:
    """Return what happened in the case, in order; no entry says more than kinds, numbers and countries."""
    return in_order(
        chain(
            _cases(reach),
            _incidents(reach),
            _findings(reach),
            _evidence(reach),
            _custody(reach),
            _letters(reach),
            _replies(reach),
            _diversions(reach),
            _obligations(reach),
            _tasks(reach),
            _notes(reach),
        )
    )


def _cases(reach: Reach) -> Iterator[Entry]:
    for reference, opened_at, closed_at in reach.cases.values_list("reference", "opened_at", "closed_at"):
        subject = ("case", reference)
        yield Entry("case.opened", at_moment(opened_at), subject)
        if closed_at is not None:
            yield Entry("case.closed", at_moment(closed_at), subject)
    joined = CaseIncident.objects.filter(case__in=reach.cases, incident__in=reach.incidents)
    for case, incident, at in joined.values_list("case__reference", "incident__reference", "joined_at"):
        yield Entry("case.joined", at_moment(at), ("case", case), incident)


def _incidents(reach: Reach) -> Iterator[Entry]:
    columns = ("reference", "kind", "recorded_at", "occurred_on", "occurred_precision")
    days = ("occurred_first_day", "occurred_last_day", "occurred_at")
    for reference, kind, recorded_at, *when in reach.incidents.values_list(*columns, *days):
        subject = ("incident", reference)
        yield Entry("incident.happened", stated(*when), subject, reference, (("kind", kind or "?"),))
        yield Entry("incident.recorded", at_moment(recorded_at), subject, reference)


def _findings(reach: Reach) -> Iterator[Entry]:
    current = reach.findings.filter(is_current=True)
    for key, incident, measure, outcome, at in current.values_list(
        "pk", "incident__reference", "measure", "outcome", "found_at"
    ):
        params = (("measure", measure), ("outcome", outcome))
        if at is not None:
            yield Entry("finding.found", at_moment(at), ("finding", str(key)), incident, params)
    reviews = FindingReview.objects.filter(finding__in=reach.findings)
    for key, incident, measure, decision, at in reviews.values_list(
        "finding_id", "finding__incident__reference", "finding__measure", "decision", "reviewed_at"
    ):
        params = (("measure", measure), ("decision", decision))
        yield Entry("finding.reviewed", at_moment(at), ("finding", str(key)), incident, params)


def _evidence(reach: Reach) -> Iterator[Entry]:
    listed = reach.evidence.exclude(state__in=[EvidenceState.WITHDRAWN.value, EvidenceState.REFUSED.value])
    for uuid, incident, kind, at in listed.values_list("uuid", "incident__reference", "kind", "uploaded_at"):
        yield Entry("evidence.attached", at_moment(at), ("evidence", str(uuid)), incident, (("kind", kind),))


def _custody(reach: Reach) -> Iterator[Entry]:
    """Yield the events as they happened, as far as stated, else as they were recorded."""
    events = CustodyEvent.objects.filter(incident__in=reach.incidents)
    columns = ("incident__reference", "number", "kind", "item__item_uuid", "exhibit__code", "recorded_at")
    days = ("at", "at_precision", "at_first_day", "at_last_day", "at_instant")
    for incident, number, kind, item, exhibit, recorded_at, *when in events.values_list(*columns, *days):
        subject = ("exhibit", exhibit) if exhibit else ("item", str(item))
        params = (("number", number), ("kind", kind))
        yield Entry("custody.happened", stated(*when) or at_moment(recorded_at), subject, incident, params)


def _letters(reach: Reach) -> Iterator[Entry]:
    for reference, incident, country, at in reach.referrals.values_list(
        "reference", "incident__reference", "addressee_country", "issued_at"
    ):
        if at is not None:
            yield Entry("referral.issued", at_moment(at), ("referral", reference), incident, (("country", country),))
    for reference, incident, country, channel, at in reach.dispatches.values_list(
        *("referral__reference", "referral__incident__reference", "referral__addressee_country"), "channel", "sent_at"
    ):
        params = (("country", country), ("channel", channel))
        if at is not None:
            yield Entry("referral.sent", at_moment(at), ("referral", reference), incident, params)


def _replies(reach: Reach) -> Iterator[Entry]:
    """Yield what came back, and what it tells; of a reply that a later one corrects no step counts any more."""
    replies = Reply.objects.filter(referral__in=reach.referrals)
    of_referral = ("reference", "incident__reference", "addressee_country")
    for reference, incident, country, state, at in replies.values_list(
        *(f"referral__{name}" for name in of_referral), "state", "received_at"
    ):
        told = (("country", country), ("state", state))
        yield Entry("reply.received", at_moment(at), ("referral", reference), incident, told)
    steps = SupplyChainStep.objects.filter(reply__in=replies.filter(corrected_by__isnull=True))
    for step, reference, incident, country, kind, *when in steps.values_list(
        *("step_id", *(f"reply__referral__{name}" for name in of_referral), "kind"),
        *("on", "on_precision", "on_first_day", "on_last_day"),
    ):
        params = (("country", country), ("kind", kind), ("referral", reference))
        yield Entry("step.told", stated(*when), ("step", str(step)), incident, params)


def _diversions(reach: Reach) -> Iterator[Entry]:
    """Yield each conclusion when it was reached, and of the last one of an item also when that happened."""
    seen: set[int] = set()
    points = reach.diversions.filter(item__incident__in=reach.incidents).order_by("item_id", "-version")
    columns = ("item_id", "item__item_uuid", "item__position", "item__incident__reference", "kind", "recorded_at")
    days = ("on", "on_precision", "on_first_day", "on_last_day")
    for key, item, position, incident, kind, at, *when in points.values_list(*columns, *days):
        subject, params = ("item", str(item)), (("item", position), ("kind", kind))
        yield Entry("diversion.concluded", at_moment(at), subject, incident, params)
        if key not in seen and (happened := stated(*when)) is not None:
            yield Entry("diversion.happened", happened, subject, incident, params)
        seen.add(key)


def _obligations(reach: Reach) -> Iterator[Entry]:
    owed = with_due_day(reach.obligations).filter(Q(("due_day__isnull", False)) | Q(closed_at__isnull=False))
    for reference, incident, kind, state, closed_at, day in owed.values_list(
        "reference", "incident__reference", "kind", "state", "closed_at", F("due_day")
    ):
        subject, params = ("obligation", reference), (("kind", kind),)
        if day is not None:
            yield Entry("obligation.due", on_day(day), subject, incident, params)
        if state == "discharged" and closed_at is not None:
            yield Entry("obligation.discharged", at_moment(closed_at), subject, incident, params)


def _tasks(reach: Reach) -> Iterator[Entry]:
    for reference, case, made_at, due_on, state, ended_at in reach.tasks.values_list(
        "reference", "case__reference", "made_at", "due_on", "state", "ended_at"
    ):
        subject, params = ("task", reference), (("case", case),)
        yield Entry("task.made", at_moment(made_at), subject, None, params)
        if due_on is not None:
            yield Entry("task.due", on_day(due_on), subject, None, params)
        if ended_at is not None:
            ended = "task.done" if state == TaskState.DONE else "task.dropped"
            yield Entry(ended, at_moment(ended_at), subject, None, params)


def _notes(reach: Reach) -> Iterator[Entry]:
    for reference, case, at in reach.notes.values_list("reference", "case__reference", "written_at"):
        yield Entry("note.written", at_moment(at), ("note", reference), None, (("case", case),))
