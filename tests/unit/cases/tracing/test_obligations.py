"""Clocks of obligations: a day only where the text gives a number, and never before the clock began."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.choices import DueBasis, ObligationReminderKind
from cases.screening.duties import working_days_after
from cases.screening.facts import Days
from cases.tracing.obligations import (
    Saying,
    Terms,
    clock_of,
    due_basis,
    is_owed_by,
    owed_by_inspection,
    saying_due,
    terms_of,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
UNKNOWN = Days(None, None)


def terms(**changes: Any) -> Terms:
    return Terms(
        **{
            "regime": "libya-2011",
            "kind": "report_disposal",
            "what": "Report on the disposal",
            "resolution": "S/RES/2733 (2024)",
            "paragraph": "3",
            "paragraph_verified": True,
            "force": "shall",
            "on": "seizing_state",
            "states": (),
            "to": "committee",
            "clock_from": "disposal",
            "days": 30,
            "working_days": False,
            "promptly": False,
            **changes,
        }
    )


@given(day=DAYS, days=st.none() | st.integers(1, 400), is_working=st.booleans(), promptly=st.booleans(),
       force=st.sampled_from(["shall", "authorised", "called_upon", "mandated"]))  # fmt: skip
def test_a_day_is_due_only_by_a_number_of_an_obligation_and_after_its_clock_began(
    day: date, days: int | None, is_working: bool, promptly: bool, force: str
) -> None:
    clock = clock_of(terms(days=days, working_days=is_working, promptly=promptly, force=force), Days.on(day))
    assert (clock.due_on is not None) == (days is not None and force == "shall")
    assert clock.due_on is None or clock.due_on > day
    assert (clock.first_day is None) == (force != "shall")


@given(first=st.none() | DAYS, last=st.none() | DAYS)
def test_a_start_that_is_not_known_to_the_day_gives_no_day(first: date | None, last: date | None) -> None:
    clock = clock_of(terms(), Days(first, last))
    assert (clock.first_day, clock.last_day) == (first, last)
    assert (clock.due_on is not None) == (first is not None and first == last)
    assert clock_of(terms(clock_from=""), Days(first, last)).due_on is None


@given(day=DAYS, count=st.integers(1, 60))
def test_working_days_are_counted_from_the_day_after_and_without_week_ends(day: date, count: int) -> None:
    due = working_days_after(day, count)
    between = [day + timedelta(days=n) for n in range(1, (due - day).days + 1)]
    assert sum(each.weekday() < 5 for each in between) == count
    assert due.weekday() < 5


@pytest.mark.parametrize(
    ("day", "due"),
    [("2026-11-23", "2026-11-30"), ("2026-11-26", "2026-12-03"), ("2026-11-28", "2026-12-04")],
    ids=["Monday", "Thursday", "Saturday"],
)
def test_five_working_days(day: str, due: str) -> None:
    began = Days.on(date.fromisoformat(day))
    assert clock_of(terms(days=5, working_days=True), began).due_on == date.fromisoformat(due)


def test_only_what_an_act_ends_is_taken_from_a_result_and_nothing_is_added() -> None:
    said = {
        "regime": None, "kind": "seize", "what": "Seize", "force": "shall", "on": "seizing_state", "states": ["DJI"],
        "legal_basis": {"resolution": "S/RES/1 (1946)", "paragraph": None, "paragraph_verified": False},
        "to": None, "clock_from": None, "days": None, "working_days": False, "promptly": False,
    }  # fmt: skip
    (read,) = terms_of([said, said | {"kind": "prevent"}, said | {"kind": "mark_or_destroy"}])
    assert (read.regime, read.paragraph, read.states, read.days, read.clock_from) == ("", "", ("DJI",), None, "")
    assert clock_of(read, UNKNOWN) == (None, None, None)
    assert read.key != terms().key


def test_an_inspection_owes_its_report_and_not_what_only_goods_call_for() -> None:
    assert owed_by_inspection(terms(kind="report", clock_from="inspection"))
    assert not owed_by_inspection(terms(kind="report", clock_from="finding"))
    assert not owed_by_inspection(terms(kind="seize", clock_from=""))


def test_it_is_said_whose_rule_the_day_is() -> None:
    day = date(2026, 11, 26)
    assert due_basis(day, day) is DueBasis.RESOLUTION
    assert due_basis(None, day) is DueBasis.AGENCY_RULE
    assert due_basis(None, None) is None


@pytest.mark.parametrize(
    ("on", "states", "is_ours"),
    [("seizing_state", (), True), ("seizing_state", ("YUG",), False), ("flag_state", ("DDR",), True),
     ("flag_state", (), False), ("mission", (), False), ("all_states", (), True)],
)  # fmt: skip
def test_who_owes_it_is_taken_from_the_record_where_it_says(on: str, states: tuple[str, ...], is_ours: bool) -> None:
    assert is_owed_by(on, states, "DDR") is is_ours


@given(due=DAYS, before=st.integers(0, 30), first=st.integers(-60, 60), rounds=st.integers(1, 60))
def test_each_thing_is_said_once_in_its_order_however_the_days_are_missed(
    due: date, before: int, first: int, rounds: int
) -> None:
    said: list[Saying] = []
    for number in range(rounds):
        today = due + timedelta(days=first + number)
        for _ in range(2):
            if (saying := saying_due(due, today, before, said)) is not None:
                said.append(saying)
                assert (saying.kind is ObligationReminderKind.OVERDUE) == (today > due)
                assert (saying.kind is ObligationReminderKind.DUE_TODAY) == (today == due)
                assert today >= due - timedelta(days=before)
    kinds = [saying.kind for saying in said]
    assert kinds == [kind for kind in ObligationReminderKind if kind in kinds]
