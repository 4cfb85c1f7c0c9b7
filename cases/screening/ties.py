"""What points from an incident to a State or a group: route, recipient, parties, conveyance, manufacture, place."""

import re
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from cases.screening.facts import IncidentFacts
from cases.screening.rulebook import Group, Regime, StatePeriod
from cases.screening.window import TransferWindow

# An agency may set another; 50 km is the default within which the place alone may tie (R7).
NEAR_M = 50_000
UNKNOWN_COUNTRY = "XXX"
# Strongest first: the tie named in a result is the first of these that points to the target.
TIE_ORDER = ("route", "recipient", "party", "conveyance", "manufacture", "place")


@dataclass(frozen=True, slots=True)
class Bearings:
    """The incident's State codes as present-day units on the governing day, each with what it says (R16)."""

    facts: IncidentFacts
    window: TransferWindow
    origin: frozenset[str]
    destination: frozenset[str]
    recipient: frozenset[str]
    transit: frozenset[str]
    loaded: frozenset[str]
    unloaded: frozenset[str]
    claimed_origin: tuple[tuple[frozenset[str], str, str], ...]  # units, the code as claimed, by whom
    claimed_destination: tuple[tuple[frozenset[str], str, str], ...]
    # unit -> kinds of tie
    ties: dict[str, set[str]]
    # regime id -> the group named, and how: "name" or "acts_for"
    groups: dict[str, tuple[Group, str, str]]


class States:
    """Which present-day units a State's code covered on a day."""

    def __init__(self, periods: tuple[StatePeriod, ...]) -> None:
        self._periods: dict[str, list[StatePeriod]] = {}
        for period in periods:
            self._periods.setdefault(period.code, []).append(period)

    def units(self, code: str | None, window: TransferWindow) -> frozenset[str]:
        """Return the units; empty where the country is unknown, the code itself where it never changed."""
        if code is None or code == UNKNOWN_COUNTRY:
            return frozenset()
        periods = self._periods.get(code)
        if periods is None:
            return frozenset((code,))
        day = window.days.last or window.found.last
        if day is not None:
            for period in periods:
                if period.in_force.covers(day):
                    return period.units
        # A code used outside its own time (an old flag in a later report) still names what it last covered.
        return max(periods, key=lambda period: (period.in_force.first is not None, period.in_force.first)).units


def take_bearings(facts: IncidentFacts, window: TransferWindow, states: States, index: "GroupIndex") -> Bearings:
    """Gather everything that ties the incident to a State or a named group."""
    route, recipient = facts.route, facts.recipient
    ties: dict[str, set[str]] = {}

    def tie(kind: str, *codes: str | None) -> frozenset[str]:
        units: frozenset[str] = frozenset()
        for code in codes:
            found = states.units(code, window)
            units |= found
            for unit in found:
                ties.setdefault(unit, set()).add(kind)
        return units

    def claims(what: tuple[str, ...]) -> tuple[tuple[frozenset[str], str, str], ...]:
        return tuple(
            (tie("route", claim.country), claim.country, claim.by)
            for claim in route.claims
            if claim.what in what and claim.country
        )

    bearings = Bearings(
        facts=facts,
        window=window,
        origin=tie("route", route.origin),
        destination=tie("route", route.destination),
        recipient=tie("recipient", recipient.country),
        transit=tie("route", *route.transit),
        loaded=tie("route", *route.loaded_in),
        unloaded=tie("route", *route.unloaded_in),
        claimed_origin=claims(("origin",)),
        claimed_destination=claims(("destination", "recipient")),
        ties=ties,
        groups=index.named_in(facts, window),
    )
    for party in facts.parties:
        tie("party", party.country, party.residence, *party.nationality)
    tie("conveyance", facts.conveyance.flag)
    for item in facts.items:
        tie("manufacture", item.country_of_manufacture)
    _tie_place(bearings, states)
    return bearings


def _tie_place(bearings: Bearings, states: States) -> None:
    """Add the States in, near or in whose waters the place lies."""
    place = bearings.facts.place
    if place is None:
        return
    near = {entry.country for entry in place.near if entry.distance_m <= NEAR_M + (place.accuracy_m or 0)}
    waters = {zone.country for zone in place.zones if zone.country is not None and zone.kind != "border_belt"}
    for code in sorted({*near, *waters, *([place.country] if place.country else [])}):
        for unit in states.units(code, bearings.window):
            bearings.ties.setdefault(unit, set()).add("place")


class GroupIndex:
    """Looks names up among the groups of all regimes."""

    def __init__(self, regimes: tuple[Regime, ...]) -> None:
        # First word of a spelling -> the spellings that begin with it, in the order of the regimes.
        self._spellings: dict[str, list[tuple[str, Group, tuple[str, ...]]]] = {}
        for regime in regimes:
            for group in regime.groups:
                for name in (group.name, *group.aliases):
                    words = name_tokens(name)
                    self._spellings.setdefault(words[0], []).append((regime.id, group, words))

    def named_in(self, facts: IncidentFacts, window: TransferWindow) -> dict[str, tuple[Group, str, str]]:
        """Return, by regime, the group that the recipient is or acts for on the governing day."""
        stated = [(facts.recipient.name, "name"), (facts.recipient.acts_for, "acts_for")]
        day = window.days.last or window.found.last
        named: dict[str, tuple[Group, str, str]] = {}
        for name, how in stated:
            words = name_tokens(name) if name else ()
            for position, word in enumerate(words):
                for regime_id, group, spelling in self._spellings.get(word, ()):
                    is_current = day is None or group.in_force.covers(day)
                    if is_current and words[position : position + len(spelling)] == spelling:
                        named.setdefault(regime_id, (group, how, name or ""))
        return named


@lru_cache(maxsize=4096)
def name_tokens(name: str) -> tuple[str, ...]:
    """Return the words of a name in plain Latin letters, lower case, a plural s left off."""
    words = re.findall(r"[a-z0-9]+", anyascii(name).lower().replace("'", ""))
    return tuple(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words)
