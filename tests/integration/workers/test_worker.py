"""A real worker process on the real broker: what is queued is screened, whatever happens on the way."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cases import outbox
from cases.choices import DispatchChannel
from cases.models import AuditEntry, AuditHead, AuditLink, Dispatch, Incident, OfficerRole, ScreeningRun, UnlinkedEntry
from cases.services.record_incident import record_incident
from cases.services.run_screening import RUNNING_LIMIT
from cases.services.send_referral import Sending, send_referral
from cases.services.sweep_dispatches import sweep_dispatches
from cases.services.sweep_screenings import sweep_screenings
from cases.services.write_audit_entry import write_audit_entry
from tests.factories import OfficerFactory, incident_document, recorded_incident
from tests.letters import issued, writer
from workers.app import app as celery_app

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]

WITHIN_S = 60.0


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait for a real process to do its work."""
    deadline = time.monotonic() + WITHIN_S
    while not holds():
        assert time.monotonic() < deadline, list(ScreeningRun.objects.values_list("status", "attempts", "error"))
        time.sleep(0.05)


def done() -> int:
    """How many runs are done."""
    return ScreeningRun.objects.filter(status="done").count()


@pytest.fixture
def worker(celery_worker_process, rulebook_version):
    """A worker that has taken nothing yet."""
    celery_app.control.purge()
    worker = celery_worker_process(queues=("interactive", "batch"), concurrency=1)
    yield worker
    worker.kill()


def test_an_incident_is_screened_soon_after_it_was_recorded(worker):
    recorded_incident()

    wait_until(lambda: done() == 1)
    assert ScreeningRun.objects.get().attempts == 1


def test_killed_with_ten_queued_the_next_worker_gives_ten_results(worker):
    officer = OfficerFactory.create()
    with transaction.atomic():
        for number in range(10):
            document = incident_document(place=f"place {number}")
            record_incident(officer=officer, document=document, recorded_at=timezone.now())
    with transaction.atomic():
        # Held here, no run can end: the worker dies with one in its hands and nine before it.
        list(Incident.objects.select_for_update().order_by("pk"))
        wait_until(lambda: ScreeningRun.objects.filter(status="running").exists())
        worker.kill()
    assert done() < 10

    worker.start()
    # What the dead worker had taken comes back by the sweep, not by the broker's timeout of ten minutes.
    sweep_screenings(now=timezone.now() + 2 * RUNNING_LIMIT)
    ScreeningRun.objects.filter(status="running").update(started_at=timezone.now() - 2 * RUNNING_LIMIT)

    wait_until(lambda: done() == 10)
    assert AuditEntry.objects.filter(action="screening.done").count() == 10


def test_a_message_delivered_again_changes_nothing(worker):
    run_id = recorded_incident().runs.get().pk
    wait_until(lambda: done() == 1)
    before = ScreeningRun.objects.values().get()

    outbox.send(outbox.RUN_SCREENING, queue=outbox.INTERACTIVE, run_id=run_id)
    recorded_incident()

    wait_until(lambda: done() == 2)
    assert ScreeningRun.objects.values().get(pk=run_id) == before


def test_recorded_while_the_broker_was_gone_it_is_screened_once_it_is_back(worker, no_broker):
    recorded_incident()
    assert ScreeningRun.objects.get().status == "queued"

    celery_app.set_current()
    sweep_screenings(now=timezone.now() + timedelta(minutes=1))

    wait_until(lambda: done() == 1)


def test_the_schedules_sweep_finds_what_was_forgotten(worker, no_broker):
    recorded_incident()
    ScreeningRun.objects.update(sent_at=timezone.now() - timedelta(minutes=5))

    celery_app.set_current()
    outbox.send(outbox.SWEEP_SCREENINGS, queue=outbox.INTERACTIVE)

    wait_until(lambda: done() == 1)


def test_a_letter_queued_while_the_broker_was_gone_leaves_once_it_is_back(celery_worker_process, no_broker):
    folder = Path(settings.DROP_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    supervisor = writer(OfficerRole.SUPERVISOR)
    letter = issued(supervisor, timezone.now())
    sending = Sending(channel=DispatchChannel.FILE_DROP)
    dispatch = send_referral(officer=supervisor, referral=letter, sending=sending, sent_at=timezone.now())
    assert sweep_dispatches(now=timezone.now() + timedelta(minutes=2)) == 0

    celery_app.set_current()
    celery_app.control.purge()
    worker = celery_worker_process(queues=("outbound",), concurrency=1)
    # Told of it twice, it sends it once.
    assert [sweep_dispatches(now=timezone.now() + timedelta(minutes=minutes)) for minutes in (2, 4)] == [1, 1]
    wait_until(lambda: Dispatch.objects.get().state == "delivered")
    worker.stop()

    assert Dispatch.objects.get().attempts == 1
    assert [path.name for path in folder.iterdir()] == [f"{letter.reference}-{dispatch.key}.pdf"]


def test_a_worker_links_what_was_recorded_and_on_its_end_what_is_left(worker):
    officer = OfficerFactory.create()
    write_audit_entry(action="test.done", subject=officer, at=timezone.now(), by=officer)
    outbox.send(outbox.LINK_AUDIT, queue=outbox.INTERACTIVE)
    wait_until(lambda: not UnlinkedEntry.objects.exists())
    linked = AuditLink.objects.count()

    write_audit_entry(action="test.done", subject=officer, at=timezone.now(), by=officer)
    assert UnlinkedEntry.objects.count() == 1
    worker.stop()

    assert (UnlinkedEntry.objects.count(), AuditLink.objects.count()) == (0, linked + 1)
    assert AuditHead.objects.latest("pk").position == linked + 1
