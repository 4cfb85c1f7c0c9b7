"""A letter over several incidents of a case, from the address that drafts it to the figures that count its arms."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from cases.models import Case, Incident, Officer, OfficerRole
from cases.services.open_case import open_case
from tests.conftest import NOW
from tests.letters import COMPLETE, RIFLE, found_arms, writer
from tests.sent_referrals import sent

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Officer], APIClient]
DETAILS = {**COMPLETE, "reply_requested_by": "2027-01-31"}
CONTACT = DETAILS.pop("addressee_contact")
FIGURE = "/api/v1/statistics/sdg-16-4-2?from=2013&to=2013&explain=true"


@pytest.fixture
def supervisor() -> Officer:
    return writer(OfficerRole.SUPERVISOR, country="YEM")


@pytest.fixture
def arms(supervisor: Officer) -> list[Incident]:
    """Two seizures: of three rifles, and of four."""
    facts = {
        "occurred_on": "2013-01-23",
        "kind": "seizure",
        "illicit_grounds": ["iti_6b"],
        "legal_justification": "law",
    }
    return [found_arms(supervisor, items=[{**RIFLE, "quantity": count, "unit": "piece"}], **facts) for count in (3, 4)]


@pytest.fixture
def case(supervisor: Officer, arms: list[Incident]) -> Case:
    return open_case(officer=supervisor, title="one yard", incidents=arms, opened_at=NOW)


def drafts(client: APIClient, case: Case, **wanted: Any) -> Any:
    body = {"language": "en", "kind": "bilateral", **DETAILS, **wanted}
    return client.post(f"/api/v1/cases/{case.reference}/referrals/by-state", body)


def letter_out(client: APIClient, case: Case) -> str:
    """Draft, complete, issue and send the letter over the incidents; return its reference."""
    (draft,) = drafts(client, case).json()["referrals"]
    address = f"/api/v1/referrals/{draft['reference']}"
    etag = client.get(address)["ETag"]
    assert client.patch(address, {"addressee_contact": CONTACT}, HTTP_IF_MATCH=etag).status_code == 200
    for step, body, status in (("issue", None, 200), ("send", {"channel": "by_hand"}, 201)):
        answer = client.post(f"{address}/{step}", body)
        assert answer.status_code == status, answer.content
    reference: str = draft["reference"]
    return reference


def test_drafts_name_their_incidents_and_lines(
    client_of: ClientOf, supervisor: Officer, case: Case, arms: list[Incident]
) -> None:
    client = client_of(supervisor)
    made = drafts(client, case)
    again = drafts(client, case)

    assert made.status_code == 201, made.content
    (draft,) = made.json()["referrals"]
    first, second = (incident.reference for incident in arms)
    assert (draft["incident"], draft["further_incidents"], draft["items"]) == (first, [second], [0])
    assert draft["lines"] == [
        {"number": 1, "incident": first, "item": 0},
        {"number": 2, "incident": second, "item": 0},
    ]
    assert made.json()["left_out"] == made.json()["incidents_left_out"] == []
    assert (again.status_code, again.json()["code"]) == (409, "nothing_to_ask")


def test_an_incident_that_the_case_does_not_hold_is_named(client_of: ClientOf, supervisor: Officer, case: Case) -> None:
    answer = drafts(client_of(supervisor), case, incidents=["INC-2026-00000001"])

    assert answer.status_code == 422
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [("/incidents/0", "not_known")]


def test_each_incident_and_the_case_list_the_letter_once(
    client_of: ClientOf, supervisor: Officer, case: Case, arms: list[Incident]
) -> None:
    client = client_of(supervisor)
    reference = letter_out(client, case)
    browser = Client()
    browser.force_login(supervisor)

    for incident in arms:
        listed = client.get(f"/api/v1/incidents/{incident.reference}/referrals").json()["results"]
        assert [each["reference"] for each in listed] == [reference]
        page = browser.get(f"/incidents/{incident.reference}/").content.decode()
        assert page.count(f"/api/v1/referrals/{reference}/document") == 1
        assert "by_hand" in page or "by hand" in page
    (of_case,) = client.get(f"/api/v1/cases/{case.reference}/referrals").json()["results"]
    assert (of_case["reference"], of_case["items"], of_case["further_incidents"]) == (reference, 2, [arms[1].reference])
    timeline = client.get(f"/api/v1/cases/{case.reference}/timeline").json()["results"]
    assert [entry["code"] for entry in timeline].count("referral.issued") == 1
    acts = client.get(f"/api/v1/incidents/{arms[1].reference}/history").json()["results"]
    assert "referral.tells_of" in [act["action"] for act in acts]


def test_its_arms_are_counted_once_each_as_asked_answered_and_traced(
    client_of: ClientOf, supervisor: Officer, case: Case, arms: list[Incident]
) -> None:
    client = client_of(supervisor)

    def figures() -> tuple[int, int, dict[str, int]]:
        told = client.get(FIGURE).json()
        rows = {row["key"]: row["cells"]["seized"]["pieces"] for row in told["years"][0]["tables"][0]["rows"]}
        return told["numerator"], told["denominator"], rows

    assert figures()[:2] == (0, 7)
    reference = letter_out(client, case)
    numerator, denominator, rows = figures()
    assert (numerator, denominator, rows["pending"]) == (0, 7, 7)
    ledger = client.get("/api/v1/ledger").json()["results"]
    assert [(line["country"], line["sent"]) for line in ledger] == [("IRN", 1)]

    exported = {"kind": "export", "from_country": "IRN", "to_country": "SDN", "on": "2006", "lines": [2]}
    reply = {"state": "answered_full", "steps": [exported]}
    assert client.post(f"/api/v1/referrals/{reference}/replies", reply).status_code == 201
    chains = [client.get(f"/api/v1/incidents/{each.reference}/items/0/chain").json() for each in arms]
    told = [[step["id"] for step in chain["steps"] if step["kind"] == "export"] for chain in chains]
    assert [len(steps) for steps in told] == [0, 1]
    point = {"kind": "unauthorised_retransfer", "country": "SDN", "confidence": "moderate", "steps": told[1]}
    decided = client.post(
        f"/api/v1/incidents/{arms[1].reference}/items/0/point-of-diversion", point | {"reason": "sold on"}
    )
    assert decided.status_code == 201, decided.content

    numerator, denominator, rows = figures()
    assert (numerator, denominator, rows["traced"], rows["pending"]) == (4, 7, 4, 0)


def test_a_step_about_another_line_of_the_letter_bounds_no_crossing(
    client_of: ClientOf, supervisor: Officer, case: Case, arms: list[Incident]
) -> None:
    client = client_of(supervisor)
    reference = letter_out(client, case)
    exported = {"kind": "export", "from_country": "IRN", "to_country": "SDN", "on": "2006-03", "lines": [2]}
    reply = {"state": "answered_full", "steps": [exported]}
    assert client.post(f"/api/v1/referrals/{reference}/replies", reply).status_code == 201

    windows = [client.get(f"/api/v1/incidents/{each.reference}/items/0/intelligence").content.decode() for each in arms]

    assert ["2006-03" in window for window in windows] == [False, True]


def test_the_document_in_each_form_tells_of_both(
    client_of: ClientOf, supervisor: Officer, case: Case, arms: list[Incident]
) -> None:
    client = client_of(supervisor)
    reference = letter_out(client, case)
    address = f"/api/v1/referrals/{reference}/document?format="

    content = client.get(f"{address}json").json()
    assert [told["lines"] for told in content["further"]] == [[2]]
    for form in ("pdf", "docx"):
        one, other = (client.get(f"{address}{form}").content for _ in range(2))
        assert one == other
    link = client.post(f"/api/v1/referrals/{reference}/reply-links", {"recipient": "a desk"}).json()
    page = Client().get(f"/reply/{link['secret']}/")
    assert page.status_code == 200


def test_a_colleague_who_is_not_cleared_for_one_incident_does_not_see_the_letter(
    client_of: ClientOf, supervisor: Officer, case: Case, arms: list[Incident]
) -> None:
    client = client_of(supervisor)
    reference = letter_out(client, case)
    Incident.objects.filter(pk=arms[1].pk).update(caveats=["source"])

    assert client.get(f"/api/v1/referrals/{reference}").status_code == 404
    assert client.get(f"/api/v1/incidents/{arms[0].reference}/referrals").json()["results"] == []
    assert client.get("/api/v1/ledger").json()["results"] == []
    assert client.get(f"/api/v1/referrals/{reference}/document?format=json").status_code == 404


def test_what_was_drafted_of_single_incidents_lists_no_further_one(
    client_of: ClientOf, supervisor: Officer, arms: list[Incident]
) -> None:
    letter = sent(supervisor, arms[0], country="IRN")

    shown = client_of(supervisor).get(f"/api/v1/referrals/{letter.reference}").json()

    assert shown["further_incidents"] == []
    assert shown["lines"] == [{"number": 1, "incident": arms[0].reference, "item": 0}]
