"""How a mark is found among millions: the keys under which one is kept, and those that one asked for must meet.

Keys are numbers. A mark read whole, or with positions that were not, is kept under each sign with its position and
length, and under each three neighbouring signs; a mark that breaks off, under its longest piece and under the
neighbours in it. What the keys bring up is compared by `cases.tracing.mark_comparison`, which decides. A mark that
breaks off is brought up by what holds its longest piece, or is held by it; not where the two merely overlap.
"""

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import Final, NamedTuple

from cases.tracing.mark_text import UNREAD, UNREAD_RUN, Numbers, ReadMark, known_signs

# Longer marks are inscriptions; their neighbouring signs find them.
LONGEST_BY_POSITION: Final = 24
NEIGHBOURS: Final = 3
# With fewer signs a pattern says nothing of a mark.
FEWEST_SIGNS: Final = 3
_END: Final = "^"
_WILD: Final = re.compile(r"[?*]+")

Group = tuple[int, ...]


class Sought(NamedTuple):
    """What brings up the marks that may be meant: each group must be met by one of its keys."""

    groups: tuple[Group, ...]
    # Met by marks of which a piece is left.
    pieces: Group
    # What a mark that does not break off looks like, as a regular expression of folded signs.
    pattern: str
    numbers: Numbers | None


def keys_of(mark: str) -> list[int]:
    """Return the keys under which a folded mark is kept."""
    if UNREAD_RUN in mark:
        piece = max(_WILD.split(mark), key=len)
        return sorted({_key("piece", piece), _BROKEN_OFF, *(_key("next", three) for three in _neighbours(piece))})
    keys = {_key("next", three) for three in _neighbours(f"{_END}{mark}{_END}")}
    if len(mark) <= LONGEST_BY_POSITION:
        keys |= {_at(len(mark), position, sign) for position, sign in enumerate(mark)}
    return sorted(keys)


def sought_by(pattern: ReadMark) -> Sought | None:
    """Return what brings up the marks that a pattern may mean; None where it says too little."""
    text = pattern.folded
    is_open = UNREAD_RUN in text
    if (UNREAD in text or is_open) and known_signs(text) < FEWEST_SIGNS:
        return None
    by_position = not is_open and len(text) <= LONGEST_BY_POSITION
    groups = tuple(_by_position(text) if by_position else _by_neighbours(text))
    if not groups:
        return None
    return Sought(groups, tuple(sorted(set(_pieces(text)))), _expression(text), pattern.numbers)


def _by_position(text: str) -> Iterator[Group]:
    for position, sign in enumerate(text):
        if sign != UNREAD:
            yield _at(len(text), position, sign), _at(len(text), position, UNREAD)


def _by_neighbours(text: str) -> Iterator[Group]:
    parts = f"{_END}{text}{_END}".split(UNREAD_RUN)
    found = [three for part in parts for three in _neighbours(part) if UNREAD not in three]
    # By its end alone no mark can be told from those that break off before it.
    with_broken = any(_END not in three for three in found)
    for three in found:
        keys = {_key("next", "".join(signs)) for signs in product(*map(_or_unread, three))}
        yield tuple(sorted(keys | {_BROKEN_OFF} if with_broken and _END in three else keys))


def _or_unread(sign: str) -> tuple[str, ...]:
    return (sign,) if sign == _END else (sign, UNREAD)


def _pieces(text: str) -> Iterator[int]:
    for run in _WILD.split(text):
        for start in range(len(run)):
            for end in range(start + NEIGHBOURS, min(len(run), start + LONGEST_BY_POSITION) + 1):
                yield _key("piece", run[start:end])


def _expression(text: str) -> str:
    signs = {UNREAD: ".", UNREAD_RUN: ".*"}
    return f"^{''.join(signs.get(sign) or f'[{sign}{UNREAD}]' for sign in text)}$"


def _neighbours(text: str) -> Iterator[str]:
    return (text[at : at + NEIGHBOURS] for at in range(len(text) - NEIGHBOURS + 1))


@lru_cache(maxsize=16_384)
def _at(length: int, position: int, sign: str) -> int:
    return _key(f"{length}.{position}", sign)


@lru_cache(maxsize=65_536)
def _key(kind: str, text: str) -> int:
    """Return a number that fits PostgreSQL's integer; two texts that share one cost a look, never a hit."""
    return zlib.crc32(f"{kind}:{text}".encode()) - 2**31


_BROKEN_OFF: Final = _key("breaks", "off")
