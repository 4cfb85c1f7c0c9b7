"""One stream of draws: the same seed gives the same draws, on any machine and in any process."""

from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
S = TypeVar("S")

COMBINATIONS = 512


def spread(shares: Iterable[tuple[T, int]]) -> tuple[T, ...]:
    """Return each value as often as its share says, so that drawing evenly draws by weight."""
    return tuple(value for value, share in shares for _ in range(share))


class One(Protocol):
    """Takes one of the values, each equally likely."""

    def __call__(self, values: Sequence[T], /) -> T:
        """Return the value drawn."""


def _one_of(random: Callable[[], float]) -> One:
    """Return the draw that is made most often, bound to its stream once: it takes a third of all the time."""

    def one(values: Sequence[T], /) -> T:
        return values[int(random() * len(values))]

    return one


class Draw:
    """The stream. Only `random()` is drawn from: it alone is promised to stay the same between versions of Python."""

    __slots__ = ("one", "random")

    def __init__(self, seed: int) -> None:
        # Nothing secret is drawn here; a seed must give the same incidents again.
        self.random: Callable[[], float] = Random(seed).random  # noqa: S311  # nosec B311
        self.one = _one_of(self.random)

    def chance(self, share: float) -> bool:
        """Return True in that share of the draws."""
        return self.random() < share

    def between(self, least: int, most: int) -> int:
        """Return a whole number from least to most, both included."""
        return least + int(self.random() * (most - least + 1))

    def heavy(self, decades: Sequence[int]) -> int:
        """Return a number with a heavy tail: a power of ten by its share, then evenly up to the next."""
        return int(10 ** self.one(decades) * (1 + 9 * self.random()))

    def uuid(self) -> str:
        """Return a random UUID (version 4) as text."""
        random = self.random
        # The version and the variant stand where RFC 9562 wants them.
        digits = (
            f"{int(random() * 2**48):012x}4{int(random() * 4096):03x}"
            f"{0x8000 + int(random() * 0x4000):04x}{int(random() * 2**48):012x}"
        )
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


class Fields(Generic[S]):
    """The fields that a part of a record may have, each with the share of records in which it is known.

    Which fields are known together is drawn beforehand, some hundreds of combinations; a record takes one of them.
    """

    __slots__ = ("_combinations",)

    def __init__(self, *fields: tuple[float, str, Callable[[Draw, S], object]]) -> None:
        draw = Draw(len(fields))
        self._combinations = tuple(
            tuple((name, make) for share, name, make in fields if draw.chance(share)) for _ in range(COMBINATIONS)
        )

    def filled(self, draw: Draw, subject: S) -> dict[str, object]:
        """Return the fields known this time; what is drawn as None stays unknown."""
        record = {}
        for name, make in draw.one(self._combinations):
            if (value := make(draw, subject)) is not None:
                record[name] = value
        return record
