"""One seizure, all the way: found, screened, confirmed, traced over three States, reported, and counted."""

from collections.abc import Callable
from typing import Any

from rest_framework.test import APIClient

from cases.models import Finding, Officer, OfficerRole, ScreeningRun
from cases.services.run_screening import run_screening
from tests.conftest import NOW
from tests.factories import incident_document
from tests.letters import COMPLETE, writer

ARMS = {
    "category": "small_arm",
    "description": "assault rifles",
    "calibre": "7.62 mm",
    "quantity": 12,
    "unit": "piece",
    "country_of_manufacture": "IRN",
    "serial_number": "TEST-0771",
    "marks": [{"kind": "serial", "text": "TEST-0771"}],
}
MADE = {"kind": "manufacture", "actor": "Test Arms Works", "actor_kind": "manufacturer", "country": "IRN", "on": "2005"}
EXPORTED = {
    "kind": "export",
    "actor": "Test Arms Works",
    "actor_kind": "company",
    "from_country": "IRN",
    "to_country": "SDN",
    "on": "2006-03",
    "confidence": "high",
}
DETAILS = {**COMPLETE, "reply_requested_by": "2027-01-31"}


def test_from_the_seizure_to_the_point_of_diversion_the_reports_and_the_figure(
    rulebook_version: object, client_of: Callable[[Officer], APIClient]
) -> None:
    client = client_of(writer(OfficerRole.SUPERVISOR, country="YEM"))
    address = recorded(client)
    figure = "/api/v1/statistics/sdg-16-4-2?from=2013&to=2013"
    before = client.get(figure).json()
    assert (before["numerator"], before["denominator"]) == (0, 12)

    finding = Finding.objects.get(regime="iran-2006", measure="iran-2006/1747-5", is_current=True)
    assert finding.outcome == "indicated"
    decided = {"decision": "confirmed", "reason": "the master's chart and the crates' marks"}
    assert client.post(f"/api/v1/findings/{finding.pk}/review", decided).status_code == 201

    maker = out(client, drafted(client, address, "IRN", "en"))
    transit = out(client, drafted(client, address, "OMN", "fr"))
    answered(client, maker, {"state": "answered_full", "steps": [MADE, EXPORTED]})
    answered(client, transit, {"state": "refused", "reason": "national_security"})

    chain = client.get(f"{address}/items/0/chain").json()
    assert [each["country"] for each in chain["proposals"]] == ["SDN"]
    third = client.post(f"{address}/items/0/next-request", {"country": "SDN", "language": "ar"}).json()["reference"]
    completed(client, third)
    out(client, third)

    point = {
        "kind": "unauthorised_retransfer",
        "country": "SDN",
        "on": "2010",
        "confidence": "moderate",
        "steps": [step["id"] for step in chain["steps"] if step["kind"] == "export"],
        "reason": "sold on by the consignee of the export",
    }
    assert client.post(f"{address}/items/0/point-of-diversion", point).status_code == 201

    owed = client.get(f"/api/v1/obligations?incident={address.rpartition('/')[2]}").json()["results"]
    clocks = {(row["kind"], row["due"]["on"], row["due"]["basis"]) for row in owed if row["due"]["on"]}
    # Five working days from the stop, a Wednesday, for the first; no other duty of the regime names a number.
    assert clocks == {("report", "2013-01-30", "resolution")}
    for report in ("committee_initial", "committee_second", "case_summary"):
        made = client.get(f"{address}/reports/{report}?format=json")
        assert made.status_code == 200, made.content

    after = client.get(f"{figure}&explain=true").json()
    assert (after["numerator"], after["denominator"]) == (12, 12)
    traced = next(row for row in after["years"][0]["tables"][0]["rows"] if row["key"] == "traced")
    assert traced["cells"]["seized"]["lines"] == [f"{address.rpartition('/')[2]}/1"]


def recorded(client: APIClient) -> str:
    """Record the seizure and screen it; return its address."""
    facts = {
        "items": [ARMS],
        "route": {"origin": "IRN", "transit": ["OMN"], "destination": "YEM"},
        "illicit_grounds": ["iti_6b"],
        "legal_justification": "S/RES/1747 (2007), paragraph 5",
    }
    answer = client.post("/api/v1/incidents", incident_document(**facts))
    assert answer.status_code == 201, answer.content
    for run in ScreeningRun.objects.filter(status="queued"):
        run_screening(run_id=run.pk, now=NOW)
    return f"/api/v1/incidents/{answer.json()['reference']}"


def drafted(client: APIClient, address: str, country: str, language: str) -> str:
    """Draft a request to the State, whole; return its reference."""
    body = {"addressee": {"country": country}, "language": language, "kind": "iti_request"}
    answer = client.post(f"{address}/referrals", body)
    assert answer.status_code == 201, answer.content
    reference: str = answer.json()["reference"]
    completed(client, reference)
    return reference


def completed(client: APIClient, reference: str) -> None:
    etag = client.get(f"/api/v1/referrals/{reference}")["ETag"]
    answer = client.patch(f"/api/v1/referrals/{reference}", DETAILS, HTTP_IF_MATCH=etag)
    assert answer.status_code == 200, answer.content


def out(client: APIClient, reference: str) -> str:
    """Issue the letter and send it by hand."""
    for step, body, status in (("issue", None, 200), ("send", {"channel": "by_hand"}, 201)):
        answer = client.post(f"/api/v1/referrals/{reference}/{step}", body)
        assert answer.status_code == status, answer.content
    return reference


def answered(client: APIClient, reference: str, reply: dict[str, Any]) -> None:
    answer = client.post(f"/api/v1/referrals/{reference}/replies", reply)
    assert answer.status_code == 201, answer.content
