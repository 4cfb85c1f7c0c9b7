"""Is the recipient one for whom the measure binds? (R4, R5, R9)."""

from collections.abc import Callable

from cases.screening.designations import ListedRecipient
from cases.screening.facts import RecipientFacts
from cases.screening.findings import Answer, Condition, Plain, no, unknown, yes
from cases.screening.places import region_reached
from cases.screening.rulebook import Measure
from cases.screening.ties import NEVER_A_GROUP, Bearings

NAME = "recipient"

ARMED_NON_STATE = frozenset({"non_governmental_force", "criminal_group"})
INTERNATIONAL = frozenset({"un_mission", "peacekeeping_contingent", "international_force"})
# Scopes in which the recipient is no condition.
NO_CONDITION = frozenset({"any_procurer", "everyone_in_territory", "state_all_recipients"})
PRIVATE = frozenset({"private", "private_security_company", "media", "humanitarian"})


def recipient(bearings: Bearings, measure: Measure) -> Condition:
    """The recipient is one for whom the measure binds."""
    condition = _listed(bearings, measure) or _SCOPES[measure.recipient](bearings, measure)
    stated = bearings.facts.recipient
    # An alleged recipient decides nothing, save where the recipient is no condition at all (R13).
    if stated.basis == "allegation" and condition.reason.rule != "recipient.no_condition":
        return unknown(
            NAME, "recipient.alleged", _fact(stated), unknown="recipient.kind", tie="recipient", kind=stated.kind
        )
    return condition


def _fact(stated: RecipientFacts) -> str:
    return f"recipient.kind = {stated.kind}" + (f" ({stated.name})" if stated.name else "")


def _bound(bearings: Bearings) -> Condition:
    stated = bearings.facts.recipient
    return yes(NAME, "recipient.bound", _fact(stated), kind=stated.kind)


def _not_bound(bearings: Bearings) -> Condition:
    stated = bearings.facts.recipient
    return no(NAME, "recipient.not_bound", _fact(stated), kind=stated.kind)


def _unknown(bearings: Bearings) -> Condition:
    stated = bearings.facts.recipient
    if stated.kind == "unknown":
        return unknown(NAME, "recipient.unknown", _fact(stated), unknown="recipient.kind")
    return unknown(NAME, "recipient.status_unknown", _fact(stated), unknown="recipient.name", kind=stated.kind)


def _named_group(bearings: Bearings, measure: Measure) -> Condition | None:
    """The recipient is, or acts for, a group that counts under the regime."""
    named = bearings.groups.get(measure.regime)
    if named is None:
        return None
    group, name, fact = named.group.name, named.name, named.fact
    if named.how == "acts_for":
        return yes(NAME, "recipient.acts_for_group", fact, tie="recipient", group=group)
    if named.how == "name":
        return yes(NAME, "recipient.group_named", fact, tie="recipient", name=name, group=group)
    # A part of a name, or what somebody says, is at most a possibility (R9, R13).
    return unknown(
        NAME, "recipient.group_perhaps", fact, unknown="recipient.name", tie="recipient", name=name, group=group
    )


def _listed(bearings: Bearings, measure: Measure) -> Condition | None:
    """The recipient is, acts for, or may be a party on a list; None where that decides nothing (R4, R9)."""
    if not bearings.listed or measure.recipient in NO_CONDITION:
        return None
    own = bearings.listed_under(measure.regime)
    if measure.recipient == "designated_parties":
        return own and _listed_here(bearings, measure, own)
    is_state = bearings.facts.recipient.kind in NEVER_A_GROUP
    if own is not None and own.is_certain and own.on_day:
        return _perhaps_listed(own) if is_state else _is_listed(own)
    surest = bearings.listed[0]
    # Whoever is listed for another matter is no government and authorised by none.
    return _is_listed(surest) if surest.is_certain and surest.on_day and not is_state else None


def _listed_here(bearings: Bearings, measure: Measure, own: ListedRecipient) -> Condition | None:
    """What being on the regime's own list says; a group that the regime names itself goes before doubts."""
    named = bearings.groups.get(measure.regime)
    if own.is_certain and own.on_day:
        return _is_listed(own)
    if named is not None and named.is_certain:
        return None
    if own.on_day is False:
        return _not_yet_listed(bearings, own) if own.is_certain else None
    if own.is_certain:
        return unknown(
            NAME, "recipient.listing_open", own.fact, unknown="recipient.listed", tie="recipient", **_of(own, bearings)
        )
    return None if bearings.facts.recipient.kind in NEVER_A_GROUP else _perhaps_listed(own)


