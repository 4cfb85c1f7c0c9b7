import time

import pytest

from cases import outbox
from cases.models import Incident, ScreeningRun
from tests.factories import recorded_incident


@pytest.mark.django_db
def test_nothing_is_sent_before_commit(officer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        incident = recorded_incident(officer)

    assert [call.keywords for call in callbacks] == [{"queue": "interactive", "run_id": incident.runs.get().pk}]


@pytest.mark.django_db(transaction=True)
def test_with_the_broker_gone_an_incident_is_recorded_at_once(no_broker):
    started = time.monotonic()

    recorded_incident()

    assert time.monotonic() - started < 2
    assert (Incident.objects.count(), ScreeningRun.objects.get().status) == (1, "queued")


def test_a_sending_that_fails_says_so(no_broker):
    assert outbox.send(outbox.RUN_SCREENING, queue=outbox.INTERACTIVE, run_id=1) is False


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_failed_is_not_waited_for_again_at_once(no_broker):
    recorded_incident()
    assert outbox.patience.is_spent()

    started = time.monotonic()
    recorded_incident()

    assert time.monotonic() - started < 0.5
