"""Whether a recorded mark can be the one asked for, how it was met, and how much speaks for it."""

from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from cases.tracing.mark_text import UNREAD, UNREAD_RUN, Numbers, ReadMark, known_signs

# What one look-alike takes from the confidence; beyond some, a reading is as doubtful as it gets.
_OF_A_LOOK_ALIKE: Final = 0.92
_MOST_COUNTED: Final = 6
# A number inside a recorded range: the range was read, the number itself was not.
_IN_A_RANGE: Final = 0.9
# A piece was met, and what it was torn from is not known.
_OF_A_PIECE: Final = 0.9


class MetBy(StrEnum):
    """How a recorded mark answers to the one asked for."""

    EXACT = "exact"
    LOOK_ALIKES = "look_alikes"
    PARTIAL = "partial"
    IN_RANGE = "in_range"


# The sentence for each; translated where it is shown.
SENTENCES: Final = {
    MetBy.EXACT: "The same mark, apart from case, spaces, separators and script.",
    MetBy.LOOK_ALIKES: "The same mark if characters that look alike were taken for one another: {pairs}.",
    MetBy.PARTIAL: "{agreeing} of {length} characters were read on both sides and agree; the rest is unknown.",
    MetBy.IN_RANGE: "Its number lies within the range.",
}


class Met(NamedTuple):
    """Why a recorded mark is a hit."""

    by: MetBy
    confidence: float
    params: dict[str, str | int]
    # Signs read on both sides that agree.
    agreeing: int


def compare(pattern: ReadMark, mark: ReadMark) -> Met | None:
    """Return how the recorded mark answers to the pattern; None where it cannot be the mark that is meant."""
    if not can_be_the_same(pattern.folded, mark.folded):
        return _inside(pattern.numbers, mark.numbers)
    doubts = _look_alikes(pattern.normalised, mark.normalised)
    agreeing, length, certainty = _agreement(pattern.folded, mark.folded)
    confidence = round(agreeing / length * certainty * _OF_A_LOOK_ALIKE ** min(len(doubts), _MOST_COUNTED), 2)
    if agreeing < length or certainty < 1:
        return Met(MetBy.PARTIAL, confidence, {"agreeing": agreeing, "length": length}, agreeing)
    if doubts:
        pairs = ", ".join(sorted({f"{asked}/{read}" for asked, read in doubts}))
        return Met(MetBy.LOOK_ALIKES, confidence, {"pairs": pairs}, agreeing)
    return Met(MetBy.EXACT, confidence, {}, agreeing)


def compare_span(span: Numbers, mark: ReadMark) -> Met | None:
    """Return that the recorded mark, or a recorded range, has numbers of the span asked for."""
    numbers = mark.numbers
    if numbers is None or numbers.stem != span.stem or numbers.first > span.last or numbers.last < span.first:
        return None
    return Met(MetBy.IN_RANGE, _IN_A_RANGE if numbers.is_span else 1.0, {}, known_signs(mark.folded))


def can_be_the_same(one: str, other: str) -> bool:
    """Return whether two folded marks, each with what was not read of it, can stand for one mark."""
    if UNREAD_RUN in one or UNREAD_RUN in other:
        return _can_meet(one, other)
    return len(one) == len(other) and all(a == b or UNREAD in (a, b) for a, b in zip(one, other, strict=True))


@lru_cache(maxsize=256)
def _can_meet(one: str, other: str) -> bool:
    """Return the same where either side breaks off: column by column, which parts of the other can be used up."""
    reached = _past_runs({0}, other)
    for sign in one:
        if sign == UNREAD_RUN:
            # Any number of the other's signs, from the first place reached.
            reached = set(range(min(reached), len(other) + 1)) if reached else reached
        else:
            reached = _past_runs(_step(sign, reached, other), other)
    return len(other) in reached


def _step(sign: str, reached: set[int], other: str) -> set[int]:
    after = set()
    for at in reached:
        if at < len(other) and other[at] == UNREAD_RUN:
            after.add(at)
        elif at < len(other) and (sign == other[at] or UNREAD in (sign, other[at])):
            after.add(at + 1)
    return after


def _past_runs(reached: set[int], other: str) -> set[int]:
    """Return the places with those behind a run that may stand for nothing."""
    found = set(reached)
    for at in sorted(reached):
        step = at
        while step < len(other) and other[step] == UNREAD_RUN:
            step += 1
            found.add(step)
    return found


def _agreement(one: str, other: str) -> tuple[int, int, float]:
    """Return how many signs agree, of how many at least, and how much the breaking off leaves of it."""
    if UNREAD_RUN not in one and UNREAD_RUN not in other:
        return sum(a == b != UNREAD for a, b in zip(one, other, strict=True)), len(one), 1.0
    signs = [len(text.replace(UNREAD_RUN, "")) for text in (one, other)]
    return min(known_signs(one), known_signs(other)), max(signs), _OF_A_PIECE


def _look_alikes(one: str, other: str) -> list[tuple[str, str]]:
    """Return the pairs of signs that agree by folding alone, where both marks stand side by side."""
    if UNREAD_RUN in one or UNREAD_RUN in other or len(one) != len(other):
        return []
    return [(a, b) for a, b in zip(one, other, strict=True) if a != b and UNREAD not in (a, b)]


def _inside(asked: Numbers | None, kept: Numbers | None) -> Met | None:
    if asked is None or kept is None or not kept.is_span or asked.stem != kept.stem:
        return None
    if not kept.first <= asked.first <= kept.last:
        return None
    return Met(MetBy.IN_RANGE, _IN_A_RANGE, {}, len(f"{kept.stem}{asked.first}"))
