"""Names of companies, bodies and groups, taken apart."""

import re
from itertools import pairwise, repeat

from cases.screening.names.company_words import (
    ANY,
    FORM_OPENINGS,
    GENERIC,
    LEGAL_FORMS,
    PLACES,
    SAME_PLACES,
    SAME_WORDS,
    TRADES,
    form_words,
)
from cases.screening.names.numerals import numbered
from cases.screening.names.parts import Reading, undotted, words_and_numbers_in, words_in
from cases.screening.names.scripts import Script
from cases.screening.names.words import Word, word_of

# Two names in one: "Al-Qaida/Islamic Army"; not A/S or c/o.
_EITHER = re.compile(r"(?<=\w\w\w)\s*/\s*(?=\w\w\w)")
_REMARK = re.compile(r"\(([^()]*)\)")
_ARTICLES = frozenset(["al", "el", "ul", "the"])
# The works of a town, in Russian and Ukrainian: Muromskiy, of Murom.
_ADJECTIVE = re.compile(r"(\w{4,}?)sk(?:iy|ii|ij|yi|aya|oe|oye|ogo)")
# Forms of one word this short are also syllables of names: they count only where a form stands.
_SHORT_FORM = 3
_ANYWHERE = frozenset(["ltd", "llc", "inc", "ooo", "jsc"])

# How much of a name a word carries that many names share; any other carries 1.
_GENERIC, _PLACE = 0.35, 0.5
_WEIGHTS = {
    **{f"{word}s": _GENERIC for word in GENERIC},
    **dict.fromkeys(GENERIC, _GENERIC),
    **dict.fromkeys(PLACES, _PLACE),
}
_COMMON_SPELLINGS = {**SAME_PLACES, **{word: SAME_PLACES.get(common, common) for word, common in SAME_WORDS.items()}}


def company_reading(written: str, script: Script, kind: str = "organization") -> Reading:
    """Return a company's name without its legal form, common words made light; `written` is in Latin letters."""
    text = written.lower().replace("&", " and ").replace("%", " percent ").replace("+", " and ")
    reading = _read(text, written, script, kind)
    if "/" in text and len(alternatives := _EITHER.split(text)) > 1:
        reading.others = tuple(_read(alternative, None, script, kind) for alternative in alternatives[:8])
    return reading


def _read(text: str, written: str | None, script: Script, kind: str) -> Reading:
    bare, remark = _without_remark(text)
    text_of_words, dotted = undotted(bare)
    kept, forms = _without_forms(_singles_joined(words_and_numbers_in(text_of_words)))
    texts, numbers = numbered(kept)
    texts = [_common_spelling(word) for word in _places_joined(texts)]
    words = _weighed(texts, script, dotted)
    written = " ".join(texts) if written is None else written
    return Reading(kind, script, written, words, frozenset(), numbers, forms, remark)


def _weighed(texts: list[str], script: Script, exact: frozenset[str]) -> tuple[Word, ...]:
    weights = [_WEIGHTS.get(text, 1.0) for text in texts]
    if weights and max(weights) < 1:
        weights = [1.0] * len(texts)
    if not exact:
        return tuple(map(word_of, texts, weights, repeat(script)))
    return tuple(
        word_of(text, weight, script, is_exact=text in exact) for text, weight in zip(texts, weights, strict=True)
    )


def _without_remark(text: str) -> tuple[str, frozenset[str]]:
    if "(" not in text or not words_in(bare := _REMARK.sub(" ", text)):
        return text, frozenset()
    return bare, frozenset(map(_common_spelling, words_in(" ".join(_REMARK.findall(text)))))


def _singles_joined(words: list[str]) -> list[str]:
    """Join letters that stand alone side by side: C G Clow, CG Clow."""
    if not words or min(map(len, words)) > 1:
        return words
    joined: list[str] = []
    was_single = False
    for word in words:
        is_single = len(word) == 1 and word.isalpha()
        if is_single and was_single:
            joined[-1] += word
        else:
            joined.append(word)
        was_single = is_single
    return joined


def _without_forms(words: list[str]) -> tuple[list[str], frozenset[str]]:
    kept: list[str] = []
    kinds: set[str] = set()
    spelled = form_words(words)
    if FORM_OPENINGS.keys().isdisjoint(spelled) and _ARTICLES.isdisjoint(words):
        return words, frozenset()
    place = 0
    while place < len(words):
        length = _form_at(spelled, place) if spelled[place] in FORM_OPENINGS else 0
        if length:
            kinds.add(LEGAL_FORMS[spelled[place : place + length]])
        elif words[place] not in _ARTICLES:
            kept.append(words[place])
        place += length or 1
    return (kept, frozenset(kinds - {ANY})) if kept else (list(words), frozenset())


def _form_at(words: tuple[str, ...], place: int) -> int:
    """Return how many words from there make a legal form, the longest first; 0 for none."""
    for length in FORM_OPENINGS[words[place]]:
        form = words[place : place + length]
        if form in LEGAL_FORMS and len(form) == length and (length > 1 or _stands_as_form(words, place)):
            return length
    return 0


def _stands_as_form(words: tuple[str, ...], place: int) -> bool:
    word = words[place]
    if len(word) > _SHORT_FORM or word in _ANYWHERE or LEGAL_FORMS[(word,)] == ANY:
        return True
    after = words[place + 1 :]
    return not place or all((other,) in LEGAL_FORMS for other in after)


def _places_joined(words: list[str]) -> list[str]:
    for place, (one, other) in enumerate(pairwise(words)):
        if (joined := one + other) in SAME_PLACES or joined in TRADES:
            return [*words[:place], joined, *words[place + 2 :]]
    return words


def _common_spelling(word: str) -> str:
    if word in _COMMON_SPELLINGS:
        return _COMMON_SPELLINGS[word]
    found = _ADJECTIVE.fullmatch(word) if len(word) > 8 and "sk" in word else None
    return found[1] if found else word
