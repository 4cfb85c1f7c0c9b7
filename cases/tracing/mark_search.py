"""How a mark is found among millions: the keys under which one is kept, and those that one asked for must meet.

Keys are numbers. A mark read whole, or with positions that were not, is kept under each sign with its position and
length, and under each three and each four neighbouring signs; a mark that breaks off, under its longest piece and
under the neighbours in it. A question asks for as few keys as hold each of its signs, the longest there are. What the
keys bring up is compared by `cases.tracing.mark_comparison`, which decides. A mark that breaks off is brought up by
what holds its longest piece, or is held by it; not where the two merely overlap.
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
# Of five million serial numbers three neighbours bring up tens of thousands, four some thousands.
MORE_NEIGHBOURS: Final = 4
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
        return sorted({_key("piece", piece), _BROKEN_OFF, *_next(piece)})
    keys = set(_next(f"{_END}{mark}{_END}"))
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
    groups = tuple(_by_position(text) if by_position else _by_neighbours(text, with_broken=True))
    if not groups:
        return None
    return Sought(groups, tuple(sorted(set(_pieces(text)))), _expression(text), pattern.numbers)


def _by_position(text: str) -> Iterator[Group]:
    """Yield the groups of a mark of known length: its neighbours, and by its place each sign that has too few."""
    yield from _by_neighbours(text, with_broken=False)
    for run in re.finditer(f"[^{re.escape(UNREAD)}]+", text):
        at_end = (run.start() == 0) + (run.end() == len(text))
        if len(run.group()) + at_end < NEIGHBOURS:
            for position in range(*run.span()):
                yield _at(len(text), position, text[position]), _at(len(text), position, UNREAD)


def _by_neighbours(text: str, *, with_broken: bool) -> Iterator[Group]:
    runs = [run for run in _WILD.split(f"{_END}{text}{_END}") if len(run) >= NEIGHBOURS]
    found = [signs for run in runs for signs in _covering(run)]
    # By its end alone no mark can be told from those that break off before it.
    with_broken = with_broken and any(_END not in signs for signs in found)
    for signs in found:
        keys = {_next_key("".join(read)) for read in product(*map(_or_unread, signs))}
        yield tuple(sorted(keys | {_BROKEN_OFF} if with_broken and _END in signs else keys))


def _covering(run: str) -> Iterator[str]:
    """Yield the neighbours that hold each sign of the run, the last of them overlapping with the one before."""
    length = min(len(run), MORE_NEIGHBOURS)
    last = len(run) - length
    return (run[at : at + length] for at in (*range(0, last, length), last))


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


def _next(text: str) -> Iterator[int]:
    for length in (NEIGHBOURS, MORE_NEIGHBOURS):
        yield from (_next_key(text[at : at + length]) for at in range(len(text) - length + 1))


def _next_key(signs: str) -> int:
    return _key("next", signs)


@lru_cache(maxsize=16_384)
def _at(length: int, position: int, sign: str) -> int:
    return _key(f"{length}.{position}", sign)


@lru_cache(maxsize=65_536)
def _key(kind: str, text: str) -> int:
    """Return a number that fits PostgreSQL's integer; two texts that share one cost a look, never a hit."""
    return zlib.crc32(f"{kind}:{text}".encode()) - 2**31


_BROKEN_OFF: Final = _key("breaks", "off")
