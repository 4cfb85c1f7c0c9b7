"""Marks by the million, and questions about them as they are asked: misread, half read, broken off."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from cases.generate.arms import EVERYTHING
from cases.generate.draws import Draw, spread
from cases.generate.serials import Serials

# Of a hundred marks so many have positions that were not read, and so many break off.
_UNREAD, _BROKEN_OFF = 0.06, 0.02
_MOST_UNREAD: Final = 3
# What somebody takes for what, in either direction.
_TAKEN_FOR: Final = {"0": "O", "O": "0", "1": "I", "I": "1", "8": "B", "B": "8", "5": "S", "S": "5", "2": "Z", "Z": "2"}
_SEPARATORS: Final = (" ", "-", "/", ".")
_SHORTEST_PIECE: Final = 5
_YEAR: Final = 1991

NUMBERED: Final = tuple(model for models in EVERYTHING for model in models if model.numbering)
SORTS: Final = spread((("whole", 4), ("look_alikes", 2), ("unread", 2), ("beginning", 1), ("middle", 1)))


class MadeUpMark(NamedTuple):
    """A mark as somebody transcribed it, and whether it breaks off."""

    text: str
    breaks_off: bool


class Question(NamedTuple):
    """What is asked of a mark, and in which way it differs from what stands there."""

    sort: str
    text: str


def marks(count: int, *, seed: int) -> Iterator[MadeUpMark]:
    """Yield so many marks in the patterns of their makers; the same for the same seed."""
    draw, serials = Draw(seed), Serials()
    for _ in range(count):
        text = serials.serial(draw, draw.one(NUMBERED).numbering, _YEAR)
        drawn = draw.random()
        if drawn < _UNREAD:
            yield MadeUpMark(_half_read(draw, text), breaks_off=False)
        elif drawn < _UNREAD + _BROKEN_OFF and len(_signs(text)) > _SHORTEST_PIECE:
            yield MadeUpMark(_piece(draw, text), breaks_off=True)
        else:
            yield MadeUpMark(text, breaks_off=False)


def questions(about: Sequence[str], count: int, *, seed: int) -> Iterator[Question]:
    """Yield so many questions about these marks, as they come from a post: each is about one that is there."""
    draw, long_enough = Draw(seed), [text for text in about if len(_signs(text)) > _SHORTEST_PIECE]
    for _ in range(count):
        sort, text = draw.one(SORTS), draw.one(long_enough)
        yield Question(sort, _asked(draw, sort, text))


def _asked(draw: Draw, sort: str, text: str) -> str:
    if sort == "look_alikes":
        return "".join(_TAKEN_FOR.get(sign, sign) for sign in text)
    if sort == "unread":
        return _half_read(draw, text)
    if sort == "beginning":
        return f"{_signs(text)[:_SHORTEST_PIECE]}*"
    if sort == "middle":
        return f"*{_piece(draw, text)}*"
    at = draw.between(1, len(text) - 1)
    return f"{text[:at]}{draw.one(_SEPARATORS)}{text[at:].lower()}"


def _signs(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def _half_read(draw: Draw, text: str) -> str:
    signs = list(text)
    for _ in range(draw.between(1, min(_MOST_UNREAD, len(signs) - 1))):
        signs[draw.between(0, len(signs) - 1)] = "?"
    return "".join(signs)


def _piece(draw: Draw, text: str) -> str:
    text = _signs(text)
    length = draw.between(_SHORTEST_PIECE, max(_SHORTEST_PIECE, len(text) - 1))
    start = draw.between(0, max(0, len(text) - length))
    return text[start : start + length]
