"""Names of companies, bodies and groups, taken apart."""

import re
from itertools import pairwise

from cases.screening.names.company_words import (
    ANY,
    FORM_OPENINGS,
    GENERIC,
    LEGAL_FORMS,
    LONGEST_FORM,
    PLACES,
    SAME_PLACES,
    SAME_WORDS,
    TRADES,
    form_word,
)
from cases.screening.names.numerals import number_of, opens_a_compound, roman_number_of
from cases.screening.names.parts import Parts, undotted, words_in
from cases.screening.names.scripts import latin

# Two names in one: "Al-Qaida/Islamic Army"; not A/S or c/o.
_EITHER = re.compile(r"(?<=\w\w\w)\s*/\s*(?=\w\w\w)")
_REMARK = re.compile(r"\(([^()]*)\)")
_DIGITS_APART = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=(?!(?:st|nd|rd|th)\b)[a-z])")
_SIGNS = str.maketrans({"&": " and ", "%": " percent ", "+": " and ", "№": " "})
_ARTICLES = frozenset(["al", "el", "ul", "the"])
# The works of a town, in Russian and Ukrainian: Muromskiy, of Murom.
_ADJECTIVE = re.compile(r"(\w{4,}?)sk(?:iy|ii|ij|yi|aya|oe|oye|ogo)")
# Forms of one word this short are also syllables of names: they count only where a form stands.
_SHORT_FORM = 3
_ANYWHERE = frozenset(["ltd", "llc", "inc", "ooo", "jsc"])

WEIGHT_OF_GENERIC = 0.35
WEIGHT_OF_PLACE = 0.5


def company_parts(text: str) -> Parts:
    """Return a company's name without its legal form, common words made light."""
    in_latin = latin(text).lower().translate(_SIGNS)
    parts = _parts(in_latin)
    if "/" in in_latin and len(alternatives := _EITHER.split(in_latin)) > 1:
        parts.others = tuple(_parts(alternative) for alternative in alternatives[:8])
    return parts


def _parts(text: str) -> Parts:
    bare, remark = _without_remark(text)
    text_of_words, dotted = undotted(bare)
    written = _singles_joined(words_in(_DIGITS_APART.sub(" ", text_of_words)))
    kept, forms = _without_forms(written)
    words, numbers = numbered(kept)
    words = [_common_spelling(word) for word in _places_joined(words)]
    weights = [weight_of(word) for word in words]
    if all(weight < 1 for weight in weights):
        weights = [1.0] * len(words)
    return Parts(words, weights, dotted & set(words), frozenset(), numbers, forms, remark)


def _without_remark(text: str) -> tuple[str, frozenset[str]]:
    if "(" not in text or not words_in(bare := _REMARK.sub(" ", text)):
        return text, frozenset()
    return bare, frozenset(map(_common_spelling, words_in(" ".join(_REMARK.findall(text)))))


def _singles_joined(words: list[str]) -> list[str]:
    """Join letters that stand alone side by side: C G Clow, CG Clow."""
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
    spelled = tuple(map(form_word, words))
    place = 0
    while place < len(words):
        length = _form_at(spelled, place)
        if length:
            kinds.add(LEGAL_FORMS[spelled[place : place + length]])
        elif words[place] not in _ARTICLES:
            kept.append(words[place])
        place += length or 1
    return (kept, frozenset(kinds - {ANY})) if kept else (list(words), frozenset())


def _form_at(words: tuple[str, ...], place: int) -> int:
    """Return how many words from there make a legal form, the longest first; 0 for none."""
    if words[place] not in FORM_OPENINGS:
        return 0
    for length in range(min(LONGEST_FORM, len(words) - place), 0, -1):
        form = words[place : place + length]
        if form in LEGAL_FORMS and (length > 1 or _stands_as_form(words, place)):
            return length
    return 0


def _stands_as_form(words: tuple[str, ...], place: int) -> bool:
    word = words[place]
    if len(word) > _SHORT_FORM or word in _ANYWHERE or LEGAL_FORMS[(word,)] == ANY:
        return True
    after = words[place + 1 :]
    return not place or all((other,) in LEGAL_FORMS for other in after)


def numbered(words: list[str]) -> tuple[list[str], tuple[int, ...]]:
    """Return the words that are no numbers, and the numbers in order of size."""
    kept: list[str] = []
    numbers: list[int] = []
    tens = False
    for place, word in enumerate(words):
        number = number_of(word)
        if number is None and place and not tens:
            number = roman_number_of(word)
        if number is None:
            kept.append(word)
        elif tens and 0 < number < 10:
            numbers[-1] += number
        else:
            numbers.append(number)
        tens = number is not None and opens_a_compound(word)
    return kept, tuple(sorted(numbers))


def _places_joined(words: list[str]) -> list[str]:
    for place, pair in enumerate(pairwise(words)):
        if (joined := "".join(pair)) in SAME_PLACES or joined in TRADES:
            return [*words[:place], joined, *words[place + 2 :]]
    return words


def _common_spelling(word: str) -> str:
    if len(word) > 8 and (found := _ADJECTIVE.fullmatch(word)) and word not in SAME_WORDS:
        return found[1]
    word = SAME_WORDS.get(word, word)
    return SAME_PLACES.get(word, word)


def weight_of(word: str) -> float:
    """Return how much of a name the word carries."""
    if word in PLACES:
        return WEIGHT_OF_PLACE
    return WEIGHT_OF_GENERIC if word in GENERIC or word.removesuffix("s") in GENERIC else 1.0
