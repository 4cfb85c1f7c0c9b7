"""Declared, found and authorised, as officers are answered; and the enquiry to the State that issued a paper."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from cases.models import AuditEntry, Officer
from tests.factories import OfficerFactory, recorded_incident

pytestmark = pytest.mark.django_db

CERTIFICATE = {
    "kind": "end_user_certificate",
    "number": "EUC 12/07",
    "issued_on": "2013-01-02",
    "country": "TCD",
    "end_user": "Northern Depot",
    "goods": "tents",
    "quantity": 12,
    "unit": "piece",
    "authenticity": "disputed",
    "stamp": "differs",
}
SHOWN: dict[str, Any] = {
    "documents": [CERTIFICATE, {"kind": "export_licence", "number": "L-1"}],
    "consignment": {"declared_description": "furniture", "declared_hs": "940360"},
    "parties": [{"role": "consignee", "kind": "person", "name": "Nobody Atall"}],
    "items": [{"category": "small_arm", "quantity": 10, "unit": "piece"}],
}


def test_what_does_not_go_together_is_told_with_its_sides_and_what_is_missing_is_asked(
    client: APIClient, client_of: Callable[[Officer], APIClient], officer: Officer
) -> None:
    incident = recorded_incident(officer, **SHOWN)
    path = f"/api/v1/incidents/{incident.reference}/papers-check"

    told = client.get(path, headers={"Accept-Language": "fr"}).json()

    found = {result["rule"]: result for result in told["results"]}
    assert set(found) == {
        *("declared.hs_no_arms", "declared.words_no_arms", "paper.disputed", "paper.stamp", "paper.other_goods"),
        *("paper.country_not_destination", "paper.end_user_not_consignee"),
    }
    assert found["declared.hs_no_arms"]["sides"] == [
        {"fact": "consignment.declared_hs", "value": "940360"},
        {"fact": "items[0].category", "value": "small_arm"},
    ]
    assert found["paper.stamp"]["text"].startswith("Le cachet")
    assert found["paper.end_user_not_consignee"]["sureness"] == "likely"
    assert ("issuer", "documents[1].country", 1) in {
        (each["code"], each["fact"], each["document"]) for each in told["questions"]
    }
    # An analyst has no right to names.
    analyst = client_of(OfficerFactory.create(analyst=True, agency=officer.agency))
    assert "Nobody Atall" in client.get(path).content.decode()
    assert "Nobody Atall" not in analyst.get(path).content.decode()
    assert AuditEntry.objects.filter(action="papers_check.viewed", incident=incident).count() == 3


def test_a_paper_used_again_is_told_within_what_one_may_know_of_and_no_further(
    client: APIClient, neighbour: APIClient, officer: Officer
) -> None:
    ours = recorded_incident(officer, **SHOWN)
    theirs = recorded_incident(OfficerFactory.create(), **SHOWN)
    path = f"/api/v1/incidents/{ours.reference}/papers-check"
    before = client.get(path)
    again = recorded_incident(officer, **SHOWN)
    after = client.get(path)

    assert theirs.reference not in before.content.decode() + after.content.decode()
    assert not [each for each in before.json()["results"] if each["rule"].startswith("paper.used")]
    told = {each["rule"]: each["params"] for each in after.json()["results"]}
    assert told["paper.used_again"]["references"] == again.reference
    assert told["paper.quantity_in_all"]["found"] == 20
    assert neighbour.get(path).status_code == 404
    client.post(f"/api/v1/incidents/{again.reference}/void", {"reason": "recorded twice"})
    assert client.get(path).json() == before.json()


def test_one_step_asks_the_issuing_state_about_the_paper_and_its_mismatches(
    client: APIClient, client_of: Callable[[Officer], APIClient], officer: Officer
) -> None:
    again = recorded_incident(officer, **SHOWN)
    incident = recorded_incident(officer, **SHOWN)
    path = f"/api/v1/incidents/{incident.reference}/papers-check/licence-enquiry"

    made = client.post(path, {"document": 0, "language": "fr"}, headers={"Idempotency-Key": "one"})
    same = client.post(path, {"document": 0, "language": "fr"}, headers={"Idempotency-Key": "one"})

    assert made.status_code == 201, made.json()
    assert same.json() == made.json()
    draft = made.json()
    assert (draft["kind"], draft["addressee"]["country"], draft["state"]) == ("licence_enquiry", "TCD", "draft")
    letter = client.get(f"/api/v1/referrals/{draft['reference']}/document?format=json").json()
    assert [paper["number"] for paper in letter["papers"]] == ["EUC 12/07"]
    asked = " ".join(draft["own_questions"])
    assert "Le cachet" in asked
    assert "plus d’une fois" in asked
    # Other records and third parties are not the issuing State's to know.
    assert again.reference not in asked
    assert "Nobody Atall" not in asked
    assert client.get(f"/api/v1/incidents/{incident.reference}/referrals").json()["results"][1:] == []

    for document, code in ((1, "no_issuer_to_ask"), (2, "out_of_range")):
        refused = client.post(path, {"document": document, "language": "fr"})
        assert refused.status_code == 422
        assert [(each["pointer"], each["code"]) for each in refused.json()["errors"]] == [("/document", code)]
    analyst = client_of(OfficerFactory.create(analyst=True, agency=officer.agency))
    assert analyst.post(path, {"document": 0, "language": "fr"}).status_code == 403
