"""Requests made to break something: code in a parameter, a path in an address, a column in a body."""

import base64
import json
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from django.db import connection
from rest_framework.test import APIClient

from cases.models import Incident, Leg, Officer, Right, ScreeningRun
from cases.queries.incident_rows import incident_rows, row_of_incident
from cases.services.run_screening import run_screening
from tests.conftest import NOW
from tests.factories import OfficerFactory, incident_document, recorded_incident

pytestmark = pytest.mark.django_db

COMMITTED: Final = Path(__file__).resolve().parents[3] / "docs" / "openapi.yaml"
PATHS: Final = yaml.safe_load(COMMITTED.read_text("utf-8"))["paths"]
LISTS: Final = {
    path: [each["name"] for each in calls["get"].get("parameters", []) if each["in"] == "query"]
    for path, calls in PATHS.items()
    if "get" in calls and "{" not in path
}
# Say nothing but together with another.
WITH_ANOTHER: Final = ("distance_m", "cut_off")
INJECTIONS: Final = (
    "' OR '1'='1' --",
    "'); DROP TABLE cases_incident; --",
    "1 UNION SELECT secret_hash FROM cases_apitoken",
    "0,0,1,1); SELECT pg_sleep(9); --",
    '{"$ne": null}',
    "\\'%_",
)


