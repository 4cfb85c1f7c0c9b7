"""Which listed parties the record points to: by name, by number, and with what speaks for or against it (R9, R20)."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cases.screening.designations import Designation, Designations, ListedRecipient
from cases.screening.facts import Days, IncidentFacts, PartyFacts, Period
from cases.screening.findings import DesignationMatch, Reason
from cases.screening.names import CERTAIN_THRESHOLD, REVIEW_THRESHOLD, NameMatch, normalised, similarity
from cases.screening.names.readings import read_name
from cases.screening.rulebook import Group
from cases.screening.ties import NEVER_A_GROUP, RECEIVING_ROLES, Bearings, NamedGroup
from cases.screening.window import TransferWindow

# Whoever reads the result reads the best few; a common name resembles dozens.
MOST_A_NAME = 10
# A birth year or hull number that contradicts, a birth year that agrees, and a country that agrees.
AGAINST, AGAINST_COMMON, BIRTH_FOR, COUNTRY_FOR = -0.15, -0.35, 0.05, 0.02
# Converted calendars and clerks are a year off; "about" means a few more.
YEARS_OFF, YEARS_ABOUT = 1, 3
JUST_BELOW_CERTAIN = round(CERTAIN_THRESHOLD - 0.01, 3)
# The words of an organization's own name are never a vessel's, and the other way round.
ORGANIZATION_KINDS = frozenset({"organization", "company", "entity", "group", "government"})
NO_SHIP = frozenset({"air", "road", "rail", "post", "on_foot"})
RECIPIENT_ROLE = "recipient"
# Names of up to so many letters are initials or nearly so; below this score they are somebody else's.
LONGEST_INITIALS, EXACT = 5, 0.9
# What the words of a person's name must carry to be more than one word, and more than a common name.
ONE_WORD, COMMON_NAME = 1.0, 1.6
_KINDS_NAMED = frozenset({"person", "organization"})
_KINDS_NAMED_BY_LITTLE = frozenset({"organization"})


class _Stated(NamedTuple):
    """One name or number in the record, and whose it is."""

    name: str
    matched: str
    role: str
    kind: str | None = None  # None: any
    how: str | None = None  # name, acts_for, claim: where it says who the recipient is
    born: Days = Days(None, None)
    countries: frozenset[str] = frozenset()
    numbers: tuple[tuple[str, str], ...] = ()  # where in the record, and the number
    is_state: bool = False  # a government or a mission, whose offices bear the same names in every country


class _Candidate(NamedTuple):
    """A listed party for one stated name, with the reasons so far."""

    key: int
    score: float
    quality: str
    reasons: tuple[Reason, ...]
    by_number: tuple[str, str] | None = None  # where in the record the number stands that alone matched, and it
    # Nothing but the name speaks for it, and the name does not suffice.
    is_weak: bool = False
    # A number or a year of birth says that it is this one.
    is_settled: bool = False

    @property
    def is_certain(self) -> bool:
        """Whether it counts as named."""
        return self.score >= CERTAIN_THRESHOLD and not self.is_weak


class _Evidence(NamedTuple):
    """Something beside the name: what it adds to the score, and whether it settles who is meant or casts doubt."""

    reason: Reason
    weight: float
    settles: bool | None


def designated(facts: IncidentFacts, window: TransferWindow, lists: Designations) -> tuple[DesignationMatch, ...]:
    """Return the listed parties that anything in the record points to, the likeliest first."""
    best: dict[tuple[str, str], DesignationMatch] = {}
    for stated in _stated(facts):
        whose = stated.matched.partition(".")[0] if stated.matched.startswith("parties") else stated.matched
        for candidate in _candidates(stated, lists):
            match = _match(stated, candidate, facts, window, lists)
            known = best.get((whose, match.reference_number))
            if known is None or _order(match) < _order(known):
                best[whose, match.reference_number] = match
    return tuple(sorted(best.values(), key=_order))


def with_listed(bearings: Bearings, matches: tuple[DesignationMatch, ...], lists: Designations) -> Bearings:
    """Return the bearings with the listed parties that the recipient is or may be.

    One listed on the day counts as a group of its regimes; a group that the regime's own file names goes before it.
    """
    listed = _listed_recipients(bearings.facts, matches, lists)
    groups = dict(bearings.groups)
    # Whoever is known for certain is nobody else whom the name resembles.
    known_as = {party.fact for party in listed if party.is_certain}
    known_as.update(named.fact for named in groups.values() if named.is_certain)
    listed = tuple(party for party in listed if party.is_certain or party.fact not in known_as)
    for party in listed:
        if not (party.is_certain and party.on_day):
            continue
        for regime in sorted(party.regimes):
            known = groups.get(regime)
            if known is None or not known.is_certain:
                groups[regime] = NamedGroup(_as_group(party), party.how, party.name, party.fact)
    return bearings._replace(listed=listed, groups=groups)


def _as_group(party: ListedRecipient) -> Group:
    always = Period(None, None)
    return Group(name=party.listed, aliases=(), in_force=always, how="entry of the list", verified=True)


def _listed_recipients(
    facts: IncidentFacts, matches: tuple[DesignationMatch, ...], lists: Designations
) -> tuple[ListedRecipient, ...]:
    """Return, strongest first, the listed parties that the recipient is, acts for or may be."""
    hows = {stated.matched: stated.how for stated in _stated(facts) if stated.how is not None}
    found = [_recipient(match, hows[match.matched], lists) for match in matches if match.matched in hows]
    return tuple(sorted(found, key=lambda listed: listed.strength))


def compared_kinds(facts: IncidentFacts) -> frozenset[str]:
    """Return the kinds of listed parties with which anything in the record is compared."""
    kinds: set[str] = set()
    for stated in _stated(facts):
        kinds.update((stated.kind,) if stated.kind is not None else ("person", "organization"))
    return frozenset(kinds)


def _order(match: DesignationMatch) -> tuple[float, str, str]:
    return -match.score, match.reference_number, match.matched


# --- what the record states ---------------------------------------------------------------------------------------


def _stated(facts: IncidentFacts) -> Iterator[_Stated]:
    yield from _stated_recipient(facts)
    for party in facts.parties:
        yield from _stated_party(party, facts)
    craft = facts.conveyance
    if (craft.name or craft.imo) and craft.mode not in NO_SHIP:
        numbers = (("conveyance.imo", f"IMO {craft.imo}"),) if craft.imo else ()
        flag = _some(craft.flag)
        yield _Stated(craft.name or "", "conveyance.name", "conveyance", "vessel", countries=flag, numbers=numbers)
    for role, name in (("operator", craft.operator), ("owner", craft.owner)):
        if name:
            yield _Stated(name, f"conveyance.{role}", role)
    for position, paper in enumerate(facts.end_use_certificates):
        if paper.end_user:
            place = f"documents.end_user_certificates[{position}].end_user"
            yield _Stated(paper.end_user, place, "end_user", countries=_some(paper.country))


def _stated_recipient(facts: IncidentFacts) -> Iterator[_Stated]:
    recipient = facts.recipient
    country = _some(recipient.country)
    for name in name_parts(recipient.name):
        is_state = recipient.kind in NEVER_A_GROUP
        common = _Stated(name, "recipient.name", RECIPIENT_ROLE, how="name", countries=country, is_state=is_state)
        yield _with_particulars(common, facts)
    for name in name_parts(recipient.acts_for):
        yield _Stated(name, "recipient.acts_for", RECIPIENT_ROLE, how="acts_for", countries=country)
    for position, claim in enumerate(facts.route.claims):
        for name in name_parts(claim.name):
            place = f"route.claims[{position}].name"
            yield _Stated(name, place, RECIPIENT_ROLE, how="claim", countries=_some(claim.country))


def _with_particulars(stated: _Stated, facts: IncidentFacts) -> _Stated:
    """Add what the record says of the recipient where it names it again, among those who were to receive the goods."""
    for party in facts.parties:
        if party.role in RECEIVING_ROLES and party.name and _is_same_name(party.name, stated.name):
            countries = stated.countries | _countries_of(party)
            return stated._replace(born=party.born, countries=countries, numbers=_numbers_of(party))
    return stated


def _is_same_name(one: str, other: str) -> bool:
    return normalised(one, None) == normalised(other, None)


def _countries_of(party: PartyFacts) -> frozenset[str]:
    return frozenset([c for c in (party.country, party.residence, *party.nationality) if c])


def _numbers_of(party: PartyFacts) -> tuple[tuple[str, str], ...]:
    if not party.identifiers:
        return ()
    return tuple((f"parties[{party.index}].documents", number) for number in party.identifiers)


def _stated_party(party: PartyFacts, facts: IncidentFacts) -> Iterator[_Stated]:
    place = f"parties[{party.index}]"
    is_recipient = facts.recipient.name is None and party.role in RECEIVING_ROLES
    kind = "organization" if party.kind in ORGANIZATION_KINDS else party.kind
    how = "name" if is_recipient and facts.recipient.kind not in NEVER_A_GROUP else None
    countries, numbers = _countries_of(party), _numbers_of(party)
    names = [(party.name, "name"), (party.name_original, "name_original")]
    if party.aliases:
        names += [(alias, f"aliases[{position}]") for position, alias in enumerate(party.aliases)]
    stated = [(name, where) for name, where in names if name]
    if not stated and party.identifiers:
        stated = [("", "documents")]
    for name, where in stated:
        yield _Stated(name, f"{place}.{where}", party.role or "party", kind, how, party.born, countries, numbers)


def name_parts(name: str | None) -> Iterator[str]:
    """Yield a name, and apart what stands in its brackets or beside its strokes: "Houthis (Ansar Allah)"."""
    if name:
        parts = [part.strip() for part in re.split(r"[()/;]", name)]
        yield from dict.fromkeys(part for part in (name.strip(), *parts) if part)


def _some(country: str | None) -> frozenset[str]:
    return frozenset((country,)) if country else frozenset()


# --- whom it points to --------------------------------------------------------------------------------------------


def _candidates(stated: _Stated, lists: Designations) -> list[_Candidate]:
    """Return the best few listed parties for the name and numbers."""
    found = {match.key: _by_name(match, stated, lists) for match in _named(stated, lists)}
    for place, number in stated.numbers:
        for key in lists.numbered(number):
            if _is_of_kind(lists.entries[key], stated.kind):
                found[key] = _by_number(key, found.get(key), place, number, lists)
    if not found:
        return []
    weighed = [_weighed(candidate, stated, lists.entries[key]) for key, candidate in found.items()]
    kept = _without_shared([candidate for candidate in weighed if candidate.score >= REVIEW_THRESHOLD], lists.entries)
    return sorted(kept, key=lambda c: (-c.score, lists.entries[c.key].reference_number))[:MOST_A_NAME]


def _without_shared(candidates: list[_Candidate], entries: Sequence[Designation]) -> list[_Candidate]:
    """Where several listed persons bear the name, it identifies none of them by itself."""
    bearers = [c for c in candidates if entries[c.key].kind == "person" and c.is_certain]
    if len(bearers) < 2 or all(_is_same_person(entries[c.key], entries[bearers[0].key]) for c in bearers):
        return candidates
    reason = Reason("designations.name_shared", {"count": len(bearers)})
    doubted = {c.key for c in bearers if not c.is_settled}
    return [_doubted(c, reason) if c.key in doubted else c for c in candidates]


def _is_same_person(one: Designation, other: Designation) -> bool:
    """Whether two entries are one person on two lists."""
    return similarity(one.name, other.name, "person") >= CERTAIN_THRESHOLD


def _doubted(candidate: _Candidate, reason: Reason) -> _Candidate:
    score = min(candidate.score, JUST_BELOW_CERTAIN)
    return candidate._replace(score=score, reasons=(*candidate.reasons, reason), is_weak=True)


def _named(stated: _Stated, lists: Designations) -> Iterator[NameMatch]:
    matches = lists.named(stated.name, stated.kind) if stated.name else ()
    if not matches:
        return
    # Initials that are only near name somebody else.
    least = EXACT if sum(letter.isalpha() for letter in stated.name) <= LONGEST_INITIALS else REVIEW_THRESHOLD
    # One word of unknown kind is a group's or a company's name before it is one of a thousand Hassans; and no ship's.
    meant = _KINDS_NAMED_BY_LITTLE if _carried(stated.name) <= ONE_WORD else _KINDS_NAMED
    for match in matches:
        is_meant = stated.kind is not None or lists.entries[match.key].kind in meant
        if is_meant and match.score >= least:
            yield match


def _carried(name: str) -> float:
    """Return how much the words say of who a person is; common ones and titles say little."""
    return sum(word.weight for word in read_name(name, "person").words)


def _by_name(match: NameMatch, stated: _Stated, lists: Designations) -> _Candidate:
    entry = lists.entries[match.key]
    quality = next((spelling.quality for spelling in entry.spellings if spelling.text == match.listed), "good")
    is_common = entry.kind == "person" and _carried(stated.name) < COMMON_NAME
    # Ships of one name are many; the hull's number tells them apart.
    is_weak = quality == "low" or is_common or entry.kind == "vessel"
    return _Candidate(match.key, match.score, quality, (Reason(match.rule, dict(match.params)),), is_weak=is_weak)


def _by_number(key: int, named: _Candidate | None, place: str, number: str, lists: Designations) -> _Candidate:
    """A number and a name together leave no doubt; a number alone is asked about, save the number of a ship's hull."""
    is_hull = lists.entries[key].kind == "vessel"
    reason = Reason("designations.number_equal", {"number": number, "fact": place})
    if named is not None:
        return named._replace(score=1.0, reasons=(*named.reasons, reason), is_weak=False, is_settled=True)
    score = 1.0 if is_hull else JUST_BELOW_CERTAIN
    return _Candidate(key, score, "number", (reason,), by_number=(place, number), is_weak=not is_hull)


