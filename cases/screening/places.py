"""What a place says of a target: inside it, near it, in its waters, in one of its regions (R2, R7)."""

import re

from anyascii import anyascii

from cases.screening.facts import IncidentFacts, PlaceFacts, ViewFacts, ZoneFacts
from cases.screening.ties import Bearings

# The map itself is wrong by about a kilometre.
LEAST_DOUBT_M = 1_000


def inside(place: PlaceFacts, target: frozenset[str]) -> tuple[str, str] | None:
    """Return the target's unit that the place lies in, or may lie in, with the certainty.

    It is ``inside``, ``indeterminate`` given the accuracy, or ``disputed`` where only some views make it the target's.
    """
    if place.views and (claimed := views_apart(place, target)):
        return claimed[0].country or "", "disputed"
    doubt_m = max(place.accuracy_m or 0, LEAST_DOUBT_M)
    in_doubt = None
    for entry in place.near:
        if entry.country not in target:
            continue
        if entry.distance_m == 0:
            return entry.country, place.country_certainty or "inside"
        if entry.distance_m <= doubt_m:
            in_doubt = entry.country, "indeterminate"
    return in_doubt


def views_apart(place: PlaceFacts, target: frozenset[str]) -> list[ViewFacts]:
    """Return the views on whose land the place is, those of the target first; none where they come to the same.

    An authority without a code takes no land out of the State to which the Council counts it.
    """
    views = [view for view in place.views if view.country is not None]
    of_target = [view for view in views if view.country in target]
    others = [view for view in views if view.country not in target]
    return [*of_target, *others] if of_target and others else []


def near(place: PlaceFacts, target: frozenset[str]) -> tuple[str, int] | None:
    """Return the target's unit within reach of a place on land, and how far it is in metres (R7: "on land")."""
    if place.at_sea is True or place.country is None:
        return None
    reach_m = place.reach_m + (place.accuracy_m or 0)
    for entry in place.near:
        if entry.country in target and entry.distance_m <= reach_m:
            return entry.country, entry.distance_m
    return None


def waters(bearings: Bearings, target: frozenset[str], areas: frozenset[str]) -> ZoneFacts | None:
    """Return the zone at sea that ties the place to the target: its own waters, or an area the regime names (R7)."""
    place = bearings.facts.place
    if place is None or place.at_sea is False:
        return None
    own = (zone for zone, units in bearings.waters if units & target and zone.certainty != "outside")
    named = (
        zone
        for zone in place.zones
        if zone.kind == "custom" and zone.id.removeprefix("custom:") in areas and zone.certainty != "outside"
    )
    return next(own, None) or next(named, None)


def is_outside(place: PlaceFacts | None, target: frozenset[str]) -> bool:
    """Whether the place certainly lies outside the target."""
    return place is not None and bool(place.near or place.country) and inside(place, target) is None


def region_reached(facts: IncidentFacts, regions: frozenset[str]) -> tuple[str, str] | None:
    """Return the region of those that the goods were found in or that a place of the route names, and the fact."""
    if facts.place is not None:
        certain = {zone.id for zone in facts.place.zones if zone.kind == "region" and zone.certainty == "inside"}
        found = min(certain & regions, default=None)
        if found is not None:
            return found, f"place.region = {found}"
    for name in facts.route.place_names:
        named = names_region(name, regions)
        if named is not None:
            return named, f"route names {name}"
    return None


def names_region(name: str, regions: frozenset[str]) -> str | None:
    """Return the region that a place name spells out; the common part of several ("Darfur", "Kivu") names them all."""
    words = re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")
    whole = next((region for region in sorted(regions) if region.partition(":")[2] in words), None)
    if whole is not None:
        return whole
    return next((region for region in sorted(regions) if region.rpartition("-")[2] in words.split("-")), None)


def region_in_doubt(place: PlaceFacts, regions: frozenset[str]) -> bool:
    """Whether the place may lie in one of the regions, given its accuracy."""
    return any(zone.id in regions and zone.certainty != "outside" for zone in place.zones)
