"""What takes the place of nominal data when their time is over."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from cases.canonical import canonical_json
from cases.choices import RecordClass
from cases.redaction import names_pattern
from cases.redaction_levels import TO_STATE, values_withheld

# How the digest of erased facts begins: they cannot be weighed again as they were.
ERASED_FACTS: Final = "erased:"
# Of a party in facts and records: who it is, beside its names.
_NOMINAL_OF_PARTY: Final = frozenset({"born_on", "born", "identifiers", "registration_number", "address", "documents"})

Document = dict[str, Any]


class Erasing:
    """Takes the nominal values of one incident out of whatever holds them, and leaves a marker."""

    def __init__(self, versions: Iterable[Document], others: Iterable[str], *, on: date, of: RecordClass) -> None:
        """Take every version of the record that there ever was, and names from elsewhere."""
        self.marker = f"[erased on {on.isoformat()} under class {of.value}]"
        self.values = frozenset(others).union(*(values_withheld(version, TO_STATE) for version in versions))
        self._pattern = names_pattern(self.values)
        self._whole = {value.strip().casefold() for value in self.values if value.strip()}

    def text(self, text: str) -> str:
        """Return a text without the values; of a text that is JSON, of each text in it."""
        if text[:1] in {"{", "["}:
            try:
                return self._packed(json.loads(text), text)
            except ValueError:
                pass
        # Initials are found only where they stand alone: elsewhere they are part of other words.
        if text.strip().casefold() in self._whole:
            return self.marker
        return text if self._pattern is None else self._pattern.sub(self.marker, text)

    def value(self, value: Any) -> Any:
        """Return whatever a column or a document holds without the values."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list | tuple):
            return [self.value(part) for part in value]
        if isinstance(value, Mapping):
            return {
                name: self._parties(part) if name == "parties" else self.value(part) for name, part in value.items()
            }
        return value

    def record(self, record: Document) -> Document:
        """Return a record in the shape of the contract without who anybody in it is."""
        return dict(self.value(record))

    def _packed(self, document: Any, text: str) -> str:
        """Return JSON without the values; as it was to the byte where it holds none."""
        erased = self.value(document)
        return text if erased == document else canonical_json(erased)

    def _parties(self, parties: Any) -> Any:
        if not isinstance(parties, list):
            return self.value(parties)
        return [
            {
                name: _emptied(part) if name in _NOMINAL_OF_PARTY and _is_person(party) else self.value(part)
                for name, part in party.items()
            }
            if isinstance(party, dict)
            else self.value(party)
            for party in parties
        ]


def _is_person(party: Document) -> bool:
    return party.get("kind") != "vessel"


def _emptied(value: Any) -> Any:
    if isinstance(value, list):
        return []
    # Days as facts hold them.
    return dict.fromkeys(value) if isinstance(value, dict) else None
