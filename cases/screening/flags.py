"""Things worth an officer's eye that are no findings: the circumstances of recovery, and what the rules only flag."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from cases.screening.facts import IncidentFacts, ItemFacts
from cases.screening.findings import FindingDraft, Flag, Reason
from cases.screening.known_models import misfit
from cases.screening.places import inside, is_outside
from cases.screening.rulebook import EmbargoCall, Measure, PhaseBook, Regime
from cases.screening.rules.goods import NEVER_ARMS, categories_of, is_civilian_type, is_military
from cases.screening.ties import Bearings
from cases.screening.window import TransferWindow

# INTERPOL's criteria for sharing ballistic data.
BORDER_M = 80_000
MANY_FIREARMS = 3
# What a traveller may carry; above it the place near a border may tie (R7).
MANY_ROUNDS = 500
FIREARMS = frozenset({"small_arm", "light_weapon"})
# Of "arms", and of goods without a category, codes and words may say that they are firearms.
OPEN_CATEGORIES = frozenset({"", "arms_unspecified"})
COUNTED_ARMS = FIREARMS | {"ammunition", "arms_unspecified"}
CUSTOMS_OR_BORDER = frozenset({"customs", "border_guard", "coast_guard"})
# A police or other unit that says so in its name, and a find made in a customs or border check.
_BORDER_WORDS = re.compile(r"border|customs|fronti|douan|aduan|guardafronteras|حدود|جمارك|погран|тамож", re.IGNORECASE)
GENUINE = frozenset({"authenticated"})
TERRORIST_REGIMES = frozenset({"isil-al-qaida-1267"})


def _is_firearm(item: ItemFacts) -> bool:
    if item.category in OPEN_CATEGORIES:
        return bool(categories_of(item) & FIREARMS)
    return item.category in FIREARMS


def firearms(facts: IncidentFacts) -> float:
    """Return how many firearms were counted; lots without a count in pieces say nothing."""
    return sum([item.quantity or 0 for item in facts.items if item.unit in (None, "piece") and _is_firearm(item)])


def is_more_than_a_travellers(facts: IncidentFacts) -> bool:
    """Whether the goods are three firearms, 500 rounds or any military item (R7)."""
    rounds = sum(item.quantity or 0 for item in facts.items if item.category == "ammunition")
    arms = sum(item.quantity or 0 for item in facts.items if item.category == "arms_unspecified")
    # Boxes and tonnes are many, and an unknown number is not a small one (R19).
    is_lot = any(
        item.category in COUNTED_ARMS and (item.quantity is None or item.unit not in (None, "piece", "round"))
        for item in facts.items
    )
    many = max(firearms(facts), arms) >= MANY_FIREARMS or rounds >= MANY_ROUNDS
    return is_lot or many or any(is_military(item) for item in facts.items)


def recovery_flags(facts: IncidentFacts) -> list[Flag]:
    """Return the flags that the circumstances of recovery raise by themselves."""
    flags = []
    place, count = facts.place, firearms(facts)
    if place is not None and place.border_distance_m is not None and place.border_distance_m <= BORDER_M:
        flags.append(_flag("border_80_km", distance_m=place.border_distance_m))
    if _by_customs_or_border_officials(facts):
        flags.append(_flag("customs_or_border_officials"))
    if count >= MANY_FIREARMS:
        flags.append(_flag("three_or_more_firearms", count=int(count)))
    if "terrorism" in facts.context:
        flags.append(_flag("terrorism_related"))
    if facts.parties:
        flags.extend(_possessor_flag(facts))
    if facts.end_use_certificates:
        flags.extend(_certificate_flag(facts))
    flags += _item_flags(facts)
    return flags


def _item_flags(facts: IncidentFacts) -> list[Flag]:
    flags: list[Flag] = []
    for item in facts.items:
        if is_civilian_type(item):
            flags.append(_flag("civilian_type"))
            break
    for item in facts.items:
        if item.model is not None:
            flags.extend(_marking_flag(item, item.model))
    flags += [
        _flag("mark_seen_elsewhere", mark=mark.text, reference=mark.reference) for mark in facts.marks_seen_elsewhere
    ]
    return flags


def _by_customs_or_border_officials(facts: IncidentFacts) -> bool:
    if facts.agency_kind in CUSTOMS_OR_BORDER:
        return True
    if facts.detection is not None and _speaks_of_a_border(facts.detection):
        return True
    for agency in facts.agencies:
        if agency.kind in CUSTOMS_OR_BORDER or (agency.name is not None and _speaks_of_a_border(agency.name)):
            return True
    return False


@lru_cache(maxsize=4096)
def _speaks_of_a_border(text: str) -> bool:
    return _BORDER_WORDS.search(text) is not None


def _possessor_flag(facts: IncidentFacts) -> Iterator[Flag]:
    here = facts.place.country if facts.place is not None else None
    for party in facts.parties:
        if party.role == "possessor" and party.residence and here and party.residence != here:
            yield _flag("possessor_resident_abroad", country=party.residence)
            return


def _certificate_flag(facts: IncidentFacts) -> Iterator[Flag]:
    for certificate in facts.end_use_certificates:
        if certificate.authenticity == "forged":
            yield _flag("forged_certificate", country=certificate.country or "XXX")
            return


def _marking_flag(item: ItemFacts, model: str) -> Iterator[Flag]:
    found = misfit(item.make or "", model, item.calibre or "", item.category)
    if found is not None:
        yield _flag("marking_inconsistent", model=found.model, usual=found.usual, stated=found.stated)


def call_flags(bearings: Bearings, calls: Iterable[EmbargoCall]) -> Iterator[Flag]:
    """Yield a flag for each call of the Council on a State to which arms were going; it binds nobody (R11)."""
    day = bearings.window.governing_day
    bound_for = _bound_for(bearings)
    if day is None or not bound_for:
        return
    for call in calls:
        if call.countries & bound_for and call.in_force.covers(day) and _has_arms(bearings.facts):
            basis = call.legal_basis
            cited = basis.resolution if basis.paragraph is None else f"{basis.resolution}, {basis.paragraph}"
            yield _flag("non_binding_call", measure=cited)


def _bound_for(bearings: Bearings) -> frozenset[str]:
    bound_for = bearings.destination | bearings.unloaded | bearings.recipient
    if not bearings.claimed_destination:
        return bound_for
    return bound_for.union(*[units for units, _, _ in bearings.claimed_destination])


def _comes_from(bearings: Bearings) -> frozenset[str]:
    claimed = (units for units, _, _ in bearings.claimed_origin)
    return (bearings.origin | bearings.loaded).union(*claimed, *bearings.made_in)


def _has_arms(facts: IncidentFacts) -> bool:
    return not facts.items or any(item.category not in NEVER_ARMS for item in facts.items)


def regime_flags(bearings: Bearings, regime: Regime, phases: PhaseBook, *, is_found: bool) -> list[Flag]:
    """Return the flags that one regime raises beside its findings; ``is_found`` says that it has any."""
    flags: list[Flag] = []
    window, facts = bearings.window, bearings.facts
    phase = phases.on(window.governing_day)
    day = window.governing_day
    if regime.refresh_after is not None and day is not None and day > regime.refresh_after:
        flags.extend(_refresh_flag(bearings, regime, regime.refresh_after, is_found=is_found))
    if not is_found:
        if window.manner == "at_rest":
            flags.extend(_earlier_phase_flags(bearings, phase.closed))
        if phase.binding and facts.place is not None and facts.place.near:
            flags.extend(_near_flag(bearings, regime))
    if regime.id in TERRORIST_REGIMES and regime.id in bearings.groups and "terrorism" not in facts.context:
        flags.append(_flag("terrorism_related"))
    if phase.binding and (bearings.origin or bearings.loaded):
        flags.extend(_outflow_flag(bearings, regime, phase.binding))
    if phase.binding and facts.recipient.kind == "government":
        flags.extend(_government_flag(bearings, phase.binding))
    if phase.asking:
        flags.extend(_text_flags(bearings, phase.asking))
    return flags


def _refresh_flag(bearings: Bearings, regime: Regime, until: date, *, is_found: bool) -> Iterator[Flag]:
    """Say that a later text may have changed the answer, also where the answer is that the regime is not engaged."""
    ends = _bound_for(bearings) | bearings.origin | bearings.loaded
    if is_found or ends & regime.countries:
        yield _flag("needs_refresh", regime=regime.id, until=until.isoformat())


def _text_flags(bearings: Bearings, asking: tuple[Measure, ...]) -> Iterator[Flag]:
    """Flag a text that only asks, and a trade embargo on goods that are no arms, where the goods went its way."""
    for measure in asking:
        is_call = measure.status == "non_binding"
        if _ways(bearings, measure) & measure.target_countries:
            if is_call and _has_arms(bearings.facts):
                yield _flag("non_binding_call", measure=measure.id)
            if measure.trade_embargo and any(item.category == "other_goods" for item in bearings.facts.items):
                yield _flag("trade_embargo", measure=measure.id)


def _ways(bearings: Bearings, measure: Measure) -> frozenset[str]:
    """Return the units at the end of the route that the measure is about."""
    if measure.direction == "to_target":
        return _bound_for(bearings)
    if measure.direction == "from_target":
        return _comes_from(bearings)
    return _bound_for(bearings) | _comes_from(bearings)


def finding_flags(findings: tuple[FindingDraft, ...]) -> Iterator[Flag]:
    """Yield a flag for each finding that rests on the place alone (R2)."""
    for finding in findings:
        if finding.place_only:
            yield _flag("place_only", measure=finding.measure)


def _near_flag(bearings: Bearings, regime: Regime) -> Iterator[Flag]:
    place = bearings.facts.place
    if place is None:
        return
    for entry in place.near:
        is_near = entry.country in regime.countries and 0 < entry.distance_m <= place.reach_m
        if is_near and _has_arms(bearings.facts):
            yield _flag(
                "near_embargoed_territory", distance_m=entry.distance_m, country=entry.country, regime=regime.id
            )
            return


def _outflow_flag(bearings: Bearings, regime: Regime, open_measures: tuple[Measure, ...]) -> Iterator[Flag]:
    """Goods out of a territory that is banned from importing, not from exporting (R14)."""
    came_out = (bearings.origin | bearings.loaded) & regime.countries
    if not came_out:
        return
    bans_supply = any(measure.direction == "to_target" for measure in open_measures)
    bans_export = any(measure.direction != "to_target" for measure in open_measures)
    went_in = (bearings.destination | bearings.unloaded) & regime.countries
    has_left = bool(bearings.destination) or is_outside(bearings.facts.place, regime.countries)
    if bans_supply and not bans_export and has_left and not went_in and _has_arms(bearings.facts):
        yield _flag("outflow_from_embargoed_territory", country=", ".join(sorted(came_out)), regime=regime.id)


def _government_flag(bearings: Bearings, open_measures: tuple[Measure, ...]) -> Iterator[Flag]:
    """A Government outside a partial embargo, on papers that are missing, forged or not verified (R5)."""
    facts = bearings.facts
    partial = [
        m for m in open_measures if m.recipient.startswith(("non_gov", "other_than")) and m.direction == "to_target"
    ]
    bound_for = bearings.recipient or bearings.destination | bearings.unloaded
    if not partial or not bound_for & partial[0].target_countries:
        return
    country = facts.recipient.country or facts.route.destination
    states = {certificate.authenticity for certificate in facts.end_use_certificates}
    if not states:
        yield _flag("diversion_risk", country=country, certificate="not on record")
    elif states - GENUINE:
        worst = next((word for word in ("forged", "disputed") if word in states), "unverified")
        yield _flag("diversion_risk", country=country, certificate=worst)


def _earlier_phase_flags(bearings: Bearings, measures: Iterable[Measure]) -> Iterator[Flag]:
    """Found after the embargo ended: the transfer may still lie in its time (R3)."""
    window: TransferWindow = bearings.window
    ended = [
        m
        for m in measures
        if m.in_force.until is not None
        and window.found.first is not None
        and m.in_force.until <= window.found.first
        and m.status == "binding"
        and (_came_out(bearings, m) if m.direction == "from_target" else _is_inside(bearings, m))
    ]
    earliest = window.days.first
    for measure in ended[-1:]:
        until = measure.in_force.until
        if until is not None and (earliest is None or earliest < until):
            yield _flag("earlier_phase", measure=measure.id, end=until.isoformat())


def _came_out(bearings: Bearings, measure: Measure) -> bool:
    """Whether goods made in the target of an export ban, or said to come from there, lie elsewhere."""
    return bool(_comes_from(bearings) & measure.target_countries) and not _is_inside(bearings, measure)


def _is_inside(bearings: Bearings, measure: Measure) -> bool:
    place = bearings.facts.place
    return place is not None and inside(place, measure.target_countries) is not None


def _flag(code: str, **params: str | float | None) -> Flag:
    return Flag(code, Reason(f"flag.{code}", params))
