"""A made-up list of designated parties: as many entries and spellings as the Council's own, none of them real."""

from functools import cache
from typing import NamedTuple

from cases.generate.draws import Draw, spread
from cases.generate.names import misspelt, organization, original_script, person, vessel

LIST_SEED = 1267
ENTRIES, SPELLINGS = 1_000, 6_000
_KINDS = spread((("person", 71), ("organization", 25), ("vessel", 4)))
_QUALITIES = spread((("good", 3), ("low", 2)))
_COMPOSED = {"person": person, "organization": organization, "vessel": vessel}


class MadeUpName(NamedTuple):
    """One spelling of one entry; the quality is primary, good, low or original (script)."""

    key: int
    kind: str
    text: str
    quality: str


@cache
def made_up_list(entries: int = ENTRIES, spellings: int = SPELLINGS, seed: int = LIST_SEED) -> tuple[MadeUpName, ...]:
    """Return the list: every entry its primary name first, then its other spellings, by entry."""
    draw = Draw(seed)
    names = [_primary(draw, key) for key in range(entries)]
    for number in range(max(0, spellings - entries)):
        names.append(_other(draw, names[number % entries]))
    return tuple(sorted(names, key=lambda name: name.key))


def _primary(draw: Draw, key: int) -> MadeUpName:
    kind = draw.one(_KINDS)
    return MadeUpName(key, kind, _COMPOSED[kind](draw), "primary")


def _other(draw: Draw, first: MadeUpName) -> MadeUpName:
    if draw.random() < 0.15:
        return MadeUpName(first.key, first.kind, original_script(draw, first.text), "original")
    twice = misspelt(draw, misspelt(draw, first.text))
    return MadeUpName(first.key, first.kind, twice, draw.one(_QUALITIES))


def _by_kind() -> dict[str, tuple[str, ...]]:
    primaries = [name for name in made_up_list() if name.quality == "primary"]
    return {kind: tuple(name.text for name in primaries if name.kind == kind) for kind in _COMPOSED}


# Primary names by kind, for parties that a list should find.
LISTED = _by_kind()
