"""No page breaks a rule of WCAG 2.2 AA that a program can check, light and dark, from the left and from the right.

The rules are axe-core's, which `make setup` brings.
"""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cases.models import Incident, Officer, ScreeningRun
from cases.services.make_task import make_task
from cases.services.open_case import open_case
from cases.services.run_screening import run_screening
from cases.services.write_note import write_note
from tests.conftest import NOW
from tests.e2e.conftest import PHONE, NewPage, enter
from tests.e2e.pages import addresses_of, unlisted_pages
from tests.factories import quiet_bay, recorded_incident
from tests.letters import drafted

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
EVERY_RULE = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


@pytest.fixture
def incident(person: Officer, rulebook_version: object) -> Incident:
    """An incident with its findings, of an officer who may do anything, and a zone."""
    person.rights_added = ["maintain", "override"]
    person.save()
    quiet_bay()
    incident = recorded_incident(person)
    run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    drafted(person, incident, NOW, details={})
    case = open_case(officer=person, title="Dhows", incidents=[incident], opened_at=NOW)
    make_task(officer=person, case=case, what="Ask", due_on=None, given_to=person, made_at=NOW)
    write_note(officer=person, case=case, text="Noted", corrects=None, written_at=NOW)
    return incident


# Some thirty pages, each read twice: longer than any other test may take.
@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_breaks_a_rule(new_page: NewPage, person: Officer, incident: Incident, language: str) -> None:
    assert unlisted_pages() == set(), "a page of the console is not looked at here"
    page = new_page(locale=language, color_scheme="light", bypass_csp=True)
    enter(page, person)
    page.wait_for_url("**/incidents/")

    broken = {}
    for address in addresses_of(incident):
        page.emulate_media(color_scheme="light")
        page.goto(address, wait_until="load")
        # What a script shows first comes with its heading.
        expect(page.locator("h1:visible").first).to_be_visible()
        in_light = broken_rules(page)
        # Between light and dark nothing but colours differs.
        page.emulate_media(color_scheme="dark")
        if found := in_light + broken_rules(page, OF_COLOURS):
            broken[address] = found
    assert broken == {}


def test_the_menu_opens_on_a_phone_and_breaks_no_rule(new_page: NewPage, person: Officer) -> None:
    page = new_page(viewport=PHONE, bypass_csp=True)
    enter(page, person)
    page.locator("details.who summary").press("Enter")

    assert page.locator("#language").is_visible()
    assert broken_rules(page) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_a_phone_the_rooms_lie_behind_a_button(new_page: NewPage, person: Officer, language: str) -> None:
    page = new_page(viewport=PHONE, locale=language, bypass_csp=True)
    enter(page, person)
    page.wait_for_url("**/incidents/")
    rooms = page.locator("#rooms")
    expect(rooms).to_be_hidden()
    page.locator(".rooms-button").press("Enter")

    expect(rooms).to_be_visible()
    assert broken_rules(page) == []
    low = "(links) => links.filter((each) => each.getBoundingClientRect().height < 44).length"
    assert rooms.locator("a").evaluate_all(low) == 0
    page.keyboard.press("Escape")
    expect(rooms).to_be_hidden()
    page.locator(".rooms-button").click()
    rooms.locator("a[href='/work/']").click()
    page.wait_for_url("**/work/")


def broken_rules(page: Page, runs: dict[str, Any] = EVERY_RULE) -> list[str]:
    """Return each rule that the page breaks, with the first element that does."""
    page.add_script_tag(path=AXE)
    report: dict[str, Any] = page.evaluate("runs => axe.run(document, {runOnly: runs})", runs)
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in report["violations"]]
