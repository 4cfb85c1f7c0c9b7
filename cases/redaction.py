"""What of a record a reader may see: nominal data left out, and what points to records of others."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from cases.choices import PartyKind, RecipientKind

Document = dict[str, Any]

# Stands where a name was.
LEFT_OUT: Final = "[…]"
# Shorter ones would take pieces out of other words.
SHORTEST_NAME: Final = 3
# What of a party says who it is; its role, kind, countries, sex and status stay.
NOMINAL_OF_PARTY: Final = frozenset(
    {"name", "name_original", "aliases", "born_on", "documents", "registration_number", "address"}
)
# Flags that name another record of the agency that recorded.
POINTING_ELSEWHERE: Final = frozenset({"mark_seen_elsewhere"})


class Sight(NamedTuple):
    """How an officer sees an incident: whether it is the own agency's, and whether nominal data may be read."""

    is_own: bool
    with_nominal: bool

    def of(self, document: Document, names: Iterable[str]) -> Document:
        """Return what is seen of a document about the incident, in whose record those names stand."""
        seen = document if self.is_own else _without_pointers(document)
        return seen if self.with_nominal else without_nominal(seen, names)


# Whoever records has just sent the names.
UNHINDERED: Final = Sight(is_own=True, with_nominal=True)


def nominal_names(record: Mapping[str, Any]) -> frozenset[str]:
    """Return the nominal data of third parties in a record: names by which persons and owners are known.

    A force that is recipient and consignee is what the measures are about, not a third party, and stays named.
    """
    conveyance, recipient = record.get("conveyance") or {}, record.get("recipient") or {}
    parties = [party for party in record.get("parties") or () if party.get("kind") != PartyKind.VESSEL]
    names = {conveyance.get("owner"), conveyance.get("operator")}
    for party in parties:
        names.update((party.get("name"), party.get("name_original"), *(party.get("aliases") or ())))
    for claim in (record.get("route") or {}).get("claims") or ():
        if claim.get("recipient_kind") == RecipientKind.PRIVATE:
            names.add(claim.get("name"))
    shown = {conveyance.get("name"), recipient.get("name")}
    if recipient.get("kind") == RecipientKind.PRIVATE:
        names.add(recipient.get("name"))
        shown.discard(recipient.get("name"))
    return frozenset(name for name in names - shown if name)


def names_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds any of the names, whole, in any case and however spaced; None where there is none to find."""
    wanted = sorted({name.strip() for name in names if len(name.strip()) >= SHORTEST_NAME}, key=len, reverse=True)
    if not wanted:
        return None
    patterns = (r"\s+".join(map(re.escape, name.split())) for name in wanted)
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


def without_nominal(document: Document, names: Iterable[str]) -> Document:
    """Return the document with what says who a party is left out, and the names wherever else they stand."""
    return without_pattern(document, names_pattern(names))


def without_pattern(document: Document, pattern: re.Pattern[str] | None) -> Document:
    """Return the document with who a party is left out, and whatever the pattern finds in any text."""
    return {name: _seen(name, value, pattern) for name, value in document.items()}


def _seen(name: str, value: Any, pattern: re.Pattern[str] | None) -> Any:
    if name == "parties" and isinstance(value, list):
        return [_party(party, pattern) if isinstance(party, dict) else party for party in value]
    if isinstance(value, str):
        return value if pattern is None else pattern.sub(LEFT_OUT, value)
    if isinstance(value, list):
        return [_seen("", part, pattern) for part in value]
    if isinstance(value, dict):
        return without_pattern(value, pattern)
    return value


def _party(party: Document, pattern: re.Pattern[str] | None) -> Document:
    if party.get("kind") == PartyKind.VESSEL:
        return without_pattern(party, pattern)
    return {
        name: _emptied(value) if name in NOMINAL_OF_PARTY else _seen(name, value, pattern)
        for name, value in party.items()
    }


def _emptied(value: Any) -> Any:
    return [] if isinstance(value, list) else None


def _without_pointers(document: Document) -> Document:
    flags = document.get("flags")
    if not isinstance(flags, list):
        return document
    return document | {"flags": [flag for flag in flags if flag.get("code") not in POINTING_ELSEWHERE]}
