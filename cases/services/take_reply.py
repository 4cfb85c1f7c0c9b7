"""Adding a reply to a referral, whoever brings it; called inside another service's transaction."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from cases.choices import ReplyState
from cases.errors import IllegalTransition, InvalidSubmission
from cases.intake.partial_date import PartialDate
from cases.intake.problems import Problem
from cases.models import Evidence, NotificationKind, Officer, Referral, Reply, ReplyLink, SupplyChainStep
from cases.services.notify import notify
from cases.services.write_audit_entry import write_audit_entry
from cases.tracing.reply_states import ANSWERS, AT_WORK, may_follow
from cases.tracing.reply_submission import ReplySubmission, StepSubmission


@dataclass(frozen=True, slots=True)
class Source:
    """Who brings a reply: an officer, or the addressee by a link."""

    officer: Officer | None = None
    link: ReplyLink | None = None


def take_reply(
    *, referral: Referral, reply: ReplySubmission, source: Source, evidence: QuerySet[Evidence], received_at: datetime
) -> Reply:
    """Add the reply to a referral that the caller holds locked, and let the referral take its state.

    `evidence` is what whoever brings it may attach. Raises IllegalTransition where the table of replies does not have
    it, and InvalidSubmission naming what does not fit the referral.
    """
    if not may_follow(referral.state, reply.state):
        raise IllegalTransition(state=referral.state, wanted=reply.state)
    earlier = list(Reply.objects.filter(referral=referral).order_by("pk"))
    if problems := list(_problems(referral, reply, earlier, evidence, received_at)):
        raise InvalidSubmission(problems)
    kept = Reply.objects.create(
        referral=referral,
        state=reply.state.value,
        reason=reply.reason or "",
        their_reference=reply.their_reference or "",
        text=reply.text or "",
        forwarded_to=reply.forwarded_to or "",
        documents=list(reply.documents),
        corrects=None if reply.corrects is None else earlier[reply.corrects],
        received_at=received_at,
        recorded_by=source.officer,
        via_link=source.link,
    )
    SupplyChainStep.objects.bulk_create(
        SupplyChainStep(reply=kept, number=number, **_columns(step)) for number, step in enumerate(reply.steps, start=1)
    )
    _move(referral, reply, source, received_at)
    return kept


def dated(on: PartialDate | None) -> dict[str, Any]:
    """Return the columns of a partial date."""
    return {
        "on": "" if on is None else on.text,
        "on_precision": "" if on is None else on.precision.value,
        "on_first_day": None if on is None else on.first_day,
        "on_last_day": None if on is None else on.last_day,
    }


def lies_ahead(on: PartialDate | None, at: datetime) -> bool:
    """Return whether the date has certainly not come yet, wherever on Earth it was written."""
    return on is not None and on.first_day > (at + timedelta(days=1)).date()


def unknown_evidence(ids: Iterable[UUID], evidence: QuerySet[Evidence], pointer: str) -> Iterator[Problem]:
    """Yield a problem for each id that names none of the evidence."""
    wanted = list(ids)
    known = set(evidence.filter(uuid__in=wanted).values_list("uuid", flat=True)) if wanted else set()
    for at, each in enumerate(wanted):
        if each not in known:
            yield Problem(f"{pointer}/{at}", "not_known", {"value": str(each)})


def _problems(
    referral: Referral, reply: ReplySubmission, earlier: list[Reply], evidence: QuerySet[Evidence], at: datetime
) -> Iterator[Problem]:
    lines = set(referral.lines.values_list("number", flat=True))
    for number, step in enumerate(reply.steps):
        if step.on is not None and lies_ahead(step.on, at):
            yield Problem(f"/steps/{number}/on", "in_the_future", {"value": step.on.text})
        for place, line in enumerate(step.lines):
            if line not in lines:
                span = {"value": line, "least": 1, "most": max(lines, default=0)}
                yield Problem(f"/steps/{number}/lines/{place}", "out_of_range", span)
    yield from unknown_evidence(reply.documents, evidence, "/documents")
    if reply.corrects is None:
        return
    if reply.corrects >= len(earlier):
        span = {"value": reply.corrects, "least": 0, "most": max(len(earlier) - 1, 0)}
        yield Problem("/corrects", "out_of_range", span)
    elif ReplyState(earlier[reply.corrects].state) not in ANSWERS or reply.state not in ANSWERS:
        yield Problem("/corrects", "not_an_answer", {"value": reply.corrects})


def _columns(step: StepSubmission) -> dict[str, Any]:
    words = step.model_dump(exclude={"on", "lines"}, mode="json")
    return {**{name: value or "" for name, value in words.items()}, **dated(step.on), "lines": sorted(set(step.lines))}


def _move(referral: Referral, reply: ReplySubmission, source: Source, at: datetime) -> None:
    after = {"state": reply.state.value, "reason": reply.reason or "", "steps": len(reply.steps)}
    if source.link is not None:
        after["link"] = source.link.pk
    change = {"before": {"state": referral.state}, "after": after}
    referral.state = reply.state.value
    referral.save(update_fields=["state"])
    if reply.state not in AT_WORK:
        # The items may be asked about anew; what was closed once is not opened again by a later reply.
        referral.lines.update(is_open=False)
    write_audit_entry(action="referral.answered", subject=referral, at=at, by=source.officer, change=change)
    asked = Officer.objects.admitted().filter(
        Q(pk=referral.responsible_id) | Q(pk=referral.issued_by_id), agency_id=referral.agency_id
    )
    told = asked if source.officer is None else asked.exclude(pk=source.officer.pk)
    params = {"reference": referral.reference, "state": reply.state.value}
    notify(officers=told, kind=NotificationKind.REPLY_RECORDED, subject=referral, params=params, at=at)
