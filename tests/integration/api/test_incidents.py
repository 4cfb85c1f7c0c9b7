"""Incidents over HTTP: recorded, read, changed, voided."""

import io
import json
from typing import Any

import pytest
from rest_framework.test import APIClient

from cases.models import AuditEntry, Incident, Officer, ScreeningRun
from tests.factories import recorded_incident

pytestmark = pytest.mark.django_db


def test_the_sample_of_the_contract_is_recorded_and_queued(client: APIClient, jihan_1: dict[str, Any]) -> None:
    answer = client.post("/api/v1/incidents", jihan_1)

    assert answer.status_code == 201, answer.json()
    body = answer.json()
    assert body["reference"].startswith("INC-")
    assert body["agency_reference"] == "DJI-2026-000123"
    assert body["screening"] == {"status": "queued"}
    assert body["errors"] == []
    assert answer["Location"] == f"/api/v1/incidents/{body['reference']}"
    assert ScreeningRun.objects.filter(incident__reference=body["reference"], status="queued").count() == 1


def test_what_was_recorded_is_read_back_with_its_etag(client: APIClient, jihan_1: dict[str, Any]) -> None:
    reference = client.post("/api/v1/incidents", jihan_1).json()["reference"]

    answer = client.get(f"/api/v1/incidents/{reference}")

    assert answer["ETag"] == '"1"'
    body = answer.json()
    own = {**jihan_1, "reference": reference}
    assert {name: body[name] for name in ("kind", "occurred_on", "location", "route", "recipient", "reference")} == {
        name: own[name] for name in ("kind", "occurred_on", "location", "route", "recipient", "reference")
    }
    assert body["items"][0]["marks"][0]["text"] == "03-A 0771"


def test_a_client_id_sent_twice_is_one_record(client: APIClient, jihan_1: dict[str, Any]) -> None:
    first = client.post("/api/v1/incidents", jihan_1)
    second = client.post("/api/v1/incidents", jihan_1)

    assert second.status_code == 201
    assert second.json()["reference"] == first.json()["reference"]
    assert Incident.objects.count() == 1


def test_bad_input_is_named_by_pointer(client: APIClient, jihan_1: dict[str, Any]) -> None:
    jihan_1["items"] = [{**jihan_1["items"][0], "quantity": "ten", "colour": "green"}]
    jihan_1["occurred_on"] = "2013-02-30"

    answer = client.post("/api/v1/incidents", jihan_1)

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    found = {(entry["pointer"], entry["code"]) for entry in answer.json()["errors"]}
    assert found == {
        ("/items/0/quantity", "not_a_number"),
        ("/items/0/colour", "unknown_field"),
        ("/occurred_on", "no_such_day"),
    }
    assert Incident.objects.count() == 0


@pytest.mark.parametrize(
    "draft",
    [
        {"state": "draft"},
        {"state": "draft", "kind": "nonsense", "items": "none", "location": [1], "colour": {"a": ["\u0000b"]}},
        {"state": "draft", "client_id": 3, "occurred_on": None, "items": [{"category": 1}]},
    ],
    ids=["empty", "hostile", "wrong types"],
)
def test_a_draft_is_never_refused(client: APIClient, draft: dict[str, Any]) -> None:
    answer = client.post("/api/v1/incidents", draft)

    assert answer.status_code == 201, answer.json()
    assert answer.json()["state"] == "draft"
    assert answer.json()["errors"]


def test_a_reference_used_twice_is_refused_with_its_place(client: APIClient, jihan_1: dict[str, Any]) -> None:
    client.post("/api/v1/incidents", jihan_1)

    answer = client.post("/api/v1/incidents", {**jihan_1, "client_id": None})

    assert answer.status_code == 422
    assert [(entry["pointer"], entry["code"]) for entry in answer.json()["errors"]] == [("/reference", "already_used")]


def test_a_change_needs_the_version_it_was_made_from(client: APIClient, officer: Officer) -> None:
    path = f"/api/v1/incidents/{recorded_incident(officer).reference}"

    missing = client.patch(path, {"place": "off Aden"})
    unreadable = client.patch(path, {"place": "off Aden"}, HTTP_IF_MATCH='"x"')
    stale = client.patch(path, {"place": "off Aden"}, HTTP_IF_MATCH='"9"')
    fresh = client.patch(path, {"place": "off Aden"}, HTTP_IF_MATCH='"1"')

    assert [answer.status_code for answer in (missing, unreadable, stale, fresh)] == [428, 412, 412, 200]
    assert missing.json()["code"] == "precondition_required"
    assert stale.json()["code"] == "stale_version"
    assert fresh["ETag"] == '"2"'
    assert fresh.json()["place"] == "off Aden"


def test_a_merge_patch_may_say_so(client: APIClient, officer: Officer) -> None:
    path = f"/api/v1/incidents/{recorded_incident(officer).reference}"

    answer = client.generic(
        "PATCH", path, '{"route": {"destination": null}}', "application/merge-patch+json", HTTP_IF_MATCH='"1"'
    )

    assert answer.status_code == 200
    assert answer.json()["route"]["destination"] is None
    assert answer.json()["route"]["origin"] == "IRN"


def test_history_tells_who_did_what(client: APIClient, officer: Officer) -> None:
    reference = recorded_incident(officer).reference
    client.patch(f"/api/v1/incidents/{reference}", {"place": "off Aden"}, HTTP_IF_MATCH='"1"')

    results = client.get(f"/api/v1/incidents/{reference}/history").json()["results"]

    assert [entry["action"] for entry in results] == ["incident.recorded", "incident.amended"]
    assert results[1]["officer"] == officer.username
    assert results[1]["change"]["after"]["place"] == "off Aden"


def test_an_audit_entry_carries_the_id_of_its_request(client: APIClient, jihan_1: dict[str, Any]) -> None:
    answer = client.post("/api/v1/incidents", jihan_1, HTTP_X_REQUEST_ID="from-the-proxy-1")

    assert answer["X-Request-ID"] == "from-the-proxy-1"
    assert AuditEntry.objects.get(action="incident.recorded").request_id == "from-the-proxy-1"


def test_a_void_record_stays_readable_and_changes_no_more(client: APIClient, officer: Officer) -> None:
    path = f"/api/v1/incidents/{recorded_incident(officer).reference}"

    blank = client.post(f"{path}/void", {"reason": "  "})
    voided = client.post(f"{path}/void", {"reason": "entered twice"})
    again = client.post(f"{path}/void", {"reason": "entered twice"})
    change = client.patch(path, {"place": "x"}, HTTP_IF_MATCH='"2"')

    assert [answer.status_code for answer in (blank, voided, again, change)] == [422, 200, 409, 409]
    assert client.get(path).json()["state"] == "void"


def test_screening_is_queued_until_it_is_done(client: APIClient, officer: Officer) -> None:
    reference = recorded_incident(officer).reference

    answer = client.get(f"/api/v1/incidents/{reference}/screening")

    assert answer.status_code == 200
    assert answer.json()["status"] == "queued"


def test_a_record_sent_in_chunks_without_a_length_is_read(client: APIClient, jihan_1: dict[str, Any]) -> None:
    in_chunks = {
        "wsgi.input": io.BytesIO(json.dumps(jihan_1).encode()),
        "wsgi.input_terminated": True,
        "CONTENT_LENGTH": "",
        "HTTP_TRANSFER_ENCODING": "chunked",
    }

    assert client.generic("POST", "/api/v1/incidents", b"", "application/json", **in_chunks).status_code == 201
