"""What changed between two rulebooks, as the incidents that it can touch: whose countries, names, goods, days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cases.screening.rulebook import Measure, Regime, Rulebook
from cases.screening.ties import name_tokens
from cases.search_terms import DESIGNATED, MAY_BE_ARMS, country_term, word_term, zone_term

# A day without a time zone may be its neighbour in New York (R18).
NEIGHBOURING = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Touch:
    """Incidents that a change can touch: on these days (half-open), with any of one kind of term, all of another."""

    first: date | None
    until: date | None
    any_of: frozenset[str]
    all_of: frozenset[str]


def touches(before: Rulebook, after: Rulebook) -> list[Touch] | None:
    """Return what the change from one rulebook to the other can touch; None where that is everything."""
    if before.digest == after.digest:
        return []
    # Which land a code covered bears on every tie.
    if before.states != after.states:
        return None
    regimes = {regime.id: regime for regime in (*before.regimes, *after.regimes)}
    found: dict[Touch, None] = {}
    for measure in _changed_measures(before, after):
        regime = regimes[measure.regime]
        for touch in _touches_of(measure, regime, after):
            found[touch] = None
    for touch in _touches_of_groups(before, after):
        found[touch] = None
    return list(found)


def _changed_measures(before: Rulebook, after: Rulebook) -> Iterator[Measure]:
    """Yield each measure that is not the same in both, in every version; all of a regime that is not."""
    was, now = ({regime.id: regime for regime in book.regimes} for book in (before, after))
    same_regimes = {code for code in was if was[code] == now.get(code)}
    earlier, later = ({measure.id: measure for measure in book.measures} for book in (before, after))
    for measure in (*before.measures, *after.measures):
        if measure.regime not in same_regimes or earlier.get(measure.id) != later.get(measure.id):
            yield measure


def _touches_of(measure: Measure, regime: Regime, after: Rulebook) -> Iterator[Touch]:
    days = _days(measure.in_force.first, measure.in_force.until)
    goods = frozenset() if measure.trade_embargo else frozenset({MAY_BE_ARMS})
    places = {country_term(code) for unit in measure.target_countries for code in _codes_of(unit, after)}
    places |= {zone_term(f"custom:{area}") for area, _ in regime.inspection_areas}
    if not measure.target_countries:
        places.add(DESIGNATED)
    yield Touch(*days, frozenset(places), goods)
    for spelling in _spellings(regime):
        yield Touch(*days, frozenset(), goods | spelling)


def _touches_of_groups(before: Rulebook, after: Rulebook) -> Iterator[Touch]:
    """Yield the names that stand for a group in one rulebook and not, or otherwise, in the other."""
    was, now = ([(regime.id, group) for regime in book.regimes for group in regime.groups] for book in (before, after))
    changed = [entry for entry in was if entry not in now] + [entry for entry in now if entry not in was]
    for _, group in changed:
        for name in (group.name, *group.aliases):
            yield Touch(None, None, frozenset(), frozenset(word_term(word) for word in name_tokens(name)))


def _spellings(regime: Regime) -> Iterator[frozenset[str]]:
    for group in regime.groups:
        for name in (group.name, *group.aliases):
            yield frozenset(word_term(word) for word in name_tokens(name))


def _codes_of(unit: str, rulebook: Rulebook) -> set[str]:
    """Return every code that ever stood for the unit (R16)."""
    return {unit, *(period.code for period in rulebook.states if unit in period.units)}


def _days(first: date | None, until: date | None) -> tuple[date | None, date | None]:
    return (first and first - NEIGHBOURING, until and until + NEIGHBOURING)
