"""Were the goods going to the target, or coming from it? (R2, R6, R7, R8, R13, R14)."""

from collections.abc import Iterable

from cases.screening.facts import ItemFacts, PlaceFacts
from cases.screening.findings import Answer, Condition, no, unknown, yes
from cases.screening.rulebook import Measure
from cases.screening.ties import NEAR_M, TIE_ORDER, Bearings
from cases.screening.window import AT_REST_KINDS, made_from

NAME = "direction"
# Carve-outs for some holders leave lawful stock inside the territory, from which goods may have leaked (R2).
NO_CARVE_OUT = frozenset({"everyone_in_territory", "state_all_recipients"})
RECEIVING_ROLES = ("consignee", "end_user", "importer", "notify_party")
SEA_ZONE_KINDS = frozenset({"territorial_sea", "contiguous_zone", "exclusive_economic_zone"})


def direction(bearings: Bearings, measure: Measure, areas: frozenset[str], *, is_weighty: bool) -> Condition:
    """The goods were going to the target, or came from it, as the measure says.

    ``areas`` are the sea areas that the regime's inspection authority names; ``is_weighty`` says that the goods are
    more than a traveller's, so that a place near a border may tie (R7).
    """
    if measure.recipient == "designated_parties" and measure.regime in bearings.groups:
        return yes(
            NAME, "direction.to_listed_party", f"recipient.name = {bearings.groups[measure.regime][2]}", tie="recipient"
        )
    if measure.direction == "to_target":
        return _supply(bearings, measure, areas, is_weighty=is_weighty)
    if measure.direction == "from_target":
        return _procurement(bearings, measure, areas)
    both = (
        _supply(bearings, measure, areas, is_weighty=is_weighty),
        _procurement(bearings, measure, areas),
    )
    return min(both, key=lambda condition: (Answer.YES, Answer.UNKNOWN, Answer.NO).index(condition.answer))


def _named(units: Iterable[str]) -> str:
    return ", ".join(sorted(units))


# --- supply to the target ---------------------------------------------------------------------------------------


def _supply(bearings: Bearings, measure: Measure, areas: frozenset[str], *, is_weighty: bool) -> Condition:
    target = measure.target_countries
    destination = bearings.destination or bearings.unloaded
    if destination & target:
        return _supply_to_stated_destination(bearings, measure)
    if destination:
        return _supply_elsewhere(bearings, target)
    if bearings.recipient & target:
        country = _named(bearings.recipient & target)
        return yes(
            NAME, "direction.recipient_in_target", f"recipient.country = {country}", tie="recipient", country=country
        )
    claimed = _claim_of(bearings.claimed_destination, target)
    if claimed:
        code, by = claimed
        return unknown(
            NAME,
            "direction.destination_claimed",
            f"route.claims by {by} = {code}",
            unknown="route.destination",
            tie="route",
            country=code,
            by=by,
        )
    if bearings.recipient:
        stated = bearings.facts.recipient.country
        return no(NAME, "direction.recipient_elsewhere", f"recipient.country = {stated}", country=stated)
    return (
        _supply_to_receiving_party(bearings, target)
        or _supply_by_place(bearings, measure, areas, is_weighty=is_weighty)
        or _supply_untied(bearings, target)
    )


def _supply_to_stated_destination(bearings: Bearings, measure: Measure) -> Condition:
    target, route = measure.target_countries, bearings.facts.route
    country = _named((bearings.destination or bearings.unloaded) & target)
    fact = f"route.destination = {route.destination}" if bearings.destination else f"route.stops = {country}"
    if bearings.origin & target and bearings.origin <= target:
        return unknown(NAME, "direction.within_target", fact, unknown="earlier_place", tie="route", country=country)
    if route.basis == "allegation":
        return unknown(
            NAME, "direction.destination_alleged", fact, unknown="route.destination", tie="route", country=country
        )
    rule = "direction.destination_in_target" if bearings.destination else "direction.unloaded_in_target"
    return yes(NAME, rule, fact, tie="route", country=country)


