"""Numbers in names, however they are written."""

import re

_WORDS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_ORDINALS = """
    zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENTHS = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"

_SPELT = {word: number for words in (_WORDS, _ORDINALS) for number, word in enumerate(words.split())}
_SPELT |= {word: 20 + 10 * number for words in (_TENS, _TENTHS) for number, word in enumerate(words.split())}
_SPELT["fourty"] = 40
_COMPOUNDING = frozenset((*_TENS.split(), "fourty"))

_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN = {"x" * tens + unit: 10 * tens + ones for tens in range(4) for ones, unit in enumerate(_UNITS)}
_ROMAN.pop("")
_NUMERALS = frozenset((*_SPELT, *_ROMAN))
_ORDINAL_DIGITS = re.compile(r"0*(\d+)(?:st|nd|rd|th|e|eme|er|ten|te|a|o)?")


def number_of(word: str) -> int | None:
    """Return the number that a word spells in digits or in English, or None."""
    if word[0].isdigit():
        found = _ORDINAL_DIGITS.fullmatch(word)
        # A longer run of digits is a register's number, and int() of a megabyte would be a trap.
        return int(found[1]) if found and len(found[1]) <= 12 else None
    return _SPELT.get(word)


def roman_number_of(word: str) -> int | None:
    """Return the number that a word is in Roman numerals (to 39), or None."""
    return _ROMAN.get(word)


def opens_a_compound(word: str) -> bool:
    """Return whether a number below ten may follow that belongs to this word, as in forty-four."""
    return word in _COMPOUNDING


def numbered(words: list[str]) -> tuple[list[str], tuple[int, ...]]:
    """Return the words that are no numbers, and the numbers in order of size."""
    if "".join(words).isalpha() and _NUMERALS.isdisjoint(words):
        return words, ()
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
