"""Work goes from one officer to a colleague: whole or picked, with a reason, and custody stays where it is."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from cases.models import AuditEntry, Incident, Notification, Officer, OfficerRole, Referral, RowChange, ScreeningRun
from cases.services.run_screening import run_screening
from tests.conftest import NOW
from tests.factories import OfficerFactory, owed_report, recorded_incident

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Officer], APIClient]


@pytest.fixture
def supervisor(officer: Officer) -> Officer:
    """The supervisor of the officer's agency."""
    return OfficerFactory.create(agency=officer.agency, supervisor=True)


@pytest.fixture
def desk(supervisor: Officer, client_of: ClientOf) -> APIClient:
    """That supervisor's client."""
    return client_of(supervisor)


@pytest.fixture
def colleague(officer: Officer) -> Officer:
    """Who takes over: with the right to record, and none to change what others recorded."""
    return OfficerFactory.create(agency=officer.agency, rights_withdrawn=["edit"])


@pytest.fixture
def work(officer: Officer, client: APIClient, rulebook_version: object) -> dict[str, list[str]]:
    """One of each kind; an incident without findings to decide on waits for nobody."""
    draft = client.post("/api/v1/incidents", {"state": "draft"}).json()["reference"]
    incident = recorded_incident(officer)
    run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    recorded_incident(officer)
    address = f"/api/v1/incidents/{incident.reference}"
    referral = client.post(f"{address}/referrals", {"addressee": {"country": "CHN"}, "language": "fr"}).json()
    case = client.post("/api/v1/cases", {"title": "joined", "incidents": []}).json()
    do = {"what": "ask the yard", "given_to": officer.username}
    task = client.post(f"/api/v1/cases/{case['reference']}/tasks", do).json()
    client.post(f"/api/v1/cases/{case['reference']}/tasks", {"what": "given to nobody yet"})
    assert client.post(f"{address}/items/0/custody", {"kind": "collected"}).status_code == 201
    return {
        "drafts": [draft],
        "reviews": [incident.reference],
        "referrals": [referral["reference"]],
        "cases": [case["reference"]],
        "obligations": [owed_report(incident).reference],
        "tasks": [task["reference"]],
    }


def path_of(officer: Officer) -> str:
    return f"/api/v1/officers/{officer.username}/hand-over"


def only_drafts(work: dict[str, list[str]]) -> dict[str, list[str]]:
    return {kind: references if kind == "drafts" else [] for kind, references in work.items()}


def handed(to: Officer, **more: Any) -> dict[str, Any]:
    return {"to": to.username, "reason": "has left the service", **more}


def test_all_open_work_goes_to_a_colleague_who_is_told_and_each_record_says_so(
    desk: APIClient,
    officer: Officer,
    supervisor: Officer,
    colleague: Officer,
    work: dict[str, list[str]],
    client_of: ClientOf,
) -> None:
    assert desk.get(path_of(officer)).json()["open_work"] == work

    answer = desk.post(path_of(officer), handed(colleague))

    assert answer.status_code == 200, answer.content
    assert (answer.json()["handed_over"], answer.json()["not_cleared"]) == (work, [])
    told = Notification.objects.get(officer=colleague)
    assert (told.kind, told.params) == ("handed_over", dict.fromkeys(work, 1))
    entries = AuditEntry.objects.filter(action="work.handed_over", officer=supervisor, reason="has left the service")
    references = [reference for each in work.values() for reference in each]
    assert sorted(entries.values_list("object_reference", flat=True)) == sorted(references)
    assert officer.username in entries[0].payload
    assert colleague.username in entries[0].payload
    assert not RowChange.objects.exists()
    assert Incident.objects.get(reference=work["drafts"][0]).recorded_by == officer
    theirs = client_of(colleague)
    assert theirs.get(path_of(colleague)).json()["open_work"] == work
    assert not any(desk.get(path_of(officer)).json()["open_work"].values())
    again = desk.post(path_of(officer), handed(colleague))
    assert not any(again.json()["handed_over"].values())
    assert Notification.objects.filter(officer=colleague).count() == 1


def test_whoever_took_a_draft_over_goes_on_with_it_and_hears_of_replies(
    desk: APIClient, officer: Officer, colleague: Officer, work: dict[str, list[str]], client_of: ClientOf
) -> None:
    theirs, draft = client_of(colleague), f"/api/v1/incidents/{work['drafts'][0]}"
    tag = theirs.get(draft)["ETag"]
    before = theirs.patch(draft, {"circumstances": "boarded at night"}, HTTP_IF_MATCH=tag)

    desk.post(path_of(officer), handed(colleague))
    after = theirs.patch(draft, {"circumstances": "boarded at night"}, HTTP_IF_MATCH=tag)

    assert [before.status_code, after.status_code] == [403, 200]
    assert Referral.objects.get().responsible_id == colleague.pk


