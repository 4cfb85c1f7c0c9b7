"""Statistics over what an officer may know of: figures that lead to their cases, and copies that leave the house."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from openpyxl import load_workbook
from rest_framework.test import APIClient

from cases.models import AuditEntry, Officer, PointOfDiversion, SameEvent
from tests.conftest import NOW
from tests.factories import AgencyFactory, OfficerFactory, recorded_incident

SDG = "/api/v1/statistics/sdg-16-4-2"


def rifles(quantity: int, **facts: Any) -> dict[str, Any]:
    return {"category": "small_arm", "description": "rifles", "quantity": quantity, "unit": "piece", **facts}


def diverted(officer: Officer, incident: Any) -> PointOfDiversion:
    return PointOfDiversion.objects.create(
        item=incident.items.get(),
        agency=officer.agency,
        version=1,
        kind="state_stock_theft",
        confidence="high",
        words="the register of the depot",
        reason="told so",
        recorded_at=NOW,
        recorded_by=officer,
        country="YEM",
    )


def test_every_figure_leads_to_its_cases_and_moves_by_what_was_recorded(officer: Officer, client: APIClient) -> None:
    traced = recorded_incident(officer, occurred_on="2024-03-01", items=[rifles(12)])
    found = recorded_incident(officer, occurred_on="2024-06", kind="find", items=[rifles(8, serial_number="A-1")])
    recorded_incident(officer, occurred_on="2024", items=[rifles(2, unit="crate")])
    recorded_incident(officer, occurred_on="2022", kind="report", items=[rifles(500)])
    recorded_incident(officer, state="draft", occurred_on="2024", items=[rifles(500)])

    before = client.get(f"{SDG}?from=2024").json()
    diverted(officer, traced)
    after = client.get(f"{SDG}?from=2024&explain=true").json()

    assert (before["numerator"], before["denominator"], before["value"]) == (0, 20, 0.0)
    assert (after["numerator"], after["denominator"], after["value"]) == (12, 20, 60.0)
    year = after["years"][0]
    assert year["incidents_without_count"] == 1
    tracing = {row["key"]: row["cells"] for row in year["tables"][0]["rows"]}
    assert tracing["established"]["seized"]["lines"] == [f"{traced.reference}/1"]
    marking = {row["key"]: row["cells"] for row in year["tables"][1]["rows"]}
    assert marking["uniquely_marked"]["found"]["lines"] == [f"{found.reference}/1"]
    # Years without any arms between are shown as nothing, not left out.
    assert [each["year"] for each in client.get(SDG).json()["years"]] == [2022, 2023, 2024]
    assert client.get(f"{SDG}?from=2023&to=2023").json()["value"] is None


def test_as_known_at_the_cut_off(officer: Officer, client: APIClient) -> None:
    diverted(officer, recorded_incident(officer, occurred_on="2024-03-01", items=[rifles(12)]))

    assert client.get(f"{SDG}?from=2024&cut_off=2026-11-21").json()["denominator"] == 0
    # Recorded on the 22nd, as was the conclusion.
    assert client.get(f"{SDG}?from=2024&cut_off=2026-11-22").json()["numerator"] == 12


def test_each_arm_counts_once_though_two_agencies_recorded_the_event(
    officer: Officer, client_of: Callable[[Officer], APIClient]
) -> None:
    abroad = OfficerFactory.create(agency=AgencyFactory.create(country="XXX"))
    ours = recorded_incident(officer, occurred_on="2024-03-01", items=[rifles(12)])
    theirs = recorded_incident(officer, occurred_on="2024-03-01", items=[rifles(12)])
    SameEvent.objects.create(first=ours, second=theirs, said_at=NOW, said_by=officer, reason="one night, one dhow")

    shown = client_of(officer).get(SDG).json()

    assert (shown["denominator"], shown["same_event"]) == (12, [theirs.reference])
    assert client_of(abroad).get(SDG).json()["years"] == []


def test_what_leaves_the_house_takes_the_right_and_is_recorded(
    officer: Officer, client: APIClient, client_of: Callable[[Officer], APIClient]
) -> None:
    recorded_incident(officer, occurred_on="2024-03-01", items=[rifles(40)])
    small = recorded_incident(officer, occurred_on="2024-03-02", kind="find", items=[rifles(2)])
    no_export = OfficerFactory.create(agency=officer.agency, rights_withdrawn=["export"])

    shown = client.get(f"{SDG}?from=2024&release=true")
    refused = client_of(no_export).get(f"{SDG}?from=2024&release=true")

    assert small.reference not in shown.content.decode()
    assert shown.json()["years"][0]["tables"][0]["total"]["found"] == {
        "pieces": None,
        "suppressed": True,
        "incidents_without_count": 0,
    }
    assert AuditEntry.objects.get(action="statistic.exported").agency == officer.agency
    assert refused.status_code == 403


def test_a_workbook_holds_the_same_figures_as_text_and_numbers_and_is_the_same_each_time(
    officer: Officer, client: APIClient
) -> None:
    recorded_incident(officer, occurred_on="2024-03-01", items=[rifles(40, subtype="=1+1")])
    address = "/api/v1/statistics/illicit-arms-flows?year=2024&format=xlsx&cut_off=2026-11-25"

    first, second = client.get(address), client.get(address)

    assert first.content == second.content
    book = load_workbook(io.BytesIO(first.content))
    rows = [[cell.value for cell in row] for row in book["weapons"].iter_rows()]
    assert rows == [
        ["weapons", "seized", "found", "surrendered", "total"],
        ["small_arm / =1+1", 40, 0, 0, 40],
        ["total", 40, 0, 0, 40],
    ]
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


@pytest.mark.parametrize("name", ["illicit-arms-flows", "national-report", "un-register"])
def test_tables_are_counted_over_ones_own(officer: Officer, client: APIClient, neighbour: APIClient, name: str) -> None:
    recorded_incident(officer, occurred_on="2024-03-01", items=[rifles(40)])

    for asker, counted in ((client, 40), (neighbour, 0)):
        shown = asker.get(f"/api/v1/statistics/{name}?year=2024").json()
        assert shown["tables"][0]["total"]["seized"]["pieces"] == counted


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("from=2O24", "/from"),
        ("from=1800", "/from"),
        ("from=2025&to=2024", "/to"),
        ("cut_off=yesterday", "/cut_off"),
        ("explain=perhaps", "/explain"),
    ],
)
def test_a_question_that_cannot_be_answered_names_the_parameter(client: APIClient, query: str, pointer: str) -> None:
    answer = client.get(f"{SDG}?{query}")

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


def test_the_command_prints_what_the_officer_sees(officer: Officer, capsys: pytest.CaptureFixture[str]) -> None:
    recorded_incident(officer, occurred_on="2024-03-01", items=[rifles(40)])

    call_command("statistics", "sdg-16-4-2", officer.username, "--year", "2024")

    assert '"denominator": 40' in capsys.readouterr().out
