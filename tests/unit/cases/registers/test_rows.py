"""What rows of registers say, and what is wrong with them, by column."""

from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel

from cases.registers.contact_rows import ContactStated, contact_problems
from cases.registers.entry_rows import EntryRow, entry_problems
from cases.registers.practice_rows import COLUMNS, SHIPPED, PracticeRow, practice_problems
from cases.registers.rows import ReadRow, distinct, read_rows
from cases.registers.serials import register_key
from cases.tables.reading import Row, open_table

TODAY = date(2026, 11, 22)
CONTACT = {"kind": "national_point_of_contact", "country": "XKX", "office": "Arms desk", "source": "a note"}
PRACTICE = {"country": "XKX", "event": "manufacture", "source": "a note", "pattern": r"(?P<year>\d\d)-\d+"}


def read(shape: type[BaseModel], further: Any, **cells: str) -> ReadRow[Any]:
    (row,) = read_rows([Row(7, cells)], shape, further)
    return row


def wrong(row: ReadRow[Any]) -> list[tuple[str, str]]:
    return [(error["column"], error["code"]) for error in row.document()["errors"]]


@pytest.mark.parametrize("typed", ["ab 12-34", "AB1234", " A.B/1234 ", "ＡＢ１２３４"])
def test_how_a_serial_number_was_typed_does_not_matter(typed: str) -> None:
    assert register_key(typed) == "AB1234"


def test_an_entry_is_told_apart_by_its_own_key_or_by_what_the_piece_bears() -> None:
    keyed = EntryRow(serial="ab-12", key="R 7", registered_on="1998-05")
    borne = [EntryRow(serial="ab-12", make=make, model="M70", calibre="7.62x39") for make in ("Test Arms", "test arms")]

    assert keyed.entry_key == "R 7"
    assert {entry.entry_key for entry in borne} == {"AB12/TESTARMS/M70/762X39"}
    assert borne[0].content() != borne[1].content()


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"make": "x"}, "serial", "missing"),
        ({"serial": "-7-"}, "serial", "serial_too_short"),
        ({"serial": "A17", "country": "Yemen"}, "country", "country_needs_code"),
        ({"serial": "A17", "registered_on": "31/12/1999"}, "registered_on", "not_a_date"),
        ({"serial": "A17", "holder": "x" * 501}, "holder", "text_too_long"),
    ],
)
def test_what_is_wrong_with_an_entry_is_named_by_line_and_column(cells: dict[str, str], column: str, code: str) -> None:
    row = read(EntryRow, entry_problems, **cells)

    assert (row.line, row.value, wrong(row)) == (7, None, [(column, code)])


def test_a_desk_is_of_a_state_or_of_a_body_with_a_name_and_dates_that_fit() -> None:
    def problems(**changes: str) -> list[tuple[str, str]]:
        cells = {name: value for name, value in {**CONTACT, **changes}.items() if value}
        return wrong(read(ContactStated, lambda stated: contact_problems(stated, TODAY), **cells))

    assert problems(languages="en; fr", email="desk@agency.example", valid_from="2026-01-01") == []
    assert problems(country="") == [("country", "missing")]
    assert problems(kind="sanctions_committee", country="") == [("body", "missing")]
    assert problems(office="") == [("office", "name_or_office")]
    assert problems(valid_from="2026-01-02", valid_until="2026-01-02") == [("valid_until", "ends_before_it_begins")]
    assert problems(confirmed_on="2026-11-23") == [("confirmed_on", "lies_ahead")]
    assert problems(kind="friend", email="desk at agency", languages="en, klingonese!", valid_from="2026-02-30") == [
        ("kind", "not_a_choice"),
        ("email", "not_an_email"),
        ("languages/1", "not_a_language"),
        ("valid_from", "not_a_day"),
    ]


def test_a_practice_names_only_parts_that_its_pattern_has_and_has_no_pattern_that_could_run_wild() -> None:
    def problems(**changes: str) -> list[tuple[str, str]]:
        return wrong(read(PracticeRow, practice_problems, **{**PRACTICE, **changes}))

    assert problems(meaning="year=year of manufacture", verified="yes", year_from="1950", year_until="1960") == []
    assert problems(meaning="factory=x") == [("meaning", "no_such_part")]
    assert problems(year_from="1960", year_until="1950") == [("year_until", "ends_before_it_begins")]
    for pattern in (r"(a)\1", "(?=a)b", "(", "a{1000}{1000}", "a" * 201):
        assert problems(pattern=pattern) == [("pattern", "not_a_pattern")], pattern
    assert wrong(read(PracticeRow, practice_problems, country="XKX", event="import", source="a note")) == [
        ("pattern", "pattern_or_elements")
    ]


def test_of_rows_with_one_key_the_first_counts() -> None:
    rows = [Row(line, {"serial": "A17"}) for line in (2, 3)]

    first, second = distinct(read_rows(rows, EntryRow), lambda entry: entry.entry_key)

    assert (first.problems, second.line, wrong(second)) == ((), 3, [("key", "repeated_key")])


def test_the_practices_that_are_shipped_can_be_read_and_claim_no_check_that_nobody_made() -> None:
    rows = list(read_rows(open_table(SHIPPED, COLUMNS).rows(), PracticeRow, practice_problems))

    assert [row.problems for row in rows] == [()] * len(rows)
    assert {row.value.verified for row in rows if row.value} == {False}
    assert all(row.value.source for row in rows if row.value)
