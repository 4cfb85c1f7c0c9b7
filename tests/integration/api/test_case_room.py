"""A case is worked in: tasks, notes, timeline, links, parties; it is closed, opened again, and goes on in another."""

import json
from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import ProgrammingError, connections, transaction
from django.test import Client
from rest_framework.test import APIClient

from cases.models import (
    AuditEntry,
    Case,
    CaseIncident,
    CaseNote,
    CaseTask,
    Grant,
    Incident,
    Notification,
    Officer,
    RowChange,
    ScreeningRun,
)
from cases.services.run_screening import run_screening
from tests.api_clients import client_with_token
from tests.conftest import NOW
from tests.factories import OfficerFactory, owed_report, recorded_incident

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Officer], APIClient]
NAME = "Zebedee Quillfeather"
CAVEAT = "informant"


def opened(client: APIClient, *incidents: Incident, title: str = "dhows of one yard") -> str:
    answer = client.post("/api/v1/cases", {"title": title, "incidents": [each.reference for each in incidents]})
    assert answer.status_code == 201, answer.content
    return f"/api/v1/cases/{answer.json()['reference']}"


def made(answer: Any, status: int = 201) -> dict[str, Any]:
    assert answer.status_code == status, answer.content
    document: dict[str, Any] = answer.json()
    return document


