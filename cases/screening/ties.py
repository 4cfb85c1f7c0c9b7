"""What points from an incident to a State or a group: route, recipient, parties, conveyance, manufacture, place."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from anyascii import anyascii

from cases.screening.designations import ListedRecipient
from cases.screening.facts import Claim, IncidentFacts, PlaceFacts, ZoneFacts
from cases.screening.names import IndexedName, NameIndex
from cases.screening.rulebook import Group, Regime, StatePeriod
from cases.screening.window import TransferWindow

NOWHERE: frozenset[str] = frozenset()
UNKNOWN_COUNTRY = "XXX"
LONGEST_INITIALS = 4
# Names of groups are short and often made of common words: nearer than what a review looks at (0.7), wider than what
# counts as the name itself (0.9), since it only ever gives a possibility.
NEAR_SPELLING = 0.8
# Names whose meaning is remembered: more than a batch has, and some megabytes.
MOST_NAMES_KEPT = 1 << 16
SEA_ZONE_KINDS = frozenset({"territorial_sea", "contiguous_zone", "exclusive_economic_zone"})
# Strongest first: the tie named in a result is the first of these that points to the target.
TIE_ORDER = ("route", "recipient", "party", "conveyance", "manufacture", "place")
ORIGIN_CLAIMS = frozenset({"origin"})
DESTINATION_CLAIMS = frozenset({"destination", "recipient"})
# Kinds whose name alone never makes them an armed group: a government or a mission may carry a like-sounding name.
NEVER_A_GROUP = frozenset(
    {"government", "regional_authority", "un_mission", "peacekeeping_contingent", "international_force", "humanitarian"}
)
# Of these, the kinds that a record may give to a group that holds a land, and what the group's whole name then says:
# an authority of that name is the group; a Government may have forces of a like name.
OFFICES = {"government": "perhaps", "regional_authority": "name"}
RECEIVING_ROLES = ("consignee", "end_user", "importer", "notify_party")
# Words that people put beside the name of a group, and that are no part of it.
BESIDE_A_NAME = frozenset(
    {
        "a",
        "an",
        "and",
        "armed",
        "army",
        "authority",
        "authoritie",
        "brigade",
        "de",
        "defence",
        "defense",
        "facto",
        "fighter",
        "force",
        "forces",
        "government",
        "group",
        "in",
        "interior",
        "la",
        "le",
        "militant",
        "militia",
        "ministry",
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


class NamedGroup(NamedTuple):
    """A group that the facts name: as recipient, as the one the recipient acts for, perhaps, or in a claim."""

    group: Group
    how: str  # name, acts_for, perhaps, claim
    name: str
    fact: str

    @property
    def is_certain(self) -> bool:
        """Whether the whole name is stated as the recipient's own, or as that of the one it acts for."""
        return self.how in {"name", "acts_for"}


# Units, the code as claimed, and by whom.
ClaimedCountry = tuple[frozenset[str], str, str]


class Bearings(NamedTuple):
    """The incident's State codes as present-day units on the governing day, each with what it says (R16)."""

    facts: IncidentFacts
    window: TransferWindow
    origin: frozenset[str]
    destination: frozenset[str]
    recipient: frozenset[str]
    transit: frozenset[str]
    loaded: frozenset[str]
    unloaded: frozenset[str]
    claimed_origin: tuple[ClaimedCountry, ...]
    claimed_destination: tuple[ClaimedCountry, ...]
    made_in: tuple[frozenset[str], ...]  # of each item
    waters: tuple[tuple[ZoneFacts, frozenset[str]], ...]  # the place's zones at sea, each with its State's units
    # unit -> kinds of tie, the strongest first
    ties: dict[str, list[str]]
    # regime id -> the group named
    groups: dict[str, NamedGroup]
    # listed parties that the recipient is or may be, the surest first (R9)
    listed: tuple[ListedRecipient, ...] = ()

    def listed_under(self, regime: str) -> ListedRecipient | None:
        """Return the surest listed party that the recipient is or may be, of those that count under the regime."""
        return next((listed for listed in self.listed if regime in listed.regimes), None)

    def is_own_to(self, target: frozenset[str]) -> bool:
        """Whether a Government that is the recipient is the target's own.

        Where its country is not stated, it is taken for that of the State to which the goods go (R4, R5).
        """
        whose = self.recipient or self.destination | self.unloaded
        return not whose.isdisjoint(target)

    def kinds_of_tie(self, target: frozenset[str]) -> list[str]:
        """Return what ties the incident to any of the units, the strongest first."""
        if len(target) == 1:
            return self.ties.get(next(iter(target)), [])
        kinds = {kind for unit in target for kind in self.ties.get(unit, ())}
        return [kind for kind in TIE_ORDER if kind in kinds]


