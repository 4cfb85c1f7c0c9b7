"""What leaves for customs and for bureaus: rows of seizures, and forms of traced arms; nobody is named in either."""

import csv
import hashlib
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook
from rest_framework.test import APIClient

from cases.models import AuditEntry, Officer
from tests.factories import OfficerFactory, recorded_incident

SEIZURES = "/api/v1/statistics/seizures?year=2024"
RECORD: dict[str, Any] = {
    "occurred_on": "2024-03-01",
    "concealment": "false floor, Zebedee Nomzq said",
    "circumstances": "Zebedee Nomzq drove",
    "conveyance": {"mode": "road", "owner": "Zebedee Nomzq"},
    "parties": [{"role": "driver", "kind": "person", "name": "Zebedee Nomzq", "nationality": ["YUG"]}],
    "items": [
        {"category": "small_arm", "quantity": 2, "unit": "piece", "serial_number": "47-1213", "description": "Nomzq"},
        {"category": "ammunition", "quantity": 3, "unit": "crate"},
    ],
}


def test_seizures_are_exported_a_row_a_line_and_nobody_is_named(
    officer: Officer, client: APIClient, neighbour: APIClient, client_of: Callable[[Officer], APIClient]
) -> None:
    incident = recorded_incident(officer, **RECORD)
    recorded_incident(officer, occurred_on="2023")
    recorded_incident(officer, occurred_on="2024-03", kind="find")
    no_export = OfficerFactory.create(agency=officer.agency, rights_withdrawn=["export"])

    lines = [json.loads(line) for line in client.get(f"{SEIZURES}&format=ndjson").content.splitlines()]
    table = list(csv.DictReader(io.StringIO(client.get(SEIZURES).content.decode())))
    first, second = (client.get(f"{SEIZURES}&format=xlsx").content for _ in range(2))

    assert [(row["reference"], row["line"], row["quantity"]) for row in lines] == [
        (incident.reference, 1, 2),
        (incident.reference, 2, 3),
    ]
    assert (lines[0]["concealment"], lines[0]["nationalities"], lines[1]["unit"]) == ("in_conveyance", "YUG", "crate")
    assert [row["goods"] for row in table] == ["small_arm", "ammunition"]
    assert "Nomzq" not in f"{lines}{table}"
    assert first == second
    assert [cell.value for cell in load_workbook(io.BytesIO(first))["seizures"]["B"]] == ["line", 1, 2]
    assert AuditEntry.objects.filter(action="seizure_rows.exported", agency=officer.agency).count() == 4
    assert neighbour.get(f"{SEIZURES}&format=ndjson").content == b""
    assert client_of(no_export).get(SEIZURES).status_code == 403
    assert client.get("/api/v1/statistics/seizures").json()["errors"][0]["pointer"] == "/year"


def test_a_trace_between_bureaus_has_a_form_for_iarms(officer: Officer, client: APIClient) -> None:
    incident = recorded_incident(officer, **RECORD)
    letter = {"addressee": {"country": "CHE"}, "language": "en", "items": [0, 1]}
    address = f"/api/v1/incidents/{incident.reference}/referrals"
    trace = client.post(address, letter | {"kind": "iarms_trace"}).json()["reference"]
    other = client.post(address, letter | {"kind": "bilateral", "addressee": {"country": "AUT"}}).json()["reference"]

    form = client.get(f"/api/v1/referrals/{trace}/iarms").json()
    book = client.get(f"/api/v1/referrals/{trace}/iarms?format=xlsx")
    refused = client.get(f"/api/v1/referrals/{other}/iarms")

    assert [arm["serial_numbers"] for arm in form["arms"]] == [["47-1213"]]
    assert (form["redaction"], form["lines_left_out"]) == ("to_interpol_wco", [2])
    assert {"element": "make", "line": 1, "is_needed": True} in form["missing"]
    assert "Nomzq" not in json.dumps(form)
    assert "request" in load_workbook(io.BytesIO(book.content)).sheetnames
    assert (refused.status_code, refused.json()["code"]) == (409, "not_an_iarms_trace")


@pytest.mark.parametrize("wanted", ["json", "xlsx"])
def test_the_digest_recorded_of_a_form_is_that_of_the_bytes_served(
    officer: Officer, client: APIClient, wanted: str
) -> None:
    incident = recorded_incident(officer, **RECORD)
    letter = {"addressee": {"country": "CHE"}, "language": "en", "kind": "iarms_trace"}
    trace = client.post(f"/api/v1/incidents/{incident.reference}/referrals", letter).json()["reference"]

    answer = client.get(f"/api/v1/referrals/{trace}/iarms?format={wanted}")

    told = json.loads(AuditEntry.objects.get(action="document.viewed").payload)["after"]
    assert told["sha256"] == hashlib.sha256(answer.content).hexdigest()
    assert told["format"] == f"iarms.{wanted}"
    assert answer["Content-Disposition"] == f'attachment; filename="{trace}-iarms.{wanted}"'
