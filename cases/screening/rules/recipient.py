"""Is the recipient one for whom the measure binds? (R4, R5, R9)."""

from collections.abc import Callable

from cases.screening.facts import RecipientFacts
from cases.screening.findings import Condition, no, unknown, yes
from cases.screening.places import region_reached
from cases.screening.rulebook import Measure
from cases.screening.ties import Bearings

NAME = "recipient"

ARMED_NON_STATE = frozenset({"non_governmental_force", "criminal_group"})
INTERNATIONAL = frozenset({"un_mission", "peacekeeping_contingent", "international_force"})
PRIVATE = frozenset({"private", "private_security_company", "media", "humanitarian"})


def recipient(bearings: Bearings, measure: Measure) -> Condition:
    """The recipient is one for whom the measure binds."""
    condition = _SCOPES[measure.recipient](bearings, measure)
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


def _anyone(bearings: Bearings, measure: Measure) -> Condition:
    return yes(NAME, "recipient.no_condition", _fact(bearings.facts.recipient))


def _non_governmental(bearings: Bearings, measure: Measure) -> Condition:
    named = _named_group(bearings, measure)
    kind = bearings.facts.recipient.kind
    if named is not None:
        return named
    if kind in ARMED_NON_STATE or kind == "designated_party":
        return _bound(bearings)
    if kind == "government" and bearings.is_foreign_to(measure.target_countries):
        return _foreign_government(bearings)
    if kind == "government" or kind in INTERNATIONAL:
        return _not_bound(bearings)
    if kind in PRIVATE and measure.binds_private:
        return _bound(bearings)
    return _unknown(bearings)


def _other_than_authorised(bearings: Bearings, measure: Measure) -> Condition:
    named = _named_group(bearings, measure)
    stated = bearings.facts.recipient
    if named is not None:
        return named
    if stated.kind in ARMED_NON_STATE or stated.kind == "designated_party":
        return _bound(bearings)
    if stated.kind == "government" and bearings.is_foreign_to(measure.target_countries):
        return _by_authorisation(stated)
    if stated.kind == "government" or stated.kind in INTERNATIONAL:
        return _not_bound(bearings)
    is_told = stated.authorised_by_government != "unknown"
    if stated.kind in PRIVATE or stated.kind == "regional_authority" or is_told:
        return _by_authorisation(stated)
    return _unknown(bearings)


def _foreign_government(bearings: Bearings) -> Condition:
    """A carve-out for the Government means the target's own; another State's forces there are another matter (R5)."""
    stated = bearings.facts.recipient
    fact = f"{_fact(stated)}, recipient.country = {stated.country}"
    return unknown(NAME, "recipient.foreign_government", fact, unknown="recipient.name", country=stated.country)


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
    if stated.kind == "government" and bearings.is_foreign_to(measure.target_countries):
        return _foreign_government(bearings)
    if stated.kind == "government":
        if stated.branch == "security_forces":
            return _not_bound(bearings)
        fact = f"recipient.branch = {stated.branch or 'unknown'}"
        return unknown(NAME, "recipient.branch_unknown", fact, unknown="recipient.branch")
    if stated.kind == "unknown":
        return _named_group(bearings, measure) or _unknown(bearings)
    return _named_group(bearings, measure) or _bound(bearings)


def _other_than_occupying_authority(bearings: Bearings, measure: Measure) -> Condition:
    kind = bearings.facts.recipient.kind
    if kind == "international_force":
        return _not_bound(bearings)
    return _unknown(bearings) if kind == "unknown" else _bound(bearings)


def _belligerents(bearings: Bearings, measure: Measure) -> Condition:
    named = _named_group(bearings, measure)
    stated = bearings.facts.recipient
    if named is not None:
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
