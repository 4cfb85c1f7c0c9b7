"""Things worth an officer's eye that are no findings: the circumstances of recovery, and what the rules only flag."""

from collections.abc import Iterator

from cases.screening.facts import IncidentFacts
from cases.screening.findings import FindingDraft, Flag, Reason
from cases.screening.places import inside, is_outside
from cases.screening.rulebook import Measure, Regime
from cases.screening.rules.goods import is_civilian_type, is_military
from cases.screening.ties import NEAR_M, Bearings
from cases.screening.window import TransferWindow

# INTERPOL's criteria for sharing ballistic data.
BORDER_M = 80_000
MANY_FIREARMS = 3
# What a traveller may carry; above it the place near a border may tie (R7).
MANY_ROUNDS = 500
FIREARMS = frozenset({"small_arm", "light_weapon"})
CUSTOMS_OR_BORDER = frozenset({"customs", "border_guard", "coast_guard"})


def firearms(facts: IncidentFacts) -> float:
    """Return how many firearms were counted; lots without a count in pieces say nothing."""
    return sum(item.quantity or 0 for item in facts.items if item.category in FIREARMS and item.unit in (None, "piece"))


def is_more_than_a_travellers(facts: IncidentFacts) -> bool:
    """Whether the goods are three firearms, 500 rounds or any military item (R7)."""
    counted = FIREARMS | {"ammunition", "arms_unspecified"}
    rounds = sum(item.quantity or 0 for item in facts.items if item.category == "ammunition")
    # Boxes and tonnes are many, and an unknown number is not a small one (R19).
    is_lot = any(
        item.category in counted and (item.quantity is None or item.unit not in (None, "piece", "round"))
        for item in facts.items
    )
    has_military = any(is_military(item) for item in facts.items)
    return has_military or is_lot or firearms(facts) >= MANY_FIREARMS or rounds >= MANY_ROUNDS


def recovery_flags(facts: IncidentFacts) -> Iterator[Flag]:
    """Yield the flags that the circumstances of recovery raise by themselves."""
    place, count = facts.place, firearms(facts)
    if place is not None and place.border_distance_m is not None and place.border_distance_m <= BORDER_M:
        yield _flag("border_80_km", distance_m=place.border_distance_m)
    if facts.agency_kind in CUSTOMS_OR_BORDER:
        yield _flag("customs_or_border_officials")
    if count >= MANY_FIREARMS:
        yield _flag("three_or_more_firearms", count=int(count))
    if "terrorism" in facts.context:
        yield _flag("terrorism_related")
    for party in facts.parties:
        here = place.country if place is not None else None
        if party.role == "possessor" and party.residence and here and party.residence != here:
            yield _flag("possessor_resident_abroad", country=party.residence)
            break
    if any(is_civilian_type(item) for item in facts.items):
        yield _flag("civilian_type")


def regime_flags(
    bearings: Bearings, regime: Regime, measures: tuple[Measure, ...], *, is_found: bool
) -> Iterator[Flag]:
    """Yield the flags that one regime raises beside its findings; ``is_found`` says that it has any."""
    window = bearings.window
    day = window.days.last or window.found.last
    open_measures = [
        m for m in measures if day is not None and m.in_force.covers(day) and m.status in {"binding", "contested"}
    ]
    if is_found and regime.refresh_after is not None and day is not None and day > regime.refresh_after:
        yield _flag("needs_refresh", regime=regime.id, until=regime.refresh_after.isoformat())
    if open_measures and not is_found:
        yield from _near_flag(bearings, regime)
    yield from _outflow_flag(bearings, regime, open_measures)
    yield from _government_flag(bearings, open_measures)
    yield from _earlier_phase_flags(bearings, measures, open_measures)
    for measure in measures:
        if day is not None and measure.in_force.covers(day) and _is_tied(bearings, measure):
            if measure.status == "non_binding":
                yield _flag("non_binding_call", measure=measure.id)
            if measure.trade_embargo and any(item.category == "other_goods" for item in bearings.facts.items):
                yield _flag("trade_embargo", measure=measure.id)


def finding_flags(findings: tuple[FindingDraft, ...]) -> Iterator[Flag]:
    """Yield a flag for each finding that rests on the place alone (R2)."""
    for finding in findings:
        if finding.tie == "place" and finding.outcome == "possible":
            yield _flag("place_only", measure=finding.measure)


def _near_flag(bearings: Bearings, regime: Regime) -> Iterator[Flag]:
    place = bearings.facts.place
    for entry in place.near if place is not None else ():
        if entry.country in regime.countries and entry.distance_m <= NEAR_M:
            yield _flag(
                "near_embargoed_territory", distance_m=entry.distance_m, country=entry.country, regime=regime.id
            )
            return


def _outflow_flag(bearings: Bearings, regime: Regime, open_measures: list[Measure]) -> Iterator[Flag]:
    """Goods out of a territory that is banned from importing, not from exporting (R14)."""
    bans_supply = any(measure.direction == "to_target" for measure in open_measures)
    bans_export = any(measure.direction != "to_target" for measure in open_measures)
    came_out = (bearings.origin | bearings.loaded) & regime.countries
    went_in = (bearings.destination | bearings.unloaded) & regime.countries
    has_left = bool(bearings.destination) or is_outside(bearings.facts.place, regime.countries)
    if bans_supply and not bans_export and came_out and has_left and not went_in:
        yield _flag("outflow_from_embargoed_territory", country=", ".join(sorted(came_out)), regime=regime.id)


def _government_flag(bearings: Bearings, open_measures: list[Measure]) -> Iterator[Flag]:
    """A Government outside a partial embargo, on papers that are missing, forged or not verified (R5)."""
    facts = bearings.facts
    partial = [
        m for m in open_measures if m.recipient.startswith(("non_gov", "other_than")) and m.direction == "to_target"
    ]
    if facts.recipient.kind != "government" or not partial or not bearings.recipient & partial[0].target_countries:
        return
    states = {certificate.authenticity for certificate in facts.end_use_certificates}
    if not states:
        yield _flag("diversion_risk", country=facts.recipient.country, certificate="not on record")
    elif states - {"verified", "authentic", "genuine"}:
        worst = "forged" if "forged" in states else "unverified"
        yield _flag("diversion_risk", country=facts.recipient.country, certificate=worst)


def _earlier_phase_flags(
    bearings: Bearings, measures: tuple[Measure, ...], open_measures: list[Measure]
) -> Iterator[Flag]:
    """Found after the embargo ended: the transfer may still lie in its time (R3)."""
    window: TransferWindow = bearings.window
    if window.manner != "at_rest" or open_measures:
        return
    ended = [
        m
        for m in measures
        if m.in_force.until is not None
        and window.found.first is not None
        and m.in_force.until <= window.found.first
        and m.status == "binding"
        and _is_inside(bearings, m)
    ]
    earliest = window.days.first
    for measure in ended[-1:]:
        until = measure.in_force.until
        if until is not None and (earliest is None or earliest < until):
            yield _flag("earlier_phase", measure=measure.id, end=until.isoformat())


def _is_tied(bearings: Bearings, measure: Measure) -> bool:
    return any(unit in bearings.ties for unit in measure.target_countries)


def _is_inside(bearings: Bearings, measure: Measure) -> bool:
    place = bearings.facts.place
    return place is not None and inside(place, measure.target_countries) is not None


def _flag(code: str, **params: str | float | None) -> Flag:
    return Flag(code, Reason(f"flag.{code}", params))