class States:
    """Which present-day units a State's code covered on a day."""

    def __init__(self, periods: tuple[StatePeriod, ...]) -> None:
        self._periods: dict[str, list[StatePeriod]] = {}
        for period in periods:
            self._periods.setdefault(period.code, []).append(period)
        # Codes that never changed stand for themselves.
        self._alone: dict[str, frozenset[str]] = {UNKNOWN_COUNTRY: NOWHERE}

    def units(self, code: str | None, day: date | None) -> frozenset[str]:
        """Return the units; empty where the country is unknown, the code itself where it never changed."""
        if code is None:
            return NOWHERE
        alone = self._alone.get(code)
        if alone is not None:
            return alone
        periods = self._periods.get(code)
        if periods is None:
            alone = self._alone[code] = frozenset((code,))
            return alone
        if day is not None:
            for period in periods:
                if period.in_force.covers(day):
                    return period.units
        # A code used outside its own time (an old flag in a later report) still names what it last covered.
        return max(periods, key=lambda period: (period.in_force.first is not None, period.in_force.first)).units


class _Ties:
    """Collects what ties an incident to present-day units; kinds are noted from the strongest to the weakest."""

    def __init__(self, states: States, day: date | None) -> None:
        self._states, self._day = states, day
        self.by_unit: dict[str, list[str]] = {}

    def one(self, kind: str, code: str | None) -> frozenset[str]:
        """Note the tie that one State code makes, and return its units."""
        if code is None:
            return NOWHERE
        units = self._states.units(code, self._day)
        for unit in units:
            self.note(kind, unit)
        return units

    def many(self, kind: str, codes: Iterable[str | None]) -> frozenset[str]:
        """Note the ties that several State codes make, and return their units together."""
        return NOWHERE.union(*[self.one(kind, code) for code in codes if code])

    def note(self, kind: str, unit: str) -> None:
        """Note a tie to the unit, once for each kind."""
        kinds = self.by_unit.get(unit)
        if kinds is None:
            self.by_unit[unit] = [kind]
        elif kinds[-1] != kind:
            kinds.append(kind)


def take_bearings(facts: IncidentFacts, window: TransferWindow, states: States, index: "GroupIndex") -> Bearings:
    """Gather everything that ties the incident to a State or a named group."""
    route, day = facts.route, window.governing_day
    ties = _Ties(states, day)
    # From the strongest tie to the weakest, in the order of TIE_ORDER.
    origin, destination = ties.one("route", route.origin), ties.one("route", route.destination)
    transit = ties.many("route", route.transit) if route.transit else NOWHERE
    loaded = ties.many("route", route.loaded_in) if route.loaded_in else NOWHERE
    unloaded = ties.many("route", route.unloaded_in) if route.unloaded_in else NOWHERE
    claims = [(claim, ties.one("route", claim.country)) for claim in route.claims if claim.what and claim.country]
    recipient = ties.one("recipient", facts.recipient.country) if facts.recipient.country else NOWHERE
    for party in facts.parties:
        for code in (party.country, party.residence, *party.nationality):
            if code is not None:
                ties.one("party", code)
    if facts.conveyance.flag is not None:
        ties.one("conveyance", facts.conveyance.flag)
    made_in = tuple([ties.one("manufacture", item.country_of_manufacture) for item in facts.items])
    waters = _waters_of(facts.place, states, day)
    if facts.place is not None:
        for unit in _units_reached(facts.place, waters, states.units(facts.place.country, day)):
            ties.note("place", unit)
    return Bearings(
        facts,
        window,
        origin,
        destination,
        recipient,
        transit,
        loaded,
        unloaded,
        _claimed(claims, ORIGIN_CLAIMS) if claims else (),
        _claimed(claims, DESTINATION_CLAIMS) if claims else (),
        made_in,
        waters,
        ties.by_unit,
        index.named_in(facts, day),
    )


