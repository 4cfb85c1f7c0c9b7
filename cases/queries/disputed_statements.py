"""What a statement against the record would change in the findings, were it the fact (R13)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cases.choices import RunStatus
from cases.models import Incident
from cases.queries.rulebooks import current_rulebook
from cases.queries.screened_facts import find_kept_facts
from cases.row_scope import everything
from cases.screening.designations import Designations
from cases.screening.engine import screener
from cases.screening.facts import Claim, IncidentFacts, RecipientFacts
from cases.screening.findings import Outcome, ScreeningResult

Document = dict[str, Any]
# One object, as the engine prepares itself for it.
_NO_LISTS = Designations.none()


def changes_by_claim(incident: Incident) -> list[list[Document]]:
    """Return for each claim that the last screening knew, in order, which outcomes would be others were it the fact.

    Both sides are weighed alike and without the lists, so that nothing but the statement makes the difference. Empty
    where the facts weighed are not kept.
    """
    run = incident.runs.filter(status=RunStatus.DONE).order_by("-pk").first()
    with everything():
        # Facts are kept for all incidents that say the same, and shown to nobody; only outcomes leave this place.
        facts = None if run is None else find_kept_facts(run)
    if facts is None or not facts.route.claims:
        return []
    engine = screener(current_rulebook(), _NO_LISTS)
    stated = _outcomes(engine.screen(facts))
    return [_changed(stated, _outcomes(engine.screen(_as_fact(facts, claim)))) for claim in facts.route.claims]


def _as_fact(facts: IncidentFacts, claim: Claim) -> IncidentFacts:
    """Return the facts with the claim in the place of what the record states, and no claim left."""
    route = replace(facts.route, claims=(), basis=None)
    if claim.what == "origin":
        return replace(facts, route=replace(route, origin=claim.country))
    if claim.what == "destination":
        return replace(facts, route=replace(route, destination=claim.country))
    kind = claim.recipient_kind or facts.recipient.kind
    stated = RecipientFacts(kind=kind, name=claim.name, country=claim.country)
    return replace(facts, route=route, recipient=stated)


def _outcomes(result: ScreeningResult) -> Mapping[str, tuple[str, Outcome]]:
    return {finding.measure: (finding.regime, finding.outcome) for finding in result.findings}


def _changed(before: Mapping[str, tuple[str, Outcome]], after: Mapping[str, tuple[str, Outcome]]) -> list[Document]:
    """Return the measures whose outcome differs; what is no finding is not indicated."""
    changed = []
    for measure in sorted({*before, *after}):
        regime, was = before.get(measure, (None, Outcome.NOT_INDICATED))
        regime_after, becomes = after.get(measure, (regime, Outcome.NOT_INDICATED))
        if was != becomes:
            changed.append({"regime": regime_after, "measure": measure, "before": was.value, "after": becomes.value})
    return changed
