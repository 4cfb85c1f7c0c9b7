"""A name read, and what is taken out of its text before words are compared."""

import re
from dataclasses import dataclass, field

from cases.screening.names.scripts import Script
from cases.screening.names.words import Word

# Letters set apart by dots are one word: A.B.C., S.A., L.X.C
_DOTTED = re.compile(r"(?<![a-z0-9])[a-z0-9](?:\. ?[a-z](?![a-z0-9]))+\.?|(?<![a-z0-9])[a-z](?:\.[a-z]\b)+\.?")
# What belongs to no word, and in its place a space: bytes are translated in half the time that a pattern takes.
_PARTS_WORDS = bytes(sign for sign in range(256) if sign > 127 or not chr(sign).isalnum())
_LOWER = bytes(range(256)).lower()
_SPACED = _LOWER.translate(bytes.maketrans(_PARTS_WORDS, b" " * len(_PARTS_WORDS)))
_DIGITS_APART = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=(?!(?:st|nd|rd|th)\b)[a-z])")


_NONE: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class Reading:
    """What is compared of a name; `others` are the names it gives beside itself, as "A/B" gives A and B."""

    kind: str
    script: Script
    # All that was written, in Latin letters.
    written: str
    words: tuple[Word, ...]
    fathers: frozenset[int] = frozenset()
    numbers: tuple[int, ...] = ()
    legal_forms: frozenset[str] = frozenset()
    remark: frozenset[str] = frozenset()
    is_inverted: bool = False
    others: tuple["Reading", ...] = ()
    # Worked out when first asked for.
    _squeezed: str | None = field(default=None, init=False)
    _key: str | None = field(default=None, init=False)

    @property
    def joined(self) -> str:
        """The words written as one."""
        return "".join([word.text for word in self.words])

    @property
    def squeezed(self) -> str:
        """All that was written, as one word."""
        if self._squeezed is None:
            self._squeezed = self.written.encode("ascii", "replace").translate(_LOWER, _PARTS_WORDS).decode()
        return self._squeezed

    @property
    def key(self) -> str:
        """What is equal for names that are read alike."""
        if self._key is None:
            self._key = _key(self)
        return self._key

    @property
    def bears_no_slip(self) -> bool:
        """Whether a letter or sign more makes another name."""
        return self.script is Script.SIGNS or any(word.is_exact for word in self.words)


def _key(reading: Reading) -> str:
    words = " ".join([f"{word.text}." if word.is_exact else word.text for word in reading.words])
    fathers, numbers = ",".join(map(str, sorted(reading.fathers))), ",".join(map(str, reading.numbers))
    forms, remark = ",".join(sorted(reading.legal_forms)), ",".join(sorted(reading.remark))
    marks = 2 * int(reading.script) + reading.is_inverted
    return "/".join((f"{words}|{fathers}|{numbers}|{forms}|{remark}|{marks}", *(each.key for each in reading.others)))


def words_in(text: str) -> list[str]:
    """Return the words and numbers of a text in Latin letters, in lower case."""
    return text.encode("ascii", "replace").translate(_SPACED).decode().split()


def words_and_numbers_in(text: str) -> list[str]:
    """Return the words and numbers of a text in lower-case Latin letters, parted where they meet, but in 4th."""
    words = words_in(text)
    return words if "".join(words).isalpha() else words_in(_DIGITS_APART.sub(" ", text))


def undotted(text: str) -> tuple[str, frozenset[str]]:
    """Return the text with dotted letters joined, and the words so made."""
    if "." not in text:
        return text, _NONE
    made: list[str] = []

    def joined(found: re.Match[str]) -> str:
        made.append("".join(words_in(found.group())))
        return f" {made[-1]} "

    return _DOTTED.sub(joined, text), frozenset(made)
