"""Marks as people read them: one form for every way in which the same mark can be typed, misread or half destroyed.

A mark is first *normalised*: script, case, spaces and separators go. Then it is *folded*: characters that are taken for
one another become one sign. `?` is a position that was not read, `*` any number of them.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

UNREAD: Final = "?"
UNREAD_RUN: Final = "*"
_WILD: Final = frozenset((UNREAD, UNREAD_RUN))

# Capital letters of one shape. As stamped nobody can tell them apart, so that folding them is no doubt.
_ONE_SHAPE: Final = {
    **dict(zip("АВЕКМНОРСТУХІЈЅԚԜ", "ABEKMHOPCTYXIJSQW", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "ABEZHIKMNOPTYXC", strict=True)),
    # Arabic letters that Persian and Urdu keyboards write by other signs.
    **dict(zip("یىکۀەہ", "ييكههه", strict=True)),
}
# Signs that are taken for one another on worn metal and in handwriting; l is the capital I of many stamps.
LOOK_ALIKES: Final = {"O": "0", "I": "1", "L": "1", "B": "8", "S": "5", "Z": "2", "З": "3"}
_FOLDING: Final = str.maketrans(LOOK_ALIKES)
# What is read of most marks, at once: capitals, digits and the two signs for what is not read.
_OF_ASCII: Final = {
    code: chr(code).upper() if chr(code).isalnum() or chr(code) in _WILD else None for code in range(128)
}
_RUN: Final = re.compile(r"[?*]*\*[?*]*")
_NUMBER: Final = re.compile(r"(.*?)([0-9]{1,18})", re.DOTALL)
# "AB 1001 – AB 1050", "AB1001 to 1050": a hyphen alone stands inside too many numbers.
_SPAN: Final = re.compile(r"(.+?)(?:\s*[–—]\s*|\s*\.\.+\s*|\s*…\s*|\s+-\s+|\s+(?:to|till|bis|à)\s+)(.+)", re.IGNORECASE)
# What is longer is an inscription: the rest of it counts as not read.
LONGEST: Final = 200
# Shorter numbers, and longer spans, are something else: a date, a model and a number, two marks.
_SHORTEST_NUMBER: Final = 3
_LONGEST_SPAN: Final = 1_000_000


def normalised(text: str) -> str:
    """Return the mark without script, case, accents, spaces and separators; `?` and `*` stay."""
    if text.isascii():
        text = text.translate(_OF_ASCII)
    else:
        text = "".join(_sign(letter) for letter in unicodedata.normalize("NFKD", text.replace("№", "")))
    return _RUN.sub(_unread, text) if UNREAD_RUN in text else text


def folded(text: str) -> str:
    """Return the normalised mark with look-alikes as one sign; as many signs as the normalised mark has."""
    return normalised(text).translate(_FOLDING)


@lru_cache(maxsize=4096)
def _sign(letter: str) -> str:
    """Return what a letter, digit or accent of any script becomes."""
    if letter in _WILD:
        return letter
    if unicodedata.category(letter).startswith("N") and (digit := unicodedata.decimal(letter, None)) is not None:
        return str(digit)
    if unicodedata.category(letter) == "Mn":
        return ""
    parts = unicodedata.normalize("NFKD", letter.upper())
    kept = "".join(part for part in parts if unicodedata.category(part)[0] in "LN" and part not in _WILD)
    return "".join(_ONE_SHAPE.get(part, part) for part in kept)


def _unread(found: re.Match[str]) -> str:
    """Return a run in one form: so many positions at least, then any number."""
    return UNREAD * found[0].count(UNREAD) + UNREAD_RUN


def in_one_script(text: str) -> str:
    """Return capitals with letters of one shape as Latin ones, spaces and separators as they are: АКМ typed for AKM."""
    return "".join(_ONE_SHAPE.get(letter, letter) for letter in unicodedata.normalize("NFKC", text).upper())


class Numbers(NamedTuple):
    """The numbers a mark ends in: what stands before them, and the first and last; one mark has both the same."""

    stem: str
    first: int
    last: int

    @property
    def is_span(self) -> bool:
        """Whether several marks are meant."""
        return self.last > self.first


class ReadMark(NamedTuple):
    """A mark as it is searched: normalised, folded, and its numbers where it ends in any."""

    normalised: str
    folded: str
    numbers: Numbers | None


def read_mark(text: str, *, is_partial: bool = False) -> ReadMark | None:
    """Return a recorded mark as it is searched; None where nothing of it can be read.

    Stars are stamped on metal: only in a mark that is recorded as partial `*` stands for what was not read. A partial
    mark that does not say where it breaks off may go on at either end.
    """
    if (span := _span_of(text)) is not None:
        (first, _), numbers = span
        return ReadMark(first, first.translate(_FOLDING), numbers)
    found = normalised(text if is_partial else text.replace(UNREAD_RUN, " "))
    if is_partial and not _WILD & set(found):
        found = f"{UNREAD_RUN}{found}{UNREAD_RUN}"
    return _read(found)


def read_pattern(text: str) -> ReadMark | None:
    """Return what is searched for; None where it names no sign at all."""
    return _read(normalised(text))


def read_span(first: str, last: str) -> Numbers | None:
    """Return the numbers from one mark to another of the same stem, whichever is first; None where there are none."""
    ends = numbers_of(folded(first)), numbers_of(folded(last))
    if ends[0] is None or ends[1] is None or ends[0].stem != ends[1].stem:
        return None
    least, greatest = sorted((ends[0].first, ends[1].first))
    return Numbers(ends[0].stem, least, greatest)


def numbers_of(text: str) -> Numbers | None:
    """Return the number at the end of a folded mark, None where it ends in none or was not read whole."""
    found = None if _WILD & set(text) else _NUMBER.fullmatch(text)
    return None if found is None else Numbers(found[1], int(found[2]), int(found[2]))


def known_signs(text: str) -> int:
    """Return how many signs of a mark were read."""
    return sum(sign not in _WILD for sign in text)


def _read(found: str) -> ReadMark | None:
    if not known_signs(found):
        return None
    if len(found) > LONGEST:
        found = f"{found[:LONGEST].rstrip(UNREAD_RUN)}{UNREAD_RUN}"
    text = found.translate(_FOLDING)
    return ReadMark(found, text, numbers_of(text))


def _span_of(text: str) -> tuple[tuple[str, str], Numbers] | None:
    """Return both ends of a recorded range, and its numbers; None where the text is no range."""
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        return None
    first, last = normalised(found[1]), normalised(found[2])
    if last.isdigit() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    numbers = read_span(first, last)
    digits = [len(found_number[2]) for end in (first, last) if (found_number := _NUMBER.fullmatch(end))]
    is_range = (
        numbers is not None
        and 0 < numbers.last - numbers.first <= _LONGEST_SPAN
        and len(digits) == 2
        and digits[0] == digits[1] >= _SHORTEST_NUMBER
        and numbers_of(first.translate(_FOLDING)) == numbers._replace(last=numbers.first)
    )
    return ((first, last), numbers) if numbers is not None and is_range else None
