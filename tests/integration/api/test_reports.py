"""Reports, notices and summaries over HTTP: drafted from the record at a level, refused where a right is wanting."""

import json

import pytest
from rest_framework.test import APIClient

from cases.choices import ReportKind
from cases.models import Incident, Officer
from tests.factories import recorded_incident

pytestmark = pytest.mark.django_db

NAME = "Zorbanik Trading"


@pytest.fixture
def incident(officer: Officer) -> Incident:
    return recorded_incident(
        officer,
        kind="inspection",
        boarding={"authority": "security_council", "grounds": f"papers of {NAME}", "cooperation": "partial"},
        parties=[{"role": "carrier", "kind": "organization", "name": NAME, "country": "YEM"}],
        items=[{"category": "ammunition", "disposition": {"status": "destroyed", "on": "2013-03-01"}}],
    )


def test_every_kind_is_drafted_and_withholds_third_parties(client: APIClient, incident: Incident) -> None:
    for kind in set(ReportKind) - {ReportKind.OPPORTUNITY_TO_REPLY}:
        answer = client.get(f"/api/v1/incidents/{incident.reference}/reports/{kind}", {"format": "json"})

        assert answer.status_code == 200, answer.content
        content = answer.json()
        assert content["kind"] == kind
        assert content["cooperation"] == "partial"
        assert content["disposals"][0]["status"] == "destroyed"
        assert NAME not in json.dumps(content)


def test_a_report_is_made_in_a_language_and_as_a_file(client: APIClient, incident: Incident) -> None:
    path = f"/api/v1/incidents/{incident.reference}/reports/committee_initial"

    pdf, word = (client.get(path, {"format": name, "language": "ar"}) for name in ("pdf", "docx"))

    assert pdf.content.startswith(b"%PDF-")
    assert pdf["Content-Disposition"] == f'inline; filename="{incident.reference}-committee_initial-draft.pdf"'
    assert word.content.startswith(b"PK")


def test_the_party_written_to_is_named_to_itself_alone(client: APIClient, incident: Incident) -> None:
    path = f"/api/v1/incidents/{incident.reference}/reports/opportunity_to_reply"

    content = client.get(path, {"format": "json", "party": "0", "respond_by": "2026-12-24"}).json()

    assert content["party"]["name"] == NAME
    assert content["respond_by"] == "2026-12-24"
    assert NAME not in json.dumps(content["record"])
    assert client.get(path).status_code == 422
    assert client.get(path, {"party": "7"}).status_code == 404
    assert client.get(path, {"party": "0", "respond_by": "soon"}).status_code == 422


def test_what_a_report_lacks_is_listed_before_it_is_made_and_nothing_that_is_only_withheld(
    client: APIClient, incident: Incident
) -> None:
    address = f"/api/v1/incidents/{incident.reference}/reports"

    first = client.get(f"{address}/committee_initial/missing", {"redaction": "public"}).json()["results"]
    second = client.get(f"{address}/committee_second/missing", HTTP_ACCEPT_LANGUAGE="fr").json()["results"]
    offer = client.get(f"{address}/opportunity_to_reply/missing", {"party": "0"}).json()["results"]
    drafted = client.get(f"{address}/committee_second", {"format": "json"}).json()["missing"]

    assert "grounds" not in {part["code"] for part in first}
    assert {"seizure", "description"} <= {part["code"] for part in second}
    assert [part["detail"] for part in second if part["code"] == "seizure"] == [
        "Ligne 1 : indiquer la quantité saisie."
    ]
    assert [(part["element"], part["pointer"]) for part in drafted] == [
        (part["code"], part["pointer"]) for part in second
    ]
    assert {"party_address", "respond_by"} <= {part["code"] for part in offer}
    assert set(second[0]) == {"pointer", "code", "detail", "paragraph"}


def test_what_is_not_offered_is_refused(client: APIClient, incident: Incident) -> None:
    reports = f"/api/v1/incidents/{incident.reference}/reports"

    assert client.get(f"{reports}/verdict").status_code == 404
    assert client.get(f"{reports}/verdict/missing").status_code == 404
    assert client.get(f"{reports}/opportunity_to_reply/missing").status_code == 422
    assert client.get(f"{reports}/case_summary", {"language": "de"}).status_code == 422
    assert client.get(f"{reports}/case_summary", {"format": "odt"}).status_code == 422
