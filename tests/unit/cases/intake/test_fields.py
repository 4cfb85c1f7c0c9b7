import math

import pytest
from pydantic import TypeAdapter, ValidationError

from cases.intake import fields


def read(kind, value):
    return TypeAdapter(kind).validate_python(value)


def code_of(kind, value):
    with pytest.raises(ValidationError) as refused:
        read(kind, value)
    return refused.value.errors()[0]["type"]


@pytest.mark.parametrize("value", [0, 1, 10.5, 10**12])
def test_a_quantity_is_a_number_from_zero_up(value):
    assert read(fields.Quantity, value) == value


def test_a_whole_quantity_is_one_number_however_written():
    assert repr(read(fields.Quantity, 10.0)) == "10"


@pytest.mark.parametrize("value", [True, "10", "", [1], {}, math.nan, math.inf, -math.inf])
def test_what_is_not_a_number_is_no_quantity(value):
    assert code_of(fields.Quantity, value) == "not_a_number"


@pytest.mark.parametrize("value", [-1, -0.001, 10**12 + 1, 10**4000, 1e300])
def test_a_quantity_out_of_range_is_refused(value):
    assert code_of(fields.Quantity, value) == "out_of_range"


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        (fields.AccuracyM, -1, "out_of_range"),
        (fields.AccuracyM, 20_000_001, "out_of_range"),
        (fields.ClockHour, 13, "out_of_range"),
        (fields.ClockHour, 1.5, "not_a_whole_number"),
        (fields.YearMade, "1989", "not_a_number"),
        (fields.YearMade, 89, "out_of_range"),
        (fields.TimeZone, "Aden", "not_a_time_zone"),
        (fields.TimeZone, "../etc/passwd", "not_a_time_zone"),
        (fields.TimeZone, 3, "not_text"),
        (fields.YesNoUnknown, "maybe", "enum"),
    ],
)
def test_a_value_outside_its_field_is_refused(kind, value, code):
    assert code_of(kind, value) == code


def test_an_accuracy_of_zero_is_taken_as_given():
    assert read(fields.AccuracyM, 0) == 0


@pytest.mark.parametrize(("value", "answer"), [(True, "yes"), (False, "no"), ("unknown", "unknown")])
def test_true_and_false_are_answers_too(value, answer):
    assert read(fields.YesNoUnknown, value) == answer


@pytest.mark.parametrize("value", [[52.3, 15.2], [52.3, 15.2, 4.0], (52.3, 15.2)])
def test_a_position_is_longitude_and_latitude(value):
    assert read(fields.Coordinates, value) == (52.3, 15.2)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ([15.2, 152.3], "swapped_position"),
        ([181, 0], "longitude_out_of_range"),
        ([181, 91], "longitude_out_of_range"),
        ([100, 91], "latitude_out_of_range"),
        ([10**400, 0], "longitude_out_of_range"),
        ([52.3], "not_a_point"),
        ([1, 2, 3, 4], "not_a_point"),
        (["52.3", "15.2"], "not_a_point"),
        ([True, False], "not_a_point"),
        ([math.nan, 0], "not_a_point"),
        ([0, math.inf], "not_a_point"),
        ([None, None], "not_a_point"),
        ("52.3,15.2", "not_a_point"),
        ({"lon": 52.3, "lat": 15.2}, "not_a_point"),
    ],
)
def test_a_position_that_cannot_be_is_refused(value, code):
    assert code_of(fields.Coordinates, value) == code


@pytest.mark.parametrize("corner", [[-180, -90], [180, 90]])
def test_the_ends_of_the_earth_are_on_it(corner):
    assert read(fields.Coordinates, corner) == tuple(corner)


def test_a_null_list_is_empty_and_blank_lines_are_dropped():
    assert read(fields.Lines, None) == ()
    assert read(fields.Lines, ["a", " ", "b"]) == ("a", "b")


def test_a_list_longer_than_any_manifest_is_refused():
    assert code_of(fields.Lines, ["a"] * (fields.MOST_ENTRIES + 1)) == "too_long"
