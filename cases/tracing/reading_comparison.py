"""Two readings of the same marks side by side: where they agree, and in what way they do not.

Marks are compared as they were written down and as they are searched: a difference that folding hides is of a kind
of its own, for on worn metal it is the likely one.
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest
from typing import Final, NamedTuple

from cases.choices import MarkCertainty
from cases.tracing.mark_comparison import can_be_the_same
from cases.tracing.mark_text import UNREAD, UNREAD_RUN, folded, known_signs, normalised

# Fewer signs agree by chance: two marks of different kinds are not taken for one by them.
_SIGNS_THAT_TELL: Final = 3
# The least sure first.
_SURENESS: Final = (MarkCertainty.DOUBTFUL.value, MarkCertainty.PROBABLE.value, MarkCertainty.CERTAIN.value)


class Relation(StrEnum):
    """How two readings of one mark, or of one sign of it, stand to each other."""

    SAME = "same"
    # The same signs, with other spaces, separators, case or script.
    WRITTEN = "written"
    LOOK_ALIKE = "look_alike"
    # One reader read what the other could not.
    UNREAD = "unread"
    DIFFERENT = "different"
    # One reader gives it, the other does not.
    ONE_ONLY = "one_only"


class MarkAsRead(NamedTuple):
    """A mark as a reader gives it; empty text is nothing said."""

    kind: str = ""
    text: str = ""
    position: str = ""
    certainty: str = ""
    # The photograph that it was read from, by the id of the evidence.
    photo: str = ""


class Sign(NamedTuple):
    """One place of a mark: the sign of each reading, empty where it has none."""

    first: str
    second: str
    relation: Relation


class MarkTwice(NamedTuple):
    """One mark in both readings; None in the one that does not give it."""

    first: MarkAsRead | None
    second: MarkAsRead | None
    relation: Relation
    signs: tuple[Sign, ...]
    # Of `kind` and `position`, what both say and say differently.
    differs: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether nothing of it differs."""
        return self.relation is Relation.SAME and not self.differs


class Comparison(NamedTuple):
    """Both readings, mark by mark, and whether they say the same of how far the marks can be read."""

    marks: tuple[MarkTwice, ...]
    state_differs: bool

    @property
    def agrees(self) -> bool:
        """Whether the readings may be taken over as they are."""
        return not self.state_differs and all(mark.agrees for mark in self.marks)


def compare_readings(
    first: Sequence[MarkAsRead], second: Sequence[MarkAsRead], *, states: tuple[str, str] = ("", "")
) -> Comparison:
    """Set two readings side by side: in the order of the first, then what only the second has."""
    partner = _partners(first, second)
    taken = set(partner.values())
    marks = [_twice(mark, second[partner[at]] if at in partner else None) for at, mark in enumerate(first)]
    marks += [_twice(None, mark) for at, mark in enumerate(second) if at not in taken]
    return Comparison(tuple(marks), states[0] != states[1])


def taken_over(comparison: Comparison) -> tuple[MarkAsRead, ...]:
    """Return the marks of two readings that agree, each as far as either says, and no surer than the less sure."""
    return tuple(
        MarkAsRead(
            kind=mark.first.kind or mark.second.kind,
            text=mark.first.text,
            position=mark.first.position or mark.second.position,
            certainty=least_sure(mark.first.certainty, mark.second.certainty),
            photo=mark.first.photo or mark.second.photo,
        )
        for mark in comparison.marks
        if mark.first is not None and mark.second is not None
    )


def least_sure(*certainties: str) -> str:
    """Return the least sure of what was said; empty where nobody said."""
    return min((word for word in certainties if word in _SURENESS), key=_SURENESS.index, default="")


def relation_of(first: str, second: str) -> Relation:
    """Return how two texts of one mark stand to each other."""
    if first == second:
        return Relation.SAME
    if normalised(first) == normalised(second):
        return Relation.WRITTEN
    if folded(first) == folded(second):
        return Relation.LOOK_ALIKE
    return Relation.UNREAD if can_be_the_same(folded(first), folded(second)) else Relation.DIFFERENT


def signs_of(first: str, second: str) -> Iterator[Sign]:
    """Yield both texts sign by sign, beside each other where they mean the same."""
    matcher = SequenceMatcher(None, _keys(first), _keys(second), autojunk=False)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        mine, theirs = first[start:end], second[other_start:other_end]
        is_unread = tag != "equal" and UNREAD_RUN in mine + theirs
        for one, other in zip_longest(mine, theirs, fillvalue=""):
            yield Sign(one, other, Relation.UNREAD if is_unread else _relation_of_signs(one, other))


def _relation_of_signs(one: str, other: str) -> Relation:
    if one == other:
        return Relation.SAME
    if UNREAD in (one, other):
        return Relation.UNREAD
    if normalised(one) == normalised(other):
        return Relation.WRITTEN
    return Relation.LOOK_ALIKE if folded(one) == folded(other) else Relation.DIFFERENT


def _keys(text: str) -> list[str]:
    """Return what each sign is compared by; a separator stands for itself."""
    return [folded(sign) or sign for sign in text]


def _twice(first: MarkAsRead | None, second: MarkAsRead | None) -> MarkTwice:
    if first is None or second is None:
        mine, theirs = (mark.text if mark is not None else "" for mark in (first, second))
        signs = [Sign(sign, "", Relation.ONE_ONLY) for sign in mine]
        signs += [Sign("", sign, Relation.ONE_ONLY) for sign in theirs]
        return MarkTwice(first, second, Relation.ONE_ONLY, tuple(signs), ())
    differs = tuple(name for name in ("kind", "position") if _contradict(getattr(first, name), getattr(second, name)))
    return MarkTwice(
        first, second, relation_of(first.text, second.text), tuple(signs_of(first.text, second.text)), differs
    )


def _contradict(one: str, other: str) -> bool:
    """Return whether both say something, and not the same; case and spaces tell nothing apart."""
    sides = [" ".join(text.casefold().split()) for text in (one, other)]
    return all(sides) and sides[0] != sides[1]


def _partners(first: Sequence[MarkAsRead], second: Sequence[MarkAsRead]) -> dict[int, int]:
    """Return which mark of the second is which of the first: the likest of its kind, else what can be the same."""
    partner: dict[int, int] = {}
    for pairs in (_of_one_kind(first, second), _readable_alike(first, second)):
        for _, at, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
            if at not in partner and other not in partner.values():
                partner[at] = other
    return partner


def _of_one_kind(first: Sequence[MarkAsRead], second: Sequence[MarkAsRead]) -> Iterable[tuple[float, int, int]]:
    for at, mine in enumerate(first):
        for other, theirs in enumerate(second):
            if mine.kind == theirs.kind:
                yield _likeness(mine, theirs), at, other


def _readable_alike(first: Sequence[MarkAsRead], second: Sequence[MarkAsRead]) -> Iterable[tuple[float, int, int]]:
    for at, mine in enumerate(first):
        for other, theirs in enumerate(second):
            texts = folded(mine.text), folded(theirs.text)
            if min(map(known_signs, texts)) >= _SIGNS_THAT_TELL and can_be_the_same(*texts):
                yield _likeness(mine, theirs), at, other


def _likeness(mine: MarkAsRead, theirs: MarkAsRead) -> float:
    """Return how much two marks have in common: their signs, that one can be the other, and where they stand."""
    texts = folded(mine.text), folded(theirs.text)
    is_here = bool(mine.position) and not _contradict(mine.position, theirs.position) and bool(theirs.position)
    return SequenceMatcher(None, *texts, autojunk=False).quick_ratio() + can_be_the_same(*texts) + is_here / 2
