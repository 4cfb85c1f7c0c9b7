"""Whom to ask about an item: every State that record, marks and registers point to, each with the reasons and cautions.

The machine proposes; an officer asks, and says why (`why_addressee`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cases.choices import MarkingEvent
from cases.intake.countries import FORMER_COUNTRIES, is_unknown
from cases.tracing.marking_practices import HIGH, LOW, MEDIUM, Reading, Said

REASONS: Final[dict[str, str]] = {
    "manufacture": "The record gives it as the country of manufacture.",
    "import_mark": "The record gives it as the country of an import mark.",
    "last_holder": "Entry {entry} of your {register} register gives a last lawful holder there.",
}
CAUTIONS: Final[dict[str, str]] = {
    "stock_only": "No mark read here confirms that it was made there: the country may be only that of the stock.",
    "of_a_stock": "The mark is that of a stock ({stock}); the arm may have been made elsewhere.",
    "other_maker": "Marks fit the practice of other States of manufacture as well: {countries}.",
    "former_state": "This State is no more; ask its successor.",
    "own_state": "This is your own State: the answer lies in your own records.",
}
# In the order in which a State is asked rather than another: who made it, who imported it, where it was held.
_STATED: Final = "manufacture"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAsked:
    """What the record says of the item's origin."""

    country_of_manufacture: str | None = None
    import_country: str | None = None


@dataclass(frozen=True, slots=True)
class HolderKnown:
    """A last lawful holder's State by an own register's entry."""

    country: str
    register: str
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A State that may have a record of the item."""

    country: str
    confidence: str
    reasons: tuple[Said, ...]
    readings: tuple[Reading, ...]
    cautions: tuple[Said, ...]


def whom_to_ask(
    item: ItemAsked, readings: Sequence[Reading], holders: Iterable[HolderKnown] = (), *, own_country: str | None = None
) -> tuple[Proposal, ...]:
    """Return every State that something points to, the surest first; nobody is asked by it."""
    known = tuple(holders)
    pointed = {
        item.country_of_manufacture,
        item.import_country,
        *(reading.country for reading in readings),
        *(holder.country for holder in known),
    }
    countries = sorted(country for country in pointed if country is not None and not is_unknown(country))
    proposals = [_proposal(country, item, readings, known, own_country) for country in countries]
    return tuple(sorted(proposals, key=lambda each: ((HIGH, MEDIUM, LOW).index(each.confidence), each.country)))


def _proposal(
    country: str,
    item: ItemAsked,
    readings: Sequence[Reading],
    holders: Sequence[HolderKnown],
    own_country: str | None,
) -> Proposal:
    fitting = tuple(reading for reading in readings if reading.country == country)
    reasons = tuple(_reasons(country, item, holders))
    return Proposal(
        country=country,
        confidence=_confidence(reasons, fitting),
        reasons=reasons,
        readings=fitting,
        cautions=tuple(_cautions(country, item, readings, own_country)),
    )


def _reasons(country: str, item: ItemAsked, holders: Sequence[HolderKnown]) -> Iterator[Said]:
    if item.country_of_manufacture == country:
        yield Said(_STATED)
    if item.import_country == country:
        yield Said("import_mark")
    for holder in holders:
        if holder.country == country:
            yield Said("last_holder", (("entry", holder.entry), ("register", holder.register)))


def _confidence(reasons: Sequence[Said], readings: Sequence[Reading]) -> str:
    """Return how surely the State is to be asked: a register, or a statement that a mark bears out, makes it sure."""
    codes = {reason.code for reason in reasons}
    read = {reading.confidence for reading in readings}
    if "last_holder" in codes or HIGH in read or (codes and MEDIUM in read):
        return HIGH
    return MEDIUM if codes or MEDIUM in read else LOW


def _cautions(country: str, item: ItemAsked, readings: Sequence[Reading], own_country: str | None) -> Iterator[Said]:
    makers = {each.country for each in readings if each.event is MarkingEvent.MANUFACTURE and each.confidence != LOW}
    if item.country_of_manufacture == country and country not in makers:
        yield Said("stock_only")
        if makers:
            yield Said("other_maker", (("countries", ", ".join(sorted(makers))),))
    for stock in sorted({each.stock for each in readings if each.country == country and each.stock}):
        yield Said("of_a_stock", (("stock", stock),))
    if country in FORMER_COUNTRIES:
        yield Said("former_state")
    if country == own_country:
        yield Said("own_state")
