"""Obligations as the board shows them, and what beside them waits: replies, tasks, items without disposal, regimes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final, Protocol

from django.db.models import Case, DateField, DateTimeField, ExpressionWrapper, F, Q, QuerySet, When
from django.db.models.functions import Cast, Coalesce

from cases.choices import DispositionStatus, DueBasis, IncidentKind, ItemCategory, ObligationState
from cases.documents.calendar import CalendarDay
from cases.models import CaseTask, Incident, IncidentState, Obligation, Officer, Referral, SeizedItem
from cases.queries.case_work import documents_of_tasks, overdue_tasks, task_rows
from cases.queries.open_work import seen_to_by
from cases.queries.rulebooks import current_rulebook
from cases.tracing.obligations import OBLIGES, due_basis, is_owed_by
from cases.tracing.reply_clock import REMINDED

Document = dict[str, Any]

# The lists beside the board are to be looked through; the lists of the API hold the rest.
AT_MOST: Final = 200
# Behind every day that any text gives.
UNDATED: Final = datetime(9999, 1, 1, tzinfo=UTC)
# What a power, an appeal or a task is called on the board.
FORCES: Final = {
    "shall": "An obligation.",
    "authorised": "A power, not an obligation.",
    "called_upon": "An appeal, not an obligation.",
    "mandated": "A task that the Council has given.",
}
BASES: Final = {
    DueBasis.RESOLUTION: "As the resolution says.",
    DueBasis.AGENCY_RULE: "Agency rule, not the resolution.",
}
NOT_KNOWN: Final = "The day from which it runs is not known; open since {day}."
NO_DAY: Final = "The text gives no number of days."
SENTENCES: Final = (*FORCES.values(), *BASES.values(), NOT_KNOWN, NO_DAY)
# How found arms end (ITI 9); what is lost, stolen or merely held or ordered to be destroyed has not ended.
ENDED: Final = (
    DispositionStatus.DESTROYED,
    DispositionStatus.RENDERED_UNUSABLE,
    DispositionStatus.SUNK,
    DispositionStatus.RETURNED,
    DispositionStatus.RETAINED_FOR_USE,
)
FOUND: Final = (IncidentKind.SEIZURE, IncidentKind.INTERDICTION, IncidentKind.FIND, IncidentKind.SURRENDER)
SMALL_ARMS: Final = (ItemCategory.SMALL_ARM, ItemCategory.LIGHT_WEAPON)


class Phrase(Protocol):
    """Puts a sentence of the catalogue into the reader's language."""

    def __call__(self, template: str, params: Mapping[str, Any], /) -> str:
        """Return the sentence, its blanks filled."""


# --- the board --------------------------------------------------------------------------------------------------------


