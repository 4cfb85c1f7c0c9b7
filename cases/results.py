"""A whole screening result: what the engine says, with the place and the versions that it was reached with."""

import hashlib
from dataclasses import asdict
from datetime import date

from cases.facts import facts_from
from cases.intake.incident import DraftSubmission
from cases.screening.designations import Designations
from cases.screening.engine import screen
from cases.screening.facts import IncidentFacts, PlaceFacts
from cases.screening.findings import ScreeningResult, canonical_json
from cases.screening.rulebook import Rulebook
from geo.locate import Geography


def screening_document(
    submission: DraftSubmission,
    *,
    reference: str,
    rulebook: Rulebook,
    designations: Designations,
    geography: Geography,
) -> dict[str, object]:
    """Screen one incident as sent and return the result in the shape of the contract."""
    facts = facts_from(submission, reference=reference, geography=geography)
    return result_document(
        facts, screen(facts, rulebook, designations), rulebook=rulebook, designations=designations, geography=geography
    )


def result_document(
    facts: IncidentFacts,
    result: ScreeningResult,
    *,
    rulebook: Rulebook,
    designations: Designations,
    geography: Geography,
) -> dict[str, object]:
    """Return the result with everything needed to reach it again: facts digest and the versions used."""
    return {
        "reference": facts.reference,
        "rulebook": {"version": rulebook.version, "digest": rulebook.digest},
        "lists": [
            {"name": used.name, "generated": used.generated.isoformat(), "digest": used.digest}
            for used in designations.lists
        ],
        "zones": {"version": geography.version, "digest": geography.digest},
        "facts_digest": facts_digest(facts),
        "place": _place(facts.place),
        **result.document(),
    }


def facts_digest(facts: IncidentFacts) -> str:
    """Return the digest of the facts alone: equal digests and versions give equal results."""
    plain = asdict(facts, dict_factory=lambda pairs: {name: _plain(value) for name, value in pairs})
    return "sha256:" + hashlib.sha256(canonical_json(plain).encode()).hexdigest()


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _place(place: PlaceFacts | None) -> dict[str, object] | None:
    if place is None:
        return None
    return {
        "country": place.country,
        "nearest_country": place.nearest_country,
        "border_distance_m": place.border_distance_m,
        "coast_distance_m": place.coast_distance_m,
        "zones": [
            {"id": zone.id, "kind": zone.kind, "country": zone.country, "certainty": zone.certainty}
            for zone in place.zones
        ],
    }
