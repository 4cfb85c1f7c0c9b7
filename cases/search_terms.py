"""The terms by which an incident is found when a measure, a group or a list entry changes: a reverse index.

They may find too much, never too little: what a term brings up is screened, and what no term brings up keeps its
result.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from cases.screening.facts import IncidentFacts, PlaceFacts
from cases.screening.ties import name_tokens
from cases.screening.window import transfer_window

# Goods that no arms measure covers; only a trade embargo reaches them.
NEVER_ARMS: Final = frozenset({"narcotics", "minerals", "cash"})
MAY_BE_ARMS: Final = "goods:may_be_arms"
DESIGNATED: Final = "recipient:designated_party"


@dataclass(frozen=True, slots=True)
class SearchTerms:
    """When and by what an incident is found; no first or last day stands for one that is not known."""

    first_day: date | None
    last_day: date | None
    terms: tuple[str, ...]
    names: tuple[str, ...]  # as stated, to be compared with lists


def search_terms(facts: IncidentFacts) -> SearchTerms:
    """Return the terms of the facts, sorted."""
    window = transfer_window(facts)
    first = (
        None if window.days.first is None or window.found.first is None else min(window.days.first, window.found.first)
    )
    last = None if window.days.last is None or window.found.last is None else max(window.days.last, window.found.last)
    names = sorted({name for name in _names(facts) if name})
    terms = {
        *(country_term(code) for code in _countries(facts) if code),
        *(word_term(word) for name in names for word in name_tokens(name)),
        *(zone_term(zone.id) for zone in (facts.place.zones if facts.place is not None else ())),
        *_goods(facts),
    }
    if facts.recipient.kind == "designated_party":
        terms.add(DESIGNATED)
    return SearchTerms(first, last, tuple(sorted(terms)), tuple(names))


def country_term(code: str) -> str:
    """Return the term of a State's code, as recorded."""
    return f"country:{code}"


def word_term(word: str) -> str:
    """Return the term of one word of a stated name."""
    return f"word:{word}"


def zone_term(zone_id: str) -> str:
    """Return the term of a zone that the place touches."""
    return f"zone:{zone_id}"


def _countries(facts: IncidentFacts) -> Iterator[str | None]:
    route = facts.route
    yield from (route.origin, route.destination, *route.transit, *route.loaded_in, *route.unloaded_in)
    yield from (claim.country for claim in route.claims)
    yield from (facts.recipient.country, facts.conveyance.flag)
    for party in facts.parties:
        yield from (party.country, party.residence, *party.nationality)
    yield from (item.country_of_manufacture for item in facts.items)
    if facts.place is not None:
        yield from _countries_of_place(facts.place)


def _countries_of_place(place: PlaceFacts) -> Iterable[str | None]:
    yield from (place.country, place.nearest_country)
    yield from (near.country for near in place.near)
    yield from (zone.country for zone in place.zones)


def _names(facts: IncidentFacts) -> Iterator[str | None]:
    recipient, conveyance = facts.recipient, facts.conveyance
    yield from (recipient.name, recipient.acts_for, conveyance.name, conveyance.imo, conveyance.registration)
    yield from (conveyance.operator, conveyance.owner)
    yield from (paper.end_user for paper in facts.end_use_certificates)
    yield from (claim.name for claim in facts.route.claims)
    for party in facts.parties:
        yield from (party.name, party.name_original, *party.aliases, *party.identifiers)


def _goods(facts: IncidentFacts) -> Iterator[str]:
    categories = {item.category for item in facts.items}
    yield from (f"goods:{category}" for category in categories if category)
    if not categories or categories - NEVER_ARMS:
        yield MAY_BE_ARMS
