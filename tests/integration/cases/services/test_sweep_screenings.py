from datetime import timedelta

import pytest

from cases.models import ScreeningRun
from cases.services.run_screening import MOST_ATTEMPTS, RUNNING_LIMIT
from cases.services.sweep_screenings import FORGOTTEN_AFTER, sweep_screenings
from tests.factories import RECORDED_AT, recorded_incident


@pytest.mark.parametrize(("after", "sent"), [(FORGOTTEN_AFTER - timedelta(seconds=1), 0), (2 * FORGOTTEN_AFTER, 1)])
def test_a_run_is_sent_again_once_it_counts_as_forgotten(officer, after, sent):
    recorded_incident(officer)

    assert sweep_screenings(now=RECORDED_AT + after) == sent


def test_each_sending_waits_longer_than_the_last(officer):
    recorded_incident(officer)

    second = RECORDED_AT + 2 * FORGOTTEN_AFTER
    assert sweep_screenings(now=second) == 1
    assert sweep_screenings(now=second + 1.5 * FORGOTTEN_AFTER) == 0
    assert sweep_screenings(now=second + 2.5 * FORGOTTEN_AFTER) == 1


@pytest.mark.parametrize(("age", "sent"), [(RUNNING_LIMIT / 2, 0), (2 * RUNNING_LIMIT, 1)])
def test_a_run_left_running_by_a_dead_worker_is_sent_again(officer, now, age, sent):
    recorded_incident(officer)
    ScreeningRun.objects.update(status="running", started_at=now - age, sent_at=now - age, attempts=1)

    assert sweep_screenings(now=now) == sent


def test_a_run_that_kills_its_workers_is_given_up(officer, now):
    recorded_incident(officer)
    ScreeningRun.objects.update(
        status="running", started_at=now - 2 * RUNNING_LIMIT, sent_at=now - 2 * RUNNING_LIMIT, attempts=MOST_ATTEMPTS
    )

    assert sweep_screenings(now=now) == 0
    assert ScreeningRun.objects.get().status == "failed"


def test_with_the_broker_gone_a_sending_does_not_count(officer, no_broker):
    recorded_incident(officer)
    soon = RECORDED_AT + 2 * FORGOTTEN_AFTER

    assert sweep_screenings(now=soon) == 0
    assert ScreeningRun.objects.get().sends == 1
