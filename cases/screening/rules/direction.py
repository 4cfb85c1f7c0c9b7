"""Were the goods going to the target, or coming from it? (R2, R6, R7, R8, R13, R14)."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from cases.screening.facts import Days, ItemFacts, ZoneFacts
from cases.screening.findings import Answer, Condition, no, unknown, yes
from cases.screening.places import inside, is_outside, names_region, near, waters
from cases.screening.rulebook import Measure
from cases.screening.ties import RECEIVING_ROLES, Bearings
from cases.screening.window import AT_REST_KINDS, made_from

NAME = "direction"
# Carve-outs for some holders leave lawful stock inside the territory, from which goods may have leaked (R2).
NO_CARVE_OUT = frozenset({"everyone_in_territory", "state_all_recipients"})
IN_EFFECT = frozenset({"binding", "contested"})
UNDATED = Days(None, None)


class Setting(NamedTuple):
    """The sea areas of the regime's inspection authority, the phases before, and what is to be asked of the goods.

    ``before`` are the phases of the ban on supply that ran without a break up to the measure's own, the nearest first;
    ``is_weighty`` says whether the goods are more than a traveller's, so that a place near a border may tie (R7);
    ``covers`` says whether a phase covers an item.
    """

    areas: frozenset[str]
    before: tuple[Measure, ...]
    is_weighty: Callable[[], bool]
    covers: Callable[[Measure, ItemFacts], bool]


def unbroken_before(measure: Measure, of_regime: Iterable[Measure]) -> tuple[Measure, ...]:
    """Return the phases that banned supply to the same target, to whomever, without a break until the measure began."""
    bans = [
        each
        for each in of_regime
        if each.direction != "from_target"
        and each.status in IN_EFFECT
        and each.recipient in NO_CARVE_OUT
        and each.target_countries >= measure.target_countries
    ]
    found: list[Measure] = []
    since = measure.in_force.first
    while since is not None:
        reaching = [each for each in bans if _begins_before(each, since) and _lasts_until(each, since)]
        if not reaching:
            break
        found.append(min(reaching, key=lambda each: each.in_force.first or date.min))
        since = found[-1].in_force.first
    return tuple(found)


def _begins_before(measure: Measure, day: date) -> bool:
    return measure.in_force.first is None or measure.in_force.first < day


def _lasts_until(measure: Measure, day: date) -> bool:
    return measure.in_force.until is None or measure.in_force.until >= day


def direction(bearings: Bearings, measure: Measure, setting: Setting) -> Condition:
    """The goods were going to the target, or came from it, as the measure says."""
    if measure.recipient == "designated_parties":
        named = bearings.groups.get(measure.regime) or bearings.listed_under(measure.regime)
        if named is not None:
            return yes(NAME, "direction.to_listed_party", named.fact, tie="recipient")
        if not measure.target_countries:
            fact = f"recipient.kind = {bearings.facts.recipient.kind}"
            return yes(NAME, "direction.to_listed_party", fact, tie="recipient")
    if measure.direction == "to_target":
        return _supply(bearings, measure, setting)
    if measure.direction == "from_target":
        return _procurement(bearings, measure, setting.areas)
    both = (_supply(bearings, measure, setting), _procurement(bearings, measure, setting.areas))
    return min(both, key=lambda condition: (Answer.YES, Answer.UNKNOWN, Answer.NO).index(condition.answer))


def _named(units: Iterable[str]) -> str:
    return ", ".join(sorted(units))


# --- supply to the target ---------------------------------------------------------------------------------------


def _supply(bearings: Bearings, measure: Measure, setting: Setting) -> Condition:
    target = measure.target_countries
    if bearings.unloaded & target or bearings.destination & target:
        return _supply_to_stated_destination(bearings, measure)
    if bearings.destination or bearings.unloaded:
        return _supply_elsewhere(bearings, measure)
    told = (
        _supply_to_recipient(bearings, measure)
        or _supply_as_claimed(bearings, target)
        or _supply_to_group(bearings, measure)
    )
    if told is not None and told.answer is Answer.YES:
        return told
    if told is None and (elsewhere := _recipient_elsewhere(bearings)) is not None:
        return elsewhere
    # What is only told takes nothing from what the place and the age of the goods show (R13).
    told = told or _supply_to_receiving_party(bearings, target)
    is_elsewhere = bool(bearings.recipient) and bearings.recipient.isdisjoint(target)
    shown = None if is_elsewhere else _supply_by_place(bearings, measure, setting)
    if shown is not None and shown.answer is Answer.YES:
        return shown
    return told or shown or _supply_untied(bearings, target)


def _supply_to_stated_destination(bearings: Bearings, measure: Measure) -> Condition:
    """What was seen to be unloaded goes before what the papers say (R13)."""
    target, route = measure.target_countries, bearings.facts.route
    reached = bearings.unloaded & target or bearings.destination & target
    country = _named(reached)
    is_unloaded = bool(bearings.unloaded & target)
    fact = f"route.stops unloaded = {country}" if is_unloaded else f"route.destination = {route.destination}"
    if bearings.origin & reached:
        return _within(bearings, measure, fact, country)
    if route.basis == "allegation":
        # A recipient stated to be in the target needs no destination (R13, R19).
        to_recipient = _supply_to_recipient(bearings, measure)
        if to_recipient is not None and to_recipient.answer is Answer.YES:
            return to_recipient
        return unknown(
            NAME, "direction.destination_alleged", fact, unknown="route.destination", tie="route", country=country
        )
    rule = "direction.unloaded_in_target" if is_unloaded else "direction.destination_in_target"
    return yes(NAME, rule, fact, tie="route", country=country)


def _within(bearings: Bearings, measure: Measure, fact: str, country: str) -> Condition:
    """Movement inside a territory counts only where the text says so, as into Darfur from elsewhere in Sudan (R14)."""
    came_from = [name for name in bearings.facts.route.loaded_places if not names_region(name, measure.target_regions)]
    if measure.movement_inside and came_from:
        return yes(
            NAME,
            "direction.into_region",
            f"{fact}; route.stops loaded = {came_from[0]}",
            tie="route",
            country=country,
            place=came_from[0],
        )
    return unknown(NAME, "direction.within_target", fact, unknown="earlier_place", tie="route", country=country)


def _supply_to_recipient(bearings: Bearings, measure: Measure) -> Condition | None:
    """No destination is stated, but the recipient's country is the target."""
    reached = bearings.recipient & measure.target_countries
    if not reached:
        return None
    country, fact = _named(reached), f"recipient.country = {_named(reached)}"
    if bearings.facts.recipient.basis == "allegation":
        return unknown(
            NAME, "direction.destination_alleged", fact, unknown="route.destination", tie="recipient", country=country
        )
    if bearings.origin & reached:
        return _within(bearings, measure, fact, country)
    return yes(NAME, "direction.recipient_in_target", fact, tie="recipient", country=country)


