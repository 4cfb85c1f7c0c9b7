"""Letters on their way: queued, held back, tried again, given up, and sent once whoever dies meanwhile."""

import hashlib
from datetime import timedelta
from email import message_from_string

import pytest

from cases.choices import DispatchChannel
from cases.errors import (
    AddressMissing,
    AlreadyQueued,
    ChannelNotOffered,
    IllegalTransition,
    InvalidSubmission,
    NotAllowed,
)
from cases.models import AuditEntry, Dispatch, Notification, OfficerRole
from cases.queries.dispatches import document_of_dispatch
from cases.queries.referral_content import digest_of_letter
from cases.services.deliver_dispatch import MOST_ATTEMPTS, TAKEN_FOR, deliver_dispatch
from cases.services.record_reply import record_reply
from cases.services.send_referral import Sending, send_referral
from cases.services.withdraw_referral import withdraw_referral
from tests.https_server import https_server
from tests.letters import COMPLETE, colleague, drafted, found_arms, issued, writer
from tests.smtp_server import mail_server

pytestmark = pytest.mark.django_db

BY_MAIL = Sending(channel=DispatchChannel.EMAIL)
BY_DROP = Sending(channel=DispatchChannel.FILE_DROP)


@pytest.fixture
def supervisor():
    return writer(OfficerRole.SUPERVISOR, letter_pattern="POST/{year}/{number}")


@pytest.fixture
def box(settings):
    with mail_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        settings.SITE_URL = "https://cordon.example"
        yield box


@pytest.fixture
def folder(settings, tmp_path):
    settings.DROP_FOLDER = str(tmp_path)
    return tmp_path


def sent(officer, letter, at, sending=BY_DROP):
    return send_referral(officer=officer, referral=letter, sending=sending, sent_at=at)


def waits(dispatch):
    dispatch.refresh_from_db()
    return document_of_dispatch(dispatch)["waits"]


def test_a_letter_leaves_by_mail_once(supervisor, box, now):
    letter = issued(supervisor, now)
    dispatch = sent(supervisor, letter, now, BY_MAIL)
    with pytest.raises(AlreadyQueued):
        sent(supervisor, letter, now, BY_MAIL)

    assert [deliver_dispatch(dispatch_id=dispatch.pk, now=now) for _ in range(2)] == ["sent", "sent"]

    (mail,) = map(message_from_string, box.letters)
    attached = next(
        part.get_payload(decode=True) for part in mail.walk() if part.get_content_type() == "application/pdf"
    )
    dispatch.refresh_from_db()
    assert hashlib.sha256(attached).hexdigest() == dispatch.document_sha256
    assert (mail["To"], mail["Subject"]) == ("desk@state.example", "POST/2026/1")
    letter.refresh_from_db()
    assert (letter.state, dispatch.attempts, dispatch.sent_at) == ("sent", 1, now)
    acts = AuditEntry.objects.filter(object_reference=letter.reference).order_by("pk").values_list("action", flat=True)
    assert list(acts)[-2:] == ["referral.dispatch_queued", "referral.dispatched"]


def test_a_letter_is_pushed_to_whom_the_installation_trusts(supervisor, settings, tmp_path, now):
    with https_server(tmp_path) as receiver:
        settings.PUSH_CA_FILE, settings.PUSH_PRIVATE_HOSTS = receiver.ca_file, ["localhost"]
        letter = issued(supervisor, now)
        sending = Sending(channel=DispatchChannel.HTTPS, address=receiver.address, format="json")

        assert deliver_dispatch(dispatch_id=sent(supervisor, letter, now, sending).pk, now=now) == "delivered"

        _, headers, body = receiver.received[0]
    # The very text that was issued.
    assert (body.decode(), headers["Content-Type"]) == (letter.issued_content, "application/json")
    assert digest_of_letter(body.decode()) == letter.issued_sha256


def test_what_went_by_hand_is_written_down_as_sent(supervisor, now):
    letter = issued(supervisor, now)

    dispatch = sent(supervisor, letter, now, Sending(channel=DispatchChannel.BY_HAND))

    letter.refresh_from_db()
    assert (dispatch.state, letter.state) == ("sent", "sent")


def test_what_cannot_be_sent_is_refused_when_it_is_asked(supervisor, box, now):
    nowhere = COMPLETE | {"addressee_contact": {"office": "Desk"}}
    letter = issued(supervisor, now, details=nowhere)
    with pytest.raises(AddressMissing):
        sent(supervisor, letter, now, BY_MAIL)
    for sending in (
        Sending(channel=DispatchChannel.HTTPS, address="http://state.example/"),
        Sending(channel=DispatchChannel.EMAIL, address="elsewhere@state.example"),
    ):
        with pytest.raises(InvalidSubmission):
            sent(supervisor, letter, now, sending)
    draft = drafted(supervisor, found_arms(supervisor), now)
    with pytest.raises(IllegalTransition):
        sent(supervisor, draft, now, BY_MAIL)
    with pytest.raises(NotAllowed):
        sent(colleague(supervisor, OfficerRole.ANALYST), letter, now, BY_MAIL)
    assert not Dispatch.objects.exists()


def test_a_way_that_is_not_set_up_is_not_offered(supervisor, settings, now):
    settings.EMAIL_HOST = settings.DROP_FOLDER = ""
    letter = issued(supervisor, now)

    for sending in (BY_MAIL, BY_DROP):
        with pytest.raises(ChannelNotOffered):
            sent(supervisor, letter, now, sending)


