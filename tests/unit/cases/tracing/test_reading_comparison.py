import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.choices import MarkingState
from cases.errors import InvalidSubmission
from cases.tracing.reading_comparison import (
    MarkAsRead,
    Relation,
    compare_readings,
    least_sure,
    relation_of,
    signs_of,
    taken_over,
)
from cases.tracing.reading_submission import MOST_MARKS, read_reading, read_settlement

TEXT = st.text(st.sampled_from("AO08Bb?*-А 1Il"), max_size=12)


def serial(text: str, **said: str) -> MarkAsRead:
    return MarkAsRead(kind="serial", text=text, **said)


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("AB-1234", "AB-1234", Relation.SAME),
        ("AB-1234", "ab 1234", Relation.WRITTEN),
        # The first letter of the second is Cyrillic.
        ("AB-1234", "АB-1234", Relation.WRITTEN),
        ("AB-1204", "A8-12O4", Relation.LOOK_ALIKE),
        ("AB-1234", "AB-12?4", Relation.UNREAD),
        ("AB-1234", "AB*", Relation.UNREAD),
        ("AB-1234", "AB-1284", Relation.DIFFERENT),
        ("AB-1234", "AB-12345", Relation.DIFFERENT),
        ("AB-1234", "АВ-12З?", Relation.UNREAD),
    ],
)
def test_texts_are_compared_as_written_and_as_searched(first: str, second: str, relation: Relation) -> None:
    assert relation_of(first, second) is relation
    assert relation_of(second, first) is relation


@pytest.mark.parametrize(
    ("first", "second", "columns"),
    [
        ("A0-7", "AO7", [("A", "A", "same"), ("0", "O", "look_alike"), ("-", "", "written"), ("7", "7", "same")]),
        ("A?7", "AB7", [("A", "A", "same"), ("?", "B", "unread"), ("7", "7", "same")]),
        ("A*", "AB7", [("A", "A", "same"), ("*", "B", "unread"), ("", "7", "unread")]),
        ("A17", "A97", [("A", "A", "same"), ("1", "9", "different"), ("7", "7", "same")]),
        ("17", "177", [("1", "1", "same"), ("7", "7", "same"), ("", "7", "different")]),
    ],
)
def test_signs_stand_beside_what_they_mean(first: str, second: str, columns: list[tuple[str, str, str]]) -> None:
    assert [tuple(sign) for sign in signs_of(first, second)] == columns


@given(TEXT, TEXT)
def test_no_sign_is_lost_or_made_up(first: str, second: str) -> None:
    columns = list(signs_of(first, second))

    assert "".join(column.first for column in columns) == first
    assert "".join(column.second for column in columns) == second


@given(TEXT, TEXT)
def test_only_equal_texts_are_the_same(first: str, second: str) -> None:
    assert (relation_of(first, second) is Relation.SAME) is (first == second)


def test_marks_are_met_by_kind_and_likeness_in_the_order_of_the_first_reader() -> None:
    first = [serial("1234", position="slide"), serial("98765", position="frame"), MarkAsRead("maker", "ACME")]
    second = [MarkAsRead("maker", "ACME"), serial("98785", position="Frame"), serial("1234", position=" SLIDE ")]

    found = compare_readings(first, second)

    assert [(twice.first and twice.first.text, twice.second and twice.second.text) for twice in found.marks] == [
        ("1234", "1234"),
        ("98765", "98785"),
        ("ACME", "ACME"),
    ]
    assert [twice.relation for twice in found.marks] == [Relation.SAME, Relation.DIFFERENT, Relation.SAME]
    assert not any(twice.differs for twice in found.marks)
    assert not found.agrees


def test_a_mark_that_each_takes_for_another_kind_is_one_mark() -> None:
    found = compare_readings([MarkAsRead("lot", "KX1010")], [serial("KX1010")])

    (twice,) = found.marks
    assert (twice.relation, twice.differs) == (Relation.SAME, ("kind",))
    assert not found.agrees


def test_what_one_reader_alone_gives_is_told_as_such() -> None:
    found = compare_readings([serial("1234")], [serial("1234"), MarkAsRead("proof", "N")])

    assert [twice.relation for twice in found.marks] == [Relation.SAME, Relation.ONE_ONLY]
    assert found.marks[1].first is None
    assert not found.agrees


def test_readings_that_agree_are_taken_over_no_surer_than_the_less_sure() -> None:
    first = [serial("1234", position="left of the receiver", certainty="certain", photo="one")]
    second = [serial("1234", certainty="doubtful")]

    found = compare_readings(first, second)

    assert found.agrees
    assert taken_over(found) == (serial("1234", position="left of the receiver", certainty="doubtful", photo="one"),)
    assert least_sure("", "") == ""


def test_saying_that_nothing_can_be_read_is_compared_too() -> None:
    agreed = compare_readings([], [], states=("obliterated", "obliterated"))
    disputed = compare_readings([], [], states=("obliterated", "never_marked"))

    assert (agreed.agrees, disputed.agrees) == (True, False)


@pytest.mark.parametrize(
    ("reading", "pointers"),
    [
        ({}, ["/marks"]),
        ({"marks": [{"text": "  "}]}, ["/marks/0/text"]),
        ({"marks": [{"text": "1" * 201}]}, ["/marks/0/text"]),
        ({"marks": [{"text": "1", "certainty": "sure"}]}, ["/marks/0/certainty"]),
        ({"marks": [{"text": "1", "photo": "the first"}]}, ["/marks/0/photo"]),
        ({"marks": [{"text": "1"}] * (MOST_MARKS + 1)}, ["/marks"]),
    ],
)
def test_a_reading_that_does_not_hold_is_refused_by_its_places(reading: dict[str, object], pointers: list[str]) -> None:
    with pytest.raises(InvalidSubmission) as refused:
        read_reading(reading)

    assert [problem.pointer for problem in refused.value.problems] == pointers


def test_a_mark_is_kept_to_the_letter_and_what_is_not_said_is_empty() -> None:
    read = read_reading({"marks": [{"kind": "serial", "text": " A-7 ?"}], "marking_state": "partial"})

    assert [mark.as_read() for mark in read.marks] == [serial(" A-7 ?")]
    assert read.marking_state is MarkingState.PARTIAL


def test_what_a_person_settles_needs_a_reason() -> None:
    assert read_settlement({}).marks is None
    with pytest.raises(InvalidSubmission) as refused:
        read_settlement({"marks": []})

    assert [problem.pointer for problem in refused.value.problems] == ["/reason"]
