"""The numbers of letters, by the pattern of whoever writes them, e.g. `S/AC.{committee}/{year}/PE/OC.{number}`."""

from string import Formatter
from typing import Final

from cases.errors import LetterPatternUnusable

# What a pattern may ask for; nothing else is looked up, whatever is written into it.
BLANKS: Final = frozenset({"committee", "year", "number"})


def letter_number(pattern: str, *, committee: str, year: int, number: int) -> str:
    """Return the number of a letter; raises LetterPatternUnusable."""
    check_letter_pattern(pattern)
    if not committee and "committee" in _blanks(pattern):
        raise LetterPatternUnusable(pattern=pattern)
    return pattern.format(committee=committee, year=year, number=number)


def check_letter_pattern(pattern: str) -> None:
    """Raise LetterPatternUnusable unless the pattern is empty or gives each letter of a year a number of its own."""
    if not pattern:
        return
    try:
        named = [part for part in Formatter().parse(pattern) if part[1] is not None]
    except ValueError as error:
        raise LetterPatternUnusable(pattern=pattern) from error
    names = {name for _, name, _, _ in named}
    # "{year:>9}" and "{year!r}" would be filled in, too; nobody numbers letters so.
    is_plain = not any(spec or conversion for _, _, spec, conversion in named)
    if not (is_plain and {"year", "number"} <= names <= BLANKS):
        raise LetterPatternUnusable(pattern=pattern)


def _blanks(pattern: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}