def _supply_elsewhere(bearings: Bearings, target: frozenset[str]) -> Condition:
    stated = bearings.facts.route.destination or _named(bearings.unloaded)
    fact = f"route.destination = {stated}"
    claimed = _claim_of(bearings.claimed_destination, target)
    if claimed:
        code, by = claimed
        return unknown(
            NAME,
            "direction.destination_disputed",
            f"{fact}; route.claims by {by} = {code}",
            unknown="route.destination",
            tie="route",
            stated=stated,
            country=code,
            by=by,
        )
    if bearings.recipient & target:
        # The texts ban supply "directly or indirectly": a destination on the way does not take the recipient out.
        country = _named(bearings.recipient & target)
        return yes(
            NAME,
            "direction.recipient_beyond_destination",
            f"{fact}; recipient.country = {country}",
            tie="recipient",
            stated=stated,
            country=country,
        )
    return no(NAME, "direction.destination_elsewhere", fact, country=stated)


def _supply_to_receiving_party(bearings: Bearings, target: frozenset[str]) -> Condition | None:
    for party in bearings.facts.parties:
        if party.role in RECEIVING_ROLES and party.country in target:
            return unknown(
                NAME,
                "direction.consignee_in_target",
                f"parties[{party.index}].country = {party.country}",
                unknown="route.destination",
                tie="party",
                role=party.role,
                country=party.country,
            )
    return None


def _supply_by_place(
    bearings: Bearings, measure: Measure, areas: frozenset[str], *, is_weighty: bool
) -> Condition | None:
    """The place ties only where neither destination nor recipient country is stated (R7)."""
    place = bearings.facts.place
    if place is None:
        return None
    inside = _inside(place, measure.target_countries)
    if inside is not None:
        return _found_inside(bearings, measure, *inside)
    waters = _waters(place, measure.target_countries, areas)
    if waters is not None:
        return waters
    near = _near(place, measure.target_countries)
    if near is None or not is_weighty:
        return None
    country, distance_m = near
    return unknown(
        NAME,
        "direction.near_target",
        f"place is {distance_m} m from {country}",
        unknown="route.destination",
        tie="place",
        country=country,
        distance_m=distance_m,
    )


def _found_inside(bearings: Bearings, measure: Measure, country: str, certainty: str) -> Condition:
    facts, fact = bearings.facts, f"place.country = {country}"
    if certainty != "inside":
        return unknown(NAME, "direction.found_maybe_in_target", fact, unknown="place", tie="place", country=country)
    came_from_outside = bool(bearings.origin) and not bearings.origin & measure.target_countries
    if came_from_outside and facts.kind in AT_REST_KINDS:
        origin = facts.route.origin or ""
        return yes(
            NAME,
            "direction.brought_in",
            f"route.origin = {origin}; {fact}",
            tie="route",
            origin=origin,
            country=country,
        )
    young = _made_after_start(facts.items, measure)
    if young is not None and measure.recipient in NO_CARVE_OUT and measure.in_force.first is not None:
        return yes(
            NAME,
            "direction.made_after_start",
            f"items[{young.index}] made {_made_text(young)}; {fact}",
            tie="place",
            made=_made_text(young),
            start=measure.in_force.first.isoformat(),
            country=country,
        )
    return unknown(NAME, "direction.found_in_target", fact, unknown="earlier_place", tie="place", country=country)


def _made_after_start(items: tuple[ItemFacts, ...], measure: Measure) -> ItemFacts | None:
    """Return the first item that did not exist, or was elsewhere, before the measure began."""
    start = measure.in_force.first
    for item in items:
        made = made_from(item.made, item.import_marked)
        if made is not None and start is not None and made >= start:
            return item
    return None


def _made_text(item: ItemFacts) -> str:
    made = made_from(item.made, item.import_marked)
    return str(made.year) if made else ""


