"""Drafting one trace referral for each State that is to be asked about the items of a case's incidents."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from cases import access
from cases.choices import RedactionLevel
from cases.errors import InvalidSubmission, NotAllowed, NothingToAsk
from cases.intake.problems import Problem
from cases.models import Case, Incident, IncidentState, Officer, Referral, SeizedItem
from cases.queries.case_work import incidents_within
from cases.queries.states_to_ask import NotAsked, states_to_ask
from cases.services.draft_referral import Particulars, draft_referral

NOT_ALLOWED: Final = "not_allowed"
VOID: Final = "void"


class IncidentLeftOut(NamedTuple):
    """An incident of which no letter tells, by its reference, and why not."""

    incident: str
    why: str


class CaseBatch(NamedTuple):
    """What was drafted, what went into no letter, and which incidents were not looked at."""

    drafts: list[Referral]
    left_out: list[NotAsked]
    incidents_left_out: list[IncidentLeftOut]


def draft_case_by_state(
    *, officer: Officer, case: Case, chosen: Sequence[str] | None, particulars: Particulars, opened_at: datetime
) -> CaseBatch:
    """Draft one letter a State, over all the incidents of the case or the chosen ones, by reference.

    Items are left out as of one incident; incidents, where the officer may not ask about them, and where they were
    recorded in error. Raises InvalidSubmission for a reference that is none of the case's, NotAllowed where the officer
    may ask about none of them, NothingToAsk where no letter is left.
    """
    agency = access.require(officer, access.REFER)
    with transaction.atomic():
        known = incidents_within(case, cases=access.cases_for(officer), incidents=access.incidents_for(officer))
        incidents = _locked(known, chosen)
        left_out = [IncidentLeftOut(each.reference, why) for each in incidents if (why := _why_not(officer, each))]
        if incidents and all(each.why == NOT_ALLOWED for each in left_out) and len(left_out) == len(incidents):
            raise NotAllowed(role=officer.role)
        kept = {each.incident for each in left_out}
        told = [incident for incident in incidents if incident.reference not in kept]
        if level := particulars.details.get("redaction"):
            for incident in told:
                access.require_level(officer, RedactionLevel(level), incident)
        items = SeizedItem.objects.filter(incident__in=told).select_related("incident")
        wanted, not_asked = states_to_ask(items.order_by("incident_id", "position"), agency)
        if not wanted:
            raise NothingToAsk
        drafts = [
            draft_referral(
                officer=officer,
                addressee_country=country,
                incidents=list(dict.fromkeys(item.incident for item in of_state)),
                items=of_state,
                particulars=particulars,
                opened_at=opened_at,
            )
            for country, of_state in wanted.items()
        ]
    return CaseBatch(drafts, not_asked, left_out)


def _locked(known: QuerySet[Incident], chosen: Sequence[str] | None) -> list[Incident]:
    """Return the incidents, locked in the order in which whoever holds several locks them."""
    wanted = known
    if chosen is not None:
        references = set(known.filter(reference__in=chosen).values_list("reference", flat=True))
        unknown = [(at, each) for at, each in enumerate(chosen) if each not in references]
        if unknown:
            raise InvalidSubmission([Problem(f"/incidents/{at}", "not_known", {"value": each}) for at, each in unknown])
        wanted = known.filter(reference__in=chosen)
    return list(Incident.objects.filter(pk__in=wanted.values("pk")).order_by("pk").select_for_update())


def _why_not(officer: Officer, incident: Incident) -> str | None:
    try:
        access.require_on(officer, access.REFER, incident)
    except NotAllowed:
        return NOT_ALLOWED
    return VOID if incident.state == IncidentState.VOID else None
