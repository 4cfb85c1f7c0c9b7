"""Which phases of a regime are in force on a day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cases.screening.facts import Period
from cases.screening.rulebook import PhaseBook
from tests.unit.cases.screening.rulebooks import measure

days = st.dates(date(2009, 12, 25), date(2010, 1, 10))
periods = st.builds(Period, st.none() | days, st.none() | days)


@given(st.lists(periods, max_size=5), days)
def test_phases_of_a_day_are_those_that_cover_it(spans, day):
    measures = tuple(measure(f"regime/{at}-1", in_force=span) for at, span in enumerate(spans))

    assert PhaseBook(measures).on(day).current == tuple(each for each in measures if each.in_force.covers(day))


def test_no_phase_is_in_force_on_an_unknown_day():
    assert PhaseBook((measure("regime/1-1"),)).on(None).current == ()


def test_text_is_read_on_its_first_day_at_the_earliest():
    ban = measure("regime/1-1")

    assert ban.text_day(date(2009, 12, 31)) == ban.in_force.first
    assert ban.text_day(date(2012, 3, 4)) == date(2012, 3, 4)
    assert ban.text_day(None) is None