def test_what_fails_is_tried_again_ever_later_and_at_last_given_up(supervisor, box, now):
    box.is_full = True
    letter = issued(supervisor, now)
    dispatch = sent(supervisor, letter, now, BY_MAIL)
    moment, pauses = now, []
    while deliver_dispatch(dispatch_id=dispatch.pk, now=moment) == "queued":
        assert waits(dispatch)["why"] == "retry"
        # Not before its time.
        assert deliver_dispatch(dispatch_id=dispatch.pk, now=moment) == "queued"
        pauses.append(dispatch.due_at - moment)
        moment = dispatch.due_at

    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.attempts) == ("failed", MOST_ATTEMPTS)
    assert "452" in dispatch.error
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(minutes=1)
    told = Notification.objects.get()
    assert (told.officer, told.kind, told.params) == (
        *(supervisor, "dispatch_failed"),
        {"reference": letter.reference, "channel": "email"},
    )
    letter.refresh_from_db()
    assert letter.state == "issued"
    box.is_full = False
    assert deliver_dispatch(dispatch_id=sent(supervisor, letter, moment, BY_MAIL).pk, now=moment) == "sent"


def test_what_is_refused_for_good_is_not_tried_again(supervisor, box, now):
    box.knows_nobody = True
    dispatch = sent(supervisor, issued(supervisor, now), now, BY_MAIL)

    assert deliver_dispatch(dispatch_id=dispatch.pk, now=now) == "failed"
    assert Notification.objects.count() == 1


def test_a_worker_that_died_holds_a_letter_back_for_minutes_and_sends_it_under_its_key(supervisor, box, now):
    dispatch = sent(supervisor, issued(supervisor, now), now, BY_MAIL)
    # As one leaves it that dies after the mail server took the letter.
    deliver_dispatch(dispatch_id=dispatch.pk, now=now)
    Dispatch.objects.update(state="queued", sent_at=None, taken_until=now + TAKEN_FOR)

    assert deliver_dispatch(dispatch_id=dispatch.pk, now=now + timedelta(seconds=30)) == "queued"
    assert deliver_dispatch(dispatch_id=dispatch.pk, now=now + TAKEN_FOR) == "sent"

    first, second = (message_from_string(mail)["Message-ID"] for mail in box.letters)
    assert first == second == f"<{dispatch.key}@cordon.example>"


def test_a_letter_that_ends_every_worker_is_given_up(supervisor, box, now):
    dispatch = sent(supervisor, issued(supervisor, now), now, BY_MAIL)
    Dispatch.objects.update(attempts=MOST_ATTEMPTS, taken_until=now)

    assert deliver_dispatch(dispatch_id=dispatch.pk, now=now) == "failed"
    assert (Notification.objects.count(), box.letters) == (1, [])


def test_so_many_letters_a_day_and_the_rest_say_why_they_wait(supervisor, folder, now):
    supervisor.agency.letters_a_state_a_day = 1
    supervisor.agency.save()
    first, second, third = (sent(supervisor, issued(supervisor, now), now) for _ in range(3))
    tomorrow = now.replace(hour=0) + timedelta(days=1)
    elsewhere = sent(supervisor, issued(supervisor, now, addressee_country="CHN"), now)

    # Known at once to whoever sends it, before any worker looks.
    assert waits(first) is waits(elsewhere) is None
    assert waits(second) == waits(third) == {"why": "throttle", "until": tomorrow}
    states = [deliver_dispatch(dispatch_id=each.pk, now=now) for each in (second, first, elsewhere)]
    assert states == ["queued", "delivered", "delivered"]
    # The next day the older goes first, whichever is looked at first.
    assert deliver_dispatch(dispatch_id=third.pk, now=tomorrow) == "queued"
    assert deliver_dispatch(dispatch_id=second.pk, now=tomorrow) == "delivered"
    assert waits(third) == {"why": "throttle", "until": tomorrow + timedelta(days=1)}
    assert len(list(folder.iterdir())) == 3


def test_the_same_letter_by_a_second_way_is_no_second_letter(supervisor, folder, box, now):
    supervisor.agency.letters_a_state_a_day = 1
    supervisor.agency.save()
    letter = issued(supervisor, now)
    deliver_dispatch(dispatch_id=sent(supervisor, letter, now).pk, now=now)

    assert deliver_dispatch(dispatch_id=sent(supervisor, letter, now, BY_MAIL).pk, now=now) == "sent"


def test_what_is_no_longer_as_it_was_queued_does_not_leave(supervisor, folder, now):
    dispatch = sent(supervisor, issued(supervisor, now), now)
    Dispatch.objects.update(document_sha256="0" * 64)

    assert deliver_dispatch(dispatch_id=dispatch.pk, now=now) == "failed"
    assert list(folder.iterdir()) == []


def test_a_letter_that_was_answered_or_taken_back_meanwhile_stays_so(supervisor, folder, now):
    answered, withdrawn = issued(supervisor, now), issued(supervisor, now)
    waiting = [sent(supervisor, letter, now) for letter in (answered, withdrawn)]
    record_reply(officer=supervisor, referral=answered, reply={"state": "acknowledged"}, received_at=now)
    withdraw_referral(officer=supervisor, referral=withdrawn, reason="in error", withdrawn_at=now)

    assert [deliver_dispatch(dispatch_id=each.pk, now=now) for each in waiting] == ["delivered", "cancelled"]

    answered.refresh_from_db()
    assert answered.state == "acknowledged"
    assert len(list(folder.iterdir())) == 1
