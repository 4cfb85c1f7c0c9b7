"""What incidents share: marks, neighbouring numbers, papers, parties, conveyances, routes. It only compares."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import accumulate, combinations, islice
from typing import Final, NamedTuple

# Numbers so near were made in the same days.
NEIGHBOURHOOD: Final = 50
# Of one value shared by very many, the first pairs tell enough.
MOST_OF_A_VALUE: Final = 100
# Whether a link between two incidents, by their references, is asked for.
Wanted = Callable[[str, str], bool]


class LinkedBy(StrEnum):
    """In what two incidents agree."""

    MARK = "mark"
    NEIGHBOURING_SERIAL = "neighbouring_serial"
    PAPER = "paper"
    LICENCE = "licence"
    PARTY = "party"
    PARTY_IDENTIFIER = "party_identifier"
    CONSIGNEE = "consignee"
    IMO_NUMBER = "imo_number"
    REGISTRATION = "registration"
    CONVEYANCE_NAME = "conveyance_name"
    ROUTE = "route"


SENTENCES: Final = {
    LinkedBy.MARK: "Both bear the mark {value}.",
    LinkedBy.NEIGHBOURING_SERIAL: "Their numbers {value} and {other_value} are {distance} apart.",
    LinkedBy.PAPER: "In both there is a paper of the number {value}.",
    LinkedBy.LICENCE: "In both the approval or licence {value} is claimed.",
    LinkedBy.PARTY: "In both there is a party named {value}.",
    LinkedBy.PARTY_IDENTIFIER: "In both there is a party with the number {value}.",
    LinkedBy.CONSIGNEE: "In both the consignee is named {value}.",
    LinkedBy.IMO_NUMBER: "Both were carried by the vessel of IMO number {value}.",
    LinkedBy.REGISTRATION: "Both were carried by a conveyance of the registration {value}.",
    LinkedBy.CONVEYANCE_NAME: "Both were carried by a conveyance named {value}.",
    LinkedBy.ROUTE: "Both were on the way {value}.",
}


class Trait(NamedTuple):
    """Something that an incident has and another may share: equal where the keys are, shown as it was stated."""

    by: LinkedBy
    key: tuple[str, ...]
    shown: str
    item: int | None = None


class Serial(NamedTuple):
    """A mark that ends in a number, or stands for several."""

    stem: str
    first: int
    last: int
    shown: str
    item: int | None


class Bearer(NamedTuple):
    """An incident with what it has."""

    incident: str
    traits: frozenset[Trait] = frozenset()
    serials: frozenset[Serial] = frozenset()


class Link(NamedTuple):
    """That two incidents agree, in what, and by which values; `one` comes first by reference."""

    by: LinkedBy
    one: str
    other: str
    value: str
    other_value: str
    item: int | None
    other_item: int | None
    distance: int | None

    @property
    def params(self) -> dict[str, str | int]:
        """What fills the sentence."""
        return {"value": self.value, "other_value": self.other_value, "distance": self.distance or 0}


class _Borne(NamedTuple):
    serial: Serial
    incident: str


def folded_name(text: str) -> str:
    """Return a name or number as it is compared: without case and spacing."""
    return " ".join(text.casefold().split())


def links_among(bearers: Iterable[Bearer], *, within: int = NEIGHBOURHOOD) -> list[Link]:
    """Return every link between two of the incidents, the same whatever their order."""
    return _links(bearers, within, wanted=lambda _one, _other: True)


def links_beyond(inside: Iterable[Bearer], outside: Iterable[Bearer], *, within: int = NEIGHBOURHOOD) -> list[Link]:
    """Return the links that lead from incidents inside to others outside."""
    inside = list(inside)
    known = {bearer.incident for bearer in inside}
    others = (bearer for bearer in outside if bearer.incident not in known)
    return _links([*inside, *others], within, wanted=lambda one, other: (one in known) is not (other in known))


def _links(bearers: Iterable[Bearer], within: int, *, wanted: Wanted) -> list[Link]:
    bearers = list(bearers)
    return sorted({*_same(bearers, wanted), *_near(bearers, within, wanted)}, key=_order)


def _same(bearers: Iterable[Bearer], wanted: Wanted) -> Iterator[Link]:
    sharing: dict[tuple[LinkedBy, tuple[str, ...]], dict[str, Trait]] = {}
    for bearer in bearers:
        for trait in sorted(bearer.traits, key=lambda each: (each.shown, _place(each.item))):
            sharing.setdefault((trait.by, trait.key), {}).setdefault(bearer.incident, trait)
    for (by, _), holders in sharing.items():
        pairs = (pair for pair in combinations(sorted(holders), 2) if wanted(*pair))
        for one, other in islice(pairs, MOST_OF_A_VALUE):
            a, b = holders[one], holders[other]
            yield Link(by, one, other, a.shown, b.shown, a.item, b.item, None)


def _near(bearers: Iterable[Bearer], within: int, wanted: Wanted) -> Iterator[Link]:
    """Yield pairs of numbers that stand near one another, each number with the next ones as far as that reaches."""
    of_stem: dict[str, set[_Borne]] = {}
    for bearer in bearers:
        for serial in bearer.serials:
            of_stem.setdefault(serial.stem, set()).add(_Borne(serial, bearer.incident))
    for borne in of_stem.values():
        near = _near_in(sorted(borne, key=_along), within)
        yield from islice((link for link in near if wanted(link.one, link.other)), MOST_OF_A_VALUE)


def _near_in(ordered: Sequence[_Borne], within: int) -> Iterator[Link]:
    furthest = list(accumulate((each.serial.last for each in ordered), max))
    for at, later in enumerate(ordered):
        for back in range(at - 1, -1, -1):
            # No number before reaches so far; one that stands for several may reach further than the next one.
            if later.serial.first - furthest[back] > within:
                break
            earlier = ordered[back]
            distance = max(0, later.serial.first - earlier.serial.last)
            is_same = later.serial[:3] == earlier.serial[:3]
            if earlier.incident != later.incident and distance <= within and not is_same:
                yield _pair(earlier, later, distance)


def _pair(earlier: _Borne, later: _Borne, distance: int) -> Link:
    a, b = sorted((earlier, later), key=lambda each: each.incident)
    shown, items = (a.serial.shown, b.serial.shown), (a.serial.item, b.serial.item)
    return Link(LinkedBy.NEIGHBOURING_SERIAL, a.incident, b.incident, *shown, *items, distance)


def _along(borne: _Borne) -> tuple[int, int, str, str, int]:
    serial = borne.serial
    return serial.first, serial.last, borne.incident, serial.shown, _place(serial.item)


def _order(link: Link) -> tuple[str, str, str, str, str, int, int]:
    return link.one, link.other, link.by, link.value, link.other_value, _place(link.item), _place(link.other_item)


def _place(item: int | None) -> int:
    return -1 if item is None else item