def _weighed(candidate: _Candidate, stated: _Stated, entry: Designation) -> _Candidate:
    """Let what else is known speak for or against the name."""
    evidence = list(_evidence(candidate, stated, entry))
    score = candidate.score + sum(each.weight for each in evidence)
    reasons = [*candidate.reasons, *(each.reason for each in evidence)]
    is_settled = candidate.is_settled or any(each.settles for each in evidence)
    is_weak = candidate.is_weak and not is_settled
    is_weak = is_weak or any(each.settles is False for each in evidence)
    if is_weak:
        score = min(score, JUST_BELOW_CERTAIN)
        if candidate.by_number is None:
            reasons.append(Reason("designations.name_alone_weak", {"listed": entry.name}))
    score = round(min(score, 1.0), 3)
    return candidate._replace(score=score, reasons=tuple(reasons), is_weak=is_weak, is_settled=is_settled)


def _evidence(candidate: _Candidate, stated: _Stated, entry: Designation) -> Iterator[_Evidence]:
    birth = _birth(stated.born, entry)
    if birth is not None:
        rule = "designations.birth_agrees" if birth else "designations.birth_contradicts"
        # Of a name that many bear, another year of birth leaves nothing.
        against = AGAINST_COMMON if candidate.is_weak else AGAINST
        yield _Evidence(Reason(rule, _years(stated.born, entry)), BIRTH_FOR if birth else against, birth)
    if entry.kind == "vessel" and candidate.is_weak and stated.numbers and entry.identifiers:
        numbers = {"stated": stated.numbers[0][1], "listed": _joined(entry.identifiers)}
        yield _Evidence(Reason("designations.number_differs", numbers), AGAINST, settles=False)
    shared = stated.countries & entry.countries
    if shared:
        yield _Evidence(Reason("designations.country_agrees", {"country": _joined(shared)}), COUNTRY_FOR, settles=None)
    elif stated.is_state and stated.countries and entry.countries:
        countries = {"stated": _joined(stated.countries), "listed": _joined(entry.countries)}
        yield _Evidence(Reason("designations.country_differs", countries), AGAINST, settles=False)