def _claimed(claims: list[tuple[Claim, frozenset[str]]], about: frozenset[str]) -> tuple[ClaimedCountry, ...]:
    return tuple((units, claim.country or "", claim.by) for claim, units in claims if claim.what in about)


def _waters_of(
    place: PlaceFacts | None, states: States, day: date | None
) -> tuple[tuple[ZoneFacts, frozenset[str]], ...]:
    if place is None:
        return ()
    return tuple([(zone, states.units(zone.country, day)) for zone in place.zones if zone.kind in SEA_ZONE_KINDS])


def _units_reached(
    place: PlaceFacts, waters: tuple[tuple[ZoneFacts, frozenset[str]], ...], own: frozenset[str]
) -> set[str]:
    """Return the units in, near or in whose waters the place lies; what is near is told in present-day units."""
    reach_m = place.reach_m + (place.accuracy_m or 0)
    reached = {entry.country for entry in place.near if entry.distance_m <= reach_m}
    for _, units in waters:
        reached |= units
    if place.views:
        reached.update(view.country for view in place.views if view.country is not None)
    if not place.near:
        reached.update(own)
    return reached


class _Spelling(NamedTuple):
    """One way in which a group of a regime is written."""

    regime: Regime
    group: Group
    words: tuple[str, ...]

    @property
    def is_initials(self) -> bool:
        """Whether it is one short word, which elsewhere may stand for somebody else."""
        return len(self.words) == 1 and len(self.words[0]) <= LONGEST_INITIALS


class GroupIndex:
    """Looks names up among the groups of all regimes; what a name may mean is worked out once."""

    def __init__(self, regimes: tuple[Regime, ...]) -> None:
        spelt = [
            (name, _Spelling(regime, group, name_tokens(name)))
            for regime in regimes
            for group in regime.groups
            for name in (group.name, *group.aliases)
        ]
        self._spellings = tuple(spelling for _, spelling in spelt)
        # First word of a spelling -> the spellings that begin with it, in the order of the regimes.
        self._by_word: dict[str, list[_Spelling]] = {}
        for spelling in self._spellings:
            self._by_word.setdefault(spelling.words[0], []).append(spelling)
        self.names = NameIndex(IndexedName(at, "organization", name, "primary") for at, (name, _) in enumerate(spelt))
        self._meant: dict[str, tuple[tuple[_Spelling, bool], ...]] = {}

    def named_in(self, facts: IncidentFacts, day: date | None) -> dict[str, NamedGroup]:
        """Return, by regime, the group that the facts name on the governing day; a whole name goes before a part."""
        named: dict[str, NamedGroup] = {}
        recipient = facts.recipient
        if not (recipient.name or recipient.acts_for or facts.parties or facts.route.claims):
            return named
        for name, how, fact in _names_stated(facts):
            for spelling, is_whole in self._meant_by(name):
                regime, group = spelling.regime, spelling.group
                is_current = day is None or group.in_force.covers(day)
                read_as = _read_as(how, is_told=is_whole and not _may_be_elsewhere(facts, spelling))
                if not is_current or _is_another_countrys(facts, spelling) or read_as is None:
                    continue
                found = NamedGroup(group, read_as, name, f"{fact} = {name}")
                known = named.get(regime.id)
                if known is None or (found.is_certain and not known.is_certain):
                    named[regime.id] = found
        return named

    def _meant_by(self, name: str) -> tuple[tuple[_Spelling, bool], ...]:
        """Return the spellings that the name may mean, each with whether it is the whole name."""
        meant = self._meant.get(name)
        if meant is None:
            if len(self._meant) >= MOST_NAMES_KEPT:
                self._meant.clear()
            # A near spelling is looked for only where no spelling stands in the name as it is (R9).
            meant = self._meant[name] = tuple(self._spelt_in(name)) or tuple(self._resembling(name))
        return meant

    def _spelt_in(self, name: str) -> Iterator[tuple[_Spelling, bool]]:
        words = name_tokens(name)
        for position, word in enumerate(words):
            for spelling in self._by_word.get(word, ()):
                if words[position : position + len(spelling.words)] == spelling.words:
                    yield spelling, _core(words) == _core(spelling.words)

    def _resembling(self, name: str) -> Iterator[tuple[_Spelling, bool]]:
        for match in self.names.find(name, "organization", threshold=NEAR_SPELLING):
            yield self._spellings[match.key], False


