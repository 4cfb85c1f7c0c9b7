"""The legs of a transfer: from its origin, over transit, to where it was met with, and on to where it was bound."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from cases.choices import ItemCategory, LegKind, Unit

# What is counted in pieces as arms; ammunition, parts and services are not.
ARMS: Final = frozenset(
    {
        *(ItemCategory.ARMS_UNSPECIFIED, ItemCategory.SMALL_ARM, ItemCategory.LIGHT_WEAPON, ItemCategory.GRENADE),
        *(ItemCategory.MINE, ItemCategory.MISSILE, ItemCategory.ARTILLERY, ItemCategory.BATTLE_TANK),
        *(ItemCategory.ARMOURED_VEHICLE, ItemCategory.COMBAT_AIRCRAFT, ItemCategory.ATTACK_HELICOPTER),
        *(ItemCategory.UAV, ItemCategory.WARSHIP),
    }
)
_PIECES: Final = {"": 1, Unit.PIECE: 1, Unit.PAIR: 2}
# More than were ever made of anything: a number beyond it is a slip of the pen, and no count.
_MOST: Final = 10**12


class Leg(NamedTuple):
    """One leg between two States, which may be the same."""

    kind: LegKind
    start: str
    end: str


class Goods(NamedTuple):
    """A line of goods; empty or None is unknown."""

    category: str
    quantity: float | None
    unit: str


class Arms(NamedTuple):
    """How many pieces were counted, None where none were; and whether there are arms without a count."""

    counted: int | None
    lacks_count: bool


def legs_of(*, origin: str, transit: Sequence[str], seizure: str, destination: str) -> Iterator[Leg]:
    """Yield the legs whose both ends are known: an end that is not known is never bridged."""
    over = list(dict.fromkeys(filter(None, transit)))
    if over:
        stops = [origin, *over, seizure]
        middle = [LegKind.TRANSIT_TRANSIT] * (len(over) - 1)
        kinds = [LegKind.ORIGIN_TRANSIT, *middle, LegKind.TRANSIT_SEIZURE]
    else:
        stops, kinds = [origin, seizure], [LegKind.ORIGIN_SEIZURE]
    legs = [*zip(kinds, stops, stops[1:], strict=False), (LegKind.SEIZURE_DESTINATION, seizure, destination)]
    return (Leg(kind, start, end) for kind, start, end in legs if start and end)


def arms_among(goods: Iterable[Goods]) -> Arms:
    """Return how many arms there are, as far as they were counted."""
    counted, lacks_count = None, False
    for line in goods:
        if line.category not in ARMS:
            continue
        pieces = _PIECES.get(line.unit)
        if line.quantity is None or pieces is None or line.quantity * pieces > _MOST:
            lacks_count = True
        else:
            counted = (counted or 0) + round(line.quantity * pieces)
    return Arms(counted, lacks_count)
