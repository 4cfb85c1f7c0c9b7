"""The room in which officers record, as the server gives it."""

import gzip
import hashlib
import json

import orjson
import pytest
from django.test import Client

from cases.models import AuditEntry, Officer
from tests.factories import OfficerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(officer: Officer) -> Client:
    """A browser in which the officer is signed in."""
    client = Client()
    client.force_login(officer)
    return client


def test_the_room_is_for_those_who_signed_in_and_names_who_that_is(browser: Client, officer: Officer) -> None:
    assert Client().get("/record/")["Location"].startswith("/sign-in/?next=")
    assert f'data-officer="{officer.username}"' in browser.get("/record/").content.decode()
    assert browser.get("/record/officer.json").json() == {"officer": officer.username}
    assert Client().get("/record/officer.json").json() == {"officer": None}


def test_who_records_nothing_sees_no_button(db: None) -> None:
    browser = Client()
    browser.force_login(OfficerFactory.create(analyst=True))
    page = browser.get("/record/").content.decode()

    assert "it records nothing" in page
    assert '<button type="button" id="new"' not in page


def test_the_room_says_whether_the_agency_demands_a_passphrase(browser: Client, officer: Officer) -> None:
    assert 'data-needs-passphrase="false"' in browser.get("/record/").content.decode()
    assert officer.agency is not None
    officer.agency.device_passphrase_required = True
    officer.agency.save()

    assert 'data-needs-passphrase="true"' in browser.get("/record/").content.decode()


def test_what_a_device_keeps_to_open_with_no_line_holds_nothing_of_anybody(browser: Client, officer: Officer) -> None:
    worker = browser.get("/sw.js")
    kept = json.loads(worker.content.decode().partition("const KEPT = ")[2].partition(";\n")[0])

    assert worker["Content-Type"].startswith("text/javascript")
    assert worker["Cache-Control"] == "no-store"
    assert kept["shells"].keys() == {"/record/", "/pocket/"}
    for address in kept["shells"].values():
        shell = browser.get(address).content.decode()
        assert officer.username not in shell
        assert str(officer.agency) not in shell
    assert not [file for file in kept["files"] if file.startswith(("/api/", "/incidents/"))]
    for file in kept["files"]:
        assert browser.get(file).status_code == 200, file


def test_the_room_opens_within_what_a_slow_line_bears(browser: Client) -> None:
    page = browser.get("/record/").content
    kept = browser.get("/sw.js").content.decode().partition("const KEPT = ")[2].partition(";\n")[0]
    # What is loaded when coordinates are typed, or a file is made, is not of the first page.
    loaded = [name for name in json.loads(kept)["files"] if not any(part in name for part in ("geodesy", "fflate"))]
    sizes = [len(gzip.compress(content_of(browser, name))) for name in loaded if name.startswith("/static/")]

    assert len(page) + sum(sizes) < 150_000


def test_the_manifest_names_the_room_in_the_language_of_its_reader(browser: Client) -> None:
    document = browser.get("/record/manifest.webmanifest", headers={"Accept-Language": "ar"}).json()

    assert (document["start_url"], document["scope"], document["display"]) == ("/record/", "/", "standalone")
    assert (document["lang"], document["dir"]) == ("ar", "rtl")


def test_a_receipt_is_the_digest_of_what_the_audit_trail_keeps(browser: Client) -> None:
    sent = {
        "kind": "seizure",
        "occurred_on": "2026-03",
        "location_text": "38P NV 12345 67890",
        "items": [{"category": "small_arm"}],
    }
    answer = browser.post("/api/v1/incidents", sent, content_type="application/json").json()
    entry = AuditEntry.objects.get(action="incident.recorded")

    assert answer["location_text"] == "38P NV 12345 67890"
    assert (
        answer["digest"]
        == "sha256:"
        + hashlib.sha256(orjson.dumps(orjson.loads(entry.payload)["after"], option=orjson.OPT_SORT_KEYS)).hexdigest()
    )
    # Names could be tried against it: whoever only reads is not told.
    assert "digest" not in browser.get(f"/api/v1/incidents/{answer['reference']}").json()


def content_of(browser: Client, address: str) -> bytes:
    """Return what is served at an address, whole."""
    answer = browser.get(address)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content