def _read_as(how: str, *, is_told: bool) -> str | None:
    """Return how the name names the group, ``is_told`` saying that it is the whole name; None where it does not.

    What stands beside other words in the name of an office may be whom it fights.
    """
    if how in OFFICES:
        return OFFICES[how] if is_told else None
    return how if is_told else "perhaps"


def _names_stated(facts: IncidentFacts) -> Iterator[tuple[str, str, str]]:
    """Yield the names that may be a group's: the name itself, its parts in brackets, and how and where it stands."""
    recipient = facts.recipient
    stated: list[tuple[str | None, str, str]] = [(recipient.acts_for, "acts_for", "recipient.acts_for")]
    if recipient.kind in OFFICES or recipient.kind not in NEVER_A_GROUP:
        how = recipient.kind if recipient.kind in OFFICES else "name"
        stated.append((recipient.name, how, "recipient.name"))
    if recipient.name is None and recipient.kind not in NEVER_A_GROUP:
        stated += [
            (party.name, "name", f"parties[{party.index}].name")
            for party in facts.parties
            if party.role in RECEIVING_ROLES
        ]
    stated += [(claim.name, "claim", f"route.claims by {claim.by}") for claim in facts.route.claims]
    for name, how, fact in stated:
        for part in _parts(name) if name else ():
            yield part, how, fact


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[str, ...]:
    """Return the name as it stands and what brackets and commas part in it, each once."""
    parts = (part.strip() for part in dict.fromkeys((name, *re.split(r"[()/,;]", name))))
    return tuple(part for part in parts if part)


def _is_another_countrys(facts: IncidentFacts, spelling: _Spelling) -> bool:
    """Whether short initials stand for somebody else: "SLA" in Sierra Leone is not the one in Darfur."""
    stated = facts.recipient.country or facts.route.destination
    countries = spelling.regime.countries
    return spelling.is_initials and stated is not None and bool(countries) and stated not in countries


def _may_be_elsewhere(facts: IncidentFacts, spelling: _Spelling) -> bool:
    """Whether short initials stand alone: nothing else in the record points to the country of the group."""
    countries = spelling.regime.countries
    if not spelling.is_initials or not countries:
        return False
    route, place = facts.route, facts.place
    told = {facts.recipient.country, route.destination, route.origin, place.country if place is not None else None}
    return not told & countries


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in BESIDE_A_NAME)


@lru_cache(maxsize=4096)
def name_tokens(name: str) -> tuple[str, ...]:
    """Return the words of a name in plain Latin letters, lower case, the plural s of longer words left off."""
    words = re.findall(r"[a-z0-9]+", anyascii(name).lower().replace("'", ""))
    return tuple(word[:-1] if len(word) > LONGEST_INITIALS and word.endswith("s") else word for word in words)
