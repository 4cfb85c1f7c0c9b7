"""Every refusal is a problem document, in the reader's language."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from rest_framework.test import APIClient

from backend.error_responses import SENTENCES, STATUSES, refusal_of
from cases.models import Officer

pytestmark = pytest.mark.django_db


def _is_problem(answer: Any, status: int, code: str) -> None:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["code"] == code
    assert {*body} >= {"type", "title", "status", "code", "detail", "instance"}


@pytest.mark.parametrize(
    ("body", "code"),
    [(b"{", "not_json"), (b"", "not_json"), (b'{"a": NaN}', "not_json"), (b"\xff\xfe", "not_json")],
    ids=["cut off", "empty", "not a number", "not utf-8"],
)
def test_what_is_not_json_is_400(client: APIClient, body: bytes, code: str) -> None:
    _is_problem(client.generic("POST", "/api/v1/incidents", body, "application/json"), 400, code)


def test_a_bomb_of_brackets_is_400(client: APIClient) -> None:
    _is_problem(client.generic("POST", "/api/v1/incidents", b"[" * 100_000, "application/json"), 400, "not_json")


def test_json_that_is_no_object_is_422(client: APIClient) -> None:
    answer = client.generic("POST", "/api/v1/incidents", b"[1]", "application/json")

    _is_problem(answer, 422, "invalid")
    assert answer.json()["errors"][0]["code"] == "not_an_object"


@pytest.mark.parametrize(
    "media_type", ["text/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a"]
)
def test_another_media_type_is_415(client: APIClient, media_type: str) -> None:
    answer = client.generic("POST", "/api/v1/incidents", b"kind=seizure", media_type)

    _is_problem(answer, 415, "unsupported_media_type")


def test_a_body_beyond_the_limit_is_413(client: APIClient) -> None:
    body = b'{"circumstances": "' + b"x" * 5_000_000 + b'"}'

    _is_problem(client.generic("POST", "/api/v1/incidents", body, "application/json"), 413, "too_large")


def test_a_method_that_is_not_offered_is_405_with_those_that_are(client: APIClient) -> None:
    answer = client.delete("/api/v1/incidents")

    _is_problem(answer, 405, "method_not_allowed")
    assert "POST" in answer["Allow"]


def test_an_unknown_address_is_404(client: APIClient) -> None:
    _is_problem(client.get("/api/v1/nothing"), 404, "not_found")
    _is_problem(client.get("/api/v1/incidents/INC-2026-%00"), 404, "not_found")


def test_a_wrong_token_is_401(db: None) -> None:
    answer = APIClient().get("/api/v1/incidents", HTTP_AUTHORIZATION="Bearer nothing")

    _is_problem(answer, 401, "not_authenticated")
    assert answer["WWW-Authenticate"] == 'Bearer realm="cordon"'


def test_a_host_that_is_not_ours_is_400(client: APIClient) -> None:
    _is_problem(client.get("/api/v1/incidents", HTTP_HOST="elsewhere.invalid"), 400, "bad_request")


def test_a_form_from_elsewhere_is_403(officer: Officer) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(officer)

    answer = browser.post("/api/v1/incidents", {"state": "draft"}, content_type="application/json")

    _is_problem(answer, 403, "not_allowed")


def test_a_problem_speaks_the_readers_language(client: APIClient) -> None:
    answer = client.post("/api/v1/incidents", {"kind": "seizure"}, HTTP_ACCEPT_LANGUAGE="fr-CH, fr;q=0.9, en;q=0.5")

    assert answer["Content-Language"] == "fr"
    assert (
        answer.json()["detail"] == "L’enregistrement ne peut pas être accepté tel quel ; chaque problème est indiqué."
    )
    assert {entry["detail"] for entry in answer.json()["errors"]} == {
        "Ce champ est obligatoire.",
        "Donnez au moins un objet avec sa catégorie ; seuls une inspection ou un refus peuvent n’en avoir aucun.",
    }


def test_a_database_that_is_gone_is_503_and_says_when_to_come_back() -> None:
    refusal = refusal_of("/api/v1/incidents", OperationalError("the connection is closed"))

    assert refusal.status == 503
    assert refusal.headers == {"Retry-After": "5"}
    assert "closed" not in str(refusal.document)


def test_what_nobody_foresaw_tells_nothing_of_its_inside() -> None:
    refusal = refusal_of("/api/v1/incidents", KeyError("secret"))

    assert refusal.status == 500
    assert refusal.document["code"] == "server_error"
    assert "secret" not in str(refusal.document)


def test_every_status_of_the_table_has_words_or_a_domain_error_that_brings_them() -> None:
    assert {status.value for status in STATUSES.values()} <= {*SENTENCES, 410, 412, 422, 423, 428}
