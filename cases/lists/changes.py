"""What changed from one edition of a list to the next: who was added, removed, or described otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from cases.lists.entries import ListEdition, ListedParty

# Bookkeeping of the publisher; it says nothing of the party.
_BOOKKEEPING = frozenset({"version", "data_id", "sort_key", "last_updated"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedParty:
    """One entry in both editions, with the fields that differ."""

    before: ListedParty
    after: ListedParty
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChanges:
    """The entries that tell two editions apart, each part ordered by reference number."""

    added: tuple[ListedParty, ...] = ()
    removed: tuple[ListedParty, ...] = ()
    changed: tuple[ChangedParty, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name, before and after, of all these parties; ordered, once each."""
        parties = [*self.added, *self.removed]
        parties += [party for change in self.changed for party in (change.before, change.after)]
        return tuple(sorted({name.text for party in parties for name in party.names}))

    def counts(self) -> dict[str, int]:
        """Return how many entries were added, removed and changed."""
        return {"added": len(self.added), "removed": len(self.removed), "changed": len(self.changed)}

    def document(self) -> dict[str, object]:
        """Return the difference in short, as it is printed and kept."""
        return {
            "added": [_in_short(party) for party in self.added],
            "removed": [_in_short(party) for party in self.removed],
            "changed": [
                {**_in_short(change.after), "fields": list(change.fields), "was": _was(change)}
                for change in self.changed
            ],
        }


def changed_parties(old: ListEdition | None, new: ListEdition) -> ListChanges:
    """Return what the new edition says otherwise than the old one; everybody is added where there is no old one."""
    before = {party.reference_number: party for party in (old.parties if old is not None else ())}
    after = {party.reference_number: party for party in new.parties}
    return ListChanges(
        added=_of(after, after.keys() - before.keys()),
        removed=_of(before, before.keys() - after.keys()),
        changed=tuple(
            ChangedParty(before=before[reference], after=after[reference], fields=differing)
            for reference in sorted(before.keys() & after.keys())
            if (differing := _differing(before[reference], after[reference]))
        ),
    )


def _of(parties: dict[str, ListedParty], references: Iterable[str]) -> tuple[ListedParty, ...]:
    return tuple(parties[reference] for reference in sorted(references))


def _differing(before: ListedParty, after: ListedParty) -> tuple[str, ...]:
    if before == after:
        return ()
    names = (field.name for field in fields(ListedParty) if field.name not in _BOOKKEEPING)
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _in_short(party: ListedParty) -> dict[str, object]:
    return {
        "reference_number": party.reference_number,
        "name": party.name,
        "kind": party.kind,
        "list_type": party.list_type,
        "listed_on": None if party.listed_on is None else party.listed_on.isoformat(),
    }


def _was(change: ChangedParty) -> dict[str, str]:
    return {name: str(_plain(getattr(change.before, name))) for name in change.fields}


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return "; ".join(str(_plain(part)) for part in value)
    return getattr(value, "text", value)
