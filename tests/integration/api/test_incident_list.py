"""The list of incidents: its filters, and pages that lose and repeat nothing."""

import json
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from cases.models import Incident, Officer, ScreeningRun
from cases.services.run_screening import run_screening
from tests.conftest import NOW, OF_SCOPE
from tests.factories import recorded_incident

pytestmark = pytest.mark.django_db

PATH = "/api/v1/incidents"


def _point(longitude: float, latitude: float) -> dict[str, Any]:
    return {"location": {"type": "Point", "coordinates": [longitude, latitude]}}


def _found(client: APIClient, **query: Any) -> set[str]:
    answer = client.get(PATH, query)
    assert answer.status_code == 200, answer.json()
    return {row["place"] for row in answer.json()["results"]}


@pytest.fixture
def three(officer: Officer) -> None:
    """One incident off Yemen, one by the antimeridian, one of unknown place."""
    recorded_incident(officer, place="off Yemen", occurred_on="2013-01-23", **_point(52.3, 15.2))
    recorded_incident(
        officer,
        place="Fiji",
        occurred_on="2016-05",
        kind="inspection",
        items=[],
        agency={"name": "Harbour Service"},
        **_point(179.9, -17.0),
    )
    recorded_incident(
        officer,
        place="unknown bay",
        occurred_on="2020",
        location=None,
        items=[{"category": "mine", "description": "naval", "marks": [{"kind": "lot", "text": "LOT-77"}]}],
    )


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ({}, {"off Yemen", "Fiji", "unknown bay"}),
        ({"occurred_after": "2016-05-20"}, {"Fiji", "unknown bay"}),
        ({"occurred_before": "2016-05-10"}, {"off Yemen", "Fiji"}),
        ({"occurred_after": "2013", "occurred_before": "2013"}, {"off Yemen"}),
        ({"bbox": "42,12,54,18"}, {"off Yemen"}),
        ({"bbox": "170,-20,-170,-10"}, {"Fiji"}),
        ({"near": "52.3,15.3", "distance_m": "12000"}, {"off Yemen"}),
        ({"near": "52.3,15.3", "distance_m": "11000"}, set()),
        ({"near": "-179.9,-17", "distance_m": "30000"}, {"Fiji"}),
        ({"near": "0,90", "distance_m": "20040000"}, {"off Yemen", "Fiji"}),
        ({"category": "mine"}, {"unknown bay"}),
        ({"agency": "harbour"}, {"Fiji"}),
        ({"q": "lot-77"}, {"unknown bay"}),
        ({"q": "%"}, set()),
        ({"country": "yem"}, set()),
        ({"zone": "territory:YEM"}, set()),
    ],
)
def test_a_filter_narrows_the_list(client: APIClient, three: None, query: dict[str, str], places: set[str]) -> None:
    assert _found(client, **query) == places


def test_an_outline_narrows_the_list(client: APIClient, three: None) -> None:
    outline = {"type": "Polygon", "coordinates": [[[52, 15], [53, 15], [53, 16], [52, 16], [52, 15]]]}
    hole = [[52.2, 15.1], [52.4, 15.1], [52.4, 15.3], [52.2, 15.3], [52.2, 15.1]]
    holed = {"type": "Polygon", "coordinates": [*outline["coordinates"], hole]}

    assert _found(client, within=json.dumps(outline)) == {"off Yemen"}
    assert _found(client, within=json.dumps(holed)) == set()


def test_findings_and_resolved_places_narrow_the_list(client: APIClient, three: None, rulebook_version: object) -> None:
    for run in ScreeningRun.objects.all():
        run_screening(run_id=run.pk, now=NOW)
    screened = Incident.objects.get(place="off Yemen")
    finding = screened.findings.filter(outcome="indicated").first()
    assert finding is not None

    assert _found(client, regime=finding.regime, outcome="indicated") == {"off Yemen"}
    assert "off Yemen" not in _found(client, outcome="not_indicated")
    assert _found(client, country="YEM") == {"off Yemen"}
    assert _found(client, zone=screened.zone_ids[0]) == {"off Yemen"}


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ({"bbox": "1,2,3"}, "/bbox", "not_a_box"),
        ({"bbox": "1,5,3,4"}, "/bbox", "not_a_box"),
        ({"bbox": "1,nan,3,4"}, "/bbox", "not_a_box"),
        ({"near": "200,0", "distance_m": "1"}, "/near", "not_a_position"),
        ({"near": "20,0"}, "/distance_m", "distance_needed"),
        ({"near": "20,0", "distance_m": "-1"}, "/distance_m", "not_a_distance"),
        ({"within": '{"type": "Point", "coordinates": [1, 2]}'}, "/within", "not_an_area"),
        ({"within": "nonsense"}, "/within", "not_an_area"),
        ({"occurred_after": "yesterday"}, "/occurred_after", "not_a_date"),
        ({"country": "Yemen"}, "/country", "country_needs_code"),
        ({"outcome": "guilty"}, "/outcome", "not_a_choice"),
        ({"category": "tea"}, "/category", "not_a_choice"),
        ({"q": "x" * 201}, "/q", "text_too_long"),
        ({"q": "a\x00b"}, "/q", "not_valid"),
        ({"agncy": "x"}, "/agncy", "unknown_parameter"),
        ({"page_size": "0"}, "/page_size", "out_of_range"),
        ({"cursor": "bm9uc2Vuc2U"}, "/cursor", "not_a_cursor"),
        ({"cursor": "é"}, "/cursor", "not_a_cursor"),
    ],
)
def test_a_filter_that_cannot_be_read_is_named(
    client: APIClient, query: dict[str, str], pointer: str, code: str
) -> None:
    answer = client.get(PATH, query)

    assert answer.status_code == 422
    assert [(entry["pointer"], entry["code"]) for entry in answer.json()["errors"]] == [(pointer, code)]


def test_pages_lose_and_repeat_nothing_though_all_were_recorded_at_once(client: APIClient, officer: Officer) -> None:
    expected = {recorded_incident(officer).reference for _ in range(7)}

    forward, url = [], f"{PATH}?page_size=3"
    pages = []
    while url:
        page = client.get(url).json()
        pages.append(page)
        forward.append([row["reference"] for row in page["results"]])
        url = page["next"]
    back = client.get(pages[-1]["previous"]).json()

    assert [len(page) for page in forward] == [3, 3, 1]
    assert {reference for page in forward for reference in page} == expected
    assert pages[0]["previous"] is None
    assert [row["reference"] for row in back["results"]] == forward[1]


def test_a_page_stays_the_same_while_records_arrive(client: APIClient, officer: Officer) -> None:
    first = [recorded_incident(officer) for _ in range(4)]
    Incident.objects.filter(pk__in=[incident.pk for incident in first]).update(recorded_at=NOW.replace(year=2025))
    page = client.get(f"{PATH}?page_size=2").json()
    recorded_incident(officer)

    rest = client.get(page["next"]).json()

    seen = {row["reference"] for row in [*page["results"], *rest["results"]]}
    assert seen == {incident.reference for incident in first}


def test_the_list_reads_in_few_queries_whatever_its_length(
    client: APIClient, officer: Officer, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        recorded_incident(officer)
    client.get(PATH)

    with django_assert_max_num_queries(5 + OF_SCOPE):
        client.get(PATH)
