"""What counts for SDG indicator 16.4.2, in which part, and what is shown of it to others."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.statistics.cells import CellAddress
from cases.statistics.counting import (
    LeftOut,
    Line,
    Marked,
    Person,
    Tracing,
    is_of_year,
    left_out,
    marked,
    pieces_of,
    tracing_of,
)
from cases.statistics.questionnaire import national_report, questionnaire, register_categories, significant
from cases.statistics.sdg import document_of_indicator, indicator, released_indicator
from cases.statistics.tables import cell_in


def line(**facts: Any) -> Line:
    """Return a line of ten rifles seized on a day of 2024, otherwise as told."""
    day = facts.pop("day", date(2024, 5, 3))
    known: dict[str, Any] = {
        "incident": "INC-2024-00000001",
        "number": 1,
        "kind": "seizure",
        "first_day": day,
        "last_day": day,
        "category": "small_arm",
        "quantity": 10,
        "unit": "piece",
    }
    return Line(**(known | facts))


def leading(table: str, key: str, column: str) -> str:
    return f"{table}/{key}/{column}"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, None),
        ({"kind": "surrender", "category": "light_weapon"}, None),
        ({"kind": "report"}, LeftOut.NO_ACQUISITION),
        ({"kind": "denial"}, LeftOut.NO_ACQUISITION),
        ({"kind": "inspection"}, LeftOut.NO_ACQUISITION),
        ({"kind": "loss"}, LeftOut.NO_ACQUISITION),
        ({"category": "ammunition"}, LeftOut.NO_ARMS),
        ({"category": "arms_unspecified"}, LeftOut.TYPE_NOT_KNOWN),
        ({"category": ""}, LeftOut.TYPE_NOT_KNOWN),
        ({"quantity_basis": "ordered"}, LeftOut.ORDERED),
        ({"year_of_manufacture": 1899}, LeftOut.ANTIQUE),
        # Old stock of States is what panels trace.
        ({"year_of_manufacture": 1900}, None),
        ({"category": "blank_firing", "manufacture": "converted"}, None),
        ({"category": "blank_firing", "manufacture": "industrial"}, LeftOut.NOT_KNOWN_TO_BE_CONVERTIBLE),
    ],
)
def test_what_is_no_part_of_the_indicator_is_told_with_its_reason(facts: Any, reason: LeftOut | None) -> None:
    assert left_out(line(**facts)) == reason


@pytest.mark.parametrize(
    ("quantity", "unit", "pieces"),
    [(10, "piece", 10), (3, "pair", 6), (1, "", 1), (2, "crate", None), (0.5, "tonne", None), (None, "piece", None)],
)
def test_goods_without_a_count_are_neither_zero_nor_one(quantity: Any, unit: str, pieces: int | None) -> None:
    assert pieces_of(line(quantity=quantity, unit=unit)) == pieces


def test_dates_that_leave_more_than_one_year_belong_to_none() -> None:
    astride = line(first_day=date(2023, 12, 30), last_day=date(2024, 1, 2))

    assert [is_of_year(astride, year) for year in (2022, 2023, 2024)] == [False, None, None]
    assert is_of_year(line(first_day=None, last_day=None), 2024) is None
    counted = indicator([astride, line()], year=2024)
    assert (counted.denominator.pieces, counted.year_not_certain.pieces) == (10, 10)


def test_arms_made_without_licence_were_diverted_where_they_were_made() -> None:
    craft = line(manufacture="craft", illicit_grounds=("iti_6d",))

    assert tracing_of(craft) is Tracing.ESTABLISHED
    assert tracing_of(line(manufacture="craft")) is Tracing.NO_ATTEMPT
    assert tracing_of(line(illicit_grounds=("iti_6d",), manufacture="industrial")) is Tracing.NO_ATTEMPT


def test_only_a_mark_of_its_own_makes_a_piece_uniquely_marked() -> None:
    assert marked(line(has_serial=True)) is Marked.UNIQUELY
    assert marked(line(has_serial=True, marking_state="obliterated")) is Marked.NOT_UNIQUELY
    assert marked(line()) is Marked.NOT_KNOWN


def test_the_indicator_and_its_parts() -> None:
    lines = [
        line(number=1, quantity=6, tracing=Tracing.TRACED),
        line(number=2, quantity=4, tracing=Tracing.PENDING),
        line(incident="INC-2024-00000002", kind="find", quantity=10, tracing=Tracing.ESTABLISHED),
        line(incident="INC-2024-00000003", kind="surrender", quantity=2, unit="crate"),
        line(incident="INC-2023-00000004", day=date(2023, 1, 1), quantity=100, tracing=Tracing.TRACED),
    ]

    shown = document_of_indicator(indicator(lines, year=2024), leading, explain=True)

    assert (shown["numerator"], shown["denominator"], shown["value"]) == (16, 20, 80.0)
    assert shown["incidents_without_count"] == 1
    tracing = {row["key"]: row["cells"] for row in shown["tables"][0]["rows"]}
    assert tracing["pending"]["seized"] == {
        "pieces": 4,
        "incidents_without_count": 0,
        "cases": "tracing/pending/seized",
        "lines": ["INC-2024-00000001/2"],
    }
    assert tracing["numerator"]["total"]["lines"] == ["INC-2024-00000001/1", "INC-2024-00000002/1"]
    assert shown["tables"][0]["total"]["found"]["pieces"] == 10


def test_a_year_without_arms_has_no_figure() -> None:
    shown = document_of_indicator(indicator([], year=2024), leading, explain=False)

    assert (shown["value"], shown["has_records"]) == (None, False)
    # Ammunition says nothing of arms, but that something is known of the year.
    known = document_of_indicator(indicator([line(category="ammunition")], year=2024), leading, explain=False)
    assert (known["value"], known["has_records"]) == (None, True)


def test_what_leaves_the_house_holds_no_small_cell_and_no_reference() -> None:
    lines = [
        line(number=1, quantity=2, tracing=Tracing.TRACED),
        line(number=2, quantity=40, tracing=Tracing.NO_ATTEMPT),
        line(number=3, quantity=30, tracing=Tracing.PENDING),
    ]

    shown = released_indicator(indicator(lines, year=2024), smallest_shown=5).document

    assert "INC-" not in str(shown)
    # The two that were traced are the numerator as well, and with the denominator the figure would tell them.
    assert (shown["numerator"], shown["value"], shown["denominator"]) == (None, None, 72)
    rows = {row["key"]: row["cells"]["seized"] for row in shown["tables"][0]["rows"]}
    assert rows["traced"] == {"pieces": None, "suppressed": True}
    assert sum(cell["suppressed"] for key, cell in rows.items() if key != "numerator") >= 2


def test_the_questionnaire_counts_arms_goods_and_persons() -> None:
    driver, other = Person("driver", "male", "25-34"), Person("passenger", "unknown", "unknown")
    lines = [
        line(persons=(driver, other), illicit_grounds=("iti_6a", "iti_6b"), origin="YEM", mode="sea", has_serial=True),
        # Of the same incident: its persons are counted once.
        line(number=2, category="ammunition", quantity=500, unit="round", persons=(driver, other)),
    ]

    by_name = {table.name: table for table in questionnaire(lines, year=2024)}
    assert by_name["legal_justification"].adds_up is False
    assert {key: row["total"].pieces for key, row in by_name["legal_justification"].rows.items()} == {
        "iti_6a": 10,
        "iti_6b": 10,
    }
    assert by_name["other_goods"].rows["ammunition"]["seized"].pieces == 500
    assert by_name["persons_by_sex"].total["seized"].pieces == 2
    assert list(by_name["persons_by_age"].rows) == ["25-34", "unknown"]
    assert significant(lines, year=2024, arms_from=10) == [("INC-2024-00000001", 10)]
    assert significant(lines, year=2024, arms_from=11) == []


def test_the_national_report_and_the_register() -> None:
    lines = [
        line(acts=frozenset({"marked"}), disposition="destroyed", was_asked_abroad=True),
        line(number=2, category="missile", subtype="manpads", quantity=3),
        line(number=3, category="missile", subtype="cruise", quantity=1),
    ]

    actions = national_report(lines, year=2024)[0]
    assert {key: row["total"].pieces for key, row in actions.rows.items()} == dict.fromkeys(
        ("marked", "recorded", "destroyed", "traced"), 10
    )
    register = register_categories(lines, year=2024)[0]
    assert {key: row["total"].pieces for key, row in register.rows.items()} == {
        "VII a": 1,
        "VII b": 3,
        "small arms": 10,
    }


LINES = st.builds(
    line,
    incident=st.sampled_from(["INC-2024-00000001", "INC-2024-00000002", "INC-2023-00000003"]),
    number=st.integers(1, 40),
    kind=st.sampled_from(["seizure", "find", "surrender", "report"]),
    category=st.sampled_from(["small_arm", "light_weapon", "ammunition", "missile", "arms_unspecified"]),
    subtype=st.sampled_from(["", "pistol", "a/b"]),
    quantity=st.one_of(st.none(), st.integers(1, 20)),
    unit=st.sampled_from(["piece", "pair", "crate"]),
    day=st.sampled_from([date(2024, 5, 3), date(2023, 5, 3), None]),
    illicit_grounds=st.sampled_from([(), ("iti_6a",), ("iti_6a", "iti_6b")]),
    context=st.sampled_from([(), ("terrorism", "trafficking")]),
    mode=st.sampled_from(["", "sea"]),
    origin=st.sampled_from(["", "YEM"]),
    marking_state=st.sampled_from(["", "obliterated"]),
    has_serial=st.booleans(),
    disposition=st.sampled_from(["", "destroyed"]),
    tracing=st.sampled_from(list(Tracing)),
    was_asked_abroad=st.booleans(),
    acts=st.sampled_from([frozenset(), frozenset({"marked"})]),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(LINES, max_size=12, unique_by=lambda each: each.key))
def test_each_cell_is_the_sum_of_its_lines_and_found_again_by_its_address(lines: list[Line]) -> None:
    by_key = {each.key: each for each in lines}
    sdg = indicator(lines, year=2024)
    tables = [*sdg.tables, *questionnaire(lines, year=2024), *national_report(lines, year=2024)]
    tables += register_categories(lines, year=2024)

    for table in tables:
        rows = {**table.rows, "total": table.total}
        for key, row in rows.items():
            for column, cell in row.items():
                address = CellAddress.parse(str(CellAddress("un-register", 2024, table.name, key, column)))
                assert cell_in([table], *address[2:]) == cell
                if table.of != "persons":
                    counts = [pieces_of(by_key[name]) for name in cell.lines]
                    assert cell.pieces == sum(count for count in counts if count is not None)
        if table.adds_up:
            parts = [row["total"].pieces for row in table.rows.values()]
            assert sum(parts) == table.total["total"].pieces
    assert sdg.cell("tracing", "numerator", "total") == sdg.numerator
    assert sdg.cell("year_not_certain", "total", "total") == sdg.year_not_certain
    assert sdg.cell("no such table", "total", "total") is None


@pytest.mark.parametrize("text", ["", "a/b", "sdg/2O24/t/k/c", "sdg/1800/t/k/c", "sdg/2024/t/c"])
def test_an_address_of_no_cell_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever the reason, it is no address
        CellAddress.parse(text)
