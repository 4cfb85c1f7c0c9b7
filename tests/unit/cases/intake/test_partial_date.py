from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from cases.choices import DatePrecision
from cases.intake.partial_date import PartialDate, read_partial_date


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("1993", DatePrecision.YEAR, date(1993, 1, 1), date(1993, 12, 31)),
        ("2012-02", DatePrecision.MONTH, date(2012, 2, 1), date(2012, 2, 29)),
        ("2013-01-23", DatePrecision.DAY, date(2013, 1, 23), date(2013, 1, 23)),
        ("2013-01-23T23:30", DatePrecision.INSTANT, date(2013, 1, 23), date(2013, 1, 23)),
        ("2013-01-23T23:30:00Z", DatePrecision.INSTANT, date(2013, 1, 23), date(2013, 1, 23)),
        ("2013-01-23 23:30:00.123456789+0300", DatePrecision.INSTANT, date(2013, 1, 23), date(2013, 1, 23)),
    ],
)
def test_a_date_spans_every_day_that_it_may_mean(text, precision, first, last):
    when = PartialDate.parse(text)

    assert (when.precision, when.first_day, when.last_day) == (precision, first, last)
    assert str(when) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2013-02-30", "no_such_day"),
        ("2013-13", "no_such_day"),
        ("2013-00-10", "no_such_day"),
        ("2013-01-23T25:00", "no_such_day"),
        ("2013-01-23T10:00+99:00", "no_such_day"),
        ("0000-01-01T10:00Z", "no_such_day"),
        ("1899", "date_out_of_range"),
        ("9999-12-31T23:59:59-14:00", "date_out_of_range"),
        ("0001-01-01T00:00+14:00", "date_out_of_range"),
        ("23.01.2013", "not_a_date"),
        ("20130123", "not_a_date"),
        ("2013-W04-3", "not_a_date"),
        ("2013-1-3", "not_a_date"),
        ("٢٠١٣", "not_a_date"),
        ("2013-01-23T", "not_a_date"),
        ("yesterday", "not_a_date"),
        ("", "not_a_date"),
    ],
)
def test_what_is_no_date_is_refused(text, code):
    with pytest.raises(PydanticCustomError) as refused:
        PartialDate.parse(text)

    assert refused.value.type == code


@pytest.mark.parametrize("value", [2013, 1358899200.0, True, ["2013"], {}])
def test_a_date_is_text(value):
    with pytest.raises(PydanticCustomError, match="not_a_date"):
        read_partial_date(value)


def test_a_date_already_read_is_taken_as_it_is():
    when = PartialDate.parse("2013")

    assert read_partial_date(when) is when


def test_an_offset_fixes_the_instant_and_the_zone_shows_the_local_day():
    when = PartialDate.parse("2013-01-22T23:30:00Z")

    assert when.instant == datetime(2013, 1, 22, 23, 30, tzinfo=UTC)
    assert when.days_in("Asia/Aden") == (date(2013, 1, 23), date(2013, 1, 23))
    assert when.days_in(None) == (date(2013, 1, 22), date(2013, 1, 22))


def test_a_wall_clock_needs_a_zone_to_be_an_instant():
    when = PartialDate.parse("2013-01-23T01:00")

    assert when.instant_in(None) is None
    assert when.instant_in("Asia/Aden") == datetime(2013, 1, 22, 22, 0, tzinfo=UTC)
    assert when.days_in("Asia/Aden") == (date(2013, 1, 23), date(2013, 1, 23))


def test_a_day_is_no_instant_in_any_zone():
    assert PartialDate.parse("2013-01-23").instant_in("Asia/Aden") is None


@given(day=st.dates(date(1900, 1, 1), date(2200, 12, 31)), length=st.sampled_from([4, 7, 10]))
def test_the_day_lies_in_the_span_of_its_shortened_text(day, length):
    when = PartialDate.parse(day.isoformat()[:length])

    assert when.first_day <= day <= when.last_day
    assert PartialDate.parse(str(when)) == when


@given(
    day=st.dates(date(1900, 1, 1), date(2200, 12, 31)),
    hour=st.times().map(lambda hour: hour.replace(microsecond=0)),
    offset=st.integers(-14 * 60, 14 * 60),
)
def test_an_instant_is_read_exactly(day, hour, offset):
    moment = datetime.combine(day, hour, timezone(timedelta(minutes=offset)))

    assert PartialDate.parse(moment.isoformat()).instant == moment


@given(text=st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    try:
        when = PartialDate.parse(text)
    except PydanticCustomError:
        return
    assert when.first_day <= when.last_day
