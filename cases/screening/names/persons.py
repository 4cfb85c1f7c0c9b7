"""Names of persons, taken apart."""

import re
from functools import lru_cache

from cases.screening.names.parts import Reading, words_in
from cases.screening.names.person_words import (
    FATHER_OF,
    FILIAL,
    LIGHT,
    MOTHER_OF,
    PARTICLES,
    SERVANT,
    TITLES,
)
from cases.screening.names.scripts import Script
from cases.screening.names.words import Word, word_of

# Someone's company by mistake: forms that end no person's name.
_ENDS_OF_COMPANIES = frozenset(["llc", "ltd", "limited", "inc", "gmbh", "corp", "plc", "co", "company", "ooo", "oao"])
_ASSIMILATED = r"(?:[aeou]{1,2}(?:l|r(?=r)|s(?=s)|z(?=z)|n(?=n)|t(?=t)|d(?=d)|sh(?=sh))|[aeou](?=r)|u)?"
_SERVANT_AND = re.compile(rf"(?:c?abd){_ASSIMILATED}(\w{{4,}})")
_GOD = re.compile(r"c?abd[aeou]{0,2}l+[aeo]{0,2}h?i?")
_OF_GOD = frozenset(["allah", "alla", "ullah", "illah", "ellah", "allh"])
_FATHER_OF_BAKR = re.compile(r"ab(?:u|ou|o)(b[ae]k[aeiou]?(?:r|rr))")
_OF_FAITH = re.compile(r"(\w{3,}?)[aeiou]{0,2}(?:l|d)d(?:in|een|ine|eene|een)")
_FAITH = frozenset(["din", "deen", "dine", "ddin", "ddine", "eddine", "eddin", "uddin", "aldin", "addin"])
_ENDS_OF_PATRONYMICS = ("ich", "ych", "ic", "na", "tch")
_PATRONYMIC = re.compile(r"\w{3,}(?:ovich|evich|ovych|evych|ovic|ovna|evna|ivna|ichna|ovitch|evitch)")
# What opens or ends a compound name, in one spelling; a servant before a father.
_OPENINGS_AND_ENDS = {
    **dict.fromkeys(_FAITH, "din"),
    **dict.fromkeys(MOTHER_OF, "um"),
    **dict.fromkeys(FATHER_OF, "abu"),
    **dict.fromkeys(SERVANT, "abd"),
}
# Particles that are also names, where they open or end one: Ben Smith, Ko Tae Bin.
_ALSO_NAMES = frozenset(["ben", "bin", "an", "na", "do"])
# Digits that stand for letters they resemble.
_LOOKALIKES = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g", "6": "b"})


_NOBODY: frozenset[int] = frozenset()


def person_reading(written: str, script: Script) -> Reading:
    """Return a person's name without titles and particles, given names first; `written` is in Latin letters."""
    inverted = _inverted(written)
    words = words_in(inverted or written)
    if not "".join(words).isalpha():
        words = [word if word.isdigit() else word.translate(_LOOKALIKES) for word in words]
    words = _without(words, TITLES)
    if len(words) > 2 and words[-1] in _ENDS_OF_COMPANIES:
        words.pop()
    fathers, spoken = _parted(_turned(words), script)
    reading = Reading("person", script, written, spoken, fathers)
    reading.is_inverted = inverted is not None
    if len(words) > 1 and (words[0] in _ALSO_NAMES or words[-1] in _ALSO_NAMES):
        reading.others = (_as_names(words, script),)
    return reading


def _inverted(text: str) -> str | None:
    """Return the name with its family name last, when a comma or capitals say that it comes first."""
    head, comma, tail = text.partition(",")
    if comma and "," not in tail and _has_names(tail) and _has_names(head):
        return f"{tail} {head}"
    if text.isupper():
        return None
    words = text.split()
    if len(words) < 2 or not words[0].isupper() or len(words[0].strip(".")) < 2:
        return None
    count = next((place for place, word in enumerate(words) if not word.isupper()), 0)
    return " ".join((*words[count:], *words[:count])) if count else None


def _has_names(text: str) -> bool:
    return any(word not in TITLES and word not in _ENDS_OF_COMPANIES and word not in LIGHT for word in words_in(text))


def _without(words: list[str], left_out: frozenset[str]) -> list[str]:
    if left_out.isdisjoint(words):
        return words
    kept = [word for word in words if word not in left_out]
    return kept or words


def _turned(words: list[str]) -> list[str]:
    """Bring "bin Salman Mohammed" and "Salman, Mohammed bin" into the order in which names are said."""
    if len(words) > 2 and words[0] in FILIAL:
        return [*words[2:], *words[:2]]
    if len(words) > 2 and words[-1] in PARTICLES and words[-1] not in {"i", "e", "y"}:
        return [*words[1:], words[0]]
    return words


def _parted(words: list[str], script: Script) -> tuple[frozenset[int], tuple[Word, ...]]:
    """Return which words are fathers' names, and the words without particles."""
    if PARTICLES.isdisjoint(words) and _OF_GOD.isdisjoint(words):
        return _NOBODY, tuple([spoken for word in words for spoken in _words_of(word, script)])
    spoken: list[Word] = []
    fathers: list[int] = []
    is_father = False
    for place, word in enumerate(words):
        if word in PARTICLES and len(words) > 1:
            is_father = is_father or (word in FILIAL and 0 < place < len(words) - 1)
            continue
        if is_father:
            fathers.append(len(spoken))
            is_father = False
        if word in _OF_GOD and spoken and spoken[-1].text == "abd":
            spoken[-1] = word_of("abdallah", 1.0, script)
        else:
            spoken += _words_of(word, script)
    return frozenset(fathers), tuple(spoken) or tuple(word_of(word, 1.0, script) for word in words)


def _as_names(words: list[str], script: Script) -> Reading:
    kept = [word for place, word in enumerate(words) if place in {0, len(words) - 1} or word not in PARTICLES]
    return Reading("person", script, " ".join(kept), tuple(word_of(word, _weight(word), script) for word in kept))


@lru_cache(maxsize=1 << 16)
def _words_of(word: str, script: Script) -> tuple[Word, ...]:
    """Return what a word of a name is made of, weighed."""
    pieces = _pieces(word)
    if len(pieces) == 1:
        return (word_of(pieces[0], _weight(pieces[0]), script),)
    return tuple([word_of(piece, _weight(piece), script) for piece in pieces])


def _pieces(word: str) -> tuple[str, ...]:
    """Part the compounds that some join and others split."""
    if word in _OPENINGS_AND_ENDS:
        return (_OPENINGS_AND_ENDS[word],)
    is_servant = "abd" in word[:4]
    if is_servant and len(word) > 5 and _GOD.fullmatch(word):
        return ("abdallah",)
    if is_servant and (found := _SERVANT_AND.fullmatch(word)):
        return ("abd", found[1])
    if word[:2] == "ab" and (found := _FATHER_OF_BAKR.fullmatch(word)):
        return ("abu", "bakr")
    if ("dd" in word or "ld" in word) and (found := _OF_FAITH.fullmatch(word)):
        return (found[1], "din")
    return (word,)


def _weight(word: str) -> float:
    if len(word) == 1:
        return 0.25
    if word.endswith(_ENDS_OF_PATRONYMICS) and _PATRONYMIC.fullmatch(word):
        return 0.5
    return LIGHT.get(word, 1.0)
