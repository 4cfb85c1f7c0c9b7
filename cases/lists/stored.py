"""Entries as kept: the words of the list in one JSON text each, and back again without loss."""

import hashlib

from pydantic import TypeAdapter

from cases.lists.entries import ListedParty

_PARTY: TypeAdapter[ListedParty] = TypeAdapter(ListedParty)


def party_text(party: ListedParty) -> str:
    """Return the entry as JSON; the same entry gives the same text."""
    return _PARTY.dump_json(party, exclude_defaults=True).decode()


def party_from_text(text: str) -> ListedParty:
    """Return the entry that was kept."""
    return _PARTY.validate_json(text)


def text_digest(text: str) -> str:
    """Return the digest by which equal entries of two editions are known."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
