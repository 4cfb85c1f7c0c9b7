"""A case of two incidents: what is noted and done in it, what joins them, and its bundle."""

import zipfile
from pathlib import Path

import pytest

from cases.models import Case, Officer
from cases.services.open_case import open_case
from tests.conftest import NOW
from tests.e2e.conftest import PHONE, NewPage, enter
from tests.factories import OfficerFactory, recorded_incident


@pytest.fixture
def case(person: Officer) -> Case:
    """A case of two incidents with one dhow."""
    incidents = [recorded_incident(person), recorded_incident(person)]
    return open_case(officer=person, title="Dhows off the island", incidents=incidents, opened_at=NOW)


def test_a_case_takes_a_note_and_a_task_and_is_exported(new_page: NewPage, person: Officer, case: Case) -> None:
    page = new_page()
    enter(page, person)
    page.wait_for_url("**/incidents/")
    page.goto("/cases/")
    page.get_by_role("link", name="Dhows off the island").click()

    page.locator("#text").fill("Both dhows left the same quay.")
    page.get_by_role("button", name="Write it down").click()
    page.get_by_text("Both dhows left the same quay.").wait_for()
    page.locator("#what").fill("Ask the harbour master")
    page.locator("#given_to").fill(person.username)
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="Done Ask the harbour master").click()
    page.get_by_text("Nothing is left to be done.").wait_for()
    # Before its module has come, the form downloads plainly.
    page.wait_for_load_state("load")
    with page.expect_download() as bundle:
        page.get_by_role("button", name="Export the bundle").click()
    page.get_by_text("The bundle is complete.").wait_for()

    with zipfile.ZipFile(Path(bundle.value.path())) as files:
        assert {"case.json", "notes.json", "tasks.json"} <= set(files.namelist())
    assert bundle.value.suggested_filename == f"{case.reference}.zip"


def test_the_drawing_is_followed_by_the_keyboard(new_page: NewPage, person: Officer, case: Case) -> None:
    page = new_page()
    enter(page, person)
    page.wait_for_url("**/incidents/")
    page.goto(f"/cases/{case.reference}/connections/")

    page.locator(".node.of-conveyance").focus()

    assert page.locator(".edge.lit").count() == 2
    page.keyboard.press("Enter")
    assert page.url.partition("#")[2].startswith("i-INC-")


def test_the_room_fits_a_phone_and_is_nobody_elses(new_page: NewPage, person: Officer, case: Case) -> None:
    neighbour = OfficerFactory.create()
    neighbour.password = person.password
    neighbour.save()
    phone, other = new_page(viewport=PHONE), new_page()
    for page, who in ((phone, person), (other, neighbour)):
        enter(page, who)
        page.wait_for_url("**/incidents/")

    for part in ("", "timeline/", "connections/"):
        phone.goto(f"/cases/{case.reference}/{part}")
        beyond = phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond <= 0, part
        answer = other.goto(f"/cases/{case.reference}/{part}")
        assert answer is not None
        assert answer.status == 404