def _supply_untied(bearings: Bearings, target: frozenset[str]) -> Condition:
    route = bearings.facts.route
    if bearings.origin & target:
        # They may have gone anywhere, and so also elsewhere in the target (R14, R19).
        return unknown(
            NAME,
            "direction.leaves_target",
            f"route.origin = {route.origin}",
            unknown="route.destination",
            tie="route",
            country=_named(bearings.origin & target),
        )
    if bearings.transit & target:
        country = _named(bearings.transit & target)
        return no(NAME, "direction.transit_only", f"route.transit = {country}", country=country)
    return _weak_tie(bearings, target, "direction.no_tie_to_supply")


def _weak_tie(bearings: Bearings, target: frozenset[str], rule: str) -> Condition:
    """Flag, nationality, manufacture or a slight place: it points to the target without saying which way."""
    kinds = {kind for unit in target for kind in bearings.ties.get(unit, ())}
    country = _named(unit for unit in target if unit in bearings.ties)
    if kinds == {"place"}:
        return no(NAME, "direction.place_too_weak", "place", country=country)
    what = ", ".join(kind for kind in TIE_ORDER if kind in kinds)
    return no(NAME, rule, what, what=what, country=country)


# --- procurement from the target --------------------------------------------------------------------------------


def _procurement(bearings: Bearings, measure: Measure, areas: frozenset[str]) -> Condition:
    target, route = measure.target_countries, bearings.facts.route
    if bearings.origin & target:
        country, fact = _named(bearings.origin & target), f"route.origin = {route.origin}"
        destination = bearings.destination or bearings.unloaded
        if destination and destination <= target:
            return no(NAME, "direction.enters_target", f"route.destination = {_named(destination)}", country=country)
        if route.basis == "allegation":
            return unknown(NAME, "direction.origin_alleged", fact, unknown="route.origin", tie="route", country=country)
        return yes(NAME, "direction.from_target", fact, tie="route", country=country)
    if bearings.loaded & target:
        country = _named(bearings.loaded & target)
        return yes(NAME, "direction.loaded_in_target", f"route.stops loaded = {country}", tie="route", country=country)
    claimed = _claim_of(bearings.claimed_origin, target)
    if claimed:
        return _claimed_origin(bearings, *claimed)
    if bearings.transit & target:
        country = _named(bearings.transit & target)
        return unknown(
            NAME,
            "direction.transit_through_target",
            f"route.transit = {country}",
            unknown="route.origin",
            tie="route",
            country=country,
        )
    if bearings.origin:
        return no(NAME, "direction.origin_elsewhere", f"route.origin = {route.origin}", country=route.origin)
    if bearings.destination & target:
        country = _named(bearings.destination & target)
        return no(NAME, "direction.enters_target", f"route.destination = {country}", country=country)
    return (
        _out_of_place(bearings, measure)
        or _made_there(bearings, measure)
        or _flag_or_national(bearings, measure)
        or _procurement_at_sea(bearings, measure, areas)
        or _weak_tie(bearings, target, "direction.no_tie_to_origin")
    )


def _claimed_origin(bearings: Bearings, code: str, by: str) -> Condition:
    stated = bearings.facts.route.origin
    fact = f"route.claims by {by} = {code}"
    if stated:
        return unknown(
            NAME,
            "direction.origin_disputed",
            f"route.origin = {stated}; {fact}",
            unknown="route.origin",
            tie="route",
            stated=stated,
            country=code,
            by=by,
        )
    return unknown(NAME, "direction.origin_claimed", fact, unknown="route.origin", tie="route", country=code, by=by)


def _out_of_place(bearings: Bearings, measure: Measure) -> Condition | None:
    """Found in the target: bound out of it, or still lying there."""
    place = bearings.facts.place
    inside = _inside(place, measure.target_countries) if place is not None else None
    if inside is None:
        return None
    country, certainty = inside
    destination = bearings.facts.route.destination
    if bearings.destination and not bearings.destination & measure.target_countries:
        return unknown(
            NAME,
            "direction.found_bound_out",
            f"place.country = {country}; route.destination = {destination}",
            unknown="route.origin",
            tie="place",
            country=country,
            destination=destination,
        )
    if certainty == "inside":
        return unknown(
            NAME,
            "direction.not_left",
            f"place.country = {country}",
            unknown="route.destination",
            tie="place",
            country=country,
        )
    return None


