"""Editions of lists into what the engine compares with: every party once, with the days on which it was seen."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Protocol

from cases.lists.entries import ListEdition, ListedParty
from cases.lists.spellings import spellings
from cases.screening.designations import (
    Born,
    Designation,
    Designations,
    ListUsed,
    Seen,
    Spelling,
    numbers_in,
    plain_number,
)
from cases.screening.facts import Days

# The regimes for which being on a list counts: whose arms measures bind towards listed parties, or towards forces and
# groups among which a listed one is. Lists of regimes that bind whoever the recipient is (Libya, the DPRK, South
# Sudan) or that freeze assets only (Iraq, resolution 1518) or ban travel only (Guinea-Bissau) are left out: a match
# there is a notice.
REGIMES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "Al-Qaida": frozenset({"isil-al-qaida-1267"}),
        "CAR": frozenset({"car-2013"}),
        "DRC": frozenset({"drc-2003"}),
        "Eritrea": frozenset({"eritrea-2009"}),
        "Haiti": frozenset({"haiti-2022"}),
        "Somalia": frozenset({"somalia-1992", "al-shabaab-2713"}),
        "Sudan": frozenset({"sudan-darfur-2004"}),
        "Taliban": frozenset({"taliban-1988"}),
        "Yemen": frozenset({"yemen-houthis-2015"}),
    }
)
# What a listing entails where the entry itself does not say.
CONSEQUENCES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"GB": ("travel_ban",), "DPRK vessels": ("asset_freeze", "port_entry_ban")}
)
USUAL_CONSEQUENCES = {"person": ("asset_freeze", "travel_ban"), "organization": ("asset_freeze",)}


def designations_from(editions: Iterable[ListEdition]) -> Designations:
    """Return the union of the editions; an entry gone from a later edition stays, for the days when it was listed."""
    by_list: dict[str, list[ListEdition]] = {}
    for edition in editions:
        by_list.setdefault(edition.name, []).append(edition)
    for of_list in by_list.values():
        of_list.sort(key=edition_order)
    return Designations(
        lists=tuple(_used(name, of_list) for name, of_list in sorted(by_list.items())),
        entries=tuple(entry for _, of_list in sorted(by_list.items()) for entry in _entries(of_list)),
        editions={name: tuple(edition.generated_on for edition in of_list) for name, of_list in by_list.items()},
    )


class _Dated(Protocol):
    """An edition as read, or as kept."""

    @property
    def generated_on(self) -> date:
        """Return its day."""

    @property
    def generated_at(self) -> datetime | None:
        """Return its moment, where the list gives one."""

    @property
    def digest(self) -> str:
        """Return the digest of its file."""


def edition_order(edition: _Dated) -> tuple[date, str, str]:
    """Return by what editions of one list are ordered in time."""
    moment = "" if edition.generated_at is None else edition.generated_at.astimezone(UTC).isoformat()
    return edition.generated_on, moment, edition.digest


def state_digest(digests: Sequence[str]) -> str:
    """Return the one digest of several editions: of a single one, its own."""
    if len(digests) == 1:
        return digests[0]
    return f"sha256:{hashlib.sha256(' '.join(sorted(digests)).encode()).hexdigest()}"


def _used(name: str, editions: Sequence[ListEdition]) -> ListUsed:
    return ListUsed(name, editions[-1].generated_on, state_digest([edition.digest for edition in editions]))


def _entries(editions: Sequence[ListEdition]) -> list[Designation]:
    """Return every party that any edition names, ordered by reference number."""
    seen: dict[str, dict[int, ListedParty]] = {}
    for place, edition in enumerate(editions):
        for party in edition.parties:
            seen.setdefault(party.reference_number, {})[place] = party
    days = [edition.generated_on for edition in editions]
    return [_designation(editions[0].name, seen[reference], days) for reference in sorted(seen)]


def _designation(list_name: str, seen: Mapping[int, ListedParty], days: Sequence[date]) -> Designation:
    """Return the party in the words of the newest edition that has it; ``seen`` is by place among the editions."""
    newest = seen[max(seen)]
    return Designation(
        reference_number=newest.reference_number,
        list_name=list_name,
        list_type=newest.list_type,
        kind=newest.kind,
        name=newest.name,
        spellings=_spellings([seen[place] for place in sorted(seen, reverse=True)]),
        seen=_rows(seen, days),
        missing_on=tuple(day for place, day in enumerate(days) if place not in seen and place - 1 in seen),
        regimes=REGIMES.get(newest.list_type, frozenset()),
        consequences=_consequences(newest),
        births=_births(newest),
        countries=_countries(newest),
        identifiers=_identifiers(newest),
    )


def _rows(seen: Mapping[int, ListedParty], days: Sequence[date]) -> tuple[Seen, ...]:
    """Return the editions that have the entry, those in a row that date the listing alike taken together."""
    rows: list[Seen] = []
    for place in sorted(seen):
        listed_on = seen[place].listed_on
        if rows and place - 1 in seen and rows[-1].listed_on == listed_on:
            rows[-1] = rows[-1]._replace(last=days[place])
        else:
            rows.append(Seen(days[place], days[place], listed_on))
    return tuple(rows)


def _spellings(parties: Sequence[ListedParty]) -> tuple[Spelling, ...]:
    """Return every spelling once, the newest edition's first; a name dropped since still names the party."""
    found: dict[str, str] = {}
    for party in parties:
        for name in party.names:
            for text, quality in spellings(name.text, name.quality, party.kind):
                found.setdefault(text, quality)
    return tuple(Spelling(text, quality) for text, quality in found.items())


def _consequences(party: ListedParty) -> tuple[str, ...]:
    return (
        party.consequences or CONSEQUENCES.get(party.list_type) or USUAL_CONSEQUENCES.get(party.kind, ("asset_freeze",))
    )


def _births(party: ListedParty) -> tuple[Born, ...]:
    return tuple(
        Born(Days(birth.first, birth.last), birth.certainty != "approximate")
        for birth in party.births
        if birth.first is not None
    )


def _countries(party: ListedParty) -> frozenset[str]:
    stated = (*party.nationalities, party.flag, *(address.country for address in party.addresses))
    return frozenset(code for code in stated if code is not None and len(code) == 3 and code.isupper())


def _identifiers(party: ListedParty) -> frozenset[str]:
    numbers: set[str] = set()
    for document in party.documents:
        if document.number is None:
            continue
        if document.kind == "imo_ship":
            numbers.add(plain_number(f"IMO {document.number}"))
        elif document.kind == "imo_company":
            numbers.update((document.number, f"IMO{document.number}"))
        else:
            numbers.update(numbers_in(document.number))
    return frozenset(numbers)
