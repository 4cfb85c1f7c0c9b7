"""The list of incidents as a page: filters, order, what is found at once, what is saved and what is taken out."""

import csv
import io
import json
from urllib.parse import urlencode

import pytest
from django.test import Client

from cases.models import AuditEntry, Incident, Officer, OfficerRole, SavedFilter, ScreeningRun
from cases.services.run_screening import run_screening
from tests.api_clients import client_with_token
from tests.conftest import NOW
from tests.factories import OfficerFactory, recorded_incident

pytestmark = pytest.mark.django_db


def browser_of(officer: Officer) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(officer)
    return client


@pytest.fixture
def browser(officer: Officer) -> Client:
    """A browser in which the officer is signed in."""
    return browser_of(officer)


def references_in(page: str, officer: Officer) -> list[str]:
    """Return the agency's incidents that a page lists, in its order."""
    known = Incident.objects.filter(agency=officer.agency).values_list("reference", flat=True)
    places = {reference: page.find(f"/incidents/{reference}/") for reference in known}
    return sorted((reference for reference, place in places.items() if place >= 0), key=places.__getitem__)


# --- filters ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        {"category": "mine"},
        {"occurred_after": "2015", "occurred_before": "2016-06"},
        {"q": "lonely quay"},
        {"bbox": "40,10,60,20"},
        {"near": "52.3,15.2", "distance_m": "1000"},
        {"category": "mine", "q": ""},
    ],
)
def test_the_page_finds_what_the_api_finds(browser: Client, officer: Officer, query: dict[str, str]) -> None:
    recorded_incident(officer)
    recorded_incident(officer, occurred_on="2016-05-01", place="a lonely quay", items=[{"category": "mine"}])
    recorded_incident(officer, location=None, items=[{"category": "mine"}])

    page = browser.get("/incidents/", query).content.decode()
    asked = {name: value for name, value in query.items() if value}
    answered = client_with_token(officer).get("/api/v1/incidents", asked).json()

    assert references_in(page, officer) == [row["reference"] for row in answered["results"]]
    assert answered["results"]


def test_each_filter_that_is_set_can_be_taken_away_alone(browser: Client, officer: Officer) -> None:
    recorded_incident(officer)
    query = {"category": "ammunition", "near": "52.3,15.2", "distance_m": "1000", "sort": "occurred"}

    page = browser.get("/incidents/", query).content.decode()

    assert "?category=ammunition&amp;sort=occurred" in page
    assert "?near=52.3%2C15.2&amp;distance_m=1000&amp;sort=occurred" in page
    assert "52.3,15.2, within 1000 m" in page


def test_what_is_wrong_with_a_filter_stands_beside_it(browser: Client, officer: Officer) -> None:
    recorded_incident(officer)

    answer = browser.get("/incidents/", {"occurred_after": "yesterday", "wrong": "1"})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert 'value="yesterday"' in page
    assert 'aria-invalid="true"' in page
    assert "is not a parameter of this list" in page
    assert references_in(page, officer) == []


def test_the_list_is_ordered_by_day_either_way_and_pages_keep_it(browser: Client, officer: Officer) -> None:
    first = recorded_incident(officer, occurred_on="2010")
    last = recorded_incident(officer, occurred_on="2020-02-02")
    middle = recorded_incident(officer, occurred_on="2015-05")
    unknown = recorded_incident(officer, state="draft", occurred_on=None)

    rising = browser.get("/incidents/?sort=occurred").content.decode()
    falling = browser.get("/incidents/?sort=-occurred").content.decode()
    page = browser.get("/incidents/?sort=occurred&page_size=2")
    following = browser.get(page.context["page"].next).content.decode()

    in_order = [each.reference for each in (unknown, first, middle, last)]
    assert references_in(rising, officer) == in_order
    assert references_in(falling, officer) == in_order[::-1]
    assert references_in(following, officer) == in_order[2:]