def test_no_parameter_of_any_list_reaches_the_database_as_code(client: APIClient, officer: Officer) -> None:
    officer.rights_added = [Right.ADMINISTER.value]
    officer.save()
    own = recorded_incident(officer, place="a quay of ours").reference
    foreign = recorded_incident(place="a quay of theirs").reference
    tried = 0

    for path, names in LISTS.items():
        for name in names:
            for text in INJECTIONS:
                answer = client.get(path, {name: text})
                assert answer.status_code in {200, 422}, (path, name, text, answer.content)
                assert foreign not in answer.content.decode(), (path, name, text)
                tried += 1
    found = [client.get("/api/v1/incidents", {"q": text}).json()["results"] for text in INJECTIONS]

    assert tried > 100
    # A condition that was let in would have found our own record.
    assert found == [[]] * len(INJECTIONS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reference FROM cases_incident ORDER BY id")
        assert [row[0] for row in cursor.fetchall()] == [own, foreign]


def test_code_in_a_record_is_kept_as_the_text_that_it_is(client: APIClient) -> None:
    for text in INJECTIONS:
        sent = incident_document(place=text, items=[{"category": "mine", "marks": [{"kind": "lot", "text": text}]}])
        made = client.post("/api/v1/incidents", sent).json()
        assert (made["place"], made["items"][0]["marks"][0]["text"]) == (text, text)


@pytest.mark.parametrize(
    "address",
    [
        "regimes/..%2f..%2fREADME",
        "regimes/../../../etc/passwd",
        "zones/..%2f..%2f..%2fetc%2fpasswd",
        "evidence/..%2f..%2fetc%2fpasswd/content",
        "exhibits/../../etc/passwd",
        "incidents/..%2f..%2fetc%2fpasswd",
        "../../static/../../manage.py",
        "../../static/..%2f..%2fbackend%2fsettings%2fbase.py",
    ],
)
def test_no_address_leads_out_of_what_is_served(client: APIClient, address: str) -> None:
    answer = client.get(f"/api/v1/{address}")

    assert answer.status_code == 404
    assert b"root:" not in answer.content
    assert b"DJANGO_SETTINGS_MODULE" not in answer.content


def test_no_parameter_names_a_file_of_the_server(client: APIClient, officer: Officer) -> None:
    address = f"/api/v1/incidents/{recorded_incident(officer).reference}/referrals"
    referral = client.post(address, {"addressee": {"country": "CHN"}, "language": "fr"}).json()["reference"]

    for value in ("../../../../etc/passwd", "/etc/passwd", "..\\..\\x", "pdf/../../x", "fr\x00"):
        answer = client.get(f"/api/v1/referrals/{referral}/document", {"format": value})
        other = client.post(address, {"addressee": {"country": "CHN"}, "language": value})
        assert (answer.status_code, other.status_code) == (422, 422), (value, answer.content, other.content)


def test_no_column_is_set_by_naming_it(client: APIClient, officer: Officer) -> None:
    foreign = OfficerFactory.create()
    ours = recorded_incident(officer)
    columns: dict[str, Any] = {
        "agency_id": foreign.agency.pk,
        "recorded_by": foreign.pk,
        "recorded_by_id": foreign.pk,
        "handed_to": foreign.pk,
        "recorded_at": "2001-01-01T00:00:00Z",
        "version": 99,
        "voided_at": "2001-01-01T00:00:00Z",
        "void_reason": "gone",
        "caveats": ["source_protection"],
        "located_country": "YEM",
        "outcomes": [{"regime": "iran-2006", "outcome": "indicated"}],
        "pk": 1,
        "id": 1,
    }
    before = Incident.objects.values().get(pk=ours.pk)

    client.post("/api/v1/incidents", incident_document(state="draft", **columns))
    for name, value in columns.items():
        refused = client.post("/api/v1/incidents", incident_document(**{name: value}))
        assert refused.status_code in {201, 422}, (name, refused.content)
        path = f"/api/v1/incidents/{ours.reference}"
        client.patch(path, {name: value}, HTTP_IF_MATCH=client.get(path)["ETag"])

    made = Incident.objects.exclude(pk=ours.pk)
    assert made.exists()
    for incident in made:
        assert (incident.agency_id, incident.recorded_by_id) == (officer.agency_id, officer.pk)
        assert (incident.handed_to_id, incident.version, incident.voided_at) == (None, 1, None)
        assert (incident.caveats, incident.located_country, incident.void_reason) == ([], "", "")
        assert incident.recorded_at.year > 2001
    after = Incident.objects.values().get(pk=ours.pk)
    # A change that says nothing of the record may count as one; more it may not.
    assert {name for name in before if before[name] != after[name]} <= {"version", "changed_at", "as_sent"}
    assert after["version"] < 99


def test_no_filter_tells_a_neighbour_what_a_hidden_record_says(
    neighbour: APIClient, client: APIClient, officer: Officer, rulebook_version: object
) -> None:
    party = {"role": "consignee", "kind": "person", "name": "Torvald Exemplum Brannigan"}
    route = {"origin": "IRN", "transit": ["OMN"], "destination": "YEM"}
    items = [{"category": "ammunition", "make": "Exemplum", "description": "122 mm rockets", "quantity": 10}]
    stated: dict[str, Any] = {"reference": "OURS-1", "parties": [party], "route": route, "items": items}
    hidden = recorded_incident(officer, place="a hidden quay", **stated)
    run_screening(run_id=ScreeningRun.objects.get(incident=hidden).pk, now=NOW)
    row = row_of_incident(incident_rows(Incident.objects.all()).get())
    true = {
        "q": ["hidden quay", hidden.reference, "OURS-1", "Brannigan", "122 mm"],
        "agency": [officer.agency.name],
        "country": ["YEM"],
        "regime": [each["regime"] for each in row["outcomes"]],
        "outcome": [each["outcome"] for each in row["outcomes"]],
        "zone": Incident.objects.get().zone_ids,
        "category": row["categories"],
        "occurred_after": ["2013-01-22"],
        "occurred_before": ["2013-01-24"],
        "bbox": ["52,15,53,16"],
        "near": ["52.3,15.2"],
        "origin": [route["origin"]],
        "transit": route["transit"],
        "destination": [route["destination"]],
        "leg": [":".join((leg.kind, leg.start, leg.end)) for leg in Leg.objects.filter(incident=hidden)],
        "state": [hidden.state],
        "make": [items[0]["make"]],
        "counted_in": ["illicit-arms-flows/2013/other_goods/ammunition/seized"],
        "within": [json.dumps({"type": "Polygon", "coordinates": [[[52, 15], [53, 15], [53, 16], [52, 15]]]})],
    }
    offered = {name for name in LISTS["/api/v1/incidents"] if name not in {"cursor", "page_size", *WITH_ANOTHER}}
    assert offered == set(true), "a filter is not asked here"

    for name, values in true.items():
        for value in values:
            more = {"near": {"distance_m": "50000"}, "counted_in": {"cut_off": "2027-01-01"}}.get(name, {})
            asked = {name: value, **more}
            assert client.get("/api/v1/incidents", asked).json()["results"], ("it finds nothing at all", asked)
            answer = neighbour.get("/api/v1/incidents", asked)
            assert answer.json() == {"next": None, "previous": None, "results": []}, (name, value)


def test_a_cursor_made_up_around_a_hidden_record_finds_nothing_and_orders_nothing(
    neighbour: APIClient, officer: Officer
) -> None:
    hidden = recorded_incident(officer)
    for backward in (0, 1):
        fields = json.dumps([hidden.recorded_at.isoformat(), hidden.reference, backward]).encode()
        cursor = base64.urlsafe_b64encode(fields).decode().rstrip("=")
        answer = neighbour.get("/api/v1/incidents", {"cursor": cursor, "page_size": "1"}).json()
        assert hidden.reference not in json.dumps(answer)
        assert answer["results"] == []
    for name in ("ordering", "order_by", "sort", "fields", "expand"):
        assert neighbour.get("/api/v1/incidents", {name: "recorded_by__password"}).status_code == 422