def _is_listed(own: ListedRecipient) -> Condition:
    rule = "recipient.acts_for_listed" if own.how == "acts_for" else "recipient.is_listed"
    return yes(NAME, rule, own.fact, tie="recipient", **_of(own))


def _perhaps_listed(own: ListedRecipient) -> Condition:
    # A resemblance, or what somebody says, is at most a possibility (R9, R13).
    return unknown(NAME, "recipient.perhaps_listed", own.fact, unknown="recipient.name", tie="recipient", **_of(own))


def _not_yet_listed(bearings: Bearings, own: ListedRecipient) -> Condition:
    last = bearings.window.days.last
    is_later = own.gone_on is None or (own.listed_on is not None and last is not None and last < own.listed_on)
    if is_later:
        return no(NAME, "recipient.listed_later", own.fact, tie="recipient", **_of(own, bearings))
    gone_on = own.gone_on.isoformat() if own.gone_on else ""
    return no(NAME, "recipient.delisted", own.fact, tie="recipient", **_of(own, bearings), gone_on=gone_on)


def _of(own: ListedRecipient, bearings: Bearings | None = None) -> dict[str, Plain]:
    """Return the plain values with which a reason speaks of a listed party."""
    window: dict[str, Plain] = {} if bearings is None else {"window": str(bearings.window)}
    return {
        "name": own.name,
        "listed": own.listed,
        "reference_number": own.reference_number,
        "listed_on": own.listed_on.isoformat() if own.listed_on else "…",
        "score": own.score,
        **window,
    }


def _anyone(bearings: Bearings, measure: Measure) -> Condition:
    return yes(NAME, "recipient.no_condition", _fact(bearings.facts.recipient))


def _armed_or_named(bearings: Bearings, measure: Measure) -> Condition | None:
    """A group by its kind or its name; which group it may be takes nothing from what its kind settles."""
    named = _named_group(bearings, measure)
    kind = bearings.facts.recipient.kind
    is_bound = kind in ARMED_NON_STATE or kind == "designated_party"
    return _bound(bearings) if is_bound and (named is None or named.answer is not Answer.YES) else named


def _non_governmental(bearings: Bearings, measure: Measure) -> Condition:
    return _surer(_armed_or_named(bearings, measure), _other_than_a_force(bearings, measure))


def _surer(named: Condition | None, otherwise: Condition) -> Condition:
    """What a name decides, save where it only may be a group's and what else is stated settles that it is bound."""
    if named is None or (named.answer is not Answer.YES and otherwise.answer is Answer.YES):
        return otherwise
    return named


def _other_than_a_force(bearings: Bearings, measure: Measure) -> Condition:
    kind = bearings.facts.recipient.kind
    if kind == "government" and not bearings.is_own_to(measure.target_countries):
        return _foreign_government(bearings)
    if kind == "government" or kind in INTERNATIONAL:
        return _not_bound(bearings)
    if kind in PRIVATE and measure.binds_private:
        return _bound(bearings)
    return _unknown(bearings)


def _other_than_authorised(bearings: Bearings, measure: Measure) -> Condition:
    return _surer(_armed_or_named(bearings, measure), _by_leave_of_government(bearings, measure))


def _by_leave_of_government(bearings: Bearings, measure: Measure) -> Condition:
    stated = bearings.facts.recipient
    if stated.kind == "government" and not bearings.is_own_to(measure.target_countries):
        return _by_authorisation(stated)
    if stated.kind == "government" or stated.kind in INTERNATIONAL:
        return _not_bound(bearings)
    is_told = stated.authorised_by_government != "unknown"
    if stated.kind in PRIVATE or stated.kind == "regional_authority" or is_told:
        return _by_authorisation(stated)
    return _unknown(bearings)


def _foreign_government(bearings: Bearings) -> Condition:
    """A carve-out for the Government means the target's own; another State's forces there are another matter (R5)."""
    stated, destination = bearings.facts.recipient, bearings.facts.route.destination
    if stated.country is not None:
        fact = f"{_fact(stated)}, recipient.country = {stated.country}"
        return unknown(NAME, "recipient.foreign_government", fact, unknown="recipient.name", country=stated.country)
    fact = f"{_fact(stated)}, route.destination = {destination or 'unknown'}"
    return unknown(NAME, "recipient.government_of_unknown_state", fact, unknown="recipient.name")