def test_a_neighbour_counts_nothing_of_it(officer: Officer) -> None:
    recorded_incident(officer)

    page = browser_of(OfficerFactory.create()).get("/incidents/").content.decode()

    assert "0 incidents" in page
    assert "INC-" not in page


def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    browser: Client, officer: Officer, django_assert_max_num_queries: object
) -> None:
    for _ in range(12):
        recorded_incident(officer)

    with django_assert_max_num_queries(24):  # type: ignore[operator]
        assert browser.get("/incidents/?category=ammunition").status_code == 200


# --- saved filters ----------------------------------------------------------------------------------------------------


def test_a_filter_is_saved_used_shared_renamed_and_deleted(browser: Client, officer: Officer) -> None:
    colleague = browser_of(OfficerFactory.create(agency=officer.agency))
    saved = browser.post(
        "/incidents/filters/save/", {"name": " Mines  at sea ", "category": "mine", "sort": "occurred"}
    )
    row = SavedFilter.objects.get()
    mine, theirs = (each.get("/incidents/").content.decode() for each in (browser, colleague))

    assert saved["Location"] == "/incidents/filters/"
    assert (row.name, row.asked) == ("Mines at sea", {"category": "mine", "sort": "occurred"})
    assert "?category=mine&amp;sort=occurred" in mine
    assert "Mines at sea" not in theirs

    browser.post(f"/incidents/filters/{row.pk}/rename/", {"name": "Mines", "is_shared": "on"})
    assert "Mines" in colleague.get("/incidents/").content.decode()
    assert colleague.post(f"/incidents/filters/{row.pk}/rename/", {"name": "Ours"}).status_code == 403
    assert colleague.post(f"/incidents/filters/{row.pk}/delete/").status_code == 403
    browser.post(f"/incidents/filters/{row.pk}/delete/")
    assert not SavedFilter.objects.exists()


def test_a_filter_without_a_name_or_with_one_that_is_taken_is_refused_with_the_reason(browser: Client) -> None:
    browser.post("/incidents/filters/save/", {"name": "Mines", "category": "mine"})

    nameless = browser.post("/incidents/filters/save/", {"name": "  "})
    again = browser.post("/incidents/filters/save/", {"name": "Mines"})

    assert [nameless.status_code, again.status_code] == [422, 422]
    assert "Give the filter a name." in nameless.content.decode()
    assert "You keep a filter named “Mines” already" in again.content.decode()


def test_another_agencys_filter_is_nowhere(browser: Client, officer: Officer) -> None:
    browser.post("/incidents/filters/save/", {"name": "Ours alone", "is_shared": "on", "category": "mine"})
    row, neighbour = SavedFilter.objects.get(), browser_of(OfficerFactory.create(supervisor=True))

    assert "Ours alone" not in neighbour.get("/incidents/filters/").content.decode()
    assert neighbour.post(f"/incidents/filters/{row.pk}/delete/").status_code == 404
    assert neighbour.post(f"/incidents/filters/{row.pk}/rename/", {"name": "x"}).status_code == 404


# --- what is taken out ------------------------------------------------------------------------------------------------


def test_chosen_incidents_are_exported_and_the_trail_tells_which(officer: Officer) -> None:
    chosen = recorded_incident(officer, place="=HYPERLINK(1)")
    recorded_incident(officer)
    theirs = recorded_incident()
    browser, sent = browser_of(officer), {"chosen": [chosen.reference, theirs.reference]}

    table = browser.post("/incidents/export/", sent | {"format": "csv"})
    records = browser.post("/incidents/export/", sent | {"format": "ndjson"})

    (row,) = csv.DictReader(io.StringIO(table.content.decode()))
    (record,) = map(json.loads, records.content.decode().splitlines())
    assert (row["reference"], row["place"], row["latitude"]) == (chosen.reference, "'=HYPERLINK(1)", "15.2")
    assert (record["reference"], record["route"]["origin"]) == (chosen.reference, "IRN")
    told = [json.loads(entry.payload)["after"] for entry in AuditEntry.objects.filter(action="incidents.exported")]
    assert [each["incidents"] for each in told] == [[chosen.reference]] * 2