def _made_there(bearings: Bearings, measure: Measure) -> Condition | None:
    """Made in the target, route unknown: possible, unless the goods are dated to before the ban (R8)."""
    made = [item for item in bearings.facts.items if item.country_of_manufacture in measure.target_countries]
    if not made:
        return None
    start = measure.in_force.first
    if start is not None and all(item.made.last is not None and item.made.last < start for item in made):
        years = ", ".join(sorted({str(item.made.last.year) for item in made if item.made.last}))
        fact = f"items[{made[0].index}] made {years}"
        return no(NAME, "direction.made_before_ban", fact, made=years, start=start.isoformat())
    item = made[0]
    return unknown(
        NAME,
        "direction.made_in_target",
        f"items[{item.index}].country_of_manufacture = {item.country_of_manufacture}",
        unknown="route.origin",
        tie="manufacture",
        country=item.country_of_manufacture,
    )


def _flag_or_national(bearings: Bearings, measure: Measure) -> Condition | None:
    """Flag and nationality tie only where the text reaches nationals, flag vessels or aircraft (R6)."""
    if not measure.reaches_nationals_and_flag:
        return None
    flag, target = bearings.facts.conveyance.flag, measure.target_countries
    if flag in target:
        fact = f"conveyance.flag = {flag}"
        return unknown(NAME, "direction.flag_of_target", fact, unknown="route.origin", tie="conveyance", country=flag)
    for party in bearings.facts.parties:
        national = next((code for code in party.nationality if code in target), None)
        if national is not None:
            return unknown(
                NAME,
                "direction.national_of_target",
                f"parties[{party.index}].nationality = {national}",
                unknown="route.origin",
                tie="party",
                country=national,
            )
    return None


def _procurement_at_sea(bearings: Bearings, measure: Measure, areas: frozenset[str]) -> Condition | None:
    """The waters of the target tie an unknown cargo of unknown route to a ban on its exports as well (R7)."""
    place = bearings.facts.place
    if place is None or bearings.destination or bearings.recipient:
        return None
    return _waters(place, measure.target_countries, areas)


# --- place ------------------------------------------------------------------------------------------------------


def _inside(place: PlaceFacts, target: frozenset[str]) -> tuple[str, str] | None:
    """Return the target State the place lies in, or may lie in, with the certainty."""
    for zone in place.zones:
        if zone.kind == "territory" and zone.country in target and zone.certainty != "outside":
            return zone.country or "", zone.certainty
    if place.country in target:
        return place.country or "", place.country_certainty or "inside"
    return None


def _near(place: PlaceFacts, target: frozenset[str]) -> tuple[str, int] | None:
    """Return the target State within reach of its border, and how far it is."""
    reach_m = NEAR_M + (place.accuracy_m or 0)
    for entry in place.near:
        if entry.country in target and entry.distance_m <= reach_m:
            return entry.country, entry.distance_m
    return None


def _waters(place: PlaceFacts, target: frozenset[str], areas: frozenset[str]) -> Condition | None:
    for zone in place.zones:
        if zone.certainty == "outside":
            continue
        if zone.kind in SEA_ZONE_KINDS and zone.country in target:
            rule = "direction.in_waters_of_target"
        elif zone.kind == "custom" and zone.id.removeprefix("custom:") in areas:
            rule = "direction.in_inspection_area"
        else:
            continue
        return unknown(
            NAME,
            rule,
            f"place.zones = {zone.id} ({zone.certainty})",
            unknown="route.destination",
            tie="place",
            zone=zone.id,
        )
    return None


def _claim_of(claims: tuple[tuple[frozenset[str], str, str], ...], target: frozenset[str]) -> tuple[str, str] | None:
    """Return the first claim that names the target: the code as claimed, and by whom."""
    return next(((code, by) for units, code, by in claims if units & target), None)