def _joined(codes: frozenset[str]) -> str:
    return ", ".join(sorted(codes))


def _birth(born: Days, entry: Designation) -> bool | None:
    """Return whether the birth years agree or contradict; None where either is unknown or they are all but the same."""
    if born.first is None or born.last is None:
        return None
    gaps = [_years_apart(born, listed.days) - (0 if listed.is_exact else YEARS_ABOUT) for listed in entry.births]
    if not gaps:
        return None
    return True if min(gaps) <= 0 else False if min(gaps) > YEARS_OFF else None


def _years_apart(born: Days, listed: Days) -> int:
    if born.first is None or born.last is None or listed.first is None or listed.last is None:
        return 0
    return max(0, listed.first.year - born.last.year, born.first.year - listed.last.year)


def _years(born: Days, entry: Designation) -> dict[str, str | int | float | bool | None]:
    listed = sorted({day.year for birth in entry.births for day in (birth.days.first, birth.days.last) if day})
    stated = born.first.year if born.first else ""
    return {"stated": str(stated), "listed": ", ".join(str(year) for year in listed)}


def _is_of_kind(entry: Designation, kind: str | None) -> bool:
    return kind is None or entry.kind == kind


# --- what the list says of the day --------------------------------------------------------------------------------


def _match(
    stated: _Stated, candidate: _Candidate, facts: IncidentFacts, window: TransferWindow, lists: Designations
) -> DesignationMatch:
    entry = lists.entries[candidate.key]
    on_day = entry.is_listed_throughout(window.council_days)
    is_covered = lists.covers(entry.list_name, facts.occurred.first)
    matched, name = candidate.by_number or (stated.matched, stated.name)
    return DesignationMatch(
        reference_number=entry.reference_number,
        list_name=entry.list_name,
        name=entry.name,
        kind=entry.kind,
        listed_on=entry.listed_on,
        listed_on_day=on_day,
        list_covers_day=is_covered,
        matched=matched,
        role=stated.role,
        stated=name,
        quality=candidate.quality,
        score=candidate.score,
        is_certain=candidate.is_certain,
        reasons=(*candidate.reasons, *_of_the_day(entry, window, lists, on_day=on_day, is_covered=is_covered)),
        regimes=tuple(sorted(entry.regimes)),
        consequences=entry.consequences,
    )