def test_what_is_picked_goes_and_the_rest_stays(
    desk: APIClient, officer: Officer, colleague: Officer, work: dict[str, list[str]]
) -> None:
    foreign = recorded_incident().reference
    wrong = desk.post(path_of(officer), handed(colleague, work=[*work["drafts"], foreign]))
    assert (wrong.status_code, wrong.json()["code"]) == (409, "not_open_work")
    assert work["drafts"][0] not in wrong.json()["detail"]

    answer = desk.post(path_of(officer), handed(colleague, work=work["drafts"]))

    assert answer.json()["handed_over"] == only_drafts(work)
    assert desk.get(path_of(officer)).json()["open_work"] == {**work, "drafts": []}


def test_custody_stays_and_is_listed(
    desk: APIClient, officer: Officer, colleague: Officer, work: dict[str, list[str]], client_of: ClientOf
) -> None:
    other = recorded_incident(colleague)
    items = f"/api/v1/incidents/{other.reference}/items/0"
    theirs = client_of(colleague)
    theirs.post(f"{items}/custody", {"kind": "collected"})
    offer = theirs.post(f"{items}/handover", {"to": {"officer": officer.username}})
    assert offer.status_code == 201, offer.content

    custody = desk.post(path_of(officer), handed(colleague), HTTP_ACCEPT_LANGUAGE="fr").json()["custody"]

    assert custody["text"].startswith("La garde ne suit pas le travail")
    assert [each["id"] for each in custody["offered"]] == [offer.json()["id"]]
    assert work["reviews"][0] in [each["incident"] for each in custody["held"]]
    assert {each["holder"]["officer"] for each in custody["held"]} == {officer.username}
    assert desk.get(path_of(officer)).json()["custody"]["held"] != []


def test_nothing_passes_to_who_is_not_cleared_nor_by_who_is_not(
    desk: APIClient,
    officer: Officer,
    supervisor: Officer,
    colleague: Officer,
    work: dict[str, list[str]],
    client_of: ClientOf,
) -> None:
    Incident.objects.filter(reference__in=work["drafts"]).update(caveats=["source_protection"])
    assert desk.get(path_of(officer)).json()["open_work"]["drafts"] == []
    supervisor.caveats = ["source_protection"]
    supervisor.save()

    answer = desk.post(path_of(officer), handed(colleague)).json()

    assert (answer["handed_over"]["drafts"], answer["not_cleared"]) == ([], work["drafts"])
    assert desk.get(path_of(officer)).json()["open_work"] == only_drafts(work)


def test_another_agency_reads_nothing_of_who_does_what_here(
    desk: APIClient, officer: Officer, colleague: Officer, work: dict[str, list[str]], client_of: ClientOf
) -> None:
    reader = OfficerFactory.create(supervisor=True)
    address = f"/api/v1/referrals/{work['referrals'][0]}"
    terms = {"agency": reader.agency.pk, "level": "read", "reason": "asked"}
    assert desk.post(f"{address}/grants", terms).status_code == 201
    desk.post(path_of(officer), handed(colleague))

    own, others = (each.get(f"{address}/history").content.decode() for each in (desk, client_of(reader)))

    assert "work.handed_over" in own
    assert "referral." in others
    assert "work.handed_over" not in others
    assert "has left the service" not in others


@pytest.mark.parametrize("who", ["the same", "who left", "who was invited", "of another agency", "nobody"])
def test_work_goes_to_an_active_colleague_or_to_nobody(
    who: str, desk: APIClient, officer: Officer, work: dict[str, list[str]]
) -> None:
    others = {
        "the same": officer.username,
        "who left": OfficerFactory.create(agency=officer.agency, is_active=False, deactivated_at=NOW).username,
        "who was invited": OfficerFactory.create(agency=officer.agency, is_active=False).username,
        "of another agency": OfficerFactory.create().username,
        "nobody": "nobody-at-all",
    }

    answer = desk.post(path_of(officer), {"to": others[who], "reason": "has left"})

    assert answer.status_code == (404 if who in {"of another agency", "nobody"} else 409)
    assert desk.get(path_of(officer)).json()["open_work"] == work


def test_a_leavers_work_is_handed_over_later_as_well(
    desk: APIClient, officer: Officer, colleague: Officer, work: dict[str, list[str]], client_of: ClientOf
) -> None:
    office = client_of(OfficerFactory.create(agency=officer.agency, role=OfficerRole.ADMINISTRATOR.value))
    left = office.post(f"/api/v1/officers/{officer.username}/deactivate", {"reason": "has left"}).json()
    assert (left["open_work"], left["handed_over"]) == (work, None)

    assert desk.post(path_of(officer), handed(colleague)).json()["handed_over"] == work


@pytest.mark.parametrize("change", [{"reason": " "}, {"work": []}, {"custody": True}, {"to": "a/b"}])
def test_a_hand_over_is_read_strictly(
    change: dict[str, Any], desk: APIClient, officer: Officer, colleague: Officer
) -> None:
    assert desk.post(path_of(officer), {**handed(colleague), **change}).status_code == 422
