"""What sharing shows, to whom, for how long, and what it never shows."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from cases.choices import AgencyKind, ReviewDecision
from cases.models import Agency, Finding, Grant, Incident, Officer, RulebookVersion, ScreeningRun
from cases.services.review_finding import review_finding
from cases.services.run_screening import run_screening
from tests.conftest import NOW
from tests.factories import AgencyFactory, OfficerFactory, recorded_incident

ClientOf = Callable[[Officer], APIClient]

NAME = "Zebedee Quillfeather"
NAMED: dict[str, Any] = {
    "circumstances": f"{NAME} steered, and  zebedee   QUILLFEATHER's brother kept watch.",
    "parties": [{"role": "master", "kind": "person", "name": NAME, "born_on": "1971", "address": "12 Lantern Row"}],
}


def screened(officer: Officer, **changes: Any) -> Incident:
    incident = recorded_incident(officer, **changes)
    run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    return incident


def share(client: APIClient, incident: Incident, agency: Agency, **terms: Any) -> dict[str, Any]:
    body = {"agency": agency.pk, "level": "read", "reason": "asked for", **terms}
    answer = client.post(f"/api/v1/incidents/{incident.reference}/grants", body)
    assert answer.status_code == 201, answer.content
    document: dict[str, Any] = answer.json()
    return document


def sees(client: APIClient, incident: Incident) -> bool:
    """Whether detail and list agree that the incident is known."""
    detail = client.get(f"/api/v1/incidents/{incident.reference}").status_code == 200
    listed = incident.reference in {row["reference"] for row in client.get("/api/v1/incidents").json()["results"]}
    assert detail == listed
    return detail


@pytest.fixture
def partner(db: None) -> Officer:
    """An officer of another agency."""
    return OfficerFactory.create()


def test_a_grant_shows_one_incident_until_it_ends(
    client: APIClient, officer: Officer, partner: Officer, client_of: ClientOf
) -> None:
    shown, hidden = recorded_incident(officer), recorded_incident(officer)
    theirs = client_of(partner)
    assert not sees(theirs, shown)

    grant = share(client, shown, partner.agency)
    assert sees(theirs, shown)
    assert not sees(theirs, hidden)

    ended = client.post(f"/api/v1/grants/{grant['id']}/end", {"reason": "no longer needed"})
    assert ended.json()["ended_at"] is not None
    assert not sees(theirs, shown)
    assert client.post(f"/api/v1/grants/{grant['id']}/end", {"reason": "again"}).status_code == 409


def test_a_grant_is_over_on_the_stroke_of_its_day(
    client: APIClient, officer: Officer, partner: Officer, client_of: ClientOf
) -> None:
    incident = recorded_incident(officer)
    share(client, incident, partner.agency, until=(timezone.now() + timedelta(hours=1)).isoformat())
    assert sees(client_of(partner), incident)

    Grant.objects.update(shared_at=timezone.now() - timedelta(days=2), until_at=timezone.now() - timedelta(seconds=1))

    assert not sees(client_of(partner), incident)


@pytest.mark.parametrize(
    ("terms", "code"),
    [({"until": "2020-01-01T00:00:00Z"}, "sharing_already_over"), ({"agency": "own"}, "shared_with_itself")],
)
def test_a_grant_that_shows_nothing_to_anybody_is_refused(
    client: APIClient, officer: Officer, partner: Officer, terms: dict[str, Any], code: str
) -> None:
    incident = recorded_incident(officer)
    agency = officer.agency if terms.pop("agency", None) else partner.agency
    body = {"agency": agency.pk, "level": "read", "reason": "asked", **terms}

    answer = client.post(f"/api/v1/incidents/{incident.reference}/grants", body)

    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert not Grant.objects.exists()


@pytest.mark.parametrize(("level", "amending"), [("read", 403), ("contribute", 200)])
def test_who_contributes_may_correct_and_nobody_else_decides_or_takes_back(
    client: APIClient,
    officer: Officer,
    partner: Officer,
    client_of: ClientOf,
    rulebook_version: RulebookVersion,
    level: str,
    amending: int,
) -> None:
    incident = screened(officer)
    share(client, incident, partner.agency, level=level)
    theirs, address = client_of(partner), f"/api/v1/incidents/{incident.reference}"
    finding = Finding.objects.filter(incident=incident)[0]

    amended = theirs.patch(address, {"place": "off the cape"}, HTTP_IF_MATCH=theirs.get(address)["ETag"])
    review = theirs.post(f"/api/v1/findings/{finding.pk}/review", {"decision": "rejected", "reason": "not ours"})

    assert amended.status_code == amending
    assert review.status_code == 403
    assert theirs.post(f"{address}/void", {"reason": "in error"}).status_code == 403
    assert theirs.post(f"{address}/grants", {"agency": 1, "level": "read", "reason": "on"}).status_code in {403, 404}
    assert theirs.get(f"{address}/grants").json() == {"results": []}
    own = client.get(address).json()
    assert (own["state"], own["place"]) == ("final", "off the cape" if amending == 200 else None)


def test_without_nominal_data_no_byte_of_a_name_is_seen_or_can_be_searched_for(
    client: APIClient,
    officer: Officer,
    partner: Officer,
    client_of: ClientOf,
    rulebook_version: RulebookVersion,
) -> None:
    incident = screened(officer, **NAMED)
    share(client, incident, partner.agency)
    theirs, address = client_of(partner), f"/api/v1/incidents/{incident.reference}"

    for path in ("", "/history", "/screening", "/screening/changes", "/referrals", "/same-event"):
        told = theirs.get(address + path).content.decode()
        assert [word for word in ("zebedee", "quillfeather", "lantern row", "1971") if word in told.lower()] == [], path
    assert theirs.get("/api/v1/incidents?q=quillfeather").json()["results"] == []
    assert len(client.get("/api/v1/incidents?q=quillfeather").json()["results"]) == 1
    party = theirs.get(address).json()["parties"][0]
    assert (party["role"], party["name"], party["born_on"], party["address"]) == ("master", None, None, None)


def test_with_nominal_data_names_are_shown_to_those_with_the_right(
    client: APIClient, officer: Officer, partner: Officer, client_of: ClientOf
) -> None:
    incident = recorded_incident(officer, **NAMED)
    share(client, incident, partner.agency, with_nominal=True)
    analysts = [OfficerFactory.create(agency=agency, analyst=True) for agency in (partner.agency, officer.agency)]
    address = f"/api/v1/incidents/{incident.reference}"

    assert NAME in client_of(partner).get(address).content.decode()
    for analyst in analysts:
        assert NAME not in client_of(analyst).get(address).content.decode()


def test_a_granted_case_shows_what_it_joins_of_its_own_agency_and_nothing_of_a_third(
    client: APIClient, officer: Officer, partner: Officer, client_of: ClientOf
) -> None:
    third = OfficerFactory.create()
    own, foreign = recorded_incident(officer), recorded_incident(third)
    share(client_of(third), foreign, officer.agency)
    case = client.post("/api/v1/cases", {"title": "both", "incidents": [own.reference, foreign.reference]}).json()
    assert case["incidents"] == sorted([own.reference, foreign.reference])

    body = {"agency": partner.agency.pk, "level": "read", "reason": "joint inquiry"}
    assert client.post(f"/api/v1/cases/{case['reference']}/grants", body).status_code == 201

    theirs = client_of(partner)
    assert theirs.get(f"/api/v1/cases/{case['reference']}").json()["incidents"] == [own.reference]
    assert sees(theirs, own)
    assert not sees(theirs, foreign)


def test_a_granted_referral_shows_no_incident(
    client: APIClient, officer: Officer, partner: Officer, client_of: ClientOf
) -> None:
    incident = recorded_incident(officer)
    body = {"addressee": {"country": "IRN"}, "language": "en"}
    referral = client.post(f"/api/v1/incidents/{incident.reference}/referrals", body).json()["reference"]
    grant = {"agency": partner.agency.pk, "level": "read", "reason": "to translate"}

    assert client.post(f"/api/v1/referrals/{referral}/grants", grant).status_code == 201

    theirs = client_of(partner)
    assert theirs.get(f"/api/v1/referrals/{referral}").status_code == 200
    assert theirs.post(f"/api/v1/referrals/{referral}/issue").status_code == 403
    assert not sees(theirs, incident)


def test_a_panel_sees_what_is_released_and_confirmed_within_its_mandate(
    client: APIClient, officer: Officer, client_of: ClientOf, rulebook_version: RulebookVersion
) -> None:
    incident = screened(officer)
    panel = AgencyFactory.create(kind=AgencyKind.PANEL.value, mandate_regimes=["iran-2006"])
    other = AgencyFactory.create(kind=AgencyKind.PANEL.value, mandate_regimes=["libya-2011"])
    experts = [client_of(OfficerFactory.create(agency=agency, expert=True)) for agency in (panel, other)]
    for agency in (panel, other):
        body = {"panel": agency.pk, "reason": "requested by letter"}
        assert client.post(f"/api/v1/incidents/{incident.reference}/releases", body).status_code == 201
    assert [sees(expert, incident) for expert in experts] == [False, False]

    finding = Finding.objects.get(incident=incident, regime="iran-2006")
    review_finding(officer=officer, finding=finding, decision=ReviewDecision.CONFIRMED, reason="seen", reviewed_at=NOW)
    assert [sees(expert, incident) for expert in experts] == [True, False]

    body = {"addressee": {"country": "IRN"}, "language": "en"}
    assert experts[0].post(f"/api/v1/incidents/{incident.reference}/referrals", body).status_code == 201

    release = client.get(f"/api/v1/incidents/{incident.reference}/grants").json()["results"]
    ours = next(each for each in release if each["with"] == panel.name)
    client.post(f"/api/v1/releases/{ours['id']}/end", {"reason": "withdrawn"})
    assert not sees(experts[0], incident)


def test_only_a_body_with_a_mandate_is_released_to(client: APIClient, officer: Officer, partner: Officer) -> None:
    incident = recorded_incident(officer)

    answer = client.post(
        f"/api/v1/incidents/{incident.reference}/releases", {"panel": partner.agency.pk, "reason": "asked"}
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "not_a_panel")


def test_in_a_joint_operation_each_shows_its_own_and_the_lead_may_contribute(
    client: APIClient, officer: Officer, partner: Officer, client_of: ClientOf
) -> None:
    third = OfficerFactory.create()
    members = [partner.agency.pk, third.agency.pk]
    operation = client.post("/api/v1/operations", {"name": "Together", "members": members}).json()["reference"]
    theirs, incident = client_of(partner), recorded_incident(partner)
    address = f"/api/v1/incidents/{incident.reference}"
    entry = {"incident": incident.reference, "reason": "met on the joint patrol"}

    assert theirs.post(f"/api/v1/operations/{operation}/incidents", entry).status_code == 201

    assert sees(client, incident)
    assert sees(client_of(third), incident)
    assert client.patch(address, {"place": "pier"}, HTTP_IF_MATCH=client.get(address)["ETag"]).status_code == 200
    by_third = client_of(third).patch(address, {"place": "quay"}, HTTP_IF_MATCH=client.get(address)["ETag"])
    assert by_third.status_code == 403
    assert client_of(OfficerFactory.create()).get(f"/api/v1/operations/{operation}").status_code == 404

    assert client_of(third).post(f"/api/v1/operations/{operation}/leave").status_code == 200
    assert not sees(client_of(third), incident)
    assert client.post(f"/api/v1/operations/{operation}/leave").status_code == 200
    assert not sees(client, incident)


def test_every_caveat_of_a_record_is_needed_in_ones_own_agency_too(officer: Officer, client_of: ClientOf) -> None:
    incident = recorded_incident(officer)
    agency = officer.agency
    both, one = (
        OfficerFactory.create(agency=agency, caveats=["human_source", "undercover"]),
        OfficerFactory.create(agency=agency, caveats=["human_source"]),
    )
    address = f"/api/v1/incidents/{incident.reference}/caveats"
    wanted = {"caveats": ["human_source", "undercover"], "reason": "an informant is named"}

    refused = client_of(one).post(address, wanted)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_cleared")
    assert client_of(both).post(address, wanted).status_code == 200

    assert [sees(client_of(each), incident) for each in (both, one, officer)] == [True, False, False]


def test_records_of_one_event_are_linked_and_neither_tells_of_the_other(
    client: APIClient, officer: Officer, partner: Officer, client_of: ClientOf
) -> None:
    ours, theirs = recorded_incident(officer), recorded_incident(partner)
    share(client_of(partner), theirs, officer.agency)
    body = {"incident": theirs.reference, "reason": "same dhow, same night"}

    linked = client.post(f"/api/v1/incidents/{ours.reference}/same-event", body)

    assert [row["incident"] for row in linked.json()["results"]] == [theirs.reference]
    on_theirs = client_of(partner).get(f"/api/v1/incidents/{theirs.reference}/same-event").json()
    assert on_theirs == {"results": []}
    history = client_of(partner).get(f"/api/v1/incidents/{theirs.reference}/history").content.decode()
    assert ours.reference not in history


def test_what_points_to_another_record_of_the_agency_is_not_shown_to_others(
    client: APIClient, officer: Officer, partner: Officer, client_of: ClientOf, rulebook_version: RulebookVersion
) -> None:
    item = {"category": "small_arm", "serial_number": "KX-48213", "quantity": 1, "unit": "piece"}
    first = screened(officer, items=[item])
    second = screened(officer, items=[item])
    share(client, second, partner.agency)
    address = f"/api/v1/incidents/{second.reference}"

    assert first.reference in client.get(f"{address}/screening").content.decode()
    for path in ("", "/screening", "/history"):
        assert first.reference not in client_of(partner).get(address + path).content.decode(), path


def test_everything_shared_is_in_the_trail_with_its_reason(
    client: APIClient, officer: Officer, partner: Officer
) -> None:
    incident = recorded_incident(officer)
    grant = share(client, incident, partner.agency)
    client.post(f"/api/v1/grants/{grant['id']}/end", {"reason": "over"})

    history = client.get(f"/api/v1/incidents/{incident.reference}/history").json()["results"]

    acts = [(entry["action"], entry["reason"]) for entry in history if entry["action"].startswith("sharing.")]
    assert acts == [("sharing.granted", "asked for"), ("sharing.ended", "over")]
    assert json.dumps(history).count(partner.agency.name) == 1