def _supply_as_claimed(bearings: Bearings, target: frozenset[str]) -> Condition | None:
    claimed = _claim_of(bearings.claimed_destination, target)
    if claimed is None:
        return None
    code, by = claimed
    stated = bearings.facts.route.destination or _named(bearings.unloaded)
    if not stated:
        fact = f"route.claims by {by} = {code}"
        return unknown(
            NAME,
            "direction.destination_claimed",
            fact,
            unknown="route.destination",
            tie="route",
            country=code,
            by=by,
        )
    return unknown(
        NAME,
        "direction.destination_disputed",
        f"route.destination = {stated}; route.claims by {by} = {code}",
        unknown="route.destination",
        tie="route",
        stated=stated,
        country=code,
        by=by,
    )


def _supply_to_group(bearings: Bearings, measure: Measure) -> Condition | None:
    """A group of the regime is named, wherever the papers say that the goods were going: possible, no more."""
    named = bearings.groups.get(measure.regime)
    if named is None:
        return None
    return unknown(
        NAME,
        "direction.to_group_of_target",
        named.fact,
        unknown="route.destination",
        tie="recipient",
        group=named.group.name,
    )


def _recipient_elsewhere(bearings: Bearings) -> Condition | None:
    if not bearings.recipient:
        return None
    stated = bearings.facts.recipient.country
    return no(NAME, "direction.recipient_elsewhere", f"recipient.country = {stated}", country=stated)


def _supply_elsewhere(bearings: Bearings, measure: Measure) -> Condition:
    """A destination elsewhere contradicts, unless a claim, the recipient or a named group points to the target."""
    target = measure.target_countries
    stated = bearings.facts.route.destination or _named(bearings.unloaded)
    fact = f"route.destination = {stated}"
    if bearings.recipient & target and bearings.facts.recipient.basis != "allegation":
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
    return (
        _supply_as_claimed(bearings, target)
        or _supply_to_recipient(bearings, measure)
        or _supply_to_group(bearings, measure)
        or no(NAME, "direction.destination_elsewhere", fact, country=stated)
    )


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


