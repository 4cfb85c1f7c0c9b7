"""Parties of several incidents: one where an identifier is the same, otherwise as each record states them."""

from collections.abc import Sequence
from typing import NamedTuple


class Identifier(NamedTuple):
    """A number by which a party is known: of a register, of a paper."""

    kind: str
    country: str
    number: str


class Stated(NamedTuple):
    """A party as one incident states it, by its place there, with the identifiers that the record gives."""

    incident: str
    position: int
    identifiers: frozenset[Identifier]


class SameParty(NamedTuple):
    """Statements that are of one party, and the identifiers that say so; of a single statement none does."""

    stated: tuple[Stated, ...]
    merged_by: tuple[Identifier, ...]


def same_parties(statements: Sequence[Stated]) -> list[SameParty]:
    """Return the statements, those together that an equal identifier joins, also through a third; names join none."""
    root = {statement: statement for statement in statements}

    def root_of(statement: Stated) -> Stated:
        while root[statement] != statement:
            statement = root[statement]
        return statement

    bearers: dict[Identifier, list[Stated]] = {}
    for statement in sorted(statements, key=_place):
        for identifier in statement.identifiers:
            bearers.setdefault(identifier, []).append(statement)
    for bearing in bearers.values():
        for statement in bearing[1:]:
            first, other = sorted((root_of(bearing[0]), root_of(statement)), key=_place)
            root[other] = first
    groups: dict[Stated, list[Stated]] = {}
    for statement in sorted(statements, key=_place):
        groups.setdefault(root_of(statement), []).append(statement)
    return [
        SameParty(tuple(group), tuple(sorted({each for each in bearers if len(set(bearers[each]) & set(group)) > 1})))
        for group in groups.values()
    ]


def _place(statement: Stated) -> tuple[str, int]:
    return statement.incident, statement.position
