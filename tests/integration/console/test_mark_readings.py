"""Pages of marks read by two: what waits, one's own reading, where they differ, and what is settled."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models import MarkReading, MarkSettlement, Officer, SeizedItem
from cases.queries.incident_document import record_of_incident
from cases.services.amend_incident import amend_incident
from cases.services.inspect_evidence import inspect_evidence
from tests.conftest import NOW
from tests.factories import OfficerFactory
from tests.reading_samples import photo_of, photographed_weapon, serial_read

pytestmark = pytest.mark.django_db


@pytest.fixture
def weapon(officer: Officer) -> SeizedItem:
    """A rifle with a photograph and no mark on record."""
    return photographed_weapon(officer)


def browser_of(officer: Officer) -> Client:
    browser = Client()
    browser.force_login(officer)
    return browser


def colleague_of(officer: Officer) -> Officer:
    return OfficerFactory.create(agency=officer.agency)


def address_of(weapon: SeizedItem) -> str:
    return f"/incidents/{weapon.incident.reference}/items/{weapon.item_uuid}/readings/"


def page_for(officer: Officer, weapon: SeizedItem) -> str:
    answer = browser_of(officer).get(address_of(weapon))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_work_list_leads_to_the_page_on_which_a_reading_is_given(officer: Officer, weapon: SeizedItem) -> None:
    colleague = colleague_of(officer)
    browser = browser_of(colleague)
    listed = browser.get("/work/readings/").content.decode()
    assert f'href="{address_of(weapon)}"' in listed
    assert "waits for the first reader" in listed

    given = {
        "kind": ["serial", "maker", ""],
        "text": [" AB-12?4 ", "", "  "],
        "position": ["receiver, left side", "", ""],
        "certainty": ["probable", "", ""],
        "photo": [str(weapon.evidence.get().uuid), "", ""],
        "marking_state": "partial",
    }
    answer = browser.post(f"{address_of(weapon)}give/", given)

    assert (answer.status_code, answer["Location"]) == (302, address_of(weapon))
    reading = MarkReading.objects.get(reader=colleague)
    assert [(mark["kind"], mark["text"], mark["certainty"]) for mark in reading.marks] == [
        ("serial", "AB-12?4", "probable")
    ]
    assert "It is kept and cannot be changed." in page_for(colleague, weapon)
    assert "you have read it" in browser.get("/work/readings/").content.decode()
    assert "AB-12?4" not in page_for(officer, weapon)
    assert "waits for the second reader" in browser_of(officer).get("/work/readings/").content.decode()


def test_a_reading_that_says_nothing_is_shown_again_with_the_reason(officer: Officer, weapon: SeizedItem) -> None:
    answer = browser_of(officer).post(f"{address_of(weapon)}give/", {"kind": ["serial"], "text": [""]})

    assert answer.status_code == 422
    assert "This is required." in answer.content.decode()
    assert not MarkReading.objects.exists()


def test_readings_that_differ_are_shown_sign_by_sign_and_settled_by_a_third(
    officer: Officer, weapon: SeizedItem
) -> None:
    reader, third = colleague_of(officer), colleague_of(officer)
    serial_read(weapon, officer, "AB-1204")
    serial_read(weapon, reader, "AB-12O9<b>")
    page = page_for(third, weapon)
    assert '<td class="look_alike">0</td>' in page
    assert '<td class="different">9</td>' in page
    assert "<b>" not in page
    assert "another officer settles" in page_for(reader, weapon)

    stated = {"version": "1", "stands-0": "other", "other-0": "AB-1209", "kind-0": "serial", "position-0": "frame"}
    refused = browser_of(third).post(f"{address_of(weapon)}settle/", stated)
    answer = browser_of(third).post(f"{address_of(weapon)}settle/", stated | {"reason": "the nine is worn"})

    assert (refused.status_code, answer.status_code) == (422, 302)
    assert 'value="AB-1209"' in refused.content.decode()
    mark = weapon.marks.get()
    assert (mark.kind, mark.text, mark.position) == ("serial", "AB-1209", "frame")
    page = page_for(officer, weapon)
    assert "Settled by a third look" in page
    assert "the nine is worn" in page


def test_a_mark_at_which_nobody_looked_is_not_left_out_in_silence(officer: Officer, weapon: SeizedItem) -> None:
    third = colleague_of(officer)
    serial_read(weapon, officer, "AB-1204")
    serial_read(weapon, colleague_of(officer), "AB-1209")
    stated = {"version": "1", "reason": "looked"}

    unanswered = browser_of(third).post(f"{address_of(weapon)}settle/", stated)
    left_out = browser_of(third).post(f"{address_of(weapon)}settle/", stated | {"stands-0": "none"})

    assert (unanswered.status_code, left_out.status_code) == (422, 302)
    assert not weapon.marks.exists()


def test_readings_that_agree_are_taken_over_by_one_button(officer: Officer, weapon: SeizedItem) -> None:
    reader = colleague_of(officer)
    for each in (officer, reader):
        serial_read(weapon, each, "AB-1204")
    assert "Take over as both read it" in page_for(reader, weapon)

    browser_of(reader).post(f"{address_of(weapon)}settle/", {"version": "1", "as_they_are": "yes"})

    assert MarkSettlement.objects.get().is_agreed
    assert weapon.marks.get().text == "AB-1204"
    assert "Read them anew" in page_for(officer, weapon)


def test_a_record_that_moved_on_is_said_to_have_and_nothing_is_written(officer: Officer, weapon: SeizedItem) -> None:
    for each in (officer, colleague_of(officer)):
        serial_read(weapon, each, "AB-1204")
    items = record_of_incident(weapon.incident)["items"]
    items[0]["marks"] = [{"kind": "maker", "text": "WRITTEN MEANWHILE"}]
    amend_incident(
        officer=officer, incident=weapon.incident, changes={"items": items}, expected_version=1, amended_at=NOW
    )

    answer = browser_of(officer).post(f"{address_of(weapon)}settle/", {"version": "1", "as_they_are": "yes"})

    page = answer.content.decode()
    assert answer.status_code == 412
    assert "Nothing was written." in page
    assert "WRITTEN MEANWHILE" in page
    assert '<input type="hidden" name="version" value="2">' in page
    assert not MarkSettlement.objects.exists()


def test_who_may_not_look_at_files_is_shown_none(officer: Officer, weapon: SeizedItem) -> None:
    analyst = OfficerFactory.create(agency=officer.agency, analyst=True)

    page = page_for(analyst, weapon)

    assert "/content" not in page
    assert "Give this reading" not in page
    assert browser_of(analyst).post(f"{address_of(weapon)}give/", {"text": ["1"]}).status_code == 403
    assert browser_of(analyst).post(f"{address_of(weapon)}settle/").status_code == 403
    assert browser_of(OfficerFactory.create()).get(address_of(weapon)).status_code == 404


def test_the_page_of_an_incident_tells_which_photograph_shows_what(officer: Officer, weapon: SeizedItem) -> None:
    inspect_evidence(evidence_id=weapon.evidence.get().pk, inspected_at=NOW)

    page = browser_of(officer).get(f"/incidents/{weapon.incident.reference}/").content.decode()

    assert f'href="{address_of(weapon)}"' in page
    assert '<a href="#item-0">item 0</a>, serial number' in page


def test_the_work_list_asks_as_often_however_long_it_is(officer: Officer, weapon: SeizedItem) -> None:
    browser = browser_of(officer)

    def asked() -> int:
        browser.get("/work/readings/")
        with CaptureQueriesContext(connection) as captured:
            assert browser.get("/work/readings/").status_code == 200
        return len(captured)

    before = asked()
    for _ in range(3):
        another = photographed_weapon(officer)
        photo_of(another, officer)
        serial_read(another, officer, "AB-1204")

    assert asked() == before
