"""Marks searched, across agencies: what the asker is shown, what not, and who is told."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from rest_framework.test import APIClient

from cases import access
from cases.choices import SharingLevel
from cases.models import AuditEntry, FoldedMark, Incident, MarkEnquiry, Notification, Officer, RulebookVersion
from cases.queries.marks_met import MarkQuery, bring_up
from cases.row_scope import scoped
from cases.services.amend_incident import amend_incident
from cases.services.run_screening import run_screening
from cases.services.share_record import Terms, share_record
from cases.services.tell_holders import tell_holders
from cases.services.void_incident import void_incident
from cases.tracing.catalogue import Asked
from cases.tracing.mark_search import sought_by
from cases.tracing.mark_text import read_pattern
from tests.conftest import NOW
from tests.factories import OfficerFactory, recorded_incident

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Officer], APIClient]


def rifle(serial: str, **more: Any) -> dict[str, Any]:
    return {"category": "small_arm", "quantity": 1, "unit": "piece", "serial_number": serial, **more}


def found(client: APIClient, **asked: Any) -> list[dict[str, Any]]:
    answer = client.get("/api/v1/marks", asked)
    assert answer.status_code == 200, answer.json()
    results: list[dict[str, Any]] = answer.json()["results"]
    return results


def refused(client: APIClient, **asked: Any) -> list[tuple[str, str]]:
    answer = client.get("/api/v1/marks", asked)
    assert answer.status_code == 422
    return [(each["pointer"], each["code"]) for each in answer.json()["errors"]]


def test_a_mark_is_found_however_it_was_read_and_says_why(client: APIClient, officer: Officer) -> None:
    items = [
        rifle("KX-48213", make="Izhevsk", model="АКМ"),
        rifle("КХ 4B2I3"),
        rifle("KX48?13", marking_state="partial"),
        rifle("4821", marking_state="partial"),
        rifle("KX48214"),
    ]
    incident = recorded_incident(officer, items=items)

    hits = found(client, text="kx 48213")

    assert [(hit["item"]["position"], hit["met_by"]) for hit in hits] == [
        (0, "exact"),
        (2, "partial"),
        (1, "look_alikes"),
        (3, "partial"),
    ]
    assert hits[0] == {
        "mark": {"kind": "serial", "text": "KX-48213"},
        "met_by": "exact",
        "confidence": 1.0,
        "why": "The same mark, apart from case, spaces, separators and script.",
        "incident": incident.reference,
        "agency": officer.agency.name if officer.agency else "",
        "occurred_on": "2013-01-23",
        "item": {
            "id": str(incident.items.get(position=0).item_uuid),
            "position": 0,
            "category": "small_arm",
            "make": "Izhevsk",
            "model": "АКМ",
            "calibre": None,
        },
    }
    assert hits[2]["why"].endswith("look alike were taken for one another: 1/I, 8/B.")
    # A piece that merely overlaps what is known of the mark does not bring it up.
    assert {hit["item"]["position"] for hit in found(client, text="KX48??3")} == {0, 1, 2}
    assert {hit["item"]["position"] for hit in found(client, text="KX4*")} == {0, 1, 2, 4}
    assert [hit["item"]["position"] for hit in found(client, text="KX48213", model="AKM")] == [0]
    assert found(client, text="KX48213", kind="lot") == []


def test_ranges_lots_headstamps_and_packing_marks_are_found(client: APIClient, officer: Officer) -> None:
    stamped = [{"text": "90", "clock": 6}, {"text": "539", "clock": 12}]
    rounds = {
        "category": "ammunition",
        "quantity": 900,
        "unit": "round",
        "ammunition": {"headstamp": stamped, "lot": "А81-77", "packaging_marks": ["7,62x39 / 1440 pcs"]},
    }
    crate = rifle("", marks=[{"kind": "serial", "text": "AB 1001 – AB 1050"}])
    recorded_incident(officer, items=[rounds, crate, rifle("AB1047"), rifle("AB2000")])

    def kinds(**asked: str) -> list[tuple[str, int]]:
        return sorted((hit["mark"]["kind"], hit["item"]["position"]) for hit in found(client, **asked))

    assert kinds(text="539 90") == [("headstamp", 0)]
    assert kinds(text="A81.77") == [("lot", 0)]
    assert kinds(text="762*1440*") == [("packaging", 0)]
    assert kinds(text="AB1010") == [("serial", 1)]
    assert kinds(**{"from": "AB1040", "to": "ab 1060"}) == [("serial", 1), ("serial", 2)]
    assert kinds(**{"from": "AB1060", "to": "AB1990"}) == []


def test_what_names_no_mark_is_refused_and_says_why(client: APIClient) -> None:
    assert refused(client) == [("/text", "mark_needed")]
    assert refused(client, text="A*") == [("/text", "too_vague")]
    assert refused(client, text="--") == [("/text", "too_vague")]
    assert refused(client, text="AB1", to="AB2") == [("/text", "one_of_these")]
    assert refused(client, **{"from": "AB1", "to": "CD2"}) == [("/to", "not_a_span")]
    assert refused(client, serial="AB1") == [("/serial", "unknown_parameter")]
    assert refused(client, text="A" * 101) == [("/text", "text_too_long")]
    assert refused(client, text="AB1", cursor="nonsense") == [("/cursor", "not_a_cursor")]


def test_pages_follow_one_another_from_the_surest_hit(client: APIClient, officer: Officer) -> None:
    recorded_incident(officer, items=[rifle(f"KX-48{number:03}") for number in range(5)])
    pages, address = [], "/api/v1/marks?text=KX48*&page_size=2"
    while address:
        answer = client.get(address).json()
        pages.append([hit["item"]["position"] for hit in answer["results"]])
        previous, address = answer["previous"], answer["next"]

    assert pages == [[4, 3], [2, 1], [0]]
    assert [hit["item"]["position"] for hit in client.get(previous).json()["results"]] == [2, 1]


def test_marks_follow_their_record(client: APIClient, officer: Officer) -> None:
    incident = recorded_incident(officer, items=[rifle("KX-48213")])
    changed = {"items": [rifle("KX-99999")]}
    amend_incident(officer=officer, incident=incident, changes=changed, expected_version=1, amended_at=NOW)

    assert [hit["mark"]["text"] for hit in found(client, text="KX*99")] == ["KX-99999"]
    assert found(client, text="KX48213") == []
    incident.refresh_from_db()
    void_incident(officer=officer, incident=incident, reason="in error", voided_at=NOW)
    assert found(client, text="KX99999") == []


def test_who_may_not_see_it_learns_nothing_and_the_holder_is_told_once_a_day(
    client: APIClient, officer: Officer, client_of: ClientOf
) -> None:
    supervisor = OfficerFactory.create(agency=officer.agency, supervisor=True)
    uncleared = OfficerFactory.create(agency=officer.agency, supervisor=True)
    held = recorded_incident(officer, items=[rifle("KX-48213"), rifle("12")])
    Incident.objects.filter(pk=held.pk).update(caveats=["allied"])
    Officer.objects.filter(pk=supervisor.pk).update(caveats=["allied"])
    asker = OfficerFactory.create()
    theirs = client_of(asker)

    with_it = theirs.get("/api/v1/marks?text=KX4B213")
    assert tell_holders() == 1
    FoldedMark.objects.filter(incident=held).delete()
    without_it = theirs.get("/api/v1/marks?text=KX4B213")

    assert with_it.content == without_it.content
    assert with_it.json()["results"] == []
    (told,) = Notification.objects.exclude(kind="findings_changed")
    assert (told.officer, told.kind, told.subject_reference) == (supervisor, "mark_asked_about", held.reference)
    assert asker.agency is not None
    assert told.params == {"agency": asker.agency.name, "mark": "KX-48213", "reference": held.reference}
    assert uncleared.notifications.count() == 0

    # What is too short or too vague says nothing of one mark.
    recorded_incident(officer, items=[rifle("KX-48213"), rifle("12")])
    for text in ("KX48213", "kx-48213", "12", "KX4?2*"):
        assert theirs.get(f"/api/v1/marks?text={text}").json()["results"] == []
    assert (tell_holders(), tell_holders()) == (5, 0)
    assert MarkEnquiry.objects.filter(agency=asker.agency).count() == supervisor.notifications.count() == 2
    assert {json.loads(entry.payload)["hits"] for entry in searches(asker)} == {0}
    # Behind a caveat the own agency's officers without it see as little.
    assert held.reference not in {hit["incident"] for hit in found(client, text="KX48213")}


@pytest.mark.parametrize(("cleared", "given"), [([], []), (["allied"], ["KX-48213"])])
def test_the_database_gives_no_mark_to_whoever_is_not_cleared_for_its_record(
    officer: Officer, cleared: list[str], given: list[str]
) -> None:
    for holder in (officer, OfficerFactory.create()):
        incident = recorded_incident(holder, items=[rifle("KX-48213")])
        Incident.objects.filter(pk=incident.pk).update(caveats=["allied"])
    officer.caveats = cleared
    pattern = read_pattern("KX48213")
    assert pattern is not None
    asked = MarkQuery(pattern, sought_by(pattern), None, "", Asked("", ""))

    with scoped(access.scope_of(officer)):
        brought_up = bring_up(asked, officer.agency_id or 0)

    assert ([mark.text for mark in brought_up.shown], brought_up.others) == (given, [])


def searches(officer: Officer) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(action="marks.searched", officer=officer))


def test_what_is_shared_is_found_less_the_names_in_it(client: APIClient, officer: Officer, client_of: ClientOf) -> None:
    owner = {"role": "possessor", "kind": "person", "name": "Nobody Atall"}
    engraved = rifle("KX-48213", marks=[{"kind": "other", "text": "NOBODY ATALL 7"}])
    incident = recorded_incident(officer, items=[engraved], parties=[owner])
    supervisor = OfficerFactory.create(agency=officer.agency, supervisor=True)
    asker = OfficerFactory.create()
    assert asker.agency is not None
    terms = Terms(level=SharingLevel.READ, with_nominal=False, until_at=None, reason="asked")
    share_record(officer=supervisor, record=incident, grantee=asker.agency, terms=terms, shared_at=NOW)
    theirs = client_of(Officer.objects.get(pk=asker.pk))

    assert [hit["incident"] for hit in found(theirs, text="KX48213")] == [incident.reference]
    assert found(theirs, text="*ATALL*") == []
    assert [hit["incident"] for hit in found(client, text="*ATALL*")] == [incident.reference]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_search_among_many_is_answered_by_the_indexes(officer: Officer) -> None:
    incident = recorded_incident(officer, items=[rifle("KX-48213")])
    item = incident.items.get()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_foldedmark (item_id, incident_id, kind, text, is_partial, folded, stem, first_number,"
            " last_number, keys) SELECT %s, %s, 'serial', n, false, n, '', n, n, ARRAY[n, n + 1, n + 2]"
            " FROM generate_series(1, 20000) AS n",
            [item.pk, incident.pk],
        )
    pattern = read_pattern("KX4?213")
    sought = None if pattern is None else sought_by(pattern)
    assert sought is not None
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE cases_foldedmark")
        conditions = " AND ".join("keys && %s" for _ in sought.groups)
        cursor.execute(f"EXPLAIN SELECT id FROM cases_foldedmark WHERE {conditions}", [list(g) for g in sought.groups])  # noqa: S608
        by_keys = "\n".join(line for (line,) in cursor.fetchall())
        cursor.execute("EXPLAIN SELECT id FROM cases_foldedmark WHERE stem = '' AND first_number BETWEEN 7 AND 9")
        by_number = "\n".join(line for (line,) in cursor.fetchall())

    assert "Bitmap Index Scan on folded_mark_keys" in by_keys
    assert by_keys.count("&&") >= len(sought.groups)
    assert "folded_mark_number" in by_number


# --- what an item tells ---


def test_an_item_tells_when_it_can_have_crossed_and_what_shares_its_marks(
    client: APIClient, officer: Officer, client_of: ClientOf, rulebook_version: RulebookVersion
) -> None:
    consignee = [{"role": "consignee", "kind": "organization", "name": "Test Trading"}]
    paper = {"kind": "export_licence", "number": "E-7", "issued_on": "2012-05"}
    rounds = {
        "category": "ammunition",
        "quantity": 900,
        "unit": "round",
        "year_of_manufacture": 1988,
        "ammunition": {"lot": "A81-77", "headstamp": [{"text": "90", "clock": 6}], "packaging_marks": ["7,62x39 1440"]},
    }
    shares = {"documents": [paper], "parties": consignee}
    incident = recorded_incident(officer, items=[rounds, rifle("KX-1000")], **shares)
    run_screening(run_id=incident.runs.get().pk, now=NOW)
    lot = {**rounds, "ammunition": {"lot": "A8177", "packaging_marks": ["7.62X39-1440"]}}
    like = recorded_incident(officer, items=[rifle("KX-1051"), lot, rifle("KX-1020 – KX-1030")], **shares)
    recorded_incident(OfficerFactory.create(), items=[rounds, rifle("KX-1001")], **shares)
    address = f"/api/v1/incidents/{incident.reference}/items"

    of_rounds = client.get(f"{address}/0/intelligence").json()
    of_rifle = client.get(f"{address}/1/intelligence").json()

    window = of_rounds["window"]
    assert (window["first"], window["last"], window["is_contradictory"]) == ("2012-05-01", "2013-01-23", False)
    assert [bound["reason"] for bound in window["not_before"]] == ["paper", "headstamp", "made"]
    assert window["not_before"][0]["text"] == "A paper that goes with it was issued on 2012-05-01 (E-7)."
    held = {phase["measure"]: phase["holds"] for phase in of_rounds["phases"]}
    assert held["iran-2006/1747-5"] == "all"
    assert {phase["regime"] for phase in of_rounds["phases"]} <= {*incident.findings.values_list("regime", flat=True)}
    assert {(link["by"], link["incident"], link["item"]) for link in of_rounds["links"]} == {
        ("lot", like.reference, 1),
        ("packaging", like.reference, 1),
        ("paper", like.reference, None),
        ("consignee", like.reference, None),
    }
    neighbours = {link["value"]: link["distance"] for link in of_rifle["links"] if link["by"] == "serial"}
    assert neighbours == {"KX-1020 – KX-1030": 20}
    farther = client.get(f"{address}/1/intelligence?within=51").json()["links"]
    assert {link["distance"] for link in farther if link["by"] == "serial"} == {20, 51}
    assert client.get(f"{address}/1/intelligence?within=many").status_code == 422
    assert client_of(OfficerFactory.create()).get(f"{address}/0/intelligence").status_code == 404
