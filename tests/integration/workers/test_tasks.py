from celery import current_app
from django.conf import settings

from cases import outbox
from workers.app import app
from workers.schedule import BEAT_SCHEDULE

NAMES = {
    outbox.RUN_SCREENING,
    outbox.SWEEP_SCREENINGS,
    outbox.RESCREEN,
    outbox.WATCH_VERSIONS,
    outbox.INSPECT_EVIDENCE,
    outbox.SWEEP_EVIDENCE,
    outbox.FORGET_ANSWERS,
    outbox.LINK_AUDIT,
    outbox.FORGET_ATTEMPTS,
    outbox.ERASE_DUE,
    outbox.MAIL_NOTIFICATIONS,
    outbox.TELL_HOLDERS,
    outbox.SEND_LETTER,
    outbox.SWEEP_LETTERS,
    outbox.WATCH_REPLIES,
    outbox.WATCH_OBLIGATIONS,
    outbox.ADD_UP_COUNTS,
}


def test_every_name_that_is_sent_belongs_to_a_task():
    app.loader.import_default_modules()

    assert set(app.tasks) >= NAMES
    assert {entry["task"] for entry in BEAT_SCHEDULE.values()} <= NAMES


def test_tasks_are_sent_through_our_application():
    assert current_app.main == "cordon"
    assert app.conf.task_default_queue == "batch"


def test_a_task_ends_long_before_its_message_is_given_to_another():
    limit = settings.CELERY_TASK_TIME_LIMIT

    assert limit < settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] / 2
    assert limit > settings.CELERY_TASK_SOFT_TIME_LIMIT
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
