"""A whole screening result: what the engine says, with the place and the versions that it was reached with."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Protocol

from cases.facts import facts_of_many
from cases.facts_document import facts_text
from cases.intake.incident import DraftSubmission
from cases.screening.designations import Designations
from cases.screening.engine import screener
from cases.screening.facts import IncidentFacts, PlaceFacts
from cases.screening.findings import ScreeningResult
from cases.screening.rulebook import Rulebook
from geo.locate import Geography


class ZonesUsed(Protocol):
    """The zones that a place was resolved with, as a result names them."""

    @property
    def version(self) -> str:
        """Return the version."""

    @property
    def digest(self) -> str:
        """Return the digest."""


def screening_document(
    submission: DraftSubmission,
    *,
    reference: str,
    rulebook: Rulebook,
    designations: Designations,
    geography: Geography,
) -> dict[str, object]:
    """Screen one incident as sent and return the result in the shape of the contract."""
    incidents = [(reference, submission)]
    return next(screening_documents(incidents, rulebook=rulebook, designations=designations, geography=geography))


def screening_documents(
    incidents: Sequence[tuple[str, DraftSubmission]],
    *,
    rulebook: Rulebook,
    designations: Designations,
    geography: Geography,
) -> Iterator[dict[str, object]]:
    """Screen incidents given with their references; yield their results, each what it would be alone."""
    engine = screener(rulebook, designations)
    for facts in facts_of_many(incidents, geography=geography):
        yield result_document(
            facts, engine.screen(facts), rulebook=rulebook, designations=designations, geography=geography
        )


def result_document(
    facts: IncidentFacts,
    result: ScreeningResult,
    *,
    rulebook: Rulebook,
    designations: Designations,
    geography: ZonesUsed,
    digest: str | None = None,
) -> dict[str, object]:
    """Return the result with everything needed to reach it again: facts digest and the versions used.

    The digest of the facts is taken here unless the caller has kept it with them.
    """
    return {
        "reference": facts.reference,
        "rulebook": {"version": rulebook.version, "digest": rulebook.digest},
        "lists": [
            {"name": used.name, "generated": used.generated.isoformat(), "digest": used.digest}
            for used in designations.lists
        ],
        "zones": {"version": geography.version, "digest": geography.digest},
        "facts_digest": digest or facts_digest(facts),
        "place": _place(facts.place),
        **result.document(),
    }


def facts_digest(facts: IncidentFacts) -> str:
    """Return the digest of the facts alone: equal digests and versions give equal results."""
    return "sha256:" + hashlib.sha256(facts_text(facts).encode()).hexdigest()


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
