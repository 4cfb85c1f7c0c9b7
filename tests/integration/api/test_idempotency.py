"""`Idempotency-Key`: the same request is done once, however often and however closely it is sent."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIClient

from cases.models import Incident, Officer
from tests.factories import OfficerFactory, incident_document

KEY = {"HTTP_IDEMPOTENCY_KEY": "7c1d"}


@pytest.mark.django_db
def test_the_same_request_gets_the_same_answer(client: APIClient) -> None:
    first = client.post("/api/v1/incidents", incident_document(), **KEY)
    second = client.post("/api/v1/incidents", incident_document(), **KEY)

    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert second["ETag"] == first["ETag"]
    assert second["Idempotency-Replayed"] == "true"
    assert Incident.objects.count() == 1


@pytest.mark.django_db
def test_the_same_key_with_another_body_conflicts(client: APIClient) -> None:
    client.post("/api/v1/incidents", incident_document(), **KEY)

    answer = client.post("/api/v1/incidents", incident_document(place="elsewhere"), **KEY)

    assert answer.status_code == 409
    assert answer.json()["code"] == "idempotency_key_reused"
    assert Incident.objects.count() == 1


@pytest.mark.django_db
def test_a_refusal_leaves_the_key_free(client: APIClient) -> None:
    refused = client.post("/api/v1/incidents", incident_document(occurred_on="2013-02-30"), **KEY)
    corrected = client.post("/api/v1/incidents", incident_document(), **KEY)

    assert [refused.status_code, corrected.status_code] == [422, 201]


@pytest.mark.django_db
def test_a_key_belongs_to_one_officer_and_one_path(
    client: APIClient, client_of: Callable[[Officer], APIClient], officer: Officer
) -> None:
    colleague = client_of(OfficerFactory.create(agency=officer.agency))
    reference = client.post("/api/v1/incidents", incident_document(), **KEY).json()["reference"]

    assert colleague.post("/api/v1/incidents", incident_document(place="elsewhere"), **KEY).status_code == 201
    assert client.post(f"/api/v1/incidents/{reference}/void", {"reason": "twice"}, **KEY).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x" * 201, "clé"])
def test_a_key_that_cannot_be_kept_is_refused(client: APIClient, key: str) -> None:
    answer = client.post("/api/v1/incidents", incident_document(), HTTP_IDEMPOTENCY_KEY=key)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "not_a_key"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("headers", "named"), [(KEY, {}), ({}, {"client_id": "7b1f4c0e-3f0a-4b52-9c77-2f7f2f6f0a11"})])
def test_fifty_at_once_make_one_record(client: APIClient, headers: dict[str, str], named: dict[str, str]) -> None:
    document, together = incident_document(**named), Barrier(50)

    def post(_turn: int) -> Any:
        together.wait(timeout=60)
        try:
            return client.post("/api/v1/incidents", document, **headers)
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as crowd:
        answers = list(crowd.map(post, range(50)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["reference"] for answer in answers}) == 1
    assert Incident.objects.count() == 1
    if headers:
        assert len({answer.content for answer in answers}) == 1
        assert sum(answer.has_header("Idempotency-Replayed") for answer in answers) == 49
