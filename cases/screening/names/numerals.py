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

_ROMAN = re.compile(r"(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
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
    if not _ROMAN.fullmatch(word):
        return None
    values = [_ROMAN_VALUES[letter] for letter in word]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def opens_a_compound(word: str) -> bool:
    """Return whether a number below ten may follow that belongs to this word, as in forty-four."""
    return word in _COMPOUNDING
