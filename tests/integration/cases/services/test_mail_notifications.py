"""Letters to officers, by a real mail server on loopback."""

from datetime import timedelta

import pytest

from cases.models import MailCadence, Notification, NotificationKind
from cases.services.mail_notifications import mail_notifications
from cases.services.notify import notify
from cases.services.read_notifications import read_notifications
from tests.factories import OfficerFactory
from tests.smtp_server import mail_server


@pytest.fixture
def box(settings):
    with mail_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        settings.SITE_URL = "https://cordon.example"
        yield box


@pytest.fixture
def reader(db):
    return OfficerFactory.create(email="reader@agency.example", mail_cadence=MailCadence.IMMEDIATE.value)


def tell(officer, now, kind=NotificationKind.REPLY_RECORDED):
    params = {"reference": "REF-2026-12345678", "state": "delayed", "device": "Tablet 7", "address": "192.0.2.7"}
    notify(officers=[officer], kind=kind, subject=officer, params=params, at=now)


def test_a_letter_counts_and_leads_in_and_says_nothing_of_anybody(box, reader, now):
    tell(reader, now)
    tell(reader, now)
    tell(reader, now, NotificationKind.NEW_DEVICE)

    assert mail_notifications(now=now) == 1
    letter = box.letters[0]
    assert "To: reader@agency.example" in letter
    assert "Replies to referrals: 2" in letter
    assert "Sign-ins from a new device: 1" in letter
    assert "https://cordon.example/notifications/" in letter
    assert [word for word in ("REF-2026", "Tablet", "192.0.2.7", reader.username) if word in letter] == []


def test_each_is_mailed_once_and_what_was_read_not_at_all(box, reader, now):
    tell(reader, now)
    read_notifications(notifications=Notification.objects.all(), at=now)
    assert mail_notifications(now=now) == 0
    tell(reader, now)
    assert [mail_notifications(now=now), mail_notifications(now=now)] == [1, 0]


def test_a_daily_letter_comes_once_a_day(box, reader, now):
    reader.mail_cadence = MailCadence.DAILY.value
    reader.save()
    tell(reader, now)
    assert mail_notifications(now=now) == 1
    tell(reader, now)
    assert mail_notifications(now=now + timedelta(hours=1)) == 0
    assert mail_notifications(now=now + timedelta(days=1)) == 1


@pytest.mark.parametrize("why", ["never", "no address", "left"])
def test_who_is_not_to_be_written_to_is_not(box, reader, now, why):
    tell(reader, now)
    if why == "never":
        reader.mail_cadence = MailCadence.NEVER.value
    elif why == "left":
        reader.is_active = False
    else:
        reader.email = ""
    reader.save()

    assert mail_notifications(now=now) == 0
    assert box.letters == []


def test_a_letter_that_was_not_taken_is_tried_again_and_holds_nobody_up(box, reader, now):
    other = OfficerFactory.create(email="other@agency.example", mail_cadence=MailCadence.IMMEDIATE.value)
    tell(reader, now)
    box.is_full = True
    assert mail_notifications(now=now) == 0
    assert Notification.objects.get().mailed_at is None

    box.is_full = False
    tell(other, now)
    assert mail_notifications(now=now) == 2


def test_a_server_that_is_away_loses_nothing(settings, reader, now):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    tell(reader, now)

    assert mail_notifications(now=now) == 0
    assert Notification.objects.get().mailed_at is None
