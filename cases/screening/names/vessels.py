"""Names of vessels, taken apart."""

import re

from cases.screening.names.companies import numbered
from cases.screening.names.parts import Parts, words_in
from cases.screening.names.scripts import latin
from cases.screening.names.vessel_words import PREFIXES

# M/V, M.V., F/B: two letters for the kind of craft.
_SPLIT_PREFIX = re.compile(r"^\s*([a-z])\s*[/.]\s*([a-z])\b\.?")
_DIGITS_APART = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=(?!(?:st|nd|rd|th)\b)[a-z])")


def vessel_parts(text: str) -> Parts:
    """Return a vessel's name without what says the kind of craft."""
    plain = _SPLIT_PREFIX.sub(r"\1\2 ", latin(text).lower())
    words = words_in(_DIGITS_APART.sub(" ", plain))
    while len(words) > 1 and words[0] in PREFIXES:
        words.pop(0)
    kept, numbers = numbered([word for word in words if word not in {"no", "nr", "the"}] or words)
    return Parts(kept, [1.0] * len(kept), numbers=numbers)