def with_due_day(obligations: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """Add the day on which each is due: that of the text, else the agency's own for "promptly", else none."""
    own_rule = Q(
        force=OBLIGES,
        promptly=True,
        days__isnull=True,
        clock_first_day=F("clock_last_day"),
        agency__prompt_days__isnull=False,
    )
    prompt_day = ExpressionWrapper(F("clock_first_day") + F("agency__prompt_days"), output_field=DateField())
    due_day = Case(
        When(due_on__isnull=False, then=F("due_on")),
        When(own_rule, then=prompt_day),
        default=None,
        output_field=DateField(null=True),
    )
    return obligations.annotate(due_day=due_day)  # type: ignore[no-redef]  # as the model declares it


def due_by(obligations: QuerySet[Obligation], day: date) -> QuerySet[Obligation]:
    """Return those that are due on that day or before."""
    return with_due_day(obligations).filter(Q(("due_day__lte", day)))


def board_rows(obligations: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """Return the obligations with what is shown of each, and the moment by which the board is ordered."""
    ordered = with_due_day(obligations).annotate(due_moment=Coalesce(Cast("due_day", DateTimeField()), UNDATED))
    people = ("begun_by", "handed_to", "closed_by")
    return ordered.select_related("incident", "agency", *people).defer("incident__as_sent")


def sought_obligations(
    obligations: QuerySet[Obligation], *, officer: Officer, today: date, sought: Mapping[str, str]
) -> QuerySet[Obligation]:
    """Return those that the words of a query ask for; without any, what is open and obliges."""
    obliging = Q(force=OBLIGES)
    chosen = obligations.filter(obliging if sought.get("force", OBLIGES) == OBLIGES else ~obliging)
    if (state := sought.get("state", "open")) != "any":
        chosen = chosen.filter(state=state)
    if "kind" in sought:
        chosen = chosen.filter(kind=sought["kind"])
    if "incident" in sought:
        chosen = chosen.filter(incident__reference=sought["incident"])
    if sought.get("mine") == "true":
        chosen = chosen.filter(seen_to_by(officer, "begun_by"))
    if sought.get("overdue") == "true":
        chosen = with_due_day(chosen).filter(Q(("due_day__lt", today)))
    return chosen


def document_of_obligation(row: Obligation, *, today: date, phrase: Phrase) -> Document:
    """Return an obligation that `board_rows` has read."""
    due_day = row.due_day
    basis = due_basis(row.due_on, due_day)
    responsible = row.handed_to or row.begun_by
    return {
        "reference": row.reference,
        "incident": row.incident.reference,
        "regime": row.regime or None,
        "kind": row.kind,
        "what": row.what,
        "legal_basis": {
            "resolution": row.resolution,
            "paragraph": row.paragraph or None,
            "paragraph_verified": row.paragraph_verified,
        },
        "force": row.force,
        "force_text": phrase(FORCES[row.force], {}),
        "on": row.on,
        "states": row.states,
        "is_ours": is_owed_by(row.on, row.states, row.agency.country),
        "to": row.to or None,
        "clock": {
            "from": row.clock_from or None,
            "first_day": row.clock_first_day,
            "last_day": row.clock_last_day,
            "days": row.days,
            "working_days": row.working_days,
            "promptly": row.promptly,
            "text": _clock_text(row, phrase),
        },
        "due": {"on": due_day, "basis": basis, "text": None if basis is None else phrase(BASES[basis], {})},
        "is_overdue": row.state == "open" and due_day is not None and due_day < today,
        "state": row.state,
        "is_found": row.is_found,
        "responsible": responsible.username,
        "arisen_at": row.arisen_at,
        "closed": None
        if row.closed_at is None or row.closed_by is None
        else {"at": row.closed_at, "by": row.closed_by.username, "reason": row.closed_reason},
    }


def _clock_text(row: Obligation, phrase: Phrase) -> str | None:
    if row.force != OBLIGES:
        return None
    if row.clock_from and (row.clock_first_day is None or row.clock_first_day != row.clock_last_day):
        return phrase(NOT_KNOWN, {"day": row.arisen_at.date().isoformat()})
    return None if row.days is not None else phrase(NO_DAY, {})


def sendings_of(row: Obligation) -> list[Document]:
    """Return the ledger of one obligation: what was sent when, in the order in which it was recorded."""
    return [
        {
            "what": sending.what,
            "to": sending.sent_to,
            "sent_on": sending.sent_on,
            "reference": sending.reference or None,
            "recorded_at": sending.recorded_at,
            "recorded_by": sending.recorded_by.username,
        }
        for sending in row.sendings.select_related("recorded_by").order_by("pk")
    ]


# --- drawn from elsewhere, and kept nowhere twice ---------------------------------------------------------------------


def replies_due(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Return the letters that wait for an answer by a day, opportunities to reply among them, soonest first."""
    waiting = referrals.filter(state__in=sorted(REMINDED), reply_requested_by__isnull=False)
    return waiting.select_related("incident").defer("incident__as_sent").order_by("reply_requested_by", "reference")


def items_without_disposal(incidents: QuerySet[Incident]) -> QuerySet[SeizedItem]:
    """Return found small arms and light weapons whose end is not recorded (ITI 9), longest found first."""
    found = incidents.filter(state=IncidentState.FINAL, kind__in=FOUND)
    items = SeizedItem.objects.filter(incident__in=found, category__in=SMALL_ARMS)
    ended = Q(disposition__status__in=[status.value for status in ENDED])
    rows = items.exclude(pk__in=items.filter(ended).values("pk")).select_related("incident", "disposition", "holding")
    return rows.defer("incident__as_sent").order_by("incident__recorded_at", "pk")


def waiting_documents(
    *,
    referrals: QuerySet[Referral],
    tasks: QuerySet[CaseTask],
    incidents: QuerySet[Incident],
    today: date,
    with_nominal: bool,
    translated: Callable[[str], str],
) -> dict[str, list[Document]]:
    """Return what waits beside the obligations, the first of each kind; of these tasks those that are overdue."""
    overdue = task_rows(overdue_tasks(tasks, today)).order_by("due_on", "pk")[:AT_MOST]
    return {
        "replies": [_reply(row, today) for row in replies_due(referrals)[:AT_MOST]],
        "tasks": documents_of_tasks(list(overdue), today=today, with_nominal=with_nominal, translated=translated),
        "items": [_item(row) for row in items_without_disposal(incidents)[:AT_MOST]],
        "regimes": [{"regime": code, "refresh_after": day} for code, day in refresh_days() if day < today],
    }


def refresh_days() -> Sequence[tuple[str, date]]:
    """Return for each regime in use the last day that the last renewal seen covers."""
    days = ((regime.id, regime.refresh_after) for regime in current_rulebook().regimes)
    return sorted(((code, day) for code, day in days if day is not None), key=lambda each: (each[1], each[0]))


def _reply(row: Referral, today: date) -> Document:
    return {
        "referral": row.reference,
        "incident": row.incident.reference,
        "kind": row.kind,
        "country": row.addressee_country,
        "due_on": row.reply_requested_by,
        "is_overdue": row.reply_requested_by is not None and row.reply_requested_by < today,
    }


def _item(row: SeizedItem) -> Document:
    disposition, holding = getattr(row, "disposition", None), getattr(row, "holding", None)
    return {
        "incident": row.incident.reference,
        "item": row.position,
        "category": row.category,
        "status": (holding and holding.status) or (disposition and disposition.status) or None,
        "place": (holding and holding.place) or (disposition and disposition.place) or None,
        "since": row.incident.recorded_at if holding is None else holding.since,
    }


# --- as a calendar ----------------------------------------------------------------------------------------------------


def calendar_days(
    obligations: QuerySet[Obligation], referrals: QuerySet[Referral], *, only: Officer | None
) -> Iterator[CalendarDay]:
    """Yield the days that are due, those of one officer alone where asked for; nothing in them tells of anybody."""
    owed = obligations.filter(state=ObligationState.OPEN)
    if only is not None:
        owed = owed.filter(seen_to_by(only, "begun_by"))
        referrals = referrals.filter(seen_to_by(only, "opened_by"))
    for row in with_due_day(owed).filter(Q(("due_day__isnull", False))).order_by(F("due_day"), "reference"):
        day = row.due_day or date.max
        basis = BASES[DueBasis.RESOLUTION if row.due_on else DueBasis.AGENCY_RULE]
        cited = f"{row.resolution} ¶{row.paragraph}" if row.paragraph else row.resolution
        summary = f"{row.reference}: {row.kind.replace('_', ' ')}, {cited}. {basis}"
        yield CalendarDay(row.reference, day, summary, row.arisen_at)
    for letter in replies_due(referrals):
        if letter.reply_requested_by is not None:
            summary = f"{letter.reference}: reply requested"
            yield CalendarDay(letter.reference, letter.reply_requested_by, summary, letter.opened_at)
    for code, day in refresh_days():
        at = datetime.combine(day, datetime.min.time(), tzinfo=UTC)
        yield CalendarDay(f"refresh-{code}", day, f"{code}: the last renewal seen ends", at)