def _supply_by_place(bearings: Bearings, measure: Measure, setting: Setting) -> Condition | None:
    """The place ties only where neither destination nor recipient country is stated (R7)."""
    place = bearings.facts.place
    if place is None:
        return None
    found = inside(place, measure.target_countries)
    if found is not None:
        return _found_inside(bearings, measure, setting, *found)
    zone = waters(bearings, measure.target_countries, setting.areas)
    if zone is not None:
        return _in_waters(zone)
    reached = near(place, measure.target_countries)
    if reached is None or not setting.is_weighty() or _ended_before(bearings, measure):
        return None
    country, distance_m = reached
    return unknown(
        NAME,
        "direction.near_target",
        f"place is {distance_m} m from {country}",
        unknown="route.destination",
        tie="place",
        country=country,
        distance_m=distance_m,
    )


def _ended_before(bearings: Bearings, measure: Measure) -> bool:
    """Whether the measure had ended: goods still outside the target when they were found were not supplied before."""
    until, found = measure.in_force.until, bearings.window.found.first
    return until is not None and found is not None and until <= found


def _found_inside(bearings: Bearings, measure: Measure, setting: Setting, country: str, certainty: str) -> Condition:
    facts, fact = bearings.facts, f"place.country = {country}"
    if certainty == "disputed":
        return _in_disputed_area(country)
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
    young = _made_after_start(bearings, measure, setting)
    if young is not None:
        item, start = young
        is_earlier = measure.in_force.first is not None and start < measure.in_force.first
        return yes(
            NAME,
            "direction.made_in_earlier_phase" if is_earlier else "direction.made_after_start",
            f"items[{item.index}] made {_made_text(item)}; {fact}",
            tie="place",
            made=_made_text(item),
            start=start.isoformat(),
            country=country,
        )
    return unknown(NAME, "direction.found_in_target", fact, unknown="earlier_place", tie="place", country=country)


def _in_disputed_area(country: str) -> Condition:
    """By one view of whose land it is the place lies in the target, by another it does not."""
    fact = f"place.views = {country} among others"
    rule = "direction.found_in_disputed_area"
    return unknown(NAME, rule, fact, unknown="disputed_area", tie="place", country=country)


def _has_carve_out(measure: Measure, item: ItemFacts) -> bool:
    """Whether the Government, or its units, may lawfully hold such goods without asking for each."""
    if measure.recipient not in NO_CARVE_OUT:
        return True
    return any(
        "government" in exemption.recipients
        and exemption.procedure == "standing"
        and (not exemption.goods or item.category in exemption.goods)
        for exemption in measure.exemptions
    )


def _made_after_start(bearings: Bearings, measure: Measure, setting: Setting) -> tuple[ItemFacts, date] | None:
    """Return the first item that did not exist, or was elsewhere, before its supply was banned, and since when it is.

    The ban reaches back over the phases before, as long as each covered the item and left nobody lawful stock of it.
    What was made in the target itself need not have come in, unless it bears a mark of import.
    """
    for item, made_in in zip(bearings.facts.items, bearings.made_in, strict=True):
        is_domestic = not made_in.isdisjoint(measure.target_countries)
        made = made_from(UNDATED if is_domestic else item.made, item.import_marked)
        since = measure.in_force.first
        if made is None or since is None or _has_carve_out(measure, item):
            continue
        for phase in setting.before if made < since else ():
            if _has_carve_out(phase, item) or not setting.covers(phase, item):
                break
            since = phase.in_force.first or date.min
        if made >= since:
            return item, since
    return None


def _made_text(item: ItemFacts) -> str:
    made = made_from(item.made, item.import_marked)
    return str(made.year) if made else ""


def _supply_untied(bearings: Bearings, target: frozenset[str]) -> Condition:
    route = bearings.facts.route
    if bearings.origin & target and is_outside(bearings.facts.place, target):
        fact = f"route.origin = {route.origin}; place outside it"
        return no(NAME, "direction.has_left_target", fact, country=_named(bearings.origin & target))
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
    kinds = bearings.kinds_of_tie(target)
    country = _named(unit for unit in target if unit in bearings.ties)
    if kinds == ["place"]:
        return no(NAME, "direction.place_too_weak", "place", country=country)
    what = ", ".join(kinds) or "a sea area"
    country = country or _named(target)
    return no(NAME, rule, what, what=what, country=country)


# --- procurement from the target --------------------------------------------------------------------------------


