"""Names of vessels, taken apart."""

import re

from cases.screening.names.numerals import numbered
from cases.screening.names.parts import Reading, words_and_numbers_in
from cases.screening.names.scripts import Script
from cases.screening.names.vessel_words import PREFIXES
from cases.screening.names.words import word_of

# M/V, M.V., F/B: two letters for the kind of craft.
_SPLIT_PREFIX = re.compile(r"^\s*([a-z])\s*[/.]\s*([a-z])\b\.?")


def vessel_reading(written: str, script: Script) -> Reading:
    """Return a vessel's name without what says the kind of craft; `written` is in Latin letters."""
    words = words_and_numbers_in(_SPLIT_PREFIX.sub(r"\1\2 ", written.lower()))
    while len(words) > 1 and words[0] in PREFIXES:
        words.pop(0)
    words = ["saint" if word == "st" else word for word in words]
    kept, numbers = numbered([word for word in words if word not in {"no", "nr", "the"}] or words)
    return Reading("vessel", script, written, tuple([word_of(word, 1.0, script) for word in kept]), numbers=numbers)
