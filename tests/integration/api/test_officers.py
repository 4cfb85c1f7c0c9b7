"""Officers: invited, given rights, signed out and deactivated by their own agency's administrator."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from rest_framework.test import APIClient

from cases.models import AuditEntry, Notification, Officer, OfficerRole
from tests.factories import OfficerFactory, recorded_incident

pytestmark = pytest.mark.django_db

INVITED = {"username": "new.officer", "email": "new@agency.example", "role": "officer"}
PASSWORD = "a long dhow off Hodeidah"


@pytest.fixture
def chief(officer: Officer) -> Officer:
    """The administrator of the officer's agency."""
    return OfficerFactory.create(agency=officer.agency, role=OfficerRole.ADMINISTRATOR.value)


@pytest.fixture
def office(chief: Officer, client_of: Callable[[Officer], APIClient]) -> APIClient:
    """That administrator's client."""
    return client_of(chief)


def link_of(letter: Any) -> str:
    return str(letter.body).split("/sign-in/")[1].split("/")[0]


def test_an_invited_officer_comes_by_the_link_and_chooses_a_password(office: APIClient, chief: Officer) -> None:
    answer = office.post("/api/v1/officers", INVITED)
    made = Officer.objects.get(username="new.officer")
    assert (answer.status_code, answer.json()["state"], answer.json()["mailed"]) == (201, "invited", True)
    assert (made.agency, made.is_active, made.has_usable_password()) == (chief.agency, False, False)
    assert mail.outbox[0].to == ["new@agency.example"]
    link = link_of(mail.outbox[0])
    assert link not in str(answer.json())
    assert link not in str(list(AuditEntry.objects.values()))

    browser = Client()
    assert browser.get(f"/sign-in/{link}/").status_code == 200
    assert not Officer.objects.get(username="new.officer").is_active
    entered = browser.post(f"/sign-in/{link}/")
    assert entered["Location"] == "/account/password/set/"
    weak = browser.post("/account/password/set/", {"password1": "short", "password2": "short"})
    chosen = browser.post("/account/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    assert [weak.status_code, chosen.status_code] == [200, 302]

    later = Client()
    assert later.post("/sign-in/", {"login": "new.officer", "password": PASSWORD})["Location"] == "/incidents/"
    assert Client().post(f"/sign-in/{link}/").status_code == 410


def test_an_invitation_opens_nothing_once_the_invited_was_deactivated(office: APIClient) -> None:
    office.post("/api/v1/officers", INVITED)
    link = link_of(mail.outbox[0])

    office.post("/api/v1/officers/new.officer/deactivate", {"reason": "invited in error"})

    assert Client().post(f"/sign-in/{link}/").status_code == 410


def test_a_name_that_is_taken_is_refused_whosever_it_is(office: APIClient) -> None:
    foreign = OfficerFactory.create()

    answer = office.post("/api/v1/officers", {**INVITED, "username": foreign.username})

    assert (answer.status_code, answer.json()["code"]) == (409, "name_taken")
    assert mail.outbox == []


@pytest.mark.parametrize(
    "change",
    [{"agency": 1}, {"is_superuser": True}, {"is_staff": True}, {"role": "god"},
     {"email": "a@b.example\nBcc: c@d.example"}, {"username": "a/b"},
     {"username": ""}, {"rights_added": ["everything"]}],
)  # fmt: skip
def test_an_invitation_is_read_strictly(office: APIClient, change: dict[str, Any]) -> None:
    answer = office.post("/api/v1/officers", {**INVITED, **change})

    assert answer.status_code == 422
    assert not Officer.objects.filter(email=INVITED["email"]).exists()


def test_deactivating_ends_sessions_and_tokens_at_once_and_hands_the_work_over(
    office: APIClient, officer: Officer, client: APIClient, rulebook_version: object
) -> None:
    successor = OfficerFactory.create(agency=officer.agency)
    draft = client.post("/api/v1/incidents", {"state": "draft"}).json()["reference"]
    recorded_incident(officer)
    browser = Client()
    browser.force_login(officer)
    assert browser.get("/incidents/").status_code == 200

    body = {"reason": "has left the service", "hand_over_to": successor.username}
    answer = office.post(f"/api/v1/officers/{officer.username}/deactivate", body)

    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["open_work"]["drafts"]) == ("deactivated", [draft])
    assert browser.get("/incidents/").status_code == 302
    assert client.get("/api/v1/incidents").status_code == 401
    assert answer.json()["handed_over"] == answer.json()["open_work"]
    told = Notification.objects.get(officer=successor)
    assert (told.kind, told.params["drafts"]) == ("handed_over", 1)
    entry = AuditEntry.objects.get(action="officer.deactivated")
    assert draft in entry.payload
    assert entry.reason == "has left the service"
    assert office.get("/api/v1/officers").json()["results"]


def test_who_left_does_not_come_back_by_a_change_of_rights(office: APIClient, officer: Officer) -> None:
    office.post(f"/api/v1/officers/{officer.username}/deactivate", {"reason": "has left"})

    answer = office.post(f"/api/v1/officers/{officer.username}/rights", {"role": "supervisor"})

    assert (answer.status_code, answer.json()["code"]) == (409, "officer_has_left")


def test_rights_are_set_for_others_and_never_for_oneself(office: APIClient, chief: Officer, officer: Officer) -> None:
    body = {"role": "supervisor", "rights_added": ["administer"], "rights_withdrawn": ["export"]}

    changed = office.post(f"/api/v1/officers/{officer.username}/rights", body).json()
    own = office.post(f"/api/v1/officers/{chief.username}/rights", body)
    leave = office.post(f"/api/v1/officers/{chief.username}/deactivate", {"reason": "myself"})

    assert "administer" in changed["rights"]
    assert "export" not in changed["rights"]
    assert [own.json()["code"], leave.json()["code"]] == ["not_yourself", "not_yourself"]
    assert AuditEntry.objects.filter(action="officer.rights_set").count() == 1


def test_an_officer_is_signed_out_everywhere_by_the_administrator(office: APIClient, officer: Officer) -> None:
    browser = Client()
    browser.force_login(officer)
    browser.get("/incidents/")

    answer = office.post(f"/api/v1/officers/{officer.username}/sessions/end")

    assert answer.json() == {"ended": 1}
    assert browser.get("/incidents/").status_code == 302


def test_another_agencys_administrator_knows_of_nobody_here(
    officer: Officer, client_of: Callable[[Officer], APIClient]
) -> None:
    foreign = client_of(OfficerFactory.create(role=OfficerRole.ADMINISTRATOR.value))

    assert officer.username not in foreign.get("/api/v1/officers").content.decode()
    for act, body in (("rights", {"role": "analyst"}), ("deactivate", {"reason": "no"}), ("sessions/end", None)):
        there = foreign.post(f"/api/v1/officers/{officer.username}/{act}", body)
        nowhere = foreign.post(f"/api/v1/officers/nobody-at-all/{act}", body)
        assert (there.status_code, nowhere.status_code) == (404, 404), act


def test_who_runs_the_installation_is_out_of_an_agencys_reach(office: APIClient, officer: Officer) -> None:
    root = OfficerFactory.create(agency=officer.agency, is_superuser=True, is_staff=True)

    assert office.post(f"/api/v1/officers/{root.username}/deactivate", {"reason": "no"}).status_code == 404
