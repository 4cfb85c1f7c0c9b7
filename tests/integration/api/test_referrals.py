"""Referrals over HTTP: drafted, completed, issued, shown, answered."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from cases.models import Agency, Incident, Officer
from tests.factories import OfficerFactory, recorded_incident

pytestmark = pytest.mark.django_db

ASK = {"addressee": {"country": "CHN"}, "language": "fr"}


def _marked(officer: Officer) -> Incident:
    marks = [{"kind": "serial", "text": "03-A 0771", "state": "intact"}]
    return recorded_incident(officer, items=[{"category": "missile", "subtype": "manpads", "marks": marks}])


@pytest.fixture
def referral(client: APIClient, officer: Officer) -> dict[str, Any]:
    """A draft on an incident of the officer."""
    answer = client.post(f"/api/v1/incidents/{_marked(officer).reference}/referrals", ASK)
    assert answer.status_code == 201, answer.json()
    return dict(answer.json())


def test_a_draft_names_whom_it_asks_about_what(client: APIClient, referral: dict[str, Any]) -> None:
    assert referral["state"] == "draft"
    assert referral["addressee"]["country"] == "CHN"
    assert referral["language"] == "fr"
    assert referral["items"] == [0]
    assert client.get(f"/api/v1/referrals/{referral['reference']}").json() == referral
    assert [row["reference"] for row in client.get("/api/v1/referrals").json()["results"]] == [referral["reference"]]


def test_a_draft_has_its_document_at_once(client: APIClient, referral: dict[str, Any]) -> None:
    path = f"/api/v1/referrals/{referral['reference']}/document"

    pdf, content, word = (client.get(path, {"format": name}) for name in ("pdf", "json", "docx"))

    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    assert content.json()["reference"] == referral["reference"]
    assert word["Content-Type"].endswith("wordprocessingml.document")
    assert word.content.startswith(b"PK")
    assert client.get(path, {"format": "xml"}).status_code == 422


def test_issuing_names_each_missing_element(client: APIClient, referral: dict[str, Any]) -> None:
    path = f"/api/v1/referrals/{referral['reference']}/issue"

    answer = client.post(path)
    in_french = client.post(path, HTTP_ACCEPT_LANGUAGE="fr")

    assert answer.status_code == 422
    assert answer.json()["code"] == "referral_incomplete"
    missing = {entry["code"]: entry for entry in answer.json()["errors"]}
    assert "point_of_contact" in missing
    assert missing["point_of_contact"]["pointer"].startswith("/")
    assert in_french.json()["errors"][0]["detail"] != answer.json()["errors"][0]["detail"]


def test_a_complete_draft_is_issued_once_by_a_colleague_and_answered(
    client: APIClient, client_of: Callable[[Officer], APIClient], officer: Officer, referral: dict[str, Any]
) -> None:
    approver = client_of(OfficerFactory.create(agency=officer.agency))
    Agency.objects.filter(pk=officer.agency_id).update(contact_name="Duty desk", contact_email="desk@example.org")
    path = f"/api/v1/referrals/{referral['reference']}"
    early = client.post(f"{path}/replies", {"state": "acknowledged"})
    for _ in range(2):
        etag = client.get(path)["ETag"]
        amended = client.patch(
            path,
            {
                "addressee_contact": {"office": "Tracing desk"},
                "why_addressee": "The marks point to its manufacture.",
                "legal_justification": "Customs Act, article 1",
                "intended_use": "Criminal investigation",
                "confidentiality": "given",
                "reply_requested_by": "2027-01-31",
            },
            HTTP_IF_MATCH=etag,
        )
        assert amended.status_code == 200, amended.json()

    alone = client.post(f"{path}/issue")
    issued = approver.post(f"{path}/issue")
    again = approver.post(f"{path}/issue")
    bare = client.post(f"{path}/replies", {"state": "refused"})
    reply = client.post(f"{path}/replies", {"state": "refused", "reason": "national_security"})

    assert early.status_code == 409
    assert (alone.status_code, alone.json()["code"]) == (403, "approver_needed")
    assert referral["reference"] in alone.json()["detail"]
    assert [issued.status_code, again.status_code] == [200, 409], issued.json()
    assert issued.json()["state"] == "issued"
    assert bare.status_code == 422
    assert [(entry["pointer"], entry["code"]) for entry in bare.json()["errors"]] == [("/reason", "missing")]
    assert reply.status_code == 201
    assert client.get(path).json()["state"] == "refused"


def test_a_change_of_a_draft_needs_its_etag(client: APIClient, referral: dict[str, Any]) -> None:
    path = f"/api/v1/referrals/{referral['reference']}"

    assert client.patch(path, {"intended_use": "x"}).status_code == 428
    assert client.patch(path, {"intended_use": "x"}, HTTP_IF_MATCH='"0"').status_code == 412


def test_an_item_that_is_not_there_is_named(client: APIClient, officer: Officer) -> None:
    path = f"/api/v1/incidents/{recorded_incident(officer).reference}/referrals"

    answer = client.post(path, {**ASK, "items": [0, 7]})

    assert answer.status_code == 422
    assert [entry["pointer"] for entry in answer.json()["errors"]] == ["/items/1"]