def refused(answer: Any, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.content


def listed(client: APIClient, address: str) -> list[dict[str, Any]]:
    """Every row of a list, page by page."""
    rows: list[dict[str, Any]] = []
    following: str | None = address
    while following:
        page = made(client.get(following), 200)
        rows += page["results"]
        following = page["next"]
    return rows


def reference_of(case: str) -> str:
    return case.rpartition("/")[2]


def granted(client: APIClient, case: str, partner: Officer, **terms: Any) -> None:
    body = {"agency": partner.agency_id, "level": "read", "reason": "asked for", **terms}
    made(client.post(f"{case}/grants", body))


@pytest.fixture
def partner(db: None) -> Officer:
    """An officer of another agency."""
    return OfficerFactory.create()


@pytest.fixture
def colleague(officer: Officer) -> Officer:
    """An officer of the same agency."""
    return OfficerFactory.create(agency=officer.agency)


def test_a_task_is_made_given_changed_and_ended_and_the_trail_holds_no_words_of_it(
    client: APIClient, officer: Officer, colleague: Officer, partner: Officer, client_of: ClientOf
) -> None:
    case = opened(client)
    task = made(client.post(f"{case}/tasks", {"what": "Ask the yard", "due_on": "2026-01-02"}))
    assert (task["given_to"], task["is_overdue"], task["state"]) == (None, True, "open")
    address = f"/api/v1/tasks/{task['reference']}"

    refused(client.patch(address, {"due_on": None}), 428, "precondition_required")
    etag = client.get(address)["ETag"]
    gives = {"given_to": colleague.username}
    given = client.patch(address, gives, HTTP_IF_MATCH=etag)
    assert made(given, 200)["given_to"] == colleague.username
    refused(client.patch(address, gives, HTTP_IF_MATCH=etag), 412, "precondition_failed")
    told = Notification.objects.get(officer=colleague)
    assert (told.kind, told.params) == ("task_given", {"reference": task["reference"], "case": reference_of(case)})
    for stranger in (partner.username, "nobody"):
        refused(client.patch(address, {"given_to": stranger}, HTTP_IF_MATCH=given["ETag"]), 404, "not_found")

    theirs = client_of(colleague)
    assert [row["reference"] for row in listed(theirs, "/api/v1/tasks?mine=true&overdue=true")] == [task["reference"]]
    assert listed(client, "/api/v1/tasks?mine=true") == []
    refused(theirs.post(f"{address}/end", {"state": "dropped"}), 422, "invalid")
    ended = made(theirs.post(f"{address}/end", {"state": "dropped", "reason": "the yard burnt"}), 200)
    assert (ended["state"], ended["ended"]["by"], ended["ended"]["reason"]) == (
        "dropped",
        colleague.username,
        "the yard burnt",
    )
    assert not ended["is_overdue"]
    refused(theirs.post(f"{address}/end", {"state": "done"}), 409, "illegal_transition")
    assert listed(client, "/api/v1/tasks") == []
    assert [row["state"] for row in listed(client, f"{case}/tasks")] == ["dropped"]
    acts = AuditEntry.objects.filter(object_reference=task["reference"]).order_by("pk")
    assert [entry.action for entry in acts] == ["task.made", "task.amended", "task.ended"]
    assert not any("yard" in f"{entry.payload}{entry.reason}" for entry in acts)
    assert not RowChange.objects.exists()


def test_an_overdue_task_waits_for_whom_it_is_given_to_and_for_supervisors(
    client: APIClient, officer: Officer, colleague: Officer, partner: Officer, client_of: ClientOf
) -> None:
    supervisor = OfficerFactory.create(agency=officer.agency, role="supervisor")
    case = opened(client, recorded_incident(officer, parties=[{"role": "master", "kind": "person", "name": NAME}]))
    given = {"what": f"ask {NAME}", "due_on": "2026-01-02", "given_to": colleague.username}
    late = made(client.post(f"{case}/tasks", given))["reference"]
    nobodys = made(client.post(f"{case}/tasks", {"what": "ask the yard", "due_on": "2026-01-01"}))["reference"]
    for in_time in ({"what": "ask again", "due_on": "2999-01-01"}, {"what": "ask some day"}):
        made(client.post(f"{case}/tasks", in_time | {"given_to": colleague.username}))

    def waits_for(reader: Officer) -> list[str]:
        waiting = made(client_of(reader).get("/api/v1/obligations/waiting"), 200)["tasks"]
        return [row["reference"] for row in waiting]

    assert (waits_for(colleague), waits_for(supervisor)) == ([late], [nobodys, late])
    assert (waits_for(officer), waits_for(partner)) == ([], [])
    made(client_of(colleague).post(f"/api/v1/tasks/{late}/end", {"state": "done"}), 200)
    assert waits_for(supervisor) == [nobodys]


def test_an_overdue_task_is_told_without_names_to_who_may_not_see_them_and_on_the_page_of_the_board(
    client: APIClient, officer: Officer, client_of: ClientOf
) -> None:
    no_names = OfficerFactory.create(agency=officer.agency, role="supervisor", rights_withdrawn=["see_nominal"])
    case = opened(client, recorded_incident(officer, parties=[{"role": "master", "kind": "person", "name": NAME}]))
    given = {"what": f"ask {NAME}", "due_on": "2026-01-02", "given_to": officer.username}
    late = made(client.post(f"{case}/tasks", given))["reference"]

    (task,) = made(client_of(no_names).get("/api/v1/obligations/waiting"), 200)["tasks"]
    browser = Client()
    browser.force_login(officer)
    page = browser.get("/obligations/").content.decode()

    assert task["reference"] == late
    assert NAME not in task["what"]
    assert late in page
    assert f"ask {NAME}" in page


def test_a_regimes_template_proposes_each_task_once_with_its_paragraph_and_no_day(client: APIClient) -> None:
    case = opened(client)
    body = {"regime": "iran-2006"}
    tasks = made(client.post(f"{case}/tasks/from-template", body), 200)["made"]

    seize = next(task for task in tasks if task["what"] == "Seize prohibited items found.")
    assert seize["legal_basis"] == {"text": "S/RES/1929 (2010)", "paragraph": "16", "paragraph_verified": True}
    assert {task["due_on"] for task in tasks} == {None}
    dropped = f"/api/v1/tasks/{seize['reference']}/end"
    made(client.post(dropped, {"state": "dropped", "reason": "nothing was found"}), 200)

    assert made(client.post(f"{case}/tasks/from-template", body), 200) == {"made": []}
    assert [row["reference"] for row in listed(client, f"{case}/tasks")] == [task["reference"] for task in tasks]
    # The steps of a trace are those of every regime.
    others = made(client.post(f"{case}/tasks/from-template", {"regime": "libya-2011"}), 200)["made"]
    assert others
    assert {task["regime"] for task in others} == {"libya-2011"}
    assert not {task["what"] for task in others if not task["legal_basis"]}
    client.credentials(**client._credentials, HTTP_ACCEPT_LANGUAGE="fr")
    french = {task["what"] for task in listed(client, f"{case}/tasks")}
    assert any(what.startswith("Consulter ses propres ") for what in french)
    refused(client.post(f"{case}/tasks/from-template", {"regime": "no-such"}), 404, "not_found")


def test_a_note_stands_and_is_corrected_by_another(
    client: APIClient, officer: Officer, partner: Officer, client_of: ClientOf
) -> None:
    supervisor = client_of(OfficerFactory.create(agency=officer.agency, supervisor=True))
    case, other = opened(client), opened(client)
    first = made(client.post(f"{case}/notes", {"text": f"{NAME} called"}))
    second = made(client.post(f"{case}/notes", {"text": "his brother did", "corrects": first["reference"]}))
    refused(client.post(f"{other}/notes", {"text": "x", "corrects": first["reference"]}), 404, "not_found")

    rows = listed(client, f"{case}/notes?page_size=1")
    assert [(row["text"], row["corrects"], row["corrected_by"]) for row in rows] == [
        ("his brother did", first["reference"], []),
        (f"{NAME} called", None, [second["reference"]]),
    ]
    with pytest.raises(ProgrammingError), transaction.atomic():
        CaseNote.objects.update(text="something else")
    assert NAME not in client.get(f"{case}/history").content.decode()
    # Whoever may not read names reads none here, save what was written with the own hand.
    analyst = client_of(OfficerFactory.create(agency=officer.agency, analyst=True))
    assert [(row["text"], row["text_withheld"]) for row in listed(analyst, f"{case}/notes")] == [(None, True)] * 2
    granted(supervisor, case, partner)
    theirs = client_of(partner)
    assert {row["text"] for row in listed(theirs, f"{case}/notes")} == {None}
    refused(theirs.post(f"{case}/notes", {"text": "we too"}), 403, "not_allowed")
    granted(supervisor, case, partner, level="contribute", with_nominal=True)
    made(theirs.post(f"{case}/notes", {"text": "we too"}))
    assert [row["text"] for row in listed(theirs, f"{case}/notes")] == ["we too", "his brother did", f"{NAME} called"]
    assert listed(theirs, f"{case}/tasks") == []
    refused(theirs.post(f"{case}/tasks", {"what": "do it"}), 403, "not_allowed")


def test_what_is_written_in_a_case_bears_the_caveats_of_its_incidents(
    client: APIClient, officer: Officer, client_of: ClientOf
) -> None:
    officer.caveats = [CAVEAT]
    officer.save()
    uncleared = OfficerFactory.create(agency=officer.agency)
    theirs, incident = client_of(uncleared), recorded_incident(officer)
    case = opened(client, incident)
    made(client.post(f"{case}/notes", {"text": "the informant rang"}))
    task = made(client.post(f"{case}/tasks", {"what": "ring the informant", "given_to": officer.username}))
    assert len(listed(theirs, f"{case}/notes")) == 1

    supervisor = client_of(OfficerFactory.create(agency=officer.agency, supervisor=True, caveats=[CAVEAT]))
    caveats = {"caveats": [CAVEAT], "reason": "an informant"}
    made(supervisor.post(f"/api/v1/incidents/{incident.reference}/caveats", caveats), 200)

    assert len(listed(client, f"{case}/notes")) == 1
    for part in ("notes", "tasks", "timeline", "links", "parties", "referrals"):
        told = json.dumps(listed(theirs, f"{case}/{part}"))
        assert "informant" not in told
        assert task["reference"] not in told
    assert "task.made" not in theirs.get(f"{case}/history").content.decode()
    assert "task.made" in client.get(f"{case}/history").content.decode()
    refused(theirs.get(f"/api/v1/tasks/{task['reference']}"), 404, "not_found")
    etag = client.get(f"/api/v1/tasks/{task['reference']}")["ETag"]
    gives = {"given_to": uncleared.username}
    refused(client.patch(f"/api/v1/tasks/{task['reference']}", gives, HTTP_IF_MATCH=etag), 409, "no_successor")
    # One's own words are not kept from oneself, and a template proposes nothing a second time.
    made(theirs.post(f"{case}/notes", {"text": "what I saw"}))
    assert [row["text"] for row in listed(theirs, f"{case}/notes")] == ["what I saw"]
    count = len(made(client.post(f"{case}/tasks/from-template", {"regime": "iran-2006"}), 200)["made"])
    assert made(theirs.post(f"{case}/tasks/from-template", {"regime": "iran-2006"}), 200) == {"made": []}
    assert CaseTask.objects.count() == count + 1


def test_names_in_a_task_are_taken_out_for_whoever_may_not_read_them(
    client: APIClient, officer: Officer, client_of: ClientOf
) -> None:
    person = {"role": "master", "kind": "person", "name": NAME}
    case = opened(client, recorded_incident(officer, parties=[person]))
    task = made(client.post(f"{case}/tasks", {"what": f"Find {NAME.upper()} {{again}}"}))
    analyst = client_of(OfficerFactory.create(agency=officer.agency, analyst=True))

    assert listed(client, f"{case}/tasks")[0]["what"] == f"Find {NAME.upper()} {{again}}"
    assert made(analyst.get(f"/api/v1/tasks/{task['reference']}"), 200)["what"] == "Find […] {again}"
    refused(analyst.post(f"/api/v1/tasks/{task['reference']}/end", {"state": "done"}), 403, "not_allowed")


def test_the_timeline_holds_everything_that_has_a_date_in_one_order(
    client: APIClient, officer: Officer, rulebook_version: object
) -> None:
    dated, vague = (recorded_incident(officer, occurred_on=on) for on in ("2013-01-23", "2013"))
    run_screening(run_id=ScreeningRun.objects.get(incident=dated).pk, now=NOW)
    case = opened(client, dated, vague)
    made(client.post(f"/api/v1/incidents/{dated.reference}/items/0/custody", {"kind": "collected", "at": "2013-02"}))
    file = {"name": "1.jpg", "kind": "photo", "size_bytes": 9, "sha256": "0" * 64}
    made(client.post(f"/api/v1/incidents/{dated.reference}/evidence", file))
    finding = client.get("/api/v1/findings").json()["results"][0]["id"]
    made(client.post(f"/api/v1/findings/{finding}/review", {"decision": "more_needed", "reason": "look"}))
    point = {
        "kind": "in_transit",
        "country": "XXX",
        "on": "2012-05",
        "confidence": "moderate",
        "words": "told",
        "reason": "so",
    }
    made(client.post(f"/api/v1/incidents/{dated.reference}/items/0/point-of-diversion", point))
    owed_report(dated, due_on=None)
    task = made(client.post(f"{case}/tasks", {"what": "Ask", "due_on": "2030-01-01"}))
    made(client.post(f"/api/v1/tasks/{task['reference']}/end", {"state": "done"}), 200)
    made(client.post(f"{case}/notes", {"text": f"{NAME} called"}))

    entries = listed(client, f"{case}/timeline?page_size=2")
    whole = listed(client, f"{case}/timeline?page_size=200")

    assert entries == whole
    codes = [entry["code"] for entry in entries]
    happened = [entry for entry in entries if entry["code"] == "incident.happened"]
    assert [(entry["incident"], entry["when"]["precision"]) for entry in happened] == [
        (vague.reference, "year"),
        (dated.reference, "day"),
    ]
    assert {
        *("incident.recorded", "finding.found", "finding.reviewed", "evidence.attached", "custody.happened"),
        *("case.opened", "case.joined", "task.made", "task.due", "task.done", "note.written"),
        *("diversion.concluded", "diversion.happened"),
    } <= set(codes)
    custody = next(entry for entry in entries if entry["code"] == "custody.happened")
    assert (custody["when"]["text"], custody["when"]["precision"]) == ("2013-02", "month")
    assert custody["text"] == "Custody, event 1: collected."
    assert codes[-1] == "task.due"
    assert NAME not in json.dumps(entries)


def test_links_say_why_only_where_both_ends_and_what_they_share_may_be_seen(
    client: APIClient, officer: Officer, partner: Officer, client_of: ClientOf
) -> None:
    def with_serial(number: str, **more: Any) -> Incident:
        item = {"category": "small_arm", "quantity": 1, "unit": "piece", "serial_number": number}
        # A dhow that is named after somebody.
        dhow = {"mode": "sea", "name": f"the {NAME}", "registration": f"YA {number}"}
        record = {"items": [item], "conveyance": dhow, "route": {"origin": "IRN", "destination": "SOM"}}
        return recorded_incident(officer, **{**record, **more})

    consignee = [{"role": "consignee", "kind": "person", "name": NAME}]
    papers = [{"kind": "end_user_certificate", "number": "EUC 77"}]
    one = with_serial("KX-48213", parties=consignee, documents=papers)
    two = with_serial("KX48220", parties=consignee, documents=papers)
    outside = with_serial("KX 48213", route={"origin": "SYR", "destination": "LBN"})
    recorded_incident(partner, route={"origin": "IRN", "destination": "SOM"})
    case = opened(client, one, two)
    pair = sorted((one.reference, two.reference))

    inside = {row["by"]: row for row in listed(client, f"{case}/links")}
    assert {*inside} == {"neighbouring_serial", "paper", "party", "consignee", "route", "conveyance_name"}
    assert {tuple(row["incidents"]) for row in inside.values()} == {tuple(pair)}
    assert sorted(inside["neighbouring_serial"]["values"]) == ["KX-48213", "KX48220"]
    assert inside["neighbouring_serial"]["distance"] == 7
    assert inside["route"]["text"] == "Both were on the way IRN → SOM."

    beyond = listed(client, f"{case}/links?beyond=true&page_size=1")
    assert {row["by"] for row in beyond} == {"mark", "neighbouring_serial", "conveyance_name"}
    assert all(outside.reference in row["incidents"] for row in beyond)
    analyst = client_of(OfficerFactory.create(agency=officer.agency, analyst=True))
    unnamed = listed(analyst, f"{case}/links")
    assert {row["by"] for row in unnamed} == {"neighbouring_serial", "paper", "route"}
    assert NAME not in json.dumps(unnamed)

    supervisor = client_of(OfficerFactory.create(agency=officer.agency, supervisor=True))
    granted(supervisor, case, partner)
    theirs = client_of(partner)
    assert {row["by"] for row in listed(theirs, f"{case}/links")} == {"neighbouring_serial", "paper", "route"}
    # Of the marks outside nothing is shared with them; of their own incident the route is.
    assert {row["by"] for row in listed(theirs, f"{case}/links?beyond=true")} == {"route"}


def test_parties_are_one_by_an_equal_number_alone_and_letters_tell_how_they_stand(
    client: APIClient, officer: Officer, client_of: ClientOf
) -> None:
    def party(number: str | None, name: str = NAME) -> dict[str, Any]:
        papers = [] if number is None else [{"kind": "passport", "number": number, "country": "YEM"}]
        return {"role": "master", "kind": "person", "name": name, "documents": papers}

    one = recorded_incident(officer, parties=[party("P 1"), party(None)])
    two = recorded_incident(officer, parties=[party("p 1", "Z. Quillfeather")])
    case = opened(client, one, two)
    letter = {"addressee": {"country": "CHN"}, "language": "en"}
    referral = made(client.post(f"/api/v1/incidents/{one.reference}/referrals", letter))["reference"]

    parties = listed(client, f"{case}/parties?page_size=1")
    assert sorted(len(each["stated"]) for each in parties) == [1, 2]
    merged = next(each for each in parties if each["merged_by"])
    assert merged["merged_by"] == [{"kind": "passport", "country": "YEM", "number": "p 1"}]
    assert {each["name"] for each in merged["stated"]} == {NAME, "Z. Quillfeather"}
    analyst = client_of(OfficerFactory.create(agency=officer.agency, analyst=True))
    unnamed = listed(analyst, f"{case}/parties")
    assert [each["merged_by"] for each in unnamed] == [[], [], []]
    assert {each["stated"][0]["name"] for each in unnamed} == {None}
    (letters,) = listed(client, f"{case}/referrals")
    assert (letters["reference"], letters["state"], letters["country"], letters["replies"]) == (
        referral,
        "draft",
        "CHN",
        [],
    )


def test_a_closed_case_takes_no_tasks_and_incidents_until_it_is_opened_again(
    client: APIClient, officer: Officer
) -> None:
    case, incident = opened(client), recorded_incident(officer)
    task = made(client.post(f"{case}/tasks", {"what": "Ask"}))["reference"]
    why = {"reason": "all is known"}
    refused(client.post(f"{case}/close", why), 409, "case_has_open_tasks")
    made(client.post(f"/api/v1/tasks/{task}/end", {"state": "done"}), 200)

    closed = made(client.post(f"{case}/close", why), 200)

    assert (closed["closed_by"], closed["closed_reason"]) == (officer.username, "all is known")
    refused(client.post(f"{case}/close", why), 409, "illegal_transition")
    refused(client.post(f"{case}/tasks", {"what": "Ask"}), 409, "case_closed")
    refused(client.post(f"{case}/tasks/from-template", {"regime": "iran-2006"}), 409, "case_closed")
    refused(client.post(f"{case}/incidents", {"incident": incident.reference}), 409, "case_closed")
    made(client.post(f"{case}/notes", {"text": "a word after the end"}))
    reopened = made(client.post(f"{case}/reopen", {"reason": "more came"}), 200)
    assert (reopened["closed_at"], reopened["closed_by"], reopened["closed_reason"]) == (None, None, None)
    refused(client.post(f"{case}/reopen", why), 409, "illegal_transition")
    made(client.post(f"{case}/incidents", {"incident": incident.reference}), 200)
    acts = AuditEntry.objects.filter(case__isnull=False, action__startswith="case.").order_by("pk")
    assert [entry.action for entry in acts] == ["case.opened", "case.closed", "case.reopened"]


def test_a_merger_loses_nothing_and_opens_nothing(
    client: APIClient, officer: Officer, partner: Officer, client_of: ClientOf
) -> None:
    supervisor = client_of(OfficerFactory.create(agency=officer.agency, supervisor=True))
    inside, hidden, own = (recorded_incident(officer) for _ in range(3))
    Incident.objects.filter(pk=hidden.pk).update(caveats=[CAVEAT])
    first = opened(client, inside, title="first")
    Case.objects.get(reference=reference_of(first)).incidents.add(
        hidden, through_defaults={"joined_at": NOW, "joined_by": officer}
    )
    second, third = opened(client, own, title="second"), opened(client, title="third")
    task = made(client.post(f"{third}/tasks", {"what": "Ask"}))["reference"]
    note = made(client.post(f"{third}/notes", {"text": "so it began"}))["reference"]
    other = OfficerFactory.create()
    granted(supervisor, first, partner)
    granted(supervisor, second, other)
    ours, theirs = client_of(partner), client_of(other)
    why = {"reason": "one yard"}

    refused(client.post(f"{first}/merge", {"into": reference_of(first), **why}), 409, "merged_with_itself")
    made(client.post(f"{third}/merge", {"into": reference_of(first), **why}), 200)
    merged = made(client.post(f"{first}/merge", {"into": reference_of(second), **why}), 200)

    assert (merged["merged_into"], merged["merged"]) == (reference_of(second), [reference_of(third)])
    assert merged["incidents"] == [inside.reference]
    target = made(client.get(second), 200)
    assert target["incidents"] == sorted((inside.reference, own.reference))
    assert target["merged"] == [reference_of(first)]
    assert CaseIncident.objects.filter(case__reference=reference_of(second)).count() == 3
    assert [(row["reference"], row["case"]) for row in listed(client, f"{second}/tasks")] == [
        (task, reference_of(third))
    ]
    assert [(row["reference"], row["case"]) for row in listed(client, f"{second}/notes")] == [
        (note, reference_of(third))
    ]
    # Its tasks are ended where they stand; nothing new begins there, and nothing leads back.
    refused(client.post(f"{second}/close", why), 409, "case_has_open_tasks")
    made(client.post(f"/api/v1/tasks/{task}/end", {"state": "done"}), 200)
    refused(client.post(f"{third}/notes", {"text": "x"}), 409, "case_merged")
    refused(client.post(f"{third}/tasks", {"what": "x"}), 409, "case_closed")
    refused(client.post(f"{third}/reopen", why), 409, "case_merged")
    refused(client.post(f"{third}/merge", {"into": reference_of(second), **why}), 409, "case_merged")
    refused(client.post(f"{second}/merge", {"into": reference_of(third), **why}), 409, "case_closed")
    # To whom either was shown learns nothing of the other.
    assert (made(ours.get(first), 200)["merged_into"], ours.get(second).status_code) == (None, 404)
    assert theirs.get(f"/api/v1/incidents/{own.reference}").status_code == 200
    assert theirs.get(f"/api/v1/incidents/{inside.reference}").status_code == 404
    assert ours.get(f"/api/v1/incidents/{own.reference}").status_code == 404
    assert made(theirs.get(second), 200)["incidents"] == [own.reference]
    for reader, case, foreign in ((ours, first, (second, third)), (theirs, second, (first, third))):
        for part in ("", "/notes", "/timeline", "/history", "/links?beyond=true", "/parties"):
            told = reader.get(case + part).content.decode()
            assert not [each for each in foreign if reference_of(each) in told], part
    grants = Grant.objects.filter(case__reference__in=[reference_of(first), reference_of(second)])
    assert grants.filter(ended_at=None).count() == 2
    assert not RowChange.objects.filter(table_name__in=["cases_casetask", "cases_casenote"]).exists()


@pytest.mark.django_db(transaction=True)
def test_cases_merged_into_one_another_at_once_make_no_circle(officer: Officer) -> None:
    client = client_with_token(officer)
    cases = [opened(client, title=title) for title in ("one", "other")]
    answers: list[int] = []

    def merge(case: str, into: str) -> None:
        body = {"into": reference_of(into), "reason": "the same"}
        answers.append(client_with_token(officer).post(f"{case}/merge", body).status_code)
        connections.close_all()

    threads = [Thread(target=merge, args=pair) for pair in (cases, cases[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [200, 409]
    assert Case.objects.filter(merged_into__isnull=False).count() == 1


def test_only_whoever_may_change_others_records_closes_and_merges(
    client: APIClient, officer: Officer, client_of: ClientOf
) -> None:
    case, other = opened(client), opened(client)
    recorder = client_of(OfficerFactory.create(agency=officer.agency, rights_withdrawn=["edit"]))

    refused(recorder.post(f"{case}/close", {"reason": "done"}), 403, "not_allowed")
    refused(recorder.post(f"{case}/merge", {"into": reference_of(other), "reason": "same"}), 403, "not_allowed")
    assert not Case.objects.filter(closed_at__isnull=False).exists()