def test_who_may_not_export_has_no_button_and_is_refused(officer: Officer) -> None:
    incident = recorded_incident(officer)
    browser = browser_of(OfficerFactory.create(agency=officer.agency, role=OfficerRole.ADMINISTRATOR))

    assert "/incidents/export/" not in browser.get("/incidents/").content.decode()
    assert browser.post("/incidents/export/", {"chosen": [incident.reference]}).status_code == 403


def test_nothing_chosen_exports_nothing(officer: Officer) -> None:

    assert (
        browser_of(officer).post("/incidents/export/", {"chosen": [recorded_incident().reference]}).status_code == 422
    )
    assert not AuditEntry.objects.filter(action="incidents.exported").exists()


# --- search -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("INC-20", "Incidents"),
        ("inc-20", "Incidents"),
        ("DJI-77", "Incidents"),
        ("03-A 07", "Marks"),
        ("atall", "Names"),
        ("test dh", "Conveyances"),
        ("lonely", "Places and operations"),
        ("yemen", "Regimes"),
    ],
)
def test_anything_is_found_by_a_few_letters(browser: Client, officer: Officer, text: str, kind: str) -> None:
    incident = recorded_incident(
        officer,
        reference="DJI-77",
        place="a lonely quay",
        parties=[{"role": "master", "kind": "person", "name": "Nobody Atall"}],
        items=[{"category": "small_arm", "marks": [{"kind": "serial", "text": "03-A 0771"}]}],
    )

    part = browser.get("/search/", {"q": text}, headers={"HX-Request": "true"}).content.decode()

    assert f"<h3>{kind}</h3>" in part
    assert "<html" not in part
    assert kind == "Regimes" or incident.reference in part


def test_search_finds_nothing_of_another_agency_and_tells_it_nothing(officer: Officer) -> None:
    recorded_incident(
        officer,
        reference="DJI-77",
        place="a lonely quay",
        parties=[{"role": "master", "kind": "person", "name": "Nobody Atall"}],
        items=[{"category": "small_arm", "marks": [{"kind": "serial", "text": "03-A 0771"}]}],
    )
    neighbour = browser_of(OfficerFactory.create())

    for text in ("INC-", "DJI-77", "03-A 0771", "Atall", "Test Dhow", "lonely"):
        assert "Nothing found" in neighbour.get("/search/", {"q": text}).content.decode(), text


def test_a_name_is_found_by_those_alone_who_may_read_it(officer: Officer) -> None:
    recorded_incident(
        officer,
        parties=[{"role": "owner", "kind": "person", "name": "Nobody Atall"}],
        items=[{"category": "small_arm", "marks": [{"kind": "other", "text": "NOBODY ATALL"}]}],
    )
    analyst = browser_of(OfficerFactory.create(agency=officer.agency, analyst=True))

    assert "Nothing found" in analyst.get("/search/", {"q": "nobody atall"}).content.decode()


def test_letters_that_mean_something_to_the_database_mean_themselves(browser: Client, officer: Officer) -> None:
    recorded_incident(officer, place="100% _off_ \\ shore")

    for text in ("0% _o", "\\ sh", "a\x00b", "'; DROP", "é" * 300):
        assert browser.get("/search/", {"q": text}).status_code == 200, text
    assert "Nothing found" in browser.get("/search/", {"q": "__"}).content.decode()


def test_the_address_of_the_list_carries_the_words_on(browser: Client, officer: Officer) -> None:
    recorded_incident(officer, place="a lonely quay & pier")

    page = browser.get("/search/", {"q": "quay & pier"}).content.decode()

    assert f"/incidents/?{urlencode({'q': 'quay & pier'})}" in page


def test_findings_are_shown_on_the_list_by_outcome(browser: Client, officer: Officer, rulebook_version: object) -> None:
    incident = recorded_incident(officer)
    run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)

    page = browser.get("/incidents/").content.decode()

    assert 'class="badge indicated"' in page or 'class="badge possible"' in page
