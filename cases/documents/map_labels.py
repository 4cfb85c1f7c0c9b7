"""Names on the map inset: kept inside the frame, off one another and off the place itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

# Width of an average sign and height of a line, in units of the 12-unit letters of the drawing.
_SIGN_WIDTH, _LINE_HEIGHT = 6.6, 13.0
_AROUND_THE_PLACE = 16.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """A name centred on a point of the drawing."""

    text: str
    x: float
    y: float
    style: str = "name"


def placed(labels: Iterable[Label], *, width: float, height: float) -> Iterator[Label]:
    """Yield the labels that find room, first come first served, shifted into the frame where they would leave it."""
    x, y = width / 2, height / 2
    taken: list[Box] = [(x - _AROUND_THE_PLACE, y - _AROUND_THE_PLACE, x + _AROUND_THE_PLACE, y + _AROUND_THE_PLACE)]
    for label in labels:
        half = len(label.text) * _SIGN_WIDTH / 2 + 6
        moved = replace(
            label,
            x=min(max(label.x, half), width - half),
            y=min(max(label.y, _LINE_HEIGHT + 10), height - _LINE_HEIGHT),
        )
        box = (moved.x - half, moved.y - _LINE_HEIGHT, moved.x + half, moved.y + 4)
        if not any(_overlap(box, other) for other in taken):
            taken.append(box)
            yield moved


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
