"""Another agency's officer meets 404 everywhere, and no reference of ours in any body."""

from uuid import uuid4

import pytest
from django.db.models import Model
from rest_framework.test import APIClient

from cases.models import Officer, ScreeningRun
from cases.services.run_screening import run_screening
from tests.conftest import NOW
from tests.factories import OfficerFactory, recorded_incident

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("get", "", None),
        ("patch", "", {"place": "x"}),
        ("get", "/history", None),
        ("get", "/screening", None),
        ("get", "/screening/changes", None),
        ("post", "/void", {"reason": "x"}),
        ("get", "/referrals", None),
        ("post", "/referrals", {"addressee": {"country": "CHN"}, "language": "fr"}),
    ],
)
def test_a_neighbour_meets_no_incident(
    neighbour: APIClient, officer: Officer, method: str, path: str, body: dict[str, object] | None
) -> None:
    reference = recorded_incident(officer).reference

    answer = getattr(neighbour, method)(f"/api/v1/incidents/{reference}{path}", body, HTTP_IF_MATCH='"1"')

    assert answer.status_code == 404
    assert {**answer.json(), "instance": ""} == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "code": "not_found",
        "detail": "There is no such incident.",
        "instance": "",
    }


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("get", "", None),
        ("patch", "", {"intended_use": "x"}),
        ("post", "/issue", None),
        ("get", "/document?format=json", None),
        ("post", "/replies", {"state": "acknowledged"}),
    ],
)
def test_a_neighbour_meets_no_referral(
    client: APIClient, neighbour: APIClient, officer: Officer, method: str, path: str, body: dict[str, object] | None
) -> None:
    incident = recorded_incident(officer)
    referral = client.post(
        f"/api/v1/incidents/{incident.reference}/referrals", {"addressee": {"country": "CHN"}, "language": "fr"}
    ).json()["reference"]

    answer = getattr(neighbour, method)(f"/api/v1/referrals/{referral}{path}", body, HTTP_IF_MATCH='"1"')

    assert answer.status_code == 404
    assert answer.json()["detail"] == "There is no such referral."


def test_a_neighbour_meets_no_finding(neighbour: APIClient, officer: Officer, rulebook_version: Model) -> None:
    incident = recorded_incident(officer)
    run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    finding = incident.findings.first()
    assert finding is not None

    for finding_id in (finding.pk, uuid4()):
        answer = neighbour.post(f"/api/v1/findings/{finding_id}/review", {"decision": "confirmed", "reason": "x"})
        assert answer.status_code == 404
        assert answer.json()["detail"] == "There is no such finding."


def test_a_neighbour_sees_none_of_ours_in_lists(neighbour: APIClient, officer: Officer) -> None:
    reference = recorded_incident(officer).reference

    for path in ("incidents", f"incidents?q={reference}", "incidents?bbox=-180,-90,180,90", "findings", "referrals"):
        answer = neighbour.get(f"/api/v1/{path}")
        assert answer.json()["results"] == []
        assert reference not in answer.content.decode()


def test_a_taken_reference_of_another_agency_is_free_here(neighbour: APIClient, officer: Officer) -> None:
    recorded_incident(officer, reference="OURS-1", client_id="3f2b8c1e-5a77-4c0b-9d21-0c6f4a8e9b10")

    answer = neighbour.post(
        "/api/v1/incidents",
        {
            "kind": "inspection",
            "occurred_on": "2026",
            "reference": "OURS-1",
            "client_id": "3f2b8c1e-5a77-4c0b-9d21-0c6f4a8e9b10",
        },
    )

    assert answer.status_code == 201


def test_an_administrator_of_no_agency_sees_no_record(client_of: object, officer: Officer) -> None:
    recorded_incident(officer)
    administrator = OfficerFactory.create(agency=None, role="administrator", is_superuser=True)

    answer = client_of(administrator).get("/api/v1/incidents")  # type: ignore[operator]

    assert answer.json()["results"] == []


@pytest.mark.parametrize(
    "path",
    ["incidents", "referrals", "lists", "findings", "rescreenings", "regimes", "zones", "incidents/INC-2026-00000001"],
)
def test_nobody_reads_without_a_token(path: str) -> None:
    answer = APIClient().get(f"/api/v1/{path}")

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["code"] == "not_authenticated"


def test_an_analyst_reads_and_does_not_record(client_of: object) -> None:
    analyst = client_of(OfficerFactory.create(analyst=True))  # type: ignore[operator]

    refused = analyst.post("/api/v1/incidents", {"state": "draft"})

    assert analyst.get("/api/v1/incidents").status_code == 200
    assert refused.status_code == 403
    assert refused.json()["code"] == "not_allowed"
