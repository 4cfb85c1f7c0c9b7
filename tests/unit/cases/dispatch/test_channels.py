"""Each way on its own: real SMTP, real HTTPS, a real folder."""

import base64
import hashlib
from email import message_from_string

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cases.dispatch.drop import FileDrop
from cases.dispatch.mail import Mail
from cases.dispatch.parcel import DeliveryFailed, Parcel
from cases.dispatch.push import COVERED, Push, is_push_address
from tests.https_server import https_server
from tests.smtp_server import mail_server

DOCUMENT = b"%PDF-1.7 " + bytes(range(256))
KEY = Ed25519PrivateKey.generate()


def parcel(address=""):
    return Parcel(
        key="5f1c0a52-0000-4000-8000-000000000001",
        address=address,
        number="POST/2026/1",
        reply_to="desk@post.example",
        covering_text="Please find attached our letter POST/2026/1.",
        file_name="REF-2026-00000001-5f1c.pdf",
        media_type="application/pdf",
        document=DOCUMENT,
        sha256=hashlib.sha256(DOCUMENT).hexdigest(),
    )


@pytest.fixture
def box(settings):
    with mail_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        yield box


@pytest.fixture(scope="module")
def receiver(tmp_path_factory):
    with https_server(tmp_path_factory.mktemp("authority")) as receiver:
        yield receiver


def push(receiver, *private_hosts):
    return Push(signing_key=KEY, key_id="abc", private_hosts=frozenset(private_hosts), ca_file=receiver.ca_file)


def test_a_letter_is_mailed_whole_under_the_key_of_its_sending(box):
    assert Mail(host="cordon.example").deliver(parcel("desk@state.example")) == "sent"

    letter = message_from_string(box.letters[0])
    attached = next(part for part in letter.walk() if part.get_content_type() == "application/pdf")
    assert attached.get_payload(decode=True) == DOCUMENT
    assert attached.get_filename() == "REF-2026-00000001-5f1c.pdf"
    assert letter["Message-ID"] == "<5f1c0a52-0000-4000-8000-000000000001@cordon.example>"
    assert (letter["To"], letter["Reply-To"], letter["Subject"]) == (
        *("desk@state.example", "desk@post.example"),
        "POST/2026/1",
    )


@pytest.mark.parametrize(("trouble", "is_final"), [("is_full", False), ("knows_nobody", True)])
def test_a_mail_server_that_refuses_says_whether_for_good(box, trouble, is_final):
    setattr(box, trouble, True)

    with pytest.raises(DeliveryFailed) as failed:
        Mail(host="cordon.example").deliver(parcel("desk@state.example"))

    assert failed.value.is_final is is_final
    # What is kept of it names nobody.
    assert "desk" not in str(failed.value)


def test_a_mail_server_that_is_away_is_tried_again(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with pytest.raises(DeliveryFailed) as failed:
        Mail(host="cordon.example").deliver(parcel("desk@state.example"))

    assert not failed.value.is_final


def test_a_pushed_letter_arrives_whole_and_signed(receiver):
    receiver.answer = 201
    assert push(receiver, "localhost").deliver(parcel(receiver.address)) == "delivered"

    path, headers, body = receiver.received[-1]
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    assert (path, body, headers["Content-Digest"]) == ("/letters", DOCUMENT, f"sha-256=:{digest}:")
    assert headers["Idempotency-Key"] == '"5f1c0a52-0000-4000-8000-000000000001"'
    # As a receiver does it, from what arrived alone (RFC 9421).
    parameters = headers["Signature-Input"].removeprefix("cordon=")
    derived = {"@method": "POST", "@target-uri": receiver.address}
    lines = [f'"{name}": {derived.get(name) or headers[name]}' for name in COVERED]
    text = "\n".join([*lines, f'"@signature-params": {parameters}'])
    signature = base64.b64decode(headers["Signature"].removeprefix("cordon=:").removesuffix(":"))
    KEY.public_key().verify(signature, text.encode())


@pytest.mark.parametrize(
    ("answer", "is_final"), [(302, True), (307, True), (403, True), (408, False), (429, False), (500, False)]
)
def test_what_a_receiver_answers_decides_whether_it_is_tried_again(receiver, answer, is_final):
    receiver.answer, before = answer, len(receiver.received)

    with pytest.raises(DeliveryFailed, match=str(answer)) as failed:
        push(receiver, "localhost").deliver(parcel(receiver.address))

    assert failed.value.is_final is is_final
    # No redirect was followed.
    assert [path for path, _, _ in receiver.received[before:]] == ["/letters"]


PRIVATE = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "169.254.169.254",
    "10.0.0.7",
    "0.0.0.0",  # noqa: S104 - an address that is asked, none that is bound
    "2130706433",
]


@pytest.mark.parametrize("host", PRIVATE)
def test_nothing_is_pushed_into_networks_that_are_not_public(receiver, host):
    before = len(receiver.received)
    address = receiver.address.replace("localhost", host)

    with pytest.raises(DeliveryFailed, match="not public") as failed:
        push(receiver, "another.example").deliver(parcel(address))

    assert failed.value.is_final
    assert len(receiver.received) == before


def test_a_receiver_whom_nobody_vouches_for_gets_nothing(receiver):
    before = len(receiver.received)
    unknown = Push(signing_key=KEY, key_id="abc", private_hosts=frozenset({"localhost"}), ca_file="")

    with pytest.raises(DeliveryFailed) as failed:
        unknown.deliver(parcel(receiver.address))

    assert not failed.value.is_final
    assert len(receiver.received) == before


@pytest.mark.parametrize(
    ("address", "holds"),
    [
        ("https://state.example/letters", True),
        ("https://state.example:8443/letters?desk=7", True),
        ("http://state.example/letters", False),
        ("https:///letters", False),
        ("https://officer:secret@state.example/", False),
        ("https://state.example/#top", False),
        ("https://state.example/a b", False),
        ("https://state.example:99999/", False),
        ("https://state.example/\r\nHost: other", False),
        ("file:///etc/passwd", False),
    ],
)
def test_an_address_is_looked_at_before_anything_is_queued(address, holds):
    assert is_push_address(address) is holds


def test_a_letter_is_dropped_whole_and_twice_is_once(tmp_path):
    drop = FileDrop(folder=tmp_path)

    assert [drop.deliver(parcel()), drop.deliver(parcel())] == ["delivered", "delivered"]

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {parcel().file_name: DOCUMENT}


def test_a_folder_that_is_not_there_is_tried_again(tmp_path):
    with pytest.raises(DeliveryFailed) as failed:
        FileDrop(folder=tmp_path / "away").deliver(parcel())

    assert not failed.value.is_final
    assert str(tmp_path) not in str(failed.value)
