"""Sessions: seen, ended, locked, and never more than their officer."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import AuditEntry, Notification, Officer, OfficerSession
from cases.services.set_pin import set_pin
from tests.factories import PASSWORD, OfficerFactory

pytestmark = pytest.mark.django_db

PIN = "729405"


@pytest.fixture
def with_pin(person: Officer) -> Officer:
    """That officer, who has a PIN."""
    set_pin(officer=person, pin=PIN, at=timezone.now())
    return person


def again(person: Officer, device: str = "Phone") -> Client:
    client = Client(raise_request_exception=False, HTTP_USER_AGENT=device)
    client.post("/sign-in/", {"login": person.username, "password": PASSWORD})
    client.get("/incidents/")
    return client


def status(client: Client, path: str = "/incidents/") -> int:
    return client.get(path).status_code


def test_the_account_shows_sessions_and_signs_out_everywhere_else(signed_in: Client, person: Officer) -> None:
    elsewhere, stranger = again(person), again(OfficerFactory.create())
    page = signed_in.get("/account/").content.decode()
    assert "Phone" in page
    assert page.count("this one") == 1

    signed_in.post("/account/sessions/end-others/")

    assert [status(signed_in), status(elsewhere), status(elsewhere, "/api/v1/incidents")] == [200, 302, 401]
    assert status(stranger) == 302
    assert AuditEntry.objects.filter(action="session.ended", officer=person).count() == 1


def test_one_session_is_ended_by_its_officer_and_by_nobody_else(signed_in: Client, person: Officer) -> None:
    status(signed_in)
    session = OfficerSession.objects.get(officer=person)
    neighbour = Client(raise_request_exception=False)
    neighbour.force_login(OfficerFactory.create(agency=person.agency))

    assert neighbour.post(f"/account/sessions/{session.pk}/end/").status_code == 404
    assert status(signed_in) == 200
    signed_in.post(f"/account/sessions/{session.pk}/end/")
    assert status(signed_in) == 302


def test_an_ended_session_does_not_come_back_with_its_cookie(signed_in: Client, person: Officer) -> None:
    status(signed_in)
    cookie = signed_in.cookies["sessionid"].value
    OfficerSession.objects.update(ended_at=timezone.now())
    thief = Client()
    thief.cookies["sessionid"] = cookie

    assert [status(thief), status(signed_in), status(thief)] == [302, 302, 302]


def test_a_new_device_is_told_and_a_known_one_is_not(signed_in: Client, person: Officer) -> None:
    status(signed_in)
    assert Notification.objects.count() == 0

    again(person, "Another tablet")
    again(person, "Another tablet")

    told = Notification.objects.get()
    assert (told.officer, told.kind, told.params["device"]) == (person, "new_device", "Another tablet")
    page = signed_in.get("/notifications/").content.decode()
    assert "Another tablet" in page
    assert "Notifications (1)" in page
    signed_in.post("/notifications/read/")
    assert "Notifications (1)" not in signed_in.get("/notifications/").content.decode()


def test_what_a_browser_says_of_itself_is_never_markup(person: Officer) -> None:
    client = again(person, "<script>alert(1)</script>")

    assert "<script>alert" not in client.get("/account/").content.decode()


def test_a_locked_session_sees_the_unlock_page_and_its_pin_opens_it(signed_in: Client, with_pin: Officer) -> None:
    assert signed_in.post("/pin/lock/")["Location"] == "/pin/unlock/"

    page, call = signed_in.get("/incidents/"), signed_in.get("/api/v1/incidents")
    assert (page.status_code, page["Location"]) == (302, "/pin/unlock/?next=%2Fincidents%2F")
    assert (call.status_code, call.json()["code"]) == (423, "session_locked")
    basic = signed_in.get("/api/v1/incidents", HTTP_AUTHORIZATION="Basic eDp5")
    assert basic.status_code == 423
    assert status(signed_in, "/account/") == 302
    assert status(signed_in, "/pin/unlock/") == 200

    wrong = signed_in.post("/pin/unlock/", {"pin": "111222"})
    assert wrong.status_code == 403
    assert "2 attempts are left" in wrong.content.decode()
    right = signed_in.post("/pin/unlock/", {"pin": PIN, "next": "https://evil.example/"})
    assert (right.status_code, right["Location"]) == (302, "/incidents/")
    assert status(signed_in) == 200


def test_three_wrong_pins_end_the_session_on_every_copy_of_it(signed_in: Client, with_pin: Officer) -> None:
    signed_in.post("/pin/lock/")
    answers = [signed_in.post("/pin/unlock/", {"pin": "111222"}).status_code for _ in range(3)]

    assert answers == [403, 403, 302]
    assert signed_in.post("/pin/unlock/", {"pin": PIN}).status_code == 302
    assert status(signed_in) == 302
    assert OfficerSession.objects.get().ended_at is not None


def test_a_session_that_stands_still_locks_where_the_agency_says_so(signed_in: Client, with_pin: Officer) -> None:
    status(signed_in)
    an_hour_ago = timezone.now() - timedelta(hours=1)
    OfficerSession.objects.update(started_at=an_hour_ago, last_seen_at=an_hour_ago)
    assert status(signed_in) == 200

    with_pin.agency.lock_after_minutes = 10
    with_pin.agency.save()
    OfficerSession.objects.update(last_seen_at=timezone.now() - timedelta(minutes=9))
    assert status(signed_in) == 200
    OfficerSession.objects.update(last_seen_at=timezone.now() - timedelta(minutes=11))
    assert status(signed_in) == 302
    assert status(signed_in, "/api/v1/incidents") == 423


def test_a_session_that_stood_still_ends_where_there_is_no_pin(signed_in: Client, person: Officer) -> None:
    person.agency.lock_after_minutes = 10
    person.agency.save()
    status(signed_in)
    OfficerSession.objects.update(
        started_at=timezone.now() - timedelta(hours=1), last_seen_at=timezone.now() - timedelta(minutes=11)
    )

    assert signed_in.get("/incidents/")["Location"].startswith("/sign-in/")
    assert status(signed_in) == 302


def test_locking_without_a_pin_ends_the_session(signed_in: Client) -> None:
    signed_in.post("/pin/lock/")

    assert signed_in.get("/incidents/")["Location"].startswith("/sign-in/")


def test_a_pin_is_chosen_on_the_account_page_and_kept_only_as_a_digest(signed_in: Client, person: Officer) -> None:
    assert signed_in.post("/account/pin/", {"pin": "123456", "again": "123456"}).status_code == 422
    assert signed_in.post("/account/pin/", {"pin": PIN, "again": "729406"}).status_code == 422
    assert signed_in.post("/account/pin/", {"pin": PIN, "again": PIN}).status_code == 302

    person.refresh_from_db()
    assert person.pin_hash
    assert PIN not in person.pin_hash
    assert PIN not in str(list(AuditEntry.objects.values()))


def test_a_token_is_made_on_the_account_page_and_shown_once(signed_in: Client, person: Officer) -> None:
    made = signed_in.post(
        "/account/tokens/", {"name": "scanner", "kind": "device", "days": "30", "scopes": ["read", "administer"]}
    )
    secret = made.content.decode().split("<code>")[1].split("</code>")[0]
    token = person.api_tokens.get()

    assert (token.kind, token.scopes) == ("device", ["read"])
    assert Client().get("/api/v1/incidents", HTTP_AUTHORIZATION=f"Bearer {secret}").status_code == 200
    assert secret not in signed_in.get("/account/").content.decode()
    signed_in.post(f"/account/tokens/{token.pk}/revoke/")
    assert Client().get("/api/v1/incidents", HTTP_AUTHORIZATION=f"Bearer {secret}").status_code == 401


@pytest.mark.parametrize(
    "path",
    ["/account/", "/notifications/", "/pin/unlock/"],
)
def test_pages_of_an_account_are_for_those_who_signed_in(visitor: Client, db: None, path: str) -> None:
    assert visitor.get(path)["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize(
    "path",
    ["/account/sessions/1/end/", "/account/sessions/end-others/", "/account/tokens/", "/account/tokens/1/revoke/",
     "/account/pin/", "/account/mail/", "/pin/lock/", "/notifications/read/"],
)  # fmt: skip
def test_acts_on_an_account_need_a_session_the_button_and_our_own_form(signed_in: Client, path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in.cookies

    assert signed_in.get(path).status_code == 405
    assert strict.post(path).status_code == 403
    assert Client().post(path)["Location"].startswith("/sign-in/?next=")
