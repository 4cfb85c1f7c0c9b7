"""What points from an incident to a State or a group: route, recipient, parties, conveyance, manufacture, place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from cases.screening.facts import IncidentFacts, ZoneFacts
from cases.screening.rulebook import Group, Regime, StatePeriod
from cases.screening.window import TransferWindow

# An agency may set another; 50 km is the default within which the place alone may tie (R7).
NEAR_M = 50_000
UNKNOWN_COUNTRY = "XXX"
LONGEST_INITIALS = 4
SEA_ZONE_KINDS = frozenset({"territorial_sea", "contiguous_zone", "exclusive_economic_zone"})
# Strongest first: the tie named in a result is the first of these that points to the target.
TIE_ORDER = ("route", "recipient", "party", "conveyance", "manufacture", "place")


# Kinds whose name alone never makes them an armed group: a government or a mission may carry a like-sounding name.
NEVER_A_GROUP = frozenset(
    {"government", "regional_authority", "un_mission", "peacekeeping_contingent", "international_force", "humanitarian"}
)
RECEIVING_ROLES = ("consignee", "end_user", "importer", "notify_party")
# Words that people put beside the name of a group, and that are no part of it.
BESIDE_A_NAME = frozenset(
    {
        "a",
        "an",
        "and",
        "armed",
        "army",
        "brigade",
        "fighter",
        "force",
        "forces",
        "group",
        "in",
        "la",
        "le",
        "militant",
        "militia",
        "movement",
        "network",
        "of",
        "organisation",
        "organization",
        "rebel",
        "terrorist",
        "the",
        "unit",
    }
)


@dataclass(frozen=True, slots=True)
class NamedGroup:
    """A group that the facts name: as recipient, as the one the recipient acts for, perhaps, or in a claim."""

    group: Group
    how: str  # name, acts_for, perhaps, claim
    name: str
    fact: str

    @property
    def is_certain(self) -> bool:
        """Whether the whole name is stated as the recipient's own, or as that of the one it acts for."""
        return self.how in {"name", "acts_for"}


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
    made_in: tuple[frozenset[str], ...]  # of each item
    waters: tuple[tuple[ZoneFacts, frozenset[str]], ...]  # the place's zones at sea, each with its State's units
    # unit -> kinds of tie
    ties: dict[str, set[str]]
    # regime id -> the group named
    groups: dict[str, NamedGroup]

    def is_foreign_to(self, target: frozenset[str]) -> bool:
        """Whether the recipient is stated to be of another State than the target."""
        return bool(self.recipient) and not self.recipient & target


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
        made_in=tuple(tie("manufacture", item.country_of_manufacture) for item in facts.items),
        waters=_waters_of(facts, window, states),
        ties=ties,
        groups=index.named_in(facts, window),
    )
    for party in facts.parties:
        tie("party", party.country, party.residence, *party.nationality)
    tie("conveyance", facts.conveyance.flag)
    _tie_place(bearings, states)
    return bearings


def _waters_of(
    facts: IncidentFacts, window: TransferWindow, states: States
) -> tuple[tuple[ZoneFacts, frozenset[str]], ...]:
    if facts.place is None:
        return ()
    at_sea = [zone for zone in facts.place.zones if zone.kind in SEA_ZONE_KINDS]
    return tuple((zone, states.units(zone.country, window)) for zone in at_sea)


def _tie_place(bearings: Bearings, states: States) -> None:
    """Add the States in, near or in whose waters the place lies; what is near is told in present-day units."""
    place = bearings.facts.place
    if place is None:
        return
    reached = {entry.country for entry in place.near if entry.distance_m <= NEAR_M + (place.accuracy_m or 0)}
    reached.update(unit for _, units in bearings.waters for unit in units)
    if not place.near:
        reached.update(states.units(place.country, bearings.window))
    for unit in reached:
        bearings.ties.setdefault(unit, set()).add("place")


class GroupIndex:
    """Looks names up among the groups of all regimes."""

    def __init__(self, regimes: tuple[Regime, ...]) -> None:
        # First word of a spelling -> the spellings that begin with it, in the order of the regimes.
        self._spellings: dict[str, list[tuple[Regime, Group, tuple[str, ...]]]] = {}
        for regime in regimes:
            for group in regime.groups:
                for name in (group.name, *group.aliases):
                    words = name_tokens(name)
                    self._spellings.setdefault(words[0], []).append((regime, group, words))

    def named_in(self, facts: IncidentFacts, window: TransferWindow) -> dict[str, NamedGroup]:
        """Return, by regime, the group that the facts name on the governing day; a whole name goes before a part."""
        day = window.days.last or window.found.last
        named: dict[str, NamedGroup] = {}
        for name, how, fact in _names_stated(facts):
            words = name_tokens(name)
            for position, word in enumerate(words):
                for regime, group, spelling in self._spellings.get(word, ()):
                    is_current = day is None or group.in_force.covers(day)
                    if not is_current or words[position : position + len(spelling)] != spelling:
                        continue
                    if _is_another_countrys(facts, regime, spelling):
                        continue
                    is_whole = _core(words) == _core(spelling)
                    found = NamedGroup(group, how if is_whole else "perhaps", name, f"{fact} = {name}")
                    known = named.get(regime.id)
                    if known is None or (found.is_certain and not known.is_certain):
                        named[regime.id] = found
        return named


def _names_stated(facts: IncidentFacts) -> Iterator[tuple[str, str, str]]:
    """Yield the names that may be a group's: the name itself, its parts in brackets, and how and where it stands."""
    recipient = facts.recipient
    stated: list[tuple[str | None, str, str]] = [(recipient.acts_for, "acts_for", "recipient.acts_for")]
    if recipient.kind not in NEVER_A_GROUP:
        stated.append((recipient.name, "name", "recipient.name"))
    if recipient.name is None and recipient.kind not in NEVER_A_GROUP:
        stated += [
            (party.name, "name", f"parties[{party.index}].name")
            for party in facts.parties
            if party.role in RECEIVING_ROLES
        ]
    stated += [(claim.name, "claim", f"route.claims by {claim.by}") for claim in facts.route.claims]
    for name, how, fact in stated:
        for part in dict.fromkeys((name, *re.split(r"[()/,;]", name))) if name else ():
            if part.strip():
                yield part.strip(), how, fact


def _is_another_countrys(facts: IncidentFacts, regime: Regime, spelling: tuple[str, ...]) -> bool:
    """Whether short initials stand for somebody else: "SLA" in Sierra Leone is not the one in Darfur."""
    are_initials = len(spelling) == 1 and len(spelling[0]) <= LONGEST_INITIALS
    stated = facts.recipient.country or facts.route.destination
    return are_initials and stated is not None and bool(regime.countries) and stated not in regime.countries


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in BESIDE_A_NAME)


@lru_cache(maxsize=4096)
def name_tokens(name: str) -> tuple[str, ...]:
    """Return the words of a name in plain Latin letters, lower case, a plural s left off."""
    words = re.findall(r"[a-z0-9]+", anyascii(name).lower().replace("'", ""))
    return tuple(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words)
