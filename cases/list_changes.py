"""What changed between two states of the lists, as the incidents that it can touch: whom they name, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cases.screening.designations import Designation, Designations, ListUsed, plain_number
from cases.screening.listed import name_parts
from cases.screening.listed_flags import STALE_AFTER
from cases.screening.names import IndexedName, NameIndex

Key = tuple[str, str]


@dataclass(frozen=True)
class ListTouch:
    """Whom a change of the lists can touch. Of the days, None is no day at all."""

    # Entries that say something else now, or are there in one state only, as they were and as they are.
    entries: tuple[Designation, ...]
    # Whoever names anyone and was met after this day: whether a list is old, or how old, is another matter now.
    old_after: date | None
    # Whoever names a listed party and was met before this day: what the editions cover is another matter now.
    uncovered_before: date | None

    @property
    def references(self) -> frozenset[str]:
        """The entries, as `listed_reference` names them."""
        return frozenset(listed_reference(entry.list_name, entry.reference_number) for entry in self.entries)

    def names(self, stated: str) -> bool:
        """Return whether a stated name or number may be that of one of the entries."""
        number = plain_number(stated)
        if number in self._numbers or f"IMO{number}" in self._numbers:
            return True
        return any(self._index.find(part, None) for part in name_parts(stated))

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset(number for entry in self.entries for number in entry.identifiers)

    @cached_property
    def _index(self) -> NameIndex:
        spelled = {
            (entry.kind, spelling.text): IndexedName(place, entry.kind, spelling.text, spelling.quality)
            for place, entry in enumerate(self.entries)
            for spelling in entry.spellings
        }
        return NameIndex(spelled.values())


def listed_reference(list_name: str, reference_number: str) -> str:
    """Return what names an entry among all lists."""
    return f"{list_name}:{reference_number}"


def touched_by_lists(before: Designations, after: Designations) -> ListTouch:
    """Return whom the change from one state of the lists to the other can touch."""
    used = [(_used(before, name), _used(after, name)) for name in _list_names(before, after)]
    changed = [(was, now) for was, now in used if was != now]
    names = [each.name for pair in changed for each in pair if each is not None]
    in_both = sorted({name for name in names if _used(before, name) and _used(after, name)})
    return ListTouch(
        entries=tuple(_changed_entries(before, after)),
        old_after=min((each.generated + STALE_AFTER for pair in changed for each in pair if each), default=None),
        uncovered_before=max((day for name in in_both for day in _covered_from(name, before, after)), default=None),
    )


def _list_names(*states: Designations) -> list[str]:
    return sorted({used.name for state in states for used in state.lists})


def _used(state: Designations, name: str) -> ListUsed | None:
    return next((used for used in state.lists if used.name == name), None)


def _covered_from(name: str, before: Designations, after: Designations) -> Iterable[date]:
    """Yield since when the list covers days; nothing where that, and the newest edition that is told, are the same."""
    if (before.oldest(name), before.newest(name)) != (after.oldest(name), after.newest(name)):
        yield from (before.oldest(name), after.oldest(name))


def _changed_entries(before: Designations, after: Designations) -> Iterable[Designation]:
    was, now = _by_key(before), _by_key(after)
    for key in sorted(was.keys() | now.keys()):
        earlier, later = was.get(key), now.get(key)
        if earlier is None or later is None or _as_weighed(earlier) != _as_weighed(later):
            yield from (entry for entry in (earlier, later) if entry is not None)


def _by_key(state: Designations) -> dict[Key, Designation]:
    return {(entry.list_name, entry.reference_number): entry for entry in state.entries}


def _as_weighed(entry: Designation) -> Designation:
    """Return the entry without what another edition that says the same changes: up to which day it was seen last.

    An entry that was seen last is taken to stand since, and one whose listing is dated to stand from then on.
    """
    *earlier, newest = (seen._replace(first=date.min) if seen.listed_on else seen for seen in entry.seen)
    if newest.listed_on is None or newest.listed_on <= newest.last:
        newest = newest._replace(last=date.max)
    return entry._replace(seen=(*earlier, newest))
