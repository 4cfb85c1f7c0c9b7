"""Names of persons, taken apart."""

import re

from cases.screening.names.parts import Parts, words_in
from cases.screening.names.person_words import (
    FATHER_OF,
    FILIAL,
    LIGHT,
    MOTHER_OF,
    PARTICLES,
    SERVANT,
    TITLES,
)
from cases.screening.names.scripts import latin

# Someone's company by mistake: forms that end no person's name.
_ENDS_OF_COMPANIES = frozenset(["llc", "ltd", "limited", "inc", "gmbh", "corp", "plc", "co", "company", "ooo", "oao"])
_ASSIMILATED = r"(?:[aeou]{1,2}(?:l|r(?=r)|s(?=s)|z(?=z)|n(?=n)|t(?=t)|d(?=d)|sh(?=sh))|[aeou](?=r)|u)?"
_SERVANT_AND = re.compile(rf"(?:c?abd){_ASSIMILATED}(\w{{4,}})")
_GOD = re.compile(r"c?abd[aeou]{0,2}l+[aeo]{0,2}h?i?")
_OF_GOD = frozenset(["allah", "alla", "ullah", "illah", "ellah", "allh"])
_FATHER_OF_BAKR = re.compile(r"ab(?:u|ou|o)(b[ae]k[aeiou]?(?:r|rr))")
_OF_FAITH = re.compile(r"(\w{3,}?)[aeiou]{0,2}(?:l|d)d(?:in|een|ine|eene|een)")
_FAITH = frozenset(["din", "deen", "dine", "ddin", "ddine", "eddine", "eddin", "uddin", "aldin", "addin"])
_PATRONYMIC = re.compile(r"\w{3,}(?:ovich|evich|ovych|evych|ovic|ovna|evna|ivna|ichna|ovitch|evitch)")
# Particles that are also names, where they open or end one: Ben Smith, Ko Tae Bin.
_ALSO_NAMES = frozenset(["ben", "bin", "an", "na", "do"])
# Digits that stand for letters they resemble.
_LOOKALIKES = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g", "6": "b"})


def person_parts(text: str) -> Parts:
    """Return a person's name without titles and particles, given names first."""
    in_latin = latin(text)
    inverted = _inverted(in_latin)
    written = words_in((inverted or in_latin).lower())
    words = [word.translate(_LOOKALIKES) if not word.isdigit() and not word.isalpha() else word for word in written]
    words = _without(words, TITLES)
    if len(words) > 2 and words[-1] in _ENDS_OF_COMPANIES:
        words.pop()
    parts = _parted(_turned(words), is_inverted=inverted is not None)
    if len(words) > 1 and (words[0] in _ALSO_NAMES or words[-1] in _ALSO_NAMES):
        parts.others = (_as_names(words),)
    return parts


def _inverted(text: str) -> str | None:
    """Return the name with its family name last, when a comma or capitals say that it comes first."""
    head, comma, tail = text.partition(",")
    if comma and "," not in tail and _has_names(tail) and _has_names(head):
        return f"{tail} {head}"
    words = text.split()
    if text.isupper() or len(words) < 2 or not words[0].isupper() or len(words[0].strip(".")) < 2:
        return None
    count = next((place for place, word in enumerate(words) if not word.isupper()), 0)
    return " ".join((*words[count:], *words[:count])) if count else None


def _has_names(text: str) -> bool:
    return any(word not in TITLES and word not in _ENDS_OF_COMPANIES and word not in LIGHT for word in _lower(text))


def _lower(text: str) -> list[str]:
    return words_in(text.lower())


def _without(words: list[str], left_out: frozenset[str]) -> list[str]:
    kept = [word for word in words if word not in left_out]
    return kept or words


def _turned(words: list[str]) -> list[str]:
    """Bring "bin Salman Mohammed" and "Salman, Mohammed bin" into the order in which names are said."""
    if len(words) > 2 and words[0] in FILIAL:
        return [*words[2:], *words[:2]]
    if len(words) > 2 and words[-1] in PARTICLES and words[-1] not in {"i", "e", "y"}:
        return [*words[1:], words[0]]
    return words


def _parted(words: list[str], *, is_inverted: bool) -> Parts:
    parts = Parts([], [], is_inverted=is_inverted)
    fathers: set[int] = set()
    is_father = False
    for place, word in enumerate(words):
        if word in FILIAL and place and place < len(words) - 1:
            is_father = True
        elif word not in PARTICLES or len(words) == 1:
            if is_father:
                fathers.add(len(parts.words))
            is_father = False
            _add(parts, word)
    if not parts.words and words:
        parts.words, parts.weights = list(words), [1.0] * len(words)
    parts.fathers = frozenset(fathers)
    return parts


def _add(parts: Parts, word: str) -> None:
    if word in _OF_GOD and parts.words[-1:] == ["abd"]:
        parts.words[-1], parts.weights[-1] = "abdallah", 1.0
        return
    for piece in _pieces(word):
        parts.words.append(piece)
        parts.weights.append(_weight(piece))


def _as_names(words: list[str]) -> Parts:
    kept = [word for place, word in enumerate(words) if place in {0, len(words) - 1} or word not in PARTICLES]
    return Parts(kept, [_weight(word) for word in kept])


def _pieces(word: str) -> tuple[str, ...]:
    """Part the compounds that some join and others split."""
    if _GOD.fullmatch(word) and len(word) > 5:
        return ("abdallah",)
    if word in SERVANT:
        return ("abd",)
    if word in FATHER_OF:
        return ("abu",)
    if word in MOTHER_OF:
        return ("um",)
    if word in _FAITH:
        return ("din",)
    if found := _SERVANT_AND.fullmatch(word):
        return ("abd", found[1])
    if found := _FATHER_OF_BAKR.fullmatch(word):
        return ("abu", "bakr")
    if found := _OF_FAITH.fullmatch(word):
        return (found[1], "din")
    return (word,)


def _weight(word: str) -> float:
    if len(word) == 1:
        return 0.25
    if _PATRONYMIC.fullmatch(word):
        return 0.5
    return LIGHT.get(word, 1.0)
