"""The lists of designated parties against which an incident is compared."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from anyascii import anyascii

from cases.screening.facts import Days
from cases.screening.names import IndexedName, NameIndex, NameMatch

# Shorter numbers belong to too many papers to point to anyone.
SHORTEST_NUMBER = 6
# "Afghan passport number SE 012820": the number itself stands at the end of the words.
_NUMBER = re.compile(r"(?:\b[A-Z]{1,3}[\s-]*)?\d[\dA-Z\s/-]*", re.IGNORECASE)


class ListUsed(NamedTuple):
    """One list as a result names it: its newest edition, and the digest of all editions that were used."""

    name: str
    generated: date
    digest: str


class Spelling(NamedTuple):
    """One name of a listed party, and how sure the list is of it: primary, good, low or original."""

    text: str
    quality: str


class Born(NamedTuple):
    """The days on one of which a listed person was born; not exact where the list says about."""

    days: Days
    is_exact: bool


class Seen(NamedTuple):
    """A row of editions that all have the entry: the days of the first and the last, and since when it is listed."""

    first: date
    last: date
    listed_on: date | None


class Designation(NamedTuple):
    """One listed party with what all loaded editions say of it."""

    reference_number: str
    list_name: str
    list_type: str
    kind: str  # person, organization, vessel
    name: str
    spellings: tuple[Spelling, ...]
    seen: tuple[Seen, ...]  # by day; at least one
    missing_on: tuple[date, ...] = ()  # the day of the first edition without the entry after each time it was seen
    regimes: frozenset[str] = frozenset()  # ids of the regimes for which being on this list counts
    consequences: tuple[str, ...] = ()  # asset_freeze, travel_ban, port_entry_ban …
    births: tuple[Born, ...] = ()
    countries: frozenset[str] = frozenset()  # nationalities, addresses, flag
    identifiers: frozenset[str] = frozenset()  # as `plain_number` has them

    @property
    def listed_on(self) -> date | None:
        """Return since when the newest edition that has the entry says that the party is listed."""
        return self.seen[-1].listed_on

    def is_listed_on(self, day: date) -> bool | None:
        """Return whether the party was listed on the day; None where the loaded editions leave it open (R20)."""
        if any((seen.listed_on or seen.first) <= day <= seen.last for seen in self.seen):
            return True
        before = [seen for seen in self.seen if seen.last < day]
        after = [seen for seen in self.seen if seen.last >= day]
        gone = [on for on in self.missing_on if before and on > before[-1].last]
        if before:
            # Nothing newer is loaded: what the last edition says is taken to hold.
            return False if gone and gone[0] <= day else None if gone or after else True
        return None if after[0].listed_on is None else False

    def is_listed_throughout(self, days: Days) -> bool | None:
        """Return whether the party was listed on every day of the span; None where it changed or is not known (R15)."""
        if days.first is None or days.last is None:
            began = [seen.listed_on for seen in self.seen]
            is_later = days.last is not None and all(on is not None and days.last < on for on in began)
            return False if is_later else None
        answers = {self.is_listed_on(day) for day in (days.first, days.last)}
        within = any(days.first < day <= days.last for day in self._changes())
        return answers.pop() if len(answers) == 1 and not within else None

    def gone_on(self) -> date | None:
        """Return the day of the first edition without the entry after the last one that had it."""
        return next((on for on in self.missing_on if on > self.seen[-1].last), None)

    def _changes(self) -> Iterable[date]:
        """Return the days on which the answer may change."""
        yield from (seen.listed_on for seen in self.seen if seen.listed_on is not None)
        yield from self.missing_on


class Designations:
    """The designated parties by list, their names and numbers ready to be looked up; never changed once built."""

    def __init__(
        self,
        lists: tuple[ListUsed, ...],
        entries: tuple[Designation, ...] = (),
        editions: Mapping[str, tuple[date, ...]] = MappingProxyType({}),
    ) -> None:
        """Take the lists used, their entries, and the days of the editions loaded of each list."""
        self.lists = lists
        self.entries = entries
        self._editions = editions
        self.names = NameIndex(
            IndexedName(key, entry.kind, spelling.text, spelling.quality)
            for key, entry in enumerate(entries)
            for spelling in entry.spellings
        )
        self._by_reference = {(entry.list_name, entry.reference_number): entry for entry in entries}
        self._kinds = {
            used.name: frozenset(entry.kind for entry in entries if entry.list_name == used.name) for used in lists
        }
        numbers: dict[str, list[int]] = {}
        for key, entry in enumerate(entries):
            for number in sorted(entry.identifiers):
                numbers.setdefault(number, []).append(key)
        self._by_number = numbers

    @classmethod
    def none(cls) -> "Designations":
        """Return the state of affairs before any list was loaded: nothing can be said of who was listed (R20)."""
        return cls(())

    def named(self, name: str, kind: str | None) -> tuple[NameMatch, ...]:
        """Return whose listed names the name resembles, best first; the key is the place among the entries."""
        return self.names.find(name, kind)

    def numbered(self, number: str) -> tuple[int, ...]:
        """Return the places of the entries that bear the number."""
        return tuple(self._by_number.get(plain_number(number), ()))

    def entry(self, list_name: str, reference_number: str) -> Designation:
        """Return the entry of that reference number; KeyError where the list has none."""
        return self._by_reference[list_name, reference_number]

    def covers(self, list_name: str, day: date | None) -> bool:
        """Return whether an edition of the list from that day or before is loaded (R20)."""
        return day is not None and any(on <= day for on in self._editions.get(list_name, ()))

    def kinds_on(self, list_name: str) -> frozenset[str]:
        """Return the kinds of parties that the list names."""
        return self._kinds.get(list_name, frozenset())

    def oldest(self, list_name: str) -> date:
        """Return the day of the oldest edition of the list that is loaded."""
        return min(self._editions[list_name])

    def newest(self, list_name: str) -> date:
        """Return the day of the newest edition of the list."""
        return max(self._editions[list_name])


class ListedRecipient(NamedTuple):
    """A listed party that the recipient is, acts for, or may be; what the recipient condition rests on (R9)."""

    name: str
    listed: str
    reference_number: str
    fact: str  # "recipient.name = …"
    how: str  # name, acts_for, claim
    score: float
    is_certain: bool
    on_day: bool | None
    listed_on: date | None
    gone_on: date | None
    regimes: frozenset[str]

    @property
    def strength(self) -> tuple[int, float, str]:
        """Order what is said of the recipient: certain and listed on the day first."""
        if self.on_day is False:
            rank = 3 if self.is_certain else 4
        else:
            rank = (0 if self.on_day else 1) if self.is_certain else 2
        return rank, -self.score, self.reference_number


def plain_number(number: str) -> str:
    """Return a document's or register's number as it is compared: letters and digits only, upper case."""
    return "".join(letter for letter in anyascii(number).upper() if letter.isalnum())


def numbers_in(text: str) -> tuple[str, ...]:
    """Return the numbers that a list's field holds, long enough to point to somebody."""
    whole = plain_number(text)
    found = [whole] if len(text.split()) <= 2 else []
    found += [plain_number(number) for number in _NUMBER.findall(text)]
    enough = (number for number in found if len(number) >= SHORTEST_NUMBER and any(c.isdigit() for c in number))
    return tuple(dict.fromkeys(enough))
