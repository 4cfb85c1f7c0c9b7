"""The work list over HTTP: findings that wait for a person, one's own only."""

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from cases.models import Finding, Officer, RulebookVersion, ScreeningRun
from cases.services.run_screening import run_screening
from cases.services.void_incident import void_incident
from tests.conftest import NOW, OF_SCOPE
from tests.factories import OfficerFactory, recorded_incident

pytestmark = pytest.mark.django_db

MEASURE = "iran-2006/1747-5"


@pytest.fixture(autouse=True)
def _rulebook(rulebook_version: RulebookVersion) -> None:
    """Every test screens under the package's rulebook."""


def screened(officer: Officer, **changes: object) -> str:
    incident = recorded_incident(officer, **changes)
    run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    return incident.reference


def measures(client: APIClient, query: str = "") -> list[str]:
    return [row["measure"] for row in client.get(f"/api/v1/findings{query}").json()["results"]]


def test_what_nobody_has_decided_waits(client: APIClient, officer: Officer) -> None:
    reference = screened(officer)

    rows = client.get("/api/v1/findings").json()["results"]

    (row,) = [row for row in rows if row["measure"] == MEASURE]
    assert (row["incident"], row["outcome"], row["review"]) == (reference, "indicated", "open")


def test_what_is_decided_leaves_the_list_and_what_needs_more_stays(client: APIClient, officer: Officer) -> None:
    screened(officer)
    finding = Finding.objects.get(measure=MEASURE)
    path = f"/api/v1/findings/{finding.pk}/review"

    client.post(path, {"decision": "more_needed", "reason": "ask the consignor"})
    assert MEASURE in measures(client)
    assert measures(client, "?review=more_needed") == [MEASURE]

    client.post(path, {"decision": "confirmed", "reason": "papers seen"})
    assert MEASURE not in measures(client)
    assert measures(client, "?review=confirmed") == [MEASURE]


def test_a_finding_on_the_place_alone_stays_off_the_list(client: APIClient, officer: Officer) -> None:
    in_somalia = {
        "kind": "find",
        "location": {"type": "Point", "coordinates": [45.34, 2.05]},
        "location_accuracy_m": 100,
        "at_sea": False,
        "items": [{"category": "small_arm", "quantity": 1, "unit": "piece"}],
    }
    screened(officer, **in_somalia, route=None, conveyance=None)
    by_place = set(Finding.objects.filter(place_only=True).values_list("measure", flat=True))

    assert by_place
    assert by_place.isdisjoint(measures(client))
    assert set(measures(client, "?place_only=true")) == by_place


def test_what_was_recorded_in_error_waits_for_nobody(client: APIClient, officer: Officer) -> None:
    screened(officer)
    void_incident(officer=officer, incident=Finding.objects.all()[0].incident, reason="twice", voided_at=NOW)

    assert measures(client) == []


def test_a_neighbour_sees_none_of_ours(neighbour: APIClient, officer: Officer) -> None:
    reference = screened(officer)

    answer = neighbour.get("/api/v1/findings")

    assert answer.json()["results"] == []
    assert reference not in answer.content.decode()


def test_pages_follow_one_another_without_gap_or_repeat(client: APIClient, officer: Officer) -> None:
    for number in range(4):
        screened(officer, place=f"place {number}")
    whole = [row["id"] for row in client.get("/api/v1/findings?page_size=200").json()["results"]]
    path: str | None = "/api/v1/findings?page_size=3"
    seen: list[str] = []
    while path is not None:
        page = client.get(path).json()
        seen += [row["id"] for row in page["results"]]
        path = page["next"]

    assert len(whole) > 3
    assert seen == whole


@pytest.mark.parametrize("query", ["review=guilty", "place_only=maybe", "outcome=indicated", "page_size=0", "cursor=x"])
def test_a_wrong_question_is_refused(client: APIClient, query: str) -> None:
    assert client.get(f"/api/v1/findings?{query}").status_code == 422


def test_many_rows_take_as_few_queries_as_one(
    client: APIClient, officer: Officer, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        screened(officer, place=f"place {number}")

    with django_assert_max_num_queries(4 + OF_SCOPE):
        client.get("/api/v1/findings")


def test_a_colleague_may_not_replace_a_decision(client: APIClient, officer: Officer, client_of: object) -> None:
    screened(officer)
    path = f"/api/v1/findings/{Finding.objects.get(measure=MEASURE).pk}/review"
    client.post(path, {"decision": "confirmed", "reason": "papers seen"})
    colleague = client_of(OfficerFactory.create(agency=officer.agency))  # type: ignore[operator]
    supervisor = client_of(OfficerFactory.create(agency=officer.agency, supervisor=True))  # type: ignore[operator]

    refused = colleague.post(path, {"decision": "rejected", "reason": "I think not"})
    overridden = supervisor.post(path, {"decision": "rejected", "reason": "the certificate is genuine"})

    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert overridden.status_code == 201
