"""Tables drawn by two facts: what they withhold does not follow from the tables drawn by one of them."""

from collections.abc import Iterator
from datetime import date
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.statistics.counting import Line, Person
from cases.statistics.questionnaire import questionnaire
from cases.statistics.tables import COLUMNS, CellName, Table, name_of, released

SEXES, AGES = ("female", "male", "unknown"), ("18-24", "25-34", "unknown")
PARTS = ("seized", "found", "surrendered")
Persons = list[tuple[str, str, int]]


def tables_of_persons(seized: Persons, found: Persons = []) -> list[Table]:  # noqa: B006  # never changed
    """Return the tables of so many persons of each sex and age group, in arms seized and found."""
    day = date(2024, 5, 3)
    lines = [
        Line(
            incident=f"INC-2024-0000000{number}",
            number=1,
            kind=kind,
            first_day=day,
            last_day=day,
            category="small_arm",
            quantity=20,
            unit="piece",
            persons=tuple(Person("driver", sex, age) for sex, age, count in persons for _ in range(count)),
        )
        for number, (kind, persons) in enumerate((("seizure", seized), ("find", found)), start=1)
    ]
    return [table for table in questionnaire(lines, year=2024) if table.of == "persons"]


def shown_in(tables: list[Table]) -> dict[tuple[str, str, str], int | None]:
    """Return what readers outside are shown, by table, row and column; None is withheld."""
    return {
        (document["name"], row["key"], column): cell["pieces"]
        for document in released(tables, smallest_shown=5).tables
        for row in [*document["rows"], {"key": "total", "cells": document["total"]}]
        for column, cell in row["cells"].items()
    }


def test_persons_are_counted_by_sex_and_age_together_and_what_is_not_recorded_is_unknown() -> None:
    cross = tables_of_persons([("male", "25-34", 6), ("female", "unknown", 7), ("unknown", "unknown", 5)])[2]

    assert cross.name == "persons_by_sex_and_age"
    assert {key: row["seized"].pieces for key, row in cross.rows.items()} == {
        "female / unknown": 7,
        "male / 25-34": 6,
        "unknown / unknown": 5,
    }
    assert cross.total["total"].pieces == 18


def test_a_small_cell_does_not_follow_from_what_all_of_a_sex_or_an_age_are() -> None:
    counts = [("female", "18-24", 2), ("female", "25-34", 30), ("male", "18-24", 40), ("male", "25-34", 50)]

    shown = shown_in(tables_of_persons(counts))

    cross = {key: shown["persons_by_sex_and_age", key, "seized"] for key in ("female / 18-24", "female / 25-34")}
    # All women less those from 25 to 34 would be those from 18 to 24.
    assert cross == {"female / 18-24": None, "female / 25-34": None}
    assert shown["persons_by_sex_and_age", "male / 18-24", "seized"] is None
    assert shown["persons_by_sex", "total", "seized"] == 122


PERSONS = st.lists(
    st.tuples(st.sampled_from(SEXES), st.sampled_from(AGES), st.integers(0, 14)), max_size=9, unique_by=lambda p: p[:2]
)


@settings(deadline=None, max_examples=60)
@given(PERSONS, PERSONS)
def test_no_small_cell_follows_from_the_three_tables_together(seized: Persons, found: Persons) -> None:
    tables = tables_of_persons(seized, found)
    shown = shown_in(tables)
    counts = {
        name_of(table, key, column): (cell.pieces, shown[table.name, key, column])
        for table in tables
        for key, row in {**table.rows, "total": table.total}.items()
        for column, cell in row.items()
    }
    unknown = sorted(name for name, (_, told) in counts.items() if told is None)
    place = {name: at for at, name in enumerate(unknown)}
    matrix = np.zeros((0, len(unknown)))
    for equation in equations(counts):
        row = np.zeros(len(unknown))
        for name, sign in equation:
            if name in place:
                row[place[name]] += sign
        matrix = np.vstack([matrix, row])

    for name, (pieces, _) in counts.items():
        if 0 < pieces < 5:
            assert name in place
            alone = np.eye(1, len(unknown), place[name])
            # A cell follows when the sums, put together in any way, leave it alone.
            assert np.linalg.matrix_rank(np.vstack([matrix, alone])) > np.linalg.matrix_rank(matrix)


def equations(counts: dict[CellName, object]) -> Iterator[list[tuple[CellName, int]]]:
    """Yield what is known of such tables: columns, rows, and the coarser tables, as any reader may add them up."""

    def of(total: CellName, parts: list[CellName]) -> list[tuple[CellName, int]]:
        return [(total, -1), *((part, 1) for part in parts if part in counts)]

    cross = "persons_by_sex_and_age"
    keys = {"persons_by_sex": SEXES, "persons_by_age": AGES, cross: [" / ".join(pair) for pair in product(SEXES, AGES)]}
    for table, rows in [*keys.items(), ("persons", ["total"])]:
        for key in rows:
            yield of((table, key, "total"), [(table, key, column) for column in PARTS])
    for column in COLUMNS:
        for table, rows in keys.items():
            yield of(("persons", "total", column), [(table, key, column) for key in rows])
        for sex in SEXES:
            yield of(("persons_by_sex", sex, column), [(cross, f"{sex} / {age}", column) for age in AGES])
        for age in AGES:
            yield of(("persons_by_age", age, column), [(cross, f"{sex} / {age}", column) for sex in SEXES])
