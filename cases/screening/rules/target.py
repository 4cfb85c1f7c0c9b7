"""Is it the part of the State, or the list, that the measure is aimed at? (R4 regions, R9, R14)."""

from functools import lru_cache

from cases.screening.findings import Condition, no, unknown, yes
from cases.screening.places import region_in_doubt, region_reached
from cases.screening.rulebook import Measure
from cases.screening.ties import Bearings
from cases.screening.window import AT_REST_KINDS

NAME = "target"
NO_TERRITORY = yes(NAME, "target.no_territory", "the measure names parties, not a territory")


def target(bearings: Bearings, measure: Measure) -> Condition:
    """The goods concern the territory, the region or the list that the measure is aimed at."""
    named = bearings.groups.get(measure.regime) or bearings.listed_under(measure.regime)
    if not measure.target_countries or (measure.recipient == "designated_parties" and named is not None):
        return NO_TERRITORY
    if not measure.target_regions:
        return _whole_state(measure.target_countries)
    return _region(bearings, measure, ", ".join(sorted(measure.target_countries)))


@lru_cache(maxsize=1024)
def _whole_state(countries: frozenset[str]) -> Condition:
    """The same for every incident."""
    country = ", ".join(sorted(countries))
    return yes(NAME, "target.whole_state", f"the measure names {country}", country=country)


def _region(bearings: Bearings, measure: Measure, countries: str) -> Condition:
    facts = bearings.facts
    reached = region_reached(facts, measure.target_regions)
    if reached is not None:
        region, fact = reached
        rule = "target.region_found" if fact.startswith("place") else "target.region_named"
        return yes(NAME, rule, fact, region=region)
    named = bearings.groups.get(measure.regime)
    if named is not None and named.is_certain:
        return yes(NAME, "target.group_of_region", named.fact, tie="recipient", group=named.group.name)
    place = facts.place
    if facts.kind in AT_REST_KINDS and place is not None and place.region is not None:
        units = {place.region.partition(":")[0], *(view.country for view in place.views)}
        is_of_target = not units.isdisjoint(measure.target_countries)
        if is_of_target and place.country_certainty == "inside" and not region_in_doubt(place, measure.target_regions):
            fact = f"place.region = {place.region}"
            return no(NAME, "target.region_elsewhere", fact, region=place.region, country=countries)
    return unknown(
        NAME,
        "target.region_unknown",
        f"the measure names a part of {countries}",
        unknown="destination_region",
        country=countries,
    )
