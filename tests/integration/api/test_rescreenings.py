"""Re-screenings over HTTP: how far they are, and what they changed of one's own incidents."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from cases.models import Incident, Officer, Rescreening, RulebookVersion, ScreeningRun
from cases.services.run_screening import run_screening
from tests.conftest import NOW, OF_SCOPE
from tests.factories import OfficerFactory, recorded_incident
from tests.older_rulebooks import ENDED_EARLY, rescreened_under

pytestmark = pytest.mark.django_db

MEASURE = "iran-2006/1747-5"


@pytest.fixture
def incident(officer: Officer, rulebook_version: RulebookVersion) -> Incident:
    """An incident that was screened, and that lost a finding by a re-screening."""
    return incidents_rescreened(officer)[0]


def incidents_rescreened(*officers: Officer) -> list[Incident]:
    incidents = [recorded_incident(officer) for officer in officers]
    for run in ScreeningRun.objects.filter(status="queued"):
        run_screening(run_id=run.pk, now=NOW)
    rescreened_under(ENDED_EARLY)
    return incidents


def test_it_says_why_and_how_far_and_what_it_did_to_ones_own_incidents(client: APIClient, incident: Incident) -> None:
    (listed,) = client.get("/api/v1/rescreenings").json()["results"]

    shown = client.get(f"/api/v1/rescreenings/{listed['id']}").json()

    assert shown == listed
    assert (shown["cause"], shown["status"], shown["progress"]) == ("rulebook", "done", 1.0)
    assert shown["after"]["rulebook"]["version"] == "of-another-day"
    assert (shown["counts"]["screened"], shown["counts"]["lost"]) == (1, 1)


def test_the_difference_report_gives_the_reasons_on_both_sides(client: APIClient, incident: Incident) -> None:
    rescreening = Rescreening.objects.get()

    changes = client.get(f"/api/v1/rescreenings/{rescreening.pk}/changes").json()["results"]
    own = client.get(f"/api/v1/incidents/{incident.reference}/screening/changes").json()["results"]

    assert own == changes
    (lost,) = [change for change in changes if change["measure"] == MEASURE]
    assert (lost["reference"], lost["kind"]) == (incident.reference, "lost")
    assert lost["reasons"][0]["before"]
    assert lost["reasons"][0]["after"][0]["rule"].startswith("in_force.")


def test_an_agency_learns_nothing_of_anothers_incidents(
    client: APIClient, client_of: Callable[[Officer], APIClient], officer: Officer, rulebook_version: RulebookVersion
) -> None:
    other = OfficerFactory.create()
    ours, theirs = incidents_rescreened(officer, other)
    rescreening = Rescreening.objects.get()
    path = f"/api/v1/rescreenings/{rescreening.pk}"

    assert client.get(path).json()["counts"]["screened"] == 1
    changes = client.get(f"{path}/changes")
    assert {change["reference"] for change in changes.json()["results"]} == {ours.reference}
    assert theirs.reference not in changes.content.decode()
    administrator = client_of(OfficerFactory.create(agency=None, role="administrator", is_superuser=True))
    assert administrator.get(path).json()["counts"]["screened"] == 0
    assert administrator.get(f"{path}/changes").json()["results"] == []


def test_the_report_is_read_page_by_page(client: APIClient, officer: Officer, rulebook_version: object) -> None:
    incidents = incidents_rescreened(*[officer] * 3)
    path: str | None = f"/api/v1/rescreenings/{Rescreening.objects.get().pk}/changes?page_size=2"
    seen: list[dict[str, Any]] = []
    while path is not None:
        page = client.get(path).json()
        seen += page["results"]
        path = page["next"]

    keys = [(change["reference"], change["measure"]) for change in seen]
    assert len(keys) == len(set(keys))
    assert {reference for reference, measure in keys if measure == MEASURE} == {each.reference for each in incidents}


@pytest.mark.parametrize("cursor", ["x", "WyIyMDI2LTExLTIyVDEyOjAwOjAwKzAwOjAwIiwibm8gbnVtYmVyIiwwXQ"])
def test_a_cursor_of_another_list_is_refused(client: APIClient, incident: Incident, cursor: str) -> None:
    answer = client.get(f"/api/v1/rescreenings/{Rescreening.objects.get().pk}/changes?cursor={cursor}")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "not_a_cursor"


def test_there_is_no_such_rescreening(client: APIClient) -> None:
    for path in ("rescreenings/7", "rescreenings/7/changes", f"rescreenings/{10**30}"):
        assert client.get(f"/api/v1/{path}").status_code == 404


def test_reading_many_takes_as_few_queries_as_reading_one(
    client: APIClient, officer: Officer, rulebook_version: object, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    incidents_rescreened(*[officer] * 3)
    path = f"/api/v1/rescreenings/{Rescreening.objects.get().pk}/changes"

    with django_assert_max_num_queries(6 + OF_SCOPE):
        assert len(client.get(path).json()["results"]) >= 3
    with django_assert_max_num_queries(6 + OF_SCOPE):
        client.get("/api/v1/rescreenings")
