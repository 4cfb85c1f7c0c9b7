"""The rulebook in the pocket, as the server gives it out."""

import json

import pytest
from django.conf import settings
from django.test import Client

from cases.bundle.signing import public_key_hex, signing_key
from cases.models import Officer
from cases.queries.pocket import SIGNED_AS
from cases.queries.rulebooks import current_designations, current_rulebook
from cases.services.import_list import import_list
from cases.signing import is_signed
from tests.conftest import NOW
from tests.factories import recorded_incident
from tests.list_samples import SAMPLE

pytestmark = pytest.mark.django_db
ADDRESS = "/pocket/rulebook.json"


@pytest.fixture
def browser(officer: Officer) -> Client:
    """A browser in which the officer is signed in."""
    client = Client()
    client.force_login(officer)
    return client


def test_the_file_is_signed_over_its_exact_text_by_the_key_that_the_page_shows(browser: Client) -> None:
    file = browser.get(ADDRESS).json()
    published = public_key_hex(signing_key(settings.BUNDLE_KEY_FILE))

    assert file["public_key"] == published
    assert f'data-public-key="{published}"' in browser.get("/pocket/").content.decode()
    assert is_signed(public_key=published, text=SIGNED_AS + file["text"], signature=file["signature"])
    assert not is_signed(public_key=published, text=file["text"], signature=file["signature"])


def test_it_names_the_versions_of_rulebook_and_lists(browser: Client) -> None:
    import_list(content=SAMPLE, file_name="list.xml", imported_at=NOW)
    book = json.loads(browser.get(ADDRESS).json()["text"])

    assert book["rulebook"]["digest"] == current_rulebook().digest
    assert [used["digest"] for used in book["lists"]] == [used.digest for used in current_designations().lists]
    assert book["lists"]


def test_whoever_has_it_is_told_so_until_something_changes(browser: Client) -> None:
    first = browser.get(ADDRESS)
    again = browser.get(ADDRESS, headers={"If-None-Match": first["ETag"]})
    import_list(content=SAMPLE, file_name="list.xml", imported_at=NOW)
    later = browser.get(ADDRESS, headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"] == "private, no-cache"
    assert [again.status_code, again.content] == [304, b""]
    assert later.status_code == 200
    assert later["ETag"] != first["ETag"]


def test_it_is_for_those_who_signed_in_and_holds_nothing_of_any_record(browser: Client, officer: Officer) -> None:
    incident = recorded_incident(officer, place="Quiet Bay Pier")
    content = browser.get(ADDRESS).content.decode()

    assert Client().get(ADDRESS)["Location"].startswith("/sign-in/?next=")
    assert Client().get("/pocket/")["Location"].startswith("/sign-in/?next=")
    for word in (incident.reference, "Quiet Bay", officer.username, str(officer.agency)):
        assert word not in content


def test_the_page_names_the_telephone_of_the_agency_and_its_shell_none(browser: Client, officer: Officer) -> None:
    assert officer.agency is not None
    officer.agency.contact_telephone = "+999 555 0100"
    officer.agency.save()

    assert 'data-telephone="+999 555 0100"' in browser.get("/pocket/").content.decode()
    shell = browser.get("/pocket/shell/").content.decode()
    assert 'data-telephone=""' in shell
    assert 'data-public-key=""' in shell
