"""The room of maps: its filters are the list's, and what it offers is what the officer may do."""

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils.translation import override

from cases.api.incident_filters import IncidentFilter
from cases.models import Officer, OfficerRole
from console.map_filters import MapFilters
from tests.factories import ZoneFactory, ZoneVersionFactory, recorded_incident

pytestmark = pytest.mark.django_db

PAGES = ("/map/", "/map/flows/")


@pytest.fixture
def browser(officer: Officer) -> Client:
    """A browser in which the officer is signed in."""
    client = Client(raise_request_exception=False)
    client.force_login(officer)
    return client


@pytest.mark.parametrize("path", PAGES)
def test_maps_are_for_those_who_signed_in(path: str) -> None:
    assert Client().get(path)["Location"] == f"/sign-in/?next={path}"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_holds_no_record_before_the_api_is_asked(browser: Client, officer: Officer, path: str) -> None:
    incident = recorded_incident(officer)

    assert incident.reference not in browser.get(path).content.decode()


def test_the_filters_are_filters_of_the_list() -> None:
    assert MapFilters.base_fields.keys() <= IncidentFilter.base_filters.keys()


def test_an_address_is_shown_in_the_form_and_asked_for_again(browser: Client) -> None:
    page = browser.get("/map/?country=YEM&regime=no-such-regime&agency=Coast&leg=origin_seizure:IRN:YEM&bbox=1,2,3,4")
    text = page.content.decode()

    assert '<option value="YEM" selected>' in text
    # Not offered, and not left out: fewer filters would show more than was asked for.
    assert '<option value="no-such-regime" selected>' in text
    assert '<input type="hidden" name="agency" value="Coast">' in text
    assert '<input type="hidden" name="leg" value="origin_seizure:IRN:YEM">' in text
    assert 'name="bbox"' not in text


def test_what_an_address_says_is_text(browser: Client) -> None:
    text = browser.get('/map/?q="><script>alert(1)</script>&other="><img src=x>').content.decode()

    assert "<script>alert" not in text
    assert "<img" not in text


def test_countries_are_named_and_ordered_in_the_language_of_the_reader() -> None:
    with override("fr"):
        choices = [name for _, name in MapFilters(QueryDict()).fields["country"].choices]

    assert "Yémen" in choices
    assert "Allemagne" in choices


def test_imported_zones_are_proposed_and_computed_ones_are_too_many() -> None:
    ZoneVersionFactory.create(zone=ZoneFactory.create(code="custom:imported", name="Imported"), imported=True)
    ZoneVersionFactory.create(zone=ZoneFactory.create(code="custom:computed", name="Computed"))

    assert MapFilters(QueryDict()).zones() == [("custom:imported", "Imported")]


@pytest.mark.parametrize("path", PAGES)
def test_exports_are_offered_to_who_may_export(browser: Client, officer: Officer, path: str) -> None:
    offered = browser.get(path).content.decode()
    officer.role = OfficerRole.ADMINISTRATOR
    officer.save()
    refused = browser.get(path).content.decode()

    assert offered.count(" download>") == 3
    assert "format=" not in refused
