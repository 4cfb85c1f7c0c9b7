"""Lists in a browser: by the keyboard alone, found while typing, decided together, and on a phone."""

import gzip
import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cases.models import Finding, FindingReview, Incident, Officer, SavedFilter, ScreeningRun
from cases.services.run_screening import run_screening
from geo.models import Zone
from tests.conftest import NOW
from tests.e2e.conftest import PHONE, NewPage, enter
from tests.factories import OfficerFactory, quiet_bay, recorded_incident
from tests.zone_samples import feature, geojson

MINE = (
    *("/incidents/", "/incidents/filters/", "/search/?q=INC", "/work/", "/work/review/", "/work/overdue/"),
    *("/regimes/", "/regimes/iran-2006/", "/regimes/versions/", "/zones/", "/zones/custom:quiet-bay/"),
    *("/zones/import/", "/figures/"),
)
SQUARE = ((43.0, 12.0), (44.0, 12.0), (44.0, 13.0), (43.0, 13.0), (43.0, 12.0))


@pytest.fixture
def incidents(person: Officer, rulebook_version: object) -> list[Incident]:
    """Three incidents with findings, the latest first."""
    made = [recorded_incident(person, place=place) for place in ("a lonely quay", "off the cape", "the old market")]
    for incident in made:
        run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    return sorted(made, key=lambda each: each.reference, reverse=True)


@pytest.fixture
def page(new_page: NewPage, person: Officer, incidents: list[Incident]) -> Page:
    """The list, signed in to."""
    page = new_page(viewport={"width": 1280, "height": 800})
    enter(page, person)
    page.wait_for_url("**/incidents/")
    return page


def test_rows_are_walked_chosen_and_opened_by_single_keys(page: Page, incidents: list[Incident]) -> None:
    for key in ("j", "j", "j", "j", "k", "x"):
        page.keyboard.press(key)
    expect(page.locator(".pick input").nth(1)).to_be_checked()
    expect(page.locator("[data-count]")).to_have_text("1 chosen")

    page.keyboard.press("Enter")

    page.wait_for_url(f"**/incidents/{incidents[1].reference}/")


def test_keys_are_explained_and_can_be_turned_off_for_good(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.locator("[data-keys-on]").uncheck()
    page.keyboard.press("Escape")
    page.reload()

    page.keyboard.press("j")
    assert page.evaluate("document.activeElement === document.body")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_hidden()
    page.locator("[data-keys-help]").click()
    expect(page.locator("[data-keys-on]")).not_to_be_checked()


def test_letters_typed_into_a_field_are_letters(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("j/x?")

    expect(page.locator("#box")).to_have_value("j/x?")
    expect(page.locator("#keys")).to_be_hidden()


def test_things_are_found_while_one_types(page: Page, incidents: list[Incident]) -> None:
    page.locator("#box").press_sequentially("lonely", delay=20)

    hit = page.locator("#found a", has_text="a lonely quay")
    expect(hit).to_be_visible()
    assert page.url.endswith("/incidents/")
    hit.click()
    page.wait_for_url("**/incidents/INC-*/")


def test_a_filter_is_set_saved_used_and_taken_away(page: Page) -> None:
    page.locator("#f-q").fill("lonely")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("#results-title")).to_have_text("1 incident")
    page.locator("#save-name").fill("Lonely places")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/incidents/filters/")
    assert SavedFilter.objects.get().asked == {"q": "lonely"}

    page.get_by_role("link", name="Lonely places").click()
    expect(page.locator("[data-row]")).to_have_count(1)
    page.get_by_role("link", name="Remove the filter Text").click()
    expect(page.locator("[data-row]")).to_have_count(3)


def test_chosen_records_come_as_a_file(page: Page, incidents: list[Incident]) -> None:
    page.locator("[data-all]").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="NDJSON").click()

    lines = Path(download.value.path()).read_text("utf-8").splitlines()
    assert {json.loads(line)["reference"] for line in lines} == {each.reference for each in incidents}


def test_several_findings_are_decided_together(page: Page) -> None:
    page.goto("/work/review/")
    waiting = page.locator("[data-row]").count()
    expect(page.get_by_role("button", name="Decide")).to_be_disabled()
    page.locator("[data-all]").check()
    page.get_by_label("confirmed").check()
    page.locator("#reason").fill("read together")
    page.get_by_role("button", name="Decide").click()

    expect(page.locator("h1")).to_have_text(f"{waiting} done")
    assert FindingReview.objects.count() == waiting == Finding.objects.filter(review="confirmed").count()
    page.get_by_role("link", name="Back to the list").click()
    expect(page.locator("[data-row]")).to_have_count(0)


def test_a_file_of_zones_is_looked_at_without_leaving_the_page_and_then_imported(
    page: Page, person: Officer, tmp_path: Path
) -> None:
    person.rights_added = ["maintain"]
    person.save()
    page.goto("/zones/import/")
    page.locator("#i-file").set_input_files(geojson(tmp_path, feature(SQUARE, id="new-bay", name="New bay")))
    page.locator("#i-kind").select_option("custom")
    page.locator("#i-source").fill("a test")
    page.get_by_role("button", name="Show what it changes").click()
    expect(page.locator("#preview .zone-map")).to_be_visible()
    assert not Zone.objects.filter(code="custom:new-bay").exists()

    page.get_by_role("button", name="Import these zones").click()

    expect(page.locator("h1")).to_have_text("1 zone imported")
    assert Zone.objects.filter(code="custom:new-bay").exists()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_is_wider_than_a_phone(
    new_page: NewPage, person: Officer, incidents: list[Incident], language: str
) -> None:
    person.rights_added = ["maintain", "override"]
    person.save()
    quiet_bay()
    page = new_page(viewport=PHONE, locale=language)
    enter(page, person)
    page.wait_for_url("**/incidents/")

    wide = {}
    for address in MINE:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        page.wait_for_load_state("networkidle")
        # What lies beyond the edge is what one can scroll to.
        widest = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if widest > 0:
            wide[address] = widest
    assert wide == {}


@pytest.mark.parametrize("address", ["/incidents/", "/figures/", "/regimes/", "/work/review/"])
def test_a_first_page_is_small_enough_for_a_slow_line(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    parts = page.evaluate("performance.getEntriesByType('resource').map(each => each.encodedBodySize)")

    # The page itself is compressed by whatever stands before the server.
    assert sum(parts) + len(gzip.compress(page.content().encode())) < 150_000


def test_another_agencys_records_are_on_no_list(new_page: NewPage, incidents: list[Incident], person: Officer) -> None:
    neighbour = OfficerFactory.create()
    neighbour.password = person.password
    neighbour.save()
    page = new_page()
    enter(page, neighbour)
    page.wait_for_url("**/incidents/")

    for address in ("/incidents/", "/search/?q=lonely", "/work/", "/work/review/", "/figures/"):
        page.goto(address)
        assert "INC-" not in page.locator("main").inner_text(), address