def _by_authorisation(stated: RecipientFacts) -> Condition:
    fact = f"recipient.authorised_by_government = {stated.authorised_by_government}"
    if stated.authorised_by_government == "yes":
        return no(NAME, "recipient.authorised", fact)
    if stated.authorised_by_government == "no":
        return yes(NAME, "recipient.not_authorised", fact)
    return unknown(
        NAME,
        "recipient.authorisation_unknown",
        fact,
        unknown="recipient.authorised_by_government",
        kind=stated.kind,
    )


def _other_than_security_forces(bearings: Bearings, measure: Measure) -> Condition:
    stated = bearings.facts.recipient
    if stated.kind == "government" and not bearings.is_own_to(measure.target_countries):
        return _foreign_government(bearings)
    if stated.kind == "government":
        if stated.branch == "security_forces":
            return _not_bound(bearings)
        fact = f"recipient.branch = {stated.branch or 'unknown'}"
        return unknown(NAME, "recipient.branch_unknown", fact, unknown="recipient.branch")
    if stated.kind == "unknown":
        return _named_group(bearings, measure) or _unknown(bearings)
    return _armed_or_named(bearings, measure) or _bound(bearings)


def _other_than_occupying_authority(bearings: Bearings, measure: Measure) -> Condition:
    kind = bearings.facts.recipient.kind
    if kind == "international_force":
        return _not_bound(bearings)
    return _unknown(bearings) if kind == "unknown" else _bound(bearings)


def _belligerents(bearings: Bearings, measure: Measure) -> Condition:
    named = _named_group(bearings, measure)
    stated = bearings.facts.recipient
    if named is not None and (named.answer is Answer.YES or stated.kind != "government"):
        return named
    if stated.kind == "designated_party" or stated.kind in INTERNATIONAL:
        # A United Nations or international force is bound save for the standing exemption, which is weighed apart.
        return _bound(bearings)
    if stated.kind == "government" or stated.kind in ARMED_NON_STATE:
        if region_reached(bearings.facts, measure.target_regions) is not None:
            return _bound(bearings)
        return unknown(NAME, "recipient.possibly_region", _fact(stated), unknown="destination_region", kind=stated.kind)
    return _unknown(bearings)


def _territory_of_group(bearings: Bearings, measure: Measure) -> Condition:
    kind = bearings.facts.recipient.kind
    named = _named_group(bearings, measure)
    if named is not None:
        return named
    if kind == "designated_party":
        return _bound(bearings)
    # An armed group may as well be the enemy of the one that holds the territory.
    return _not_bound(bearings) if kind in INTERNATIONAL else _unknown(bearings)


def _designated(bearings: Bearings, measure: Measure) -> Condition:
    named = _named_group(bearings, measure)
    stated = bearings.facts.recipient
    if named is not None:
        return named
    if stated.kind == "designated_party":
        return _designated_as_stated(bearings, measure)
    if not measure.target_countries:
        # For a regime without territory only a name can tie; nobody here is named (R4, last column).
        return no(NAME, "recipient.no_listed_party", _fact(stated))
    if stated.kind == "unknown":
        return unknown(NAME, "recipient.unknown", _fact(stated), unknown="recipient.kind")
    if stated.kind in ARMED_NON_STATE:
        # A list loaded today says nothing of an earlier day: never "not listed" (R20).
        name = stated.name or stated.kind
        return unknown(NAME, "recipient.listing_unknown", _fact(stated), unknown="recipient.listed", name=name)
    return no(NAME, "recipient.not_listed_kind", _fact(stated), kind=stated.kind)


def _designated_as_stated(bearings: Bearings, measure: Measure) -> Condition:
    """The record says that the recipient is a listed party; on which list is not known from a name we can find."""
    stated = bearings.facts.recipient
    elsewhere = next((named for named in bearings.groups.values() if named.how == "name"), None)
    if elsewhere is not None:
        group = elsewhere.group.name
        return no(NAME, "recipient.listed_elsewhere", elsewhere.fact, group=group)
    name = stated.name or stated.kind
    return unknown(NAME, "recipient.listing_unknown", _fact(stated), unknown="recipient.listed", name=name)


_SCOPES: dict[str, Callable[[Bearings, Measure], Condition]] = {
    "any_procurer": _anyone,
    "belligerents_in_region": _belligerents,
    "designated_parties": _designated,
    "everyone_in_territory": _anyone,
    "non_governmental_forces": _non_governmental,
    "other_than_government_authorised": _other_than_authorised,
    "other_than_government_security_forces": _other_than_security_forces,
    "other_than_occupying_authority": _other_than_occupying_authority,
    "state_all_recipients": _anyone,
    "territory_under_group_control": _territory_of_group,
}
RECIPIENT_SCOPES = frozenset(_SCOPES)
