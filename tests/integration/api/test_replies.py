"""What comes back on a referral: replies in any order, clarifications, the chain that they make, and what follows."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from rest_framework.test import APIClient

from cases.choices import ReplyState
from cases.models import AuditEntry, Incident, Officer, Reply
from cases.tracing.reply_states import may_follow
from tests.evidence_samples import picture, sha256
from tests.factories import OfficerFactory, recorded_incident
from tests.sent_referrals import sent

ITEMS = [
    {"category": "small_arm", "description": "rifle", "country_of_manufacture": "CHN", "year_of_manufacture": 2005},
    {"category": "small_arm", "description": "pistol"},
]
EXPORTED = {
    "kind": "export",
    "actor": "Test Arms Works",
    "actor_kind": "company",
    "from_country": "CHN",
    "to_country": "SDN",
    "on": "2006-03",
    "document": "licence 12",
    "confidence": "high",
    "lines": [1],
}
SOLD = {"kind": "transfer", "actor": "Nobody Atall", "actor_kind": "person", "country": "SDN"}


@pytest.fixture
def incident(officer: Officer) -> Incident:
    """An incident of the officer with two items."""
    return recorded_incident(officer, items=ITEMS)


@pytest.mark.django_db
def test_questions_and_answers_go_back_and_forth_and_both_are_kept(
    client: APIClient, officer: Officer, incident: Incident
) -> None:
    referral = sent(officer, incident)
    path = f"/api/v1/referrals/{referral.reference}"
    early = client.post(f"{path}/clarifications", {"text": "the serial is 03-A 0771"})
    asked = client.post(f"{path}/replies", {"state": "information_requested", "text": "Which serial?"})
    said = client.post(f"{path}/clarifications", {"text": "the serial is 03-A 0771"})
    after = client.get(path).json()
    client.post(f"{path}/replies", {"state": "refused", "reason": "confidentiality_law"})
    sought = client.post(f"{path}/clarifications", {"text": "Which law?"})

    assert early.json()["code"] == "nothing_to_clarify"
    assert [asked.status_code, said.status_code, sought.status_code] == [201, 201, 201]
    assert (said.json()["kind"], sought.json()["kind"]) == ("given", "sought")
    assert after["state"] == "acknowledged"
    final = client.get(path).json()
    assert final["state"] == "refused"
    assert [[each["text"] for each in reply["clarifications"]] for reply in final["replies"]] == [
        ["the serial is 03-A 0771"],
        ["Which law?"],
    ]


@pytest.mark.django_db
def test_what_does_not_fit_the_referral_is_named(client: APIClient, officer: Officer, incident: Incident) -> None:
    path = f"/api/v1/referrals/{sent(officer, incident).reference}/replies"
    steps = [EXPORTED | {"lines": [1, 9], "on": "2030"}]
    document = "3f2b8c1e-5a77-4c0b-9d21-0c6f4a8e9b10"

    answer = client.post(path, {"state": "answered_full", "steps": steps, "documents": [document], "corrects": 0})

    assert answer.status_code == 422
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [
        ("/steps/0/on", "in_the_future"),
        ("/steps/0/lines/1", "out_of_range"),
        ("/documents/0", "not_known"),
        ("/corrects", "out_of_range"),
    ]
    assert client.post(path, {"state": "acknowledged"}).status_code == 201
    again = client.post(path, {"state": "acknowledged"})
    assert (again.status_code, again.json()["code"]) == (409, "illegal_transition")


@pytest.mark.django_db
def test_a_request_that_was_forwarded_leads_to_the_next_in_the_language_of_its_letter(
    client: APIClient, officer: Officer, incident: Incident
) -> None:
    referral = sent(officer, incident, language="zh")
    replies = f"/api/v1/referrals/{referral.reference}/replies"
    item = f"/api/v1/incidents/{incident.reference}/items/0"

    misplaced = client.post(replies, {"state": "acknowledged", "forwarded_to": "ERI"})
    told = client.post(replies, {"state": "forwarded", "forwarded_to": "eri"})
    proposals = client.get(f"{item}/chain", HTTP_ACCEPT_LANGUAGE="fr").json()["proposals"]
    draft = client.post(f"{item}/next-request", {"country": "ERI"})

    assert [(error["pointer"], error["code"]) for error in misplaced.json()["errors"]] == [
        ("/forwarded_to", "not_forwarded")
    ]
    assert (told.status_code, told.json()["forwarded_to"]) == (201, "ERI")
    assert [(each["country"], each["part"], each["items"]) for each in proposals] == [("ERI", "forwarded", [0, 1])]
    assert "transmise à votre État" in proposals[0]["why"]
    assert (draft.status_code, draft.json()["language"], draft.json()["items"]) == (201, "zh", [0, 1])
    assert "已转交贵国" in draft.json()["why_addressee"]
    assert client.get(f"{item}/chain").json()["proposals"] == []


@pytest.mark.django_db
def test_a_chain_leads_to_the_next_request_and_to_the_point_of_diversion(
    client: APIClient,
    client_of: Callable[[Officer], APIClient],
    neighbour: APIClient,
    officer: Officer,
    incident: Incident,
) -> None:
    referral = sent(officer, incident)
    content = picture()
    stated = {"name": "licence.jpg", "kind": "document", "size_bytes": len(content), "sha256": sha256(content)}
    evidence = client.post(f"/api/v1/incidents/{incident.reference}/evidence", stated).json()["id"]
    replies = f"/api/v1/referrals/{referral.reference}/replies"
    wrong = client.post(replies, {"state": "answered_partial", "steps": [EXPORTED | {"to_country": "ERI"}]})
    right = client.post(
        replies, {"state": "answered_full", "steps": [EXPORTED, SOLD], "documents": [evidence], "corrects": 0}
    )
    item = f"/api/v1/incidents/{incident.reference}/items/0"

    chain = client.get(f"{item}/chain").json()

    assert [wrong.status_code, right.status_code] == [201, 201], (wrong.json(), right.json())
    assert right.json()["documents"] == [evidence]
    told = [(step["kind"], step["source"] and step["source"]["reply"], step["follows"]) for step in chain["steps"]]
    assert told == [
        ("manufacture", None, None),
        ("export", 1, "certain"),
        ("transfer", 1, "undated"),
        ("seizure", None, "undated"),
    ]
    assert [step["to_country"] for step in chain["corrected"]] == ["ERI"]
    assert [(each["country"], each["items"]) for each in chain["proposals"]] == [("SDN", [0, 1])]
    features = chain["map"]["features"]
    assert {feature["geometry"]["type"] for feature in features if feature["geometry"]} == {"Point", "LineString"}
    assert features[3]["geometry"]["coordinates"] == [52.3, 15.2]
    # An analyst has no right to names.
    analyst = client_of(OfficerFactory.create(analyst=True, agency=officer.agency))
    assert "Nobody Atall" in client.get(f"{item}/chain").content.decode()
    assert "Nobody Atall" not in analyst.get(f"{item}/chain").content.decode()
    assert neighbour.get(f"{item}/chain").status_code == 404

    unknown = client.post(f"{item}/next-request", {"country": "ERI"})
    draft = client.post(f"{item}/next-request", {"country": "SDN", "language": "fr"})
    assert (unknown.status_code, unknown.json()["code"]) == (409, "not_proposed")
    assert draft.status_code == 201, draft.json()
    assert (draft.json()["addressee"]["country"], draft.json()["items"]) == ("SDN", [0, 1])
    assert "reçues lors du traçage" in draft.json()["why_addressee"]
    assert draft.json()["intended_use"] == "to find the point of diversion"
    assert client.get(f"{item}/chain").json()["proposals"] == []

    point = {
        "kind": "state_stock_theft",
        "country": "SDN",
        "on": "2010",
        "confidence": "moderate",
        "steps": [chain["steps"][2]["id"]],
        "documents": [evidence],
        "reason": "the register of the store ends there",
    }
    elsewhere = client.post(f"{item}/point-of-diversion", point | {"steps": [evidence]})
    first = client.post(f"{item}/point-of-diversion", point)
    later = client.post(f"{item}/point-of-diversion", {"kind": "not_established", "reason": "the register was forged"})
    assert elsewhere.json()["errors"][0]["pointer"] == "/steps/0"
    assert [first.status_code, later.status_code] == [201, 201], (first.json(), later.json())
    versions = client.get(f"{item}/chain").json()["points_of_diversion"]
    assert [(each["version"], each["kind"], each["is_current"]) for each in versions] == [
        (2, "not_established", True),
        (1, "state_stock_theft", False),
    ]
    assert AuditEntry.objects.filter(action="diversion.recorded", incident=incident).count() == 2


@pytest.mark.django_db(transaction=True)
def test_no_crowd_of_replies_goes_a_way_that_the_table_does_not_have(client: APIClient, officer: Officer) -> None:
    referral = sent(officer, recorded_incident(officer, items=ITEMS))
    path = f"/api/v1/referrals/{referral.reference}/replies"

    def post(state: ReplyState) -> int:
        try:
            return int(client.post(path, {"state": state, "reason": "national_security"}).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as crowd:
        statuses = list(crowd.map(post, [*ReplyState, *ReplyState]))

    assert set(statuses) <= {201, 409}
    came = list(Reply.objects.filter(referral=referral).order_by("pk").values_list("state", flat=True))
    assert len(came) == statuses.count(201) > 0
    state = "sent"
    for reply in came:
        assert may_follow(state, ReplyState(reply)), came
        state = reply
    referral.refresh_from_db()
    assert referral.state == state
    told = AuditEntry.objects.filter(action="referral.answered", object_reference=referral.reference)
    assert told.count() == len(came)
