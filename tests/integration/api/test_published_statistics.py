"""Published statistics: kept as they went out, revised, and telling no more together than each by itself."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

from cases.models import AuditEntry, Incident, Officer, PublishedStatistic
from tests.factories import OfficerFactory, recorded_incident

PUBLICATIONS = "/api/v1/statistics/publications"
OF_2024 = {"statistic": "sdg-16-4-2", "year": 2024, "reason": "the yearly report"}


def arms(officer: Officer, quantity: int, **facts: Any) -> Incident:
    items = [{"category": "small_arm", "description": "rifles", "quantity": quantity, "unit": "piece"}]
    return recorded_incident(officer, **{"occurred_on": "2024-03-01", "items": items, **facts})


def published(client: APIClient, **facts: Any) -> Any:
    answer = client.post(PUBLICATIONS, OF_2024 | facts)
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_a_publication_stays_as_it_was_and_a_revision_says_what_changed_and_by_which_cases(
    officer: Officer, client: APIClient
) -> None:
    arms(officer, 40)
    first = published(client)
    file = client.get(f"{PUBLICATIONS}/{first['reference']}/file")
    book = client.get(f"{PUBLICATIONS}/{first['reference']}/file?format=xlsx")

    late = arms(officer, 20, kind="find")
    second = published(client, reason="found late in the year")

    again = client.get(f"{PUBLICATIONS}/{first['reference']}/file")
    assert again.content == file.content
    assert hashlib.sha256(again.content).hexdigest() == first["sha256"]
    assert hashlib.sha256(book.content).hexdigest() == first["workbook_sha256"]
    assert (file.json()["denominator"], file.json()["revision"]) == (40, 1)
    assert (second["revision"], second["revises"]) == (2, first["reference"])
    total = {"table": "arms", "key": "total", "column": "total", "before": 40, "after": 60}
    assert total | {"added": [f"{late.reference}/1"], "removed": [], "recounted": []} in second["changes"]
    out = client.get(f"{PUBLICATIONS}/{second['reference']}/file").json()
    assert total in out["changes"]
    assert late.reference not in str(out)
    assert out["revises"] == {"reference": first["reference"], "sha256": first["sha256"]}
    listed = client.get(f"{PUBLICATIONS}?statistic=sdg-16-4-2&year=2024").json()["results"]
    assert [row["reference"] for row in listed] == [second["reference"], first["reference"]]
    assert AuditEntry.objects.filter(action="statistic.published").count() == 2


def test_what_would_tell_of_single_cases_is_refused_or_withheld(officer: Officer, client: APIClient) -> None:
    arms(officer, 40)
    first = published(client)
    assert client.post(PUBLICATIONS, OF_2024).json()["code"] == "nothing_to_revise"

    arms(officer, 3, kind="find")
    refused = client.post(PUBLICATIONS, OF_2024)
    copy = client.get("/api/v1/statistics/sdg-16-4-2?from=2024&release=true").json()
    arms(officer, 30, kind="surrender")
    second = published(client)

    assert (refused.status_code, refused.json()["code"]) == (409, "revision_tells_too_much")
    # A copy that leaves the house is set against what was published, too.
    assert (copy["denominator"], copy["years"][0]["tables"][0]["total"]["found"]["suppressed"]) == (None, True)
    out = client.get(f"{PUBLICATIONS}/{second['reference']}/file").json()
    columns = out["tables"][0]["total"]
    assert (columns["total"]["pieces"], columns["found"]["pieces"], columns["seized"]["pieces"]) == (73, None, 40)
    # With what was seized as it was, the two others would follow from the total, were one of them shown.
    assert columns["surrendered"]["pieces"] is None
    assert first["revision"] == 1


def test_a_year_without_records_is_not_published_as_a_year_of_nothing(officer: Officer, client: APIClient) -> None:
    arms(officer, 40)

    shown = client.get("/api/v1/statistics/sdg-16-4-2?from=2023&to=2024").json()["years"]
    refused = client.post(PUBLICATIONS, OF_2024 | {"year": 2023})

    assert [year["has_records"] for year in shown] == [False, True]
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_publish")


def test_who_may_not_know_of_a_case_is_not_told_of_it_by_a_revision(
    officer: Officer, client: APIClient, client_of: Callable[[Officer], APIClient], neighbour: APIClient
) -> None:
    arms(officer, 40)
    published(client)
    caveated, seen = arms(officer, 20), arms(officer, 10)
    Incident.objects.filter(pk=caveated.pk).update(caveats=["informant"])
    cleared = OfficerFactory.create(agency=officer.agency, caveats=["informant"])
    reference = published(client_of(cleared))["reference"]

    told = client.get(f"{PUBLICATIONS}/{reference}")

    assert caveated.reference not in told.content.decode()
    assert seen.reference in told.content.decode()
    for address in (f"{PUBLICATIONS}/{reference}", f"{PUBLICATIONS}/{reference}/file"):
        assert neighbour.get(address).status_code == 404
    assert neighbour.get(PUBLICATIONS).json()["results"] == []
    no_export = OfficerFactory.create(agency=officer.agency, rights_withdrawn=["export"])
    assert client_of(no_export).post(PUBLICATIONS, OF_2024).status_code == 403


def test_every_cell_links_to_exactly_its_cases(officer: Officer, client: APIClient) -> None:
    persons = [{"role": "driver", "kind": "person", "name": "Nobody Known", "sex": "male", "born_on": "1990"}]
    facts: list[dict[str, Any]] = [
        {"parties": persons, "illicit_grounds": ["iti_6a", "iti_6b"], "route": {"origin": "YEM"}},
        {"kind": "find", "conveyance": {"mode": "road"}, "context": ["terrorism"]},
        {"kind": "surrender", "occurred_on": "2024-05"},
        {"occurred_on": "2023-12-30/2024-01-02"},
    ]
    for number, each in enumerate(facts[:3]):
        arms(officer, 10 + number, **each)
    arms(officer, 3, items=[{"category": "small_arm", "subtype": "a/b", "quantity": 2, "unit": "crate"}])
    arms(officer, 3, items=[{"category": "arms_unspecified", "quantity": 2, "unit": "piece"}])

    years = client.get("/api/v1/statistics/sdg-16-4-2?from=2024&explain=true").json()["years"]
    cells = [cell for year in years for cell in cells_in(year)]
    for name in ("illicit-arms-flows", "national-report", "un-register"):
        cells += cells_in(client.get(f"/api/v1/statistics/{name}?year=2024&explain=true").json())

    # One link for each set of lines that there is: most of the cells are of the same ones.
    asked = {(tuple(cell["lines"]), cell["cases"].split("%2F")[0]): cell for cell in cells}
    assert len(asked) > 10
    for cell in asked.values():
        rows = client.get(cell["cases"]).json()["results"]
        expected = {line.rpartition("/")[0] for line in cell["lines"]}
        assert {row["reference"] for row in rows} == expected, cell


def cells_in(document: Any) -> list[Any]:
    """Return all cells of a document, wherever in it they stand."""
    if isinstance(document, dict):
        if "cases" in document:
            return [document]
        return [cell for part in document.values() for cell in cells_in(part)]
    return [cell for part in document for cell in cells_in(part)] if isinstance(document, list) else []


def test_a_link_to_no_cell_is_refused(client: APIClient) -> None:
    for query, pointer in (
        ("counted_in=sdg-16-4-2/2024/no-table/total/total", "/counted_in"),
        ("counted_in=no-statistic/2024/tracing/total/total", "/counted_in"),
        ("counted_in=nonsense", "/counted_in"),
        ("counted_in=un-register/2024/un_register/total/total&cut_off=yesterday", "/cut_off"),
        ("cut_off=2024-01-01", "/counted_in"),
    ):
        answer = client.get(f"/api/v1/incidents?{query}")
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer), query


def test_the_command_explains_one_cell_and_publishes(officer: Officer, capsys: pytest.CaptureFixture[str]) -> None:
    incident = arms(officer, 40)
    of_2024 = ("statistics", "sdg-16-4-2", officer.username, "--year", "2024")

    call_command(*of_2024, "--cell", "tracing/no_attempt/seized")
    assert f'"lines": {{"{incident.reference}/1": 40}}' in capsys.readouterr().out
    call_command(*of_2024, "--publish", "the yearly report")

    assert PublishedStatistic.objects.get().document == capsys.readouterr().out.strip()
