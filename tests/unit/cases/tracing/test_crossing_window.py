from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.regimes.loader import load_rulebook
from cases.screening.facts import Days
from cases.tracing.crossing_window import (
    SENTENCES,
    CrossingWindow,
    ItemDates,
    Paper,
    Stamp,
    Step,
    crossing_window,
    phases_beside,
    year_of_headstamp,
)

MET = Days.on(date(2013, 1, 23))
UNKNOWN = Days(None, None)
LICENCE = Paper("export_licence", "E-7", Days.on(date(1999, 5, 1)), is_forged=False)


def bounds(dates: ItemDates) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    window = crossing_window(dates)
    return (
        [(bound.day.isoformat(), bound.reason) for bound in window.not_before],
        [(bound.day.isoformat(), bound.reason) for bound in window.not_after],
    )


def test_the_latest_of_what_came_before_and_the_earliest_of_what_came_after_bound_it() -> None:
    dates = ItemDates(
        MET,
        departed=Days.on(date(2013, 1, 17)),
        made=1988,
        lot_made=1989,
        headstamp=(Stamp("539", 12), Stamp("90", 6)),
        import_marked=1995,
        import_country="LBY",
        papers=(LICENCE, LICENCE._replace(is_forged=True, issued=Days.on(date(2014, 1, 1)))),
        steps=(Step("transfer", Days(date(2003, 1, 1), date(2003, 12, 31)), "LBY"),),
    )

    assert bounds(dates) == (
        [
            ("2013-01-17", "departed"),
            ("2003-01-01", "reply_lawful"),
            ("1999-05-01", "paper"),
            ("1995-01-01", "import_mark"),
            ("1990-01-01", "headstamp"),
            ("1989-01-01", "lot_made"),
            ("1988-01-01", "made"),
        ],
        [("2013-01-23", "met_with")],
    )


def test_a_point_of_diversion_bounds_both_ends() -> None:
    diverted = Step("point_of_diversion", Days(date(2011, 2, 1), date(2011, 10, 31)), "LBY")

    window = crossing_window(ItemDates(MET, steps=(diverted,)))

    assert (window.first, window.last) == (date(2011, 2, 1), date(2011, 10, 31))


def test_bounds_that_leave_no_day_are_said_to_contradict() -> None:
    window = crossing_window(ItemDates(MET, made=2015))

    assert window.is_contradictory
    assert {phase.holds for phase in phases_beside(window, load_rulebook().measures)} == {"unknown"}


@pytest.mark.parametrize(
    ("text", "clock", "year"),
    [
        ("90", 6, 1990),
        ("10", 6, 2010),
        ("90", 12, None),
        ("1991", None, 1991),
        ("1899", None, None),
        ("2014", 12, None),
        ("539", 6, None),
        ("14", 6, None),
        ("L17", 6, None),
        ("٩٠", 6, None),
    ],
)
def test_a_headstamp_dates_only_where_it_is_surely_a_year(text: str, clock: int | None, year: int | None) -> None:
    assert year_of_headstamp(Stamp(text, clock), MET) == year


def test_phases_say_how_much_of_the_window_they_hold() -> None:
    measures = [measure for measure in load_rulebook().measures if measure.regime == "libya-2011"]
    assert measures

    def held(first: date, last: date) -> set[str]:
        step = Step("point_of_diversion", Days(first, last), "")
        return {phase.holds for phase in phases_beside(crossing_window(ItemDates(UNKNOWN, steps=(step,))), measures)}

    assert held(date(1995, 1, 1), date(2005, 1, 1)) == {"none"}
    assert "part" in held(date(2005, 1, 1), date(2012, 1, 1))
    assert "all" in held(date(2011, 6, 1), date(2011, 6, 2))


@given(st.dates(), st.dates(), st.sampled_from(load_rulebook().measures))
def test_a_window_and_a_phase_agree_with_their_days(one: date, other: date, measure: object) -> None:
    first, last = sorted((one, other))
    step = Step("point_of_diversion", Days(first, last), "")
    (phase,) = phases_beside(crossing_window(ItemDates(UNKNOWN, steps=(step,))), [measure])  # type: ignore[list-item]
    covered = {
        (phase.start is None or phase.start <= day) and (phase.until is None or day < phase.until)
        for day in (first, last)
    }

    assert (phase.holds == "all") is (covered == {True})
    if True in covered:
        assert phase.holds != "none"


def test_nothing_known_bounds_nothing_and_every_reason_has_a_sentence() -> None:
    assert crossing_window(ItemDates(UNKNOWN)) == CrossingWindow((), ())
    dates = ItemDates(
        MET, MET, MET, 1988, 1989, (Stamp("90", 6),), 1995, "LBY", (LICENCE,),
        tuple(Step(kind, MET, "LBY") for kind in ("manufacture", "export", "point_of_diversion")),
    )  # fmt: skip
    window = crossing_window(dates)
    told = [*window.not_before, *window.not_after]

    assert {bound.reason for bound in told} == SENTENCES.keys()
    assert all("{" not in SENTENCES[bound.reason].format_map(dict(bound.params)) for bound in told)
