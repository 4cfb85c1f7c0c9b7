from datetime import UTC, date, datetime, timedelta

import pytest

from cases.choices import ReminderKind, ReplyState
from cases.tracing.reply_clock import ClockDays, Due, day_that_counts, has_run_out, reminders_due

BY = date(2026, 6, 30)
DAYS = ClockDays(remind_before=7, remind_again=30, escalate_after=45)
K = ReminderKind
R = ReplyState


def said_on(offset, state="sent", said=()):
    return [due.kind for due in reminders_due(state, BY, BY + timedelta(days=offset), DAYS, said)]


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (-8, []),
        (-7, [K.DUE_SOON]),
        (0, [K.DUE_SOON]),
        (1, [K.OVERDUE]),
        (30, [K.REMIND_AGAIN]),
        (45, [K.REMIND_AGAIN, K.ESCALATED]),
    ],
)
def test_before_the_day_the_officer_is_reminded_and_after_it_the_addressee_may_be(offset, expected):
    assert said_on(offset) == expected
    assert said_on(offset, "no_response") == expected


def test_nothing_is_said_twice_and_of_missed_opportunities_the_latest_alone():
    said = {Due(K.OVERDUE, BY), Due(K.REMIND_AGAIN, BY + timedelta(days=30)), Due(K.ESCALATED, BY + timedelta(days=45))}

    assert said_on(59, said=said) == []
    assert said_on(95, said=said) == [K.REMIND_AGAIN]


@pytest.mark.parametrize(
    "state", ["draft", "withdrawn", ReplyState.DELAYED, ReplyState.INFORMATION_REQUESTED, *("refused",)]
)
def test_who_has_answered_or_waits_for_us_is_reminded_of_nothing(state):
    assert said_on(95, state) == []
    assert not has_run_out(state, BY, BY + timedelta(days=95))


def test_a_day_has_passed_once_it_is_over_everywhere_on_earth():
    assert not has_run_out("issued", BY, day_that_counts(datetime(2026, 7, 2, tzinfo=UTC)))
    assert not has_run_out("sent", BY, day_that_counts(datetime(2026, 7, 1, 11, 59, tzinfo=UTC)))
    assert has_run_out("sent", BY, day_that_counts(datetime(2026, 7, 1, 12, 0, tzinfo=UTC)))
