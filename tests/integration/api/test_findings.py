"""Findings over HTTP: shown with their reasons, decided by a person."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from cases.models import Officer, ScreeningRun
from cases.services.run_screening import run_screening
from tests.conftest import NOW
from tests.factories import recorded_incident

pytestmark = pytest.mark.django_db


@pytest.fixture
def result(client: APIClient, officer: Officer, rulebook_version: object) -> dict[str, Any]:
    """The screening of an incident, done."""
    incident = recorded_incident(officer)
    run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    return dict(client.get(f"/api/v1/incidents/{incident.reference}/screening").json())


def test_a_finished_screening_names_every_measure_once(result: dict[str, Any]) -> None:
    named = [*(entry["measure"] for entry in (*result["findings"], *result["considered"])), *result["untied"]]

    assert result["status"] == "done"
    assert result["findings"]
    assert len(named) == len(set(named))
    assert all(reason["text"] for finding in result["findings"] for reason in finding["rationale"])


def test_a_decision_needs_a_reason_and_stays_with_the_finding(client: APIClient, result: dict[str, Any]) -> None:
    finding = result["findings"][0]["id"]
    path = f"/api/v1/findings/{finding}/review"

    without = client.post(path, {"decision": "confirmed"})
    wrong = client.post(path, {"decision": "guilty", "reason": "x"})
    decided = client.post(path, {"decision": "confirmed", "reason": "papers agree"})

    assert [answer.status_code for answer in (without, wrong, decided)] == [422, 422, 201]
    assert without.json()["errors"][0] == {"pointer": "/reason", "code": "missing", "detail": "This is required."}
    assert "confirmed, rejected, more_needed" in wrong.json()["errors"][0]["detail"]
    shown = client.get(f"/api/v1/incidents/{result['reference']}/screening").json()["findings"][0]
    assert shown["reviews"][0]["decision"] == "confirmed"
