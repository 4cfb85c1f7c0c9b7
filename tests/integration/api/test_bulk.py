"""Many records in one request."""

import io
import json
from typing import Any

import pytest
from rest_framework.test import APIClient

from cases.models import Incident
from tests.factories import incident_document

pytestmark = pytest.mark.django_db

PATH = "/api/v1/incidents/bulk"


def _lines(*documents: Any) -> bytes:
    return b"\n".join(one if isinstance(one, bytes) else json.dumps(one).encode() for one in documents)


def _results(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.getvalue().splitlines()]


def _send(client: APIClient, body: bytes, **headers: str) -> Any:
    return client.generic("POST", PATH, body, "application/x-ndjson", **headers)


def test_a_bad_line_gets_its_error_and_the_rest_still_run(client: APIClient) -> None:
    wrong = incident_document(kind="nonsense")

    results = _results(_send(client, _lines(incident_document(), b"{", wrong, b"", b"[]", {"state": "draft"})))

    assert [(result["line"], result["status"]) for result in results] == [
        (1, "recorded"),
        (2, "refused"),
        (3, "refused"),
        (5, "refused"),
        (6, "recorded"),
    ]
    assert results[1]["error"]["code"] == "not_json"
    assert results[2]["error"]["errors"][0]["pointer"] == "/kind"
    assert {results[0]["reference"], results[4]["reference"]} == {
        incident.reference for incident in Incident.objects.all()
    }


def test_a_line_without_end_is_refused_and_not_held(client: APIClient) -> None:
    results = _results(_send(client, b"x" * 5_100_000 + b"\n" + _lines(incident_document())))

    assert results[0]["error"]["code"] == "too_large"
    assert results[1]["status"] == "recorded"


def test_sent_again_with_its_key_it_gives_the_same_lines(client: APIClient) -> None:
    body = _lines(incident_document(), incident_document(kind="nonsense"), incident_document(place="x"))

    first = _results(_send(client, body, HTTP_IDEMPOTENCY_KEY="k-1"))
    second = _results(_send(client, body, HTTP_IDEMPOTENCY_KEY="k-1"))
    other = _send(client, _lines(incident_document()), HTTP_IDEMPOTENCY_KEY="k-1")

    assert first == second
    assert Incident.objects.count() == 2
    assert other.status_code == 409


def test_errors_speak_the_readers_language(client: APIClient) -> None:
    results = _results(_send(client, b"{", HTTP_ACCEPT_LANGUAGE="fr"))

    assert results[0]["error"]["detail"].startswith("Ce n’est pas du JSON")


def test_nothing_sent_gives_nothing(client: APIClient) -> None:
    assert _results(_send(client, b"")) == []


def test_another_media_type_is_415(client: APIClient) -> None:
    assert client.generic("POST", PATH, b"a,b", "text/csv").status_code == 415


def test_lines_sent_in_chunks_without_a_length_are_read(client: APIClient) -> None:
    body = io.BytesIO(_lines(incident_document(), incident_document(place="x")))
    in_chunks = {
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "CONTENT_LENGTH": "",
        "HTTP_TRANSFER_ENCODING": "chunked",
    }

    answer = client.generic("POST", PATH, b"", "application/x-ndjson", **in_chunks)

    assert [result["status"] for result in _results(answer)] == ["recorded", "recorded"]
