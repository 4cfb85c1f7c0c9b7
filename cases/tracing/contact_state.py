"""Which desk a referral goes to, and whether what is known of it is fresh enough to write to (ITI 25, 31(a))."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from cases.choices import ContactKind, ContactState, ReferralKind

# Whom each kind of letter is addressed to, the usual desk first.
DESKS: Final[Mapping[ReferralKind, tuple[ContactKind, ...]]] = {
    ReferralKind.ITI_REQUEST: (ContactKind.NATIONAL_POINT_OF_CONTACT, ContactKind.PERMANENT_MISSION),
    ReferralKind.PANEL_REQUEST: (ContactKind.PERMANENT_MISSION, ContactKind.NATIONAL_POINT_OF_CONTACT),
    ReferralKind.MISSION_REQUEST: (ContactKind.PERMANENT_MISSION, ContactKind.NATIONAL_POINT_OF_CONTACT),
    # From one national bureau to another, and to nobody else.
    ReferralKind.IARMS_TRACE: (ContactKind.NATIONAL_CENTRAL_BUREAU,),
    ReferralKind.BILATERAL: (ContactKind.NATIONAL_POINT_OF_CONTACT, ContactKind.PERMANENT_MISSION),
    ReferralKind.LICENCE_ENQUIRY: (ContactKind.NATIONAL_POINT_OF_CONTACT, ContactKind.PERMANENT_MISSION),
}
# What a draft is warned of; a current contact warns of nothing.
SENTENCES: Final[Mapping[ContactState, str]] = {
    ContactState.STALE: "The point of contact of {country} was last confirmed on {confirmed_on}; confirm it first.",
    ContactState.NEVER_CONFIRMED: "The point of contact of {country} was never confirmed; confirm it first.",
    ContactState.OUT_OF_DATE: "The point of contact of {country} is not valid on that day; find the one that is.",
    ContactState.MISSING: "No point of contact of {country} is on record for letters of this kind.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFacts:
    """What decides on a contact."""

    key: str
    kind: ContactKind
    valid_from: date | None = None
    # The day after the last.
    valid_until: date | None = None
    confirmed_on: date | None = None

    def is_valid(self, on: date) -> bool:
        """Return whether it may be written to on that day, as far as its dates tell."""
        has_begun = self.valid_from is None or self.valid_from <= on
        return has_begun and (self.valid_until is None or on < self.valid_until)


@dataclass(frozen=True, slots=True)
class ContactChosen:
    """The contact to write to, None where there is none, and what is to be said of it."""

    key: str | None
    state: ContactState


def state_of(contact: ContactFacts, on: date, stale_months: int) -> ContactState:
    """Return how far a contact can be relied on that day."""
    if not contact.is_valid(on):
        return ContactState.OUT_OF_DATE
    if contact.confirmed_on is None:
        return ContactState.NEVER_CONFIRMED
    return ContactState.STALE if contact.confirmed_on < _months_before(on, stale_months) else ContactState.CURRENT


def choose_contact(
    contacts: Iterable[ContactFacts], kind: ReferralKind, on: date, *, stale_months: int
) -> ContactChosen:
    """Return the State's contact for that kind of letter: valid before not, of the usual desk, lately confirmed."""
    desks = DESKS[kind]
    fitting = [contact for contact in contacts if contact.kind in desks]
    if not fitting:
        return ContactChosen(None, ContactState.MISSING)

    def standing(contact: ContactFacts) -> tuple[bool, int, date, str]:
        return (
            contact.is_valid(on),
            -desks.index(contact.kind),
            contact.confirmed_on or date.min,
            contact.key,
        )

    best = max(fitting, key=standing)
    state = state_of(best, on, stale_months)
    # What is not valid is told of and not written to.
    return ContactChosen(None if state is ContactState.OUT_OF_DATE else best.key, state)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    # Of shorter months the last day.
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError
