"""What a draft is warned of by the registries: a desk that cannot be relied on, and own records not looked up."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from cases.choices import ContactState, ReferralKind
from cases.models import Referral
from cases.queries.contacts import contact_for, find_contact, state_on, taken_over
from cases.queries.register_hits import lookups_for_referral
from cases.tracing.contact_state import SENTENCES as OF_CONTACTS

SENTENCES: Final[dict[str, str]] = {
    **{f"contact_{state}": sentence for state, sentence in OF_CONTACTS.items()},
    "contact_changed": "Entry {entry} of the registry was changed since the draft took it over; take it over again.",
    "not_looked_up": "Lines {lines}: your own records were not looked up; look there before asking abroad.",
    "in_own_register": "Lines {lines} stand in your own registers; see what is there before asking abroad.",
}


class RegistryWarning(NamedTuple):
    """One thing worth a look before the letter goes; it refuses nothing."""

    code: str
    params: dict[str, str]
    # Numbers of the letter's lines.
    lines: tuple[int, ...] = ()

    @property
    def sentence(self) -> str:
        """Return the English template."""
        return SENTENCES[self.code]


def registry_warnings(referral: Referral, on: date) -> list[RegistryWarning]:
    """Return what a referral's officer is to be warned of on that day."""
    return [*_of_contact(referral, on), *_of_lookups(referral)]


def _of_contact(referral: Referral, on: date) -> Iterator[RegistryWarning]:
    contact: dict[str, Any] = referral.addressee_contact
    entry = contact.get("entry")
    row = None if entry is None else find_contact(entry)
    if row is not None:
        # A version that only confirms it changes nothing in the letter.
        if taken_over(row) | {"version": None} != contact | {"version": None}:
            yield RegistryWarning("contact_changed", {"entry": row.key})
        state, confirmed_on = state_on(row, on), row.confirmed_on
    elif contact:
        # An officer has named the desk, and answers for it.
        return
    else:
        found = contact_for(referral.addressee_country, ReferralKind(referral.kind), on)
        state, confirmed_on = found.state, found.confirmed_on
    if state is not ContactState.CURRENT:
        params = {"country": referral.addressee_country, "confirmed_on": str(confirmed_on or "")}
        yield RegistryWarning(f"contact_{state}", params)


def _of_lookups(referral: Referral) -> Iterator[RegistryWarning]:
    told = lookups_for_referral(referral)
    if referral.kind == ReferralKind.ITI_REQUEST:
        unseen = [each["line"] for each in told if not (each["lookup"] and each["lookup"]["is_current"])]
        yield from _of_lines("not_looked_up", unseen)
    yield from _of_lines(
        "in_own_register", [each["line"] for each in told if each["lookup"] and each["lookup"]["hits"]]
    )


def _of_lines(code: str, lines: Sequence[int]) -> Iterator[RegistryWarning]:
    if lines:
        yield RegistryWarning(code, {"lines": ", ".join(map(str, lines))}, tuple(lines))
