"""The facts of an incident as one text and back, so that a screening can be repeated on what it weighed."""

from typing import Final

import msgspec

from cases.canonical import canonical_json
from cases.screening.facts import IncidentFacts

# Checks every value against the type it is declared with, and takes no longer than reading the JSON.
_READER: Final = msgspec.json.Decoder(IncidentFacts)


def facts_text(facts: IncidentFacts) -> str:
    """Return the one text of the facts, every field named, days as ISO 8601; its digest names them."""
    return canonical_json(facts)


def facts_from_text(text: str) -> IncidentFacts:
    """Return the facts of a text; what it does not name was not known to those who wrote it.

    Raises msgspec.ValidationError, which says where the text is none of facts.
    """
    return _READER.decode(text)
