"""What papers say against what was found and what was authorised: the results, and the sentences that say them.

A mismatch says which two statements do not go together; who is wrong is not for the program to say.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cases.intake.countries import FORMER_COUNTRIES, is_unknown
from cases.intake.incident import Paper
from cases.intake.problems import Param

# Rule id → what it says. An id, once published, is never renamed; placeholders are the params.
MISMATCHES: Final[Mapping[str, str]] = {
    # declared against found
    "declared.weight": (
        "Declared were {declared_kg} kg, weighed were {found_kg} kg: more than {tolerance_percent} per cent apart."
    ),
    "declared.hs_chapter": "Declared under heading {declared}; goods found are of chapter {found}.",
    "declared.hs_heading": "Declared under heading {declared}; goods found are of another of that chapter, {found}.",
    "declared.hs_no_arms": "Declared under heading {declared}, which holds no arms; found were: {found}.",
    "declared.words_no_arms": "Declared as “{declared}”, which names no arms; found were: {found}.",
    "declared.destination": "The papers give {declared} as destination; the goods were bound for {stated}.",
    "declared.origin": "The papers give {declared} as origin; the goods came from {stated}.",
    # a paper against the record
    "paper.forged": "{paper} proved forged.",
    "paper.disputed": "That {paper} is genuine is disputed.",
    "paper.stamp": "The stamp on {paper} differs from that of the issuer.",
    "paper.issued_after": "{paper} was issued on {issued}, after the goods were stopped or found ({stopped}).",
    "paper.expired": "{paper} was good until {until}; the goods left later ({left}).",
    "paper.end_user_not_recipient": "{paper} names {end_user} as end user; the goods were for {other}.",
    "paper.end_user_not_consignee": "{paper} names {end_user} as end user; the consignee is {other}.",
    "paper.end_user_not_stated": "{paper} names {end_user} as end user; the record has {other} as end user.",
    "paper.country_not_destination": "{paper} was issued by {issuer}; the goods were bound for {other}.",
    "paper.country_not_recipient": "{paper} was issued by {issuer}; the recipient is in {other}.",
    "paper.country_not_declared": "{paper} was issued by {issuer}; the papers give {other} as the State concerned.",
    "paper.country_not_origin": "{paper} was issued by {issuer}; the goods came from {other}.",
    "paper.other_goods": "{paper} is for “{goods}”, which names no arms; found were: {found}.",
    "paper.quantity": "{paper} is for {quantity} ({unit}); found were {found}.",
    "paper.quantity_in_all": "{paper} is for {quantity} ({unit}); together with {references}, {found} were found.",
    "paper.used_again": "{paper} was shown in {references} too.",
    "paper.used_for_other_goods": "{paper} was shown for other goods in {references}: {goods}.",
    # an approval that is claimed against the record
    "approval.regime_not_binding": (
        "{approval} is claimed under {regime}, of which no measure was binding on the days in question ({days})."
    ),
    "approval.regime_elsewhere": (
        "{approval} is claimed under {regime}, which is about {countries}; the route is {route}."
    ),
    "approval.other_goods": "{approval} can only be for {goods} under {regime}; found were: {found}.",
    "approval.after_transfer": "{approval} was given on {on}, after the transfer had begun ({begun}).",
    "approval.used_again": "{approval} was claimed in {references} too.",
}
# Code → what is to be found out; an unknown is never a mismatch.
INQUIRIES: Final[Mapping[str, str]] = {
    "declared_weight": "What weight do the papers declare?",
    "found_weight": "What do the goods weigh?",
    "declared_heading": "Under which customs heading were the goods declared?",
    "heading_holds_both": "Heading {declared} holds civil and military goods: which of them was declared?",
    "declared_words": "What do the papers call the goods?",
    "declared_words_unread": "“{declared}” is in a script in which goods are not recognised: what does it say?",
    "other_arms_declared": "Declared were {declared}, found were {found}: is that the same?",
    "category": "What are the goods of line {line}?",
    "authenticity": "Is {paper} genuine? Its issuer can say.",
    "paper_missing": "{paper} is said to exist and was not found: who has it?",
    "stamp": "Does the stamp on {paper} agree with that of the issuer?",
    "stamp_absent": "{paper} bears no stamp: does its issuer use one?",
    "issued_on": "When was {paper} issued?",
    "issued_when": "{paper} is dated {issued}, the goods were stopped or found {stopped}: which came first?",
    "left_before_expiry": "{paper} was good until {until}: had the goods left by then?",
    "issuer": "Which State issued {paper}?",
    "end_user": "Whom does {paper} name as end user?",
    "near_name": "Are {end_user}, whom {paper} names, and {other} the same?",
    "government_end_user": "{paper} names {end_user}; does the recipient, {other}, belong to it or act for it?",
    "former_state": "{issuer}, named as issuer of {paper}, or {other}, is no more: which State is meant?",
    "paper_unit": "How many of what was found does {paper} cover?",
    "same_number": "The number of {paper} stands in {references} too: is it the same paper?",
    "approval_regime": "Under which regime is {approval} claimed?",
    "regime_unknown": "{approval} names {regime}, which the rulebook does not have: which regime is meant?",
    "approval_day": "On which day was {approval} given?",
    "approval_when": "{approval} was given on {on}, the transfer began {begun}: which came first?",
    "left_when": "When did the goods leave? {regime} was binding earlier.",
    "route_of_approval": "Whence and whither were the goods going, which {approval} under {regime} is to cover?",
}
# What the State that issued the paper is asked because of a mismatch; no other record, party or source is named.
ASKED: Final[Mapping[str, str]] = {
    "paper.forged": (
        "{paper} appears to be forged: please say in what it differs from papers that your authorities issue."
    ),
    "paper.disputed": ("That {paper} is genuine is disputed: please say whether it agrees with your records."),
    "paper.stamp": (
        "The stamp on {paper} appears to differ from that of the issuer: please send a specimen of the one in use."
    ),
    "paper.issued_after": (
        "{paper} bears the date {issued}; the goods were stopped or found on {stopped}: please say when it was "
        "applied for and issued."
    ),
    "paper.expired": ("{paper} was good until {until}, and the goods left later: please say whether it was prolonged."),
    "paper.end_user_not_recipient": (
        "{paper} names {end_user} as end user, and the goods appear to have been for others: please say whether a "
        "change of end user was applied for or authorised."
    ),
    "paper.end_user_not_consignee": (
        "{paper} names {end_user} as end user, and the goods were consigned to others: please say what your "
        "authorities know of the consignee."
    ),
    "paper.country_not_destination": (
        "{paper} was issued by your State, and the goods appear to have been bound for {other}: please say whether "
        "a diversion or re-export was authorised."
    ),
    "paper.country_not_origin": (
        "{paper} was issued by your State, and the goods appear to have come from {other}: please say whence they "
        "were to be sent under it."
    ),
    "paper.other_goods": ("{paper} is for “{goods}”, and found were: {found}. Please say which goods it covers."),
    "paper.quantity": (
        "{paper} is for {quantity} ({unit}), and {found} were found: please say which quantity it covers."
    ),
    "paper.quantity_in_all": (
        "{paper} is for {quantity} ({unit}), and it appears to have been used for more: please say for how many "
        "deliveries it was good, and which took place."
    ),
    "paper.used_again": (
        "{paper} appears to have been used more than once: please say for how many deliveries it was good, and which "
        "took place."
    ),
    "paper.used_for_other_goods": (
        "{paper} appears to have been used for different goods: please say which it covers."
    ),
}


# A mismatch that has nothing to say beside what it is about.
NOTHING: Final[Mapping[str, Param]] = {}


class Sureness(StrEnum):
    """How sure it is that the two sides exclude each other."""

    CERTAIN = "certain"
    LIKELY = "likely"  # it rests on words or names, or on a practice that has exceptions


@dataclass(frozen=True, slots=True)
class Side:
    """One of the statements compared: where it stands in the record, and what it says there."""

    fact: str
    value: Param


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """Two statements that do not go together, the paper and the items that they are about."""

    rule: str
    params: Mapping[str, Param]
    sides: tuple[Side, ...]
    sureness: Sureness
    paper: int | None = None
    items: tuple[int, ...] = ()

    @property
    def sentence(self) -> str:
        """Return what it says, in English."""
        return MISMATCHES[self.rule].format_map(self.params)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """What is to be found out before the comparison can be made, and where the answer would stand in the record."""

    code: str
    fact: str
    params: Mapping[str, Param]
    paper: int | None = None

    @property
    def sentence(self) -> str:
        """Return what it asks, in English."""
        return INQUIRIES[self.code].format_map(self.params)


Result = Mismatch | Inquiry


def ask(code: str, fact: str, /, **params: Param) -> Inquiry:
    """Return an inquiry about no paper in particular."""
    return Inquiry(code=code, fact=fact, params=params)


def words(codes: Iterable[str]) -> str:
    """Return codes as people write them, each once and in order."""
    return ", ".join(code.replace("_", " ") for code in sorted(set(codes)))


def name_of(paper: Paper, index: int) -> str:
    """Return how a paper is spoken of: its kind and its number, or its place in the record."""
    return f"{words([paper.kind or 'paper'])} {paper.number or f'[{index}]'}"


def is_former(*countries: str) -> bool:
    """Return whether one of the States is no more, so that it may stand for another (R16)."""
    return not FORMER_COUNTRIES.isdisjoint(countries)


def known_country(code: str | None) -> str | None:
    """Return the code, None where it says that the country is unknown."""
    return None if is_unknown(code) else code
