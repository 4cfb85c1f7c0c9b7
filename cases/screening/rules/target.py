"""Is it the part of the State, or the list, that the measure is aimed at? (R4 regions, R9, R14)."""

import re

from anyascii import anyascii

from cases.screening.facts import IncidentFacts
from cases.screening.findings import Condition, no, unknown, yes
from cases.screening.rulebook import Measure
from cases.screening.ties import Bearings
from cases.screening.window import AT_REST_KINDS

NAME = "target"


def target(bearings: Bearings, measure: Measure) -> Condition:
    """The goods concern the territory, the region or the list that the measure is aimed at."""
    countries = ", ".join(sorted(measure.target_countries))
    if not measure.target_countries or (
        measure.recipient == "designated_parties" and measure.regime in bearings.groups
    ):
        return yes(NAME, "target.no_territory", "")
    if not measure.target_regions:
        return yes(NAME, "target.whole_state", "", country=countries)
    return _region(bearings, measure, countries)


def _region(bearings: Bearings, measure: Measure, countries: str) -> Condition:
    facts = bearings.facts
    found_in = _found_region(facts, measure)
    if found_in is not None:
        return yes(NAME, "target.region_found", f"place.region = {found_in}", tie="place", region=found_in)
    named = _named_region(facts, measure)
    if named is not None:
        return yes(NAME, "target.region_named", f"route names {named}", tie="route", region=named)
    group = bearings.groups.get(measure.regime)
    if group is not None:
        return yes(NAME, "target.group_of_region", f"recipient.name = {group[2]}", tie="recipient", group=group[0].name)
    region = facts.place.region if facts.place is not None else None
    if facts.kind in AT_REST_KINDS and region is not None and region.partition(":")[0] in measure.target_countries:
        return no(NAME, "target.region_elsewhere", f"place.region = {region}", region=region, country=countries)
    return unknown(NAME, "target.region_unknown", "", unknown="destination_region", country=countries)


def _found_region(facts: IncidentFacts, measure: Measure) -> str | None:
    """Return the region of the measure that the place lies in for certain."""
    if facts.place is None:
        return None
    inside = {zone.id for zone in facts.place.zones if zone.kind == "region" and zone.certainty == "inside"}
    return min(inside & measure.target_regions, default=None)


def _named_region(facts: IncidentFacts, measure: Measure) -> str | None:
    """Return the region of the measure that a place name of the route spells out."""
    words = " ".join(_slug(name) for name in facts.route.place_names)
    return next((region for region in sorted(measure.target_regions) if region.partition(":")[2] in words), None)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")
