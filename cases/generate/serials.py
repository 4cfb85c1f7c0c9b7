"""Serial and lot numbers in the patterns of their makers; now and then one that was seen before."""

from dataclasses import dataclass, field
from functools import cache
from itertools import groupby

from cases.generate.draws import Draw

# Letters that makers stamp; I and O are read as digits and left out by most.
LETTERS = "ABCDEFGHJKLMNPRSTUVXYZ"
_LETTER_COUNT = len(LETTERS)
# A maker's number seen on a second weapon is rare: a copy, a misreading, or the same weapon met again.
SEEN_BEFORE = 0.004
_KEPT = 256
_POWERS = tuple(10**places for places in range(16))


def numbered(draw: Draw, pattern: str, year: int) -> str:
    """Return a number in the pattern: `A` a letter, `9` a digit, `Y` the last two digits of the year; else as is."""
    random, text = draw.random, ""
    for sign, count in _runs(pattern):
        if sign == "9":
            text += f"{int(random() * _POWERS[count]):0{count}}"
        elif sign == "A":
            text += LETTERS[int(random() * _LETTER_COUNT)]
        else:
            text += f"{year % 100:02}" if sign == "Y" else sign
    return text


@cache
def _runs(pattern: str) -> tuple[tuple[str, int], ...]:
    """Return the signs of a pattern in order, digits in a row as one."""
    runs: list[tuple[str, int]] = []
    for sign, group in groupby(pattern):
        count = len(list(group))
        runs += [("9", count)] if sign == "9" else [(sign, 1)] * count
    return tuple(runs)


@dataclass(slots=True)
class Serials:
    """The numbers given so far in one run of the generator, the last few of each pattern."""

    _given: dict[str, list[str]] = field(default_factory=dict)

    def serial(self, draw: Draw, pattern: str, year: int) -> str:
        """Return a serial number; rarely one that an earlier weapon of the same maker bears."""
        given = self._given.setdefault(pattern, [])
        if given and draw.random() < SEEN_BEFORE:
            return draw.one(given)
        number = numbered(draw, pattern, year)
        if len(given) < _KEPT:
            given.append(number)
        else:
            given[int(draw.random() * _KEPT)] = number
        return number
