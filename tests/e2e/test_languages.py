"""Six languages: each page in the one that was chosen, Arabic from the right, on a phone, too."""

from cases.models import Incident, Officer, ScreeningRun
from cases.services.run_screening import run_screening
from tests.conftest import NOW
from tests.e2e.conftest import PHONE, NewPage, enter
from tests.e2e.pages import addresses_of
from tests.factories import recorded_incident


def test_arabic_runs_from_the_right_on_every_page_and_none_scrolls_sideways(
    new_page: NewPage, person: Officer, rulebook_version: object
) -> None:
    incident: Incident = recorded_incident(person)
    run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    page = new_page(locale="ar", viewport=PHONE)
    enter(page, person)
    page.wait_for_url("**/incidents/")

    wrong = {}
    for address in addresses_of(incident):
        page.goto(address, wait_until="load")
        seen = page.evaluate(
            """() => ({
                direction: getComputedStyle(document.documentElement).direction,
                over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
                name: document.querySelector(".bar .name").getBoundingClientRect().right > innerWidth / 2,
            })"""
        )
        if seen != {"direction": "rtl", "over": 0, "name": True}:
            wrong[address] = seen
    assert wrong == {}


def test_a_language_that_was_chosen_stays_for_the_session(new_page: NewPage, person: Officer) -> None:
    page = new_page(locale="en-GB")
    enter(page, person)
    page.wait_for_url("**/incidents/")
    page.goto("/account/")
    page.locator("details.who summary").click()
    page.locator("#language").select_option("ru")
    page.locator("form[action='/language/'] button").click()

    page.locator("h1", has_text="Учетная запись").wait_for()
    page.goto("/notifications/")
    assert page.locator("h1").inner_text() == "Уведомления"
    assert page.locator("html").get_attribute("lang") == "ru"
