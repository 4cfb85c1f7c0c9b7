"""Keys to the API: what they open, and all that is none."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from cases.choices import AgencyKind
from cases.errors import ScopeBeyondRights
from cases.models import ApiToken, Officer, OfficerRole, Right
from cases.services.issue_api_token import issue_api_token
from tests.conftest import NOW
from tests.factories import AgencyFactory, OfficerFactory

pytestmark = pytest.mark.django_db

DRAFT = {"state": "draft"}


def bearer(secret: str) -> APIClient:
    client = APIClient(raise_request_exception=False)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    client.default_format = "json"
    return client


def token(officer: Officer, *scopes: str, **changes: Any) -> str:
    dates = {"issued_at": NOW - timedelta(days=1), "expires_at": NOW + timedelta(days=36_500)}
    return issue_api_token(officer=officer, name="test", scopes=scopes or None, **{**dates, **changes})[1]


@pytest.fixture
def person(officer: Officer) -> APIClient:
    """The officer in person, in a session held to CSRF."""
    client = APIClient(raise_request_exception=False)
    client.force_login(officer)
    client.default_format = "json"
    return client


def jwt(**claims: object) -> str:
    parts = [{"alg": "none", "typ": "JWT"}, claims]
    return ".".join([base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]) + "."


def shown(answer: Any) -> tuple[Any, ...]:
    body = {name: value for name, value in answer.json().items() if name != "request_id"}
    return answer.status_code, body, answer["WWW-Authenticate"]


def test_whatever_is_no_valid_token_is_answered_alike(officer: Officer) -> None:
    browser = Client()
    browser.force_login(officer)
    browser.get("/incidents/")
    gone, abandoned = OfficerFactory.create(), OfficerFactory.create()
    of_gone, of_abandoned, revoked = token(gone), token(abandoned), token(officer)
    gone.is_active = False
    gone.save()
    abandoned.agency.is_active = False
    abandoned.agency.save()
    ApiToken.objects.filter(officer=officer).update(revoked_at=NOW - timedelta(hours=1))
    expired = token(officer, issued_at=NOW - timedelta(days=3), expires_at=NOW - timedelta(days=2))
    headers = [
        None,
        "Bearer",
        "Bearer ",
        f"Bearer {browser.session.session_key}",
        f"Bearer {of_gone}",
        f"Bearer {of_abandoned}",
        f"Bearer {revoked}",
        f"Bearer {expired}",
        f"Basic {base64.b64encode(f'{officer.username}:{expired}'.encode()).decode()}",
        f"Token {token(officer)}",
        f"Bearer {jwt(sub=officer.username, exp=4_102_444_800)}",
        "Bearer cordon_" + "a" * 43,
        "Bearer é\x00",
    ]

    answers = []
    for header in headers:
        client = APIClient()
        if header is not None:
            client.credentials(HTTP_AUTHORIZATION=header)
        answers.append(shown(client.get("/api/v1/incidents")))

    assert answers[0][0] == 401
    assert [header for header, answer in zip(headers, answers, strict=True) if answer != answers[0]] == []


def test_a_bearer_is_no_session_and_a_session_no_bearer(officer: Officer) -> None:
    secret = token(officer)

    page = Client().get("/incidents/", HTTP_AUTHORIZATION=f"Bearer {secret}")
    cookie = Client()
    cookie.cookies["sessionid"] = secret

    assert page.status_code == 302
    assert cookie.get("/api/v1/incidents").status_code == 401


def test_a_wrong_token_beside_a_right_session_is_refused(officer: Officer, person: APIClient) -> None:
    assert person.get("/api/v1/incidents").status_code == 200
    assert person.get("/api/v1/incidents", HTTP_AUTHORIZATION="Bearer wrong").status_code == 401


def test_a_token_that_only_reads_writes_nothing(officer: Officer) -> None:
    client = bearer(token(officer, "read"))

    assert client.get("/api/v1/incidents").status_code == 200
    for path in ("incidents", "incidents/bulk", "cases", "tokens", "notifications/1/read", "sessions/1/end"):
        answer = client.post(f"/api/v1/{path}", DRAFT)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed"), path


def test_a_device_that_records_does_only_that(officer: Officer, rulebook_version: object) -> None:
    client = bearer(token(officer, "record"))

    recorded = client.post("/api/v1/incidents", DRAFT)
    read = client.get(recorded["Location"])
    refer = client.post(f"{recorded['Location']}/referrals", {"addressee": {"country": "CHN"}, "language": "fr"})

    assert [recorded.status_code, read.status_code, refer.status_code] == [201, 403, 403]


def test_a_token_never_has_more_than_its_officer(officer: Officer, person: APIClient) -> None:
    with pytest.raises(ScopeBeyondRights):
        token(officer, "read", "administer")
    answer = person.post("/api/v1/tokens", {"name": "more", "scopes": ["read", "administer", "override"]})
    assert (answer.status_code, answer.json()["code"]) == (422, "scope_beyond_rights")

    client = bearer(token(officer, "read", "record"))
    assert client.post("/api/v1/incidents", DRAFT).status_code == 201
    officer.rights_withdrawn = [Right.RECORD.value]
    officer.save()
    assert client.post("/api/v1/incidents", DRAFT).status_code == 403


def test_a_token_without_scopes_follows_what_its_officer_may(officer: Officer) -> None:
    client = bearer(token(officer))
    officer.role = OfficerRole.ANALYST.value
    officer.save()

    assert client.get("/api/v1/incidents").status_code == 200
    assert client.post("/api/v1/incidents", DRAFT).status_code == 403


def test_a_person_makes_a_token_and_sees_its_secret_once(officer: Officer, person: APIClient) -> None:
    made = person.post("/api/v1/tokens", {"name": "scanner", "kind": "device", "scopes": ["read"], "days": 30}).json()

    assert (made["kind"], made["scopes"], made["last_used_on"]) == ("device", ["read"], None)
    assert bearer(made["secret"]).get("/api/v1/incidents").status_code == 200
    listed = person.get("/api/v1/tokens").json()["results"]
    assert [each["id"] for each in listed] == [made["id"]]
    assert listed[0]["last_used_on"] == timezone.now().date().isoformat()
    assert made["secret"] not in str(listed)
    assert made["secret"] not in str(list(ApiToken.objects.values()))


def test_a_token_makes_no_token_so_that_a_stolen_one_ends_when_it_is_revoked(officer: Officer) -> None:
    answer = bearer(token(officer)).post("/api/v1/tokens", {"name": "sibling"})

    assert (answer.status_code, answer.json()["code"]) == (403, "session_needed")


def test_a_person_makes_tokens_only_through_our_own_page(officer: Officer) -> None:
    strict = APIClient(enforce_csrf_checks=True)
    strict.force_login(officer)

    assert strict.post("/api/v1/tokens", {"name": "forged"}, format="json").status_code == 403


def test_revoking_ends_a_token_at_once_and_only_ones_own(officer: Officer, person: APIClient) -> None:
    client, other = bearer(token(officer)), bearer(token(OfficerFactory.create(agency=officer.agency)))
    pk = officer.api_tokens.get().pk

    assert other.post(f"/api/v1/tokens/{pk}/revoke").status_code == 404
    assert client.get("/api/v1/tokens").status_code == 200
    revoked = person.post(f"/api/v1/tokens/{pk}/revoke")
    again = person.post(f"/api/v1/tokens/{pk}/revoke")

    assert revoked.json()["revoked_at"] == again.json()["revoked_at"]
    assert client.get("/api/v1/tokens").status_code == 401


@pytest.mark.parametrize(
    "body",
    [{}, {"name": ""}, {"name": "a", "days": 0}, {"name": "a", "days": 4000}, {"name": "a", "kind": "god"},
     {"name": "a", "scopes": ["everything"]}, {"name": "a", "officer": 1}, {"name": "a", "secret_sha256": "b"}],
)  # fmt: skip
def test_a_request_for_a_token_is_read_strictly(person: APIClient, body: dict[str, Any]) -> None:
    assert person.post("/api/v1/tokens", body).status_code == 422
    assert not ApiToken.objects.exists()


def test_wrong_tokens_from_one_address_end_in_a_pause_that_right_ones_do_not_share(
    officer: Officer, client_of: Callable[[Officer], APIClient]
) -> None:
    answers = [bearer(f"wrong {number}").get("/api/v1/incidents", REMOTE_ADDR="192.0.2.1") for number in range(21)]

    assert [answer.status_code for answer in answers] == [401] * 20 + [429]
    assert answers[-1].json()["code"] == "too_many_attempts"
    assert 0 < int(answers[-1]["Retry-After"]) <= 301
    assert answers[-1]["Content-Type"] == "application/problem+json"
    assert bearer("wrong").get("/api/v1/incidents", REMOTE_ADDR="192.0.2.2").status_code == 401
    assert client_of(officer).get("/api/v1/incidents", REMOTE_ADDR="192.0.2.1").status_code == 200


def test_one_token_may_call_so_often_in_a_minute_and_another_goes_on(officer: Officer, settings: Settings) -> None:
    settings.API_CALLS_PER_MINUTE = 3
    first, second = bearer(token(officer)), bearer(token(officer))

    answers = [first.get("/api/v1/incidents") for _ in range(8)]

    refused = [answer for answer in answers if answer.status_code == 429]
    # A minute may turn over meanwhile.
    assert 2 <= len(refused) <= 5
    assert refused[0].json()["code"] == "too_many_requests"
    assert 0 < int(refused[0]["Retry-After"]) <= 60
    assert second.get("/api/v1/incidents").status_code == 200


def test_the_agency_of_a_token_is_its_officers_own(officer: Officer) -> None:
    other = AgencyFactory.create(kind=AgencyKind.POLICE.value)
    client = bearer(token(officer))
    officer.agency = other
    officer.save()

    assert client.post("/api/v1/incidents", DRAFT).status_code == 201
