"""The engine's reasons in the reader's language: the rule's sentence, with countries, kinds and days said as words."""

import re
from collections.abc import Callable, Mapping

from cases.documents.countries import country_name
from cases.documents.labels import LABELS, label
from cases.documents.letter.phrases import day_as_written
from cases.documents.printable import printable
from cases.documents.wording import Wording
from cases.screening.sentences import SENTENCES
from cases.tracing.content import Plain

# Params of rules that hold stored values, and the vocabulary each is of.
_VOCABULARIES = {
    "kind": "recipient",
    "role": "role",
    "by": "claimant",
    "goods": "category",
    "what": "tie",
    "certificate": "authenticity",
}
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
# As the engine writes a span of days; an unknown end is three dots.
_SPAN = re.compile(r"(…|\d{4}-\d{2}-\d{2}) to (…|\d{4}-\d{2}-\d{2})")
_COUNTRIES = frozenset({"country", "stated", "origin", "destination"})


def reason_text(wording: Wording, rule: str, params: Mapping[str, Plain], text: str) -> str:
    """Return the reason in the language; where it has no sentence for the rule, the stored English rendering."""
    sentence = SENTENCES.get(rule)
    if sentence is None or not wording.can_say(sentence):
        return printable(text)
    try:
        return wording.say(sentence, **{name: _said(wording, name, value) for name, value in params.items()})
    except KeyError:
        # A run stored under an older sentence may lack a value that today's asks for.
        return printable(text)


def _said(wording: Wording, name: str, value: Plain) -> str:
    if value is None:
        return wording.say("not known")
    if isinstance(value, int | float):
        return wording.number(value)
    text = str(value)
    if name in _COUNTRIES:
        return _listed(wording, text, lambda code: country_name(wording, code) or wording.say("not known"))
    if name in _VOCABULARIES:
        vocabulary = _VOCABULARIES[name]
        return _listed(wording, text, lambda word: _word(wording, vocabulary, word))
    return _days(wording, text)


def _word(wording: Wording, vocabulary: str, word: str) -> str:
    if word not in LABELS[vocabulary]:
        return printable(word)
    said = label(wording, vocabulary, word) or ""
    return said[:1].lower() + said[1:]


def _listed(wording: Wording, text: str, say: Callable[[str], str]) -> str:
    return wording.in_a_row(say(part.strip()) for part in text.split(","))


def _days(wording: Wording, text: str) -> str:
    """Return text with its days said in full; a span of days becomes one with a dash."""
    spans = _SPAN.sub(r"\1 – \2", printable(text))
    return _DAY.sub(lambda found: day_as_written(wording, found.group()), spans)