def _procurement(bearings: Bearings, measure: Measure, areas: frozenset[str]) -> Condition:
    target, route = measure.target_countries, bearings.facts.route
    if bearings.origin & target:
        return _from_stated_origin(bearings, target)
    if bearings.loaded & target:
        country = _named(bearings.loaded & target)
        if route.basis == "allegation":
            fact = f"route.stops loaded = {country}"
            return unknown(NAME, "direction.origin_alleged", fact, unknown="route.origin", tie="route", country=country)
        return yes(NAME, "direction.loaded_in_target", f"route.stops loaded = {country}", tie="route", country=country)
    claimed = _claim_of(bearings.claimed_origin, target)
    if claimed:
        return _claimed_origin(bearings, *claimed)
    if bearings.transit & target and not _is_bound_for(bearings, target):
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
        return _origin_elsewhere(bearings, measure)
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


def _is_bound_for(bearings: Bearings, target: frozenset[str]) -> bool:
    """Whether the goods were going to the target itself, and so not out of it."""
    return bool((bearings.destination | bearings.unloaded | bearings.recipient) & target)


def _origin_elsewhere(bearings: Bearings, measure: Measure) -> Condition:
    """Another origin contradicts, save for goods aboard the target's own flag where the text reaches it (R6)."""
    flag, target, origin = bearings.facts.conveyance.flag, measure.target_countries, bearings.facts.route.origin
    is_reached = measure.reaches_nationals_and_flag and flag in target
    if not is_reached or _is_bound_for(bearings, target):
        return no(NAME, "direction.origin_elsewhere", f"route.origin = {origin}", country=origin)
    return unknown(
        NAME,
        "direction.flag_of_target_elsewhere",
        f"route.origin = {origin}; conveyance.flag = {flag}",
        unknown="supplier",
        tie="conveyance",
        stated=origin,
        country=flag,
    )


def _from_stated_origin(bearings: Bearings, target: frozenset[str]) -> Condition:
    route = bearings.facts.route
    country, fact = _named(bearings.origin & target), f"route.origin = {route.origin}"
    destination = bearings.destination or bearings.unloaded
    if destination and destination <= target:
        return no(NAME, "direction.enters_target", f"route.destination = {_named(destination)}", country=country)
    still_there = None if destination else _still_inside(bearings, target)
    if still_there is not None:
        return still_there
    if route.basis == "allegation":
        return unknown(NAME, "direction.origin_alleged", fact, unknown="route.origin", tie="route", country=country)
    return yes(NAME, "direction.from_target", fact, tie="route", country=country)


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
    target, place = measure.target_countries, bearings.facts.place
    found = inside(place, target) if place is not None else None
    if found is None:
        return None
    if found[1] == "disputed":
        return _in_disputed_area(found[0])
    if bearings.destination:
        destination = bearings.facts.route.destination
        return unknown(
            NAME,
            "direction.found_bound_out",
            f"place.country = {found[0]}; route.destination = {destination}",
            unknown="route.origin",
            tie="place",
            country=found[0],
            destination=destination,
        )
    return _still_inside(bearings, target)


def _still_inside(bearings: Bearings, target: frozenset[str]) -> Condition | None:
    """Lying in the target for certain: they have not left it, and whether they were to is not known (R8)."""
    place = bearings.facts.place
    found = inside(place, target) if place is not None else None
    if found is None or found[1] != "inside":
        return None
    fact = f"place.country = {found[0]}"
    return unknown(NAME, "direction.not_left", fact, unknown="route.destination", tie="place", country=found[0])


def _made_there(bearings: Bearings, measure: Measure) -> Condition | None:
    """Made in the target, route unknown: possible, unless the goods are dated to before the ban (R8)."""
    pairs = zip(bearings.facts.items, bearings.made_in, strict=True)
    made = [item for item, units in pairs if units & measure.target_countries]
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
    if bearings.destination or bearings.recipient:
        return None
    zone = waters(bearings, measure.target_countries, areas)
    return _in_waters(zone) if zone is not None else None


def _in_waters(zone: ZoneFacts) -> Condition:
    rule = "direction.in_inspection_area" if zone.kind == "custom" else "direction.in_waters_of_target"
    fact = f"place.zones = {zone.id} ({zone.certainty})"
    return unknown(NAME, rule, fact, unknown="route.destination", tie="place", zone=zone.id)


def _claim_of(claims: tuple[tuple[frozenset[str], str, str], ...], target: frozenset[str]) -> tuple[str, str] | None:
    """Return the first claim that names the target: the code as claimed, and by whom."""
    return next(((code, by) for units, code, by in claims if units & target), None)