def _of_the_day(
    entry: Designation, window: TransferWindow, lists: Designations, *, on_day: bool | None, is_covered: bool
) -> Iterator[Reason]:
    listed_on, gone_on = entry.listed_on, entry.gone_on()
    since = listed_on.isoformat() if listed_on else "…"
    params = {"reference_number": entry.reference_number, "listed_on": since, "window": str(window)}
    if on_day:
        yield Reason("designations.listed_on_day", params)
    elif on_day is None:
        yield Reason("designations.listing_open", params)
    elif gone_on is not None and (listed_on is None or window.days.last is None or listed_on <= window.days.last):
        yield Reason("designations.delisted", {**params, "gone_on": gone_on.isoformat()})
    else:
        yield Reason("designations.listed_later", params)
    if not is_covered:
        newest = lists.newest(entry.list_name).isoformat()
        yield Reason("designations.day_not_covered", {"list": entry.list_name, "newest": newest})


def _recipient(match: DesignationMatch, how: str, lists: Designations) -> ListedRecipient:
    return ListedRecipient(
        name=match.stated,
        listed=match.name,
        reference_number=match.reference_number,
        fact=f"{match.matched} = {match.stated}",
        how=how,
        score=match.score,
        is_certain=match.is_certain and how != "claim",
        on_day=match.listed_on_day,
        listed_on=match.listed_on,
        gone_on=lists.entry(match.list_name, match.reference_number).gone_on(),
        regimes=frozenset(match.regimes),
    )
