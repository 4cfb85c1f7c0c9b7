"""A timeline is in one order, tells how exactly each date is known, and loses nothing between pages."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from cases.tracing.case_timeline import SENTENCES, Entry, at_moment, in_order, on_day, place_of, stated

MOMENT = datetime(2013, 1, 23, 8, tzinfo=UTC)
YEAR = stated("2013", "year", date(2013, 1, 1), date(2013, 12, 31))
MONTH = stated("2013-01", "month", date(2013, 1, 1), date(2013, 1, 31))
WHENS = st.sampled_from([None, YEAR, MONTH, on_day(date(2013, 1, 1)), on_day(date(2013, 1, 23)), at_moment(MOMENT)])
ENTRIES = st.builds(
    lambda code, when, number: Entry(code, when, ("task", f"TASK-{number}")),
    st.sampled_from(sorted(SENTENCES)),
    WHENS,
    st.integers(0, 9),
)


def test_the_vaguer_comes_first_and_what_has_no_date_last() -> None:
    whens = [at_moment(MOMENT), None, on_day(date(2013, 1, 1)), MONTH, on_day(date(2013, 1, 23)), YEAR]

    ordered = in_order(Entry("task.due", when, ("task", "TASK-1")) for when in whens)

    texts = [None if entry.when is None else entry.when.text for entry in ordered]
    assert texts == ["2013", "2013-01", "2013-01-01", "2013-01-23", MOMENT.isoformat(), None]
    assert [entry.when and entry.when.precision for entry in ordered][:3] == ["year", "month", "day"]


def test_what_opens_a_case_stands_before_what_joins_it_at_the_same_moment() -> None:
    joined, opened = (Entry(code, at_moment(MOMENT), ("case", "CASE-1")) for code in ("case.joined", "case.opened"))

    assert in_order([joined, opened]) == [opened, joined]


def test_a_date_that_is_not_there_is_none() -> None:
    assert stated("", "", None, None) is None


@given(entries=st.lists(ENTRIES, unique=True), shuffled=st.randoms())
def test_each_entry_has_one_place_of_its_own_whatever_the_order_in_which_it_came(entries, shuffled) -> None:
    ordered = in_order(entries)
    shuffled.shuffle(entries)

    assert in_order(entries) == ordered
    assert len({tuple(place_of(entry)) for entry in entries}) == len(entries)
