"""The map: what is filtered on it is what is listed and exported; every way to it works without seeing or pointing."""

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from cases.models import Incident, Officer, ScreeningRun
from cases.services.run_screening import run_screening
from tests.conftest import NOW
from tests.e2e.conftest import PHONE, NewPage, enter
from tests.factories import officer_with_password, recorded_incident

# Tiles are drawn when they are first asked for, on a busy machine in more than the usual five seconds.
expect.set_options(timeout=30_000)

# A browser whose canvas draws no maps.
WITHOUT_WEBGL = """
const getContext = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  return kind.startsWith("webgl") ? null : getContext.call(this, kind, ...more);
};
"""


@pytest.fixture
def incidents(person: Officer, rulebook_version: object) -> list[Incident]:
    """Two incidents of 2013 off Yemen, and one of 2016 off Libya."""
    off_yemen = recorded_incident(person)
    exact = recorded_incident(person, location={"type": "Point", "coordinates": [52.4, 15.1]}, location_accuracy_m=None)
    elsewhere = {"occurred_on": "2016-05-01", "location": {"type": "Point", "coordinates": [18.0, 34.0]}}
    off_libya = recorded_incident(person, **elsewhere, route={"origin": "SYR", "destination": "LBY"})
    for run in ScreeningRun.objects.all():
        run_screening(run_id=run.pk, now=NOW)
    return [off_yemen, exact, off_libya]


def opened(page: Page, officer: Officer, address: str = "/map/") -> Page:
    """Return the page with the map on it, once it shows something."""
    enter(page, officer)
    page.wait_for_url("**/incidents/")
    page.goto(address)
    expect(told(page)).to_contain_text(re.compile("[0-9٠-٩]"))
    return page


def told(page: Page) -> Locator:
    return page.locator("#told")


def references(page: Page) -> set[str]:
    return set(re.findall(r"INC-[0-9]{4}-[0-9]+", page.locator("#table").inner_text()))


def test_what_the_map_is_filtered_by_is_listed_and_exported(
    new_page: NewPage, person: Officer, incidents: list[Incident]
) -> None:
    page = opened(new_page(), person)
    expect(told(page)).to_contain_text("3 incidents in view.")

    page.get_by_label("From").fill("2013")
    page.get_by_label("Until").fill("2013-12")
    page.get_by_label("Outcome").select_option("indicated")
    expect(told(page)).to_contain_text("2 incidents in view.")
    on_map = references(page)
    query = urlsplit(page.url).query
    as_list = page.get_by_role("link", name="All of these as a list").get_attribute("href")
    listed = page.request.get(f"/api/v1/incidents?{query}").json()["results"]
    page.get_by_text("Export").click()
    with page.expect_download() as table:
        page.get_by_role("link", name="Table (CSV)").click()
    rows = csv.DictReader(io.StringIO(table.value.path().read_text()))

    assert on_map == {incident.reference for incident in incidents[:2]}
    assert on_map == {row["reference"] for row in listed}
    assert on_map == {row["reference"] for row in rows}
    assert as_list == f"/incidents/?{query}"
    assert parse_qs(query) == {"occurred_after": ["2013"], "occurred_before": ["2013-12"], "outcome": ["indicated"]}


def test_an_address_with_filters_opens_the_map_that_was_sent(
    new_page: NewPage, person: Officer, incidents: list[Incident]
) -> None:
    page = opened(new_page(), person, "/map/?occurred_after=2016")

    expect(told(page)).to_contain_text("1 incident in view.")
    assert references(page) == {incidents[2].reference}
    expect(page.locator("#chips")).to_contain_text("From: 2016")


def test_a_filter_that_cannot_be_read_is_told_in_the_words_of_the_api(
    new_page: NewPage, person: Officer, incidents: list[Incident]
) -> None:
    page = opened(new_page(), person)
    page.get_by_label("From").fill("yesterday")
    page.get_by_label("From").press("Enter")

    expect(told(page)).to_contain_text("yesterday")


@pytest.mark.parametrize("address", ["/map/", "/map/flows/"])
def test_nothing_of_another_agency_is_on_the_map(
    new_page: NewPage, person: Officer, incidents: list[Incident], address: str
) -> None:
    neighbour = officer_with_password()
    own = recorded_incident(neighbour, route={"origin": "SYR", "destination": "LBY"})
    page = opened(new_page(), neighbour, address)

    if address == "/map/":
        expect(told(page)).to_contain_text("1 incident in view.")
        assert references(page) == {own.reference}
    expect(page.locator("#table")).not_to_contain_text("Iran")
    assert not {incident.reference for incident in incidents} & set(re.findall("INC-[0-9-]+", page.content()))


def test_the_keyboard_leads_to_an_incident(new_page: NewPage, person: Officer, incidents: list[Incident]) -> None:
    page = opened(new_page(), person)
    page.locator(".map-table").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#table a").first).to_be_focused()
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile("/incidents/INC-"))


def test_the_keyboard_leads_from_a_flow_to_its_cases(
    new_page: NewPage, person: Officer, incidents: list[Incident]
) -> None:
    page = opened(new_page(), person, "/map/flows/")
    page.locator("#table tr", has_text="Libya").get_by_role("button").first.focus()
    page.keyboard.press("Enter")
    note = page.locator(".map-note")
    expect(note).to_contain_text("Syrian Arab Republic → ")
    link = note.get_by_role("link", name="1 incident")
    query = urlsplit(link.get_attribute("href") or "").query
    listed = page.request.get(f"/api/v1/incidents?{query}").json()["results"]

    assert [row["reference"] for row in listed] == [incidents[2].reference]


def test_an_area_drawn_by_hand_holds_what_lies_in_it(
    new_page: NewPage, person: Officer, incidents: list[Incident]
) -> None:
    page = opened(new_page(), person, "/map/?bbox=10,0,60,40")
    box = page.locator("#map canvas").bounding_box()
    assert box is not None
    left, top, right, bottom = 0.6, 0.3, 0.97, 0.9
    page.get_by_role("button", name="Draw an area").click()
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    for number, (across, down) in enumerate(corners):
        page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"], steps=12)
        if number == 0:
            page.mouse.down()
    page.mouse.up()

    expect(told(page)).to_contain_text("2 incidents in view.")
    assert "within" in parse_qs(urlsplit(page.url).query)
    page.get_by_role("button", name="Clear the area").click()
    expect(told(page)).to_contain_text("3 incidents in view.")


def test_the_area_of_the_view_needs_no_hand(new_page: NewPage, person: Officer, incidents: list[Incident]) -> None:
    page = opened(new_page(), person, "/map/?bbox=45,5,60,25")
    page.get_by_role("button", name="Area of the view").press("Enter")

    expect(page.locator("#chips")).to_contain_text("In the area drawn")
    query = urlsplit(page.url).query
    listed = page.request.get(f"/api/v1/incidents?{query}").json()["results"]
    assert {row["reference"] for row in listed} == {incident.reference for incident in incidents[:2]}


def test_time_is_stepped_through(new_page: NewPage, person: Officer, incidents: list[Incident]) -> None:
    page = opened(new_page(reduced_motion="reduce"), person, "/map/?occurred_after=2014&occurred_before=2014")
    expect(page.get_by_role("button", name="Play")).to_be_hidden()
    page.get_by_role("button", name="Earlier").click()

    expect(told(page)).to_contain_text("2 incidents in view.")
    assert parse_qs(urlsplit(page.url).query) == {"occurred_after": ["2013"], "occurred_before": ["2013"]}


def test_time_plays_on_by_itself_until_it_is_stopped(
    new_page: NewPage, person: Officer, incidents: list[Incident]
) -> None:
    page = opened(new_page(), person, "/map/?occurred_after=2014&occurred_before=2014")
    page.get_by_role("button", name="Play").click()

    page.wait_for_url("**/map/?occurred_after=2016&occurred_before=2016", timeout=30_000)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_belts_are_called_computed_wherever_they_are_drawn(
    new_page: NewPage, person: Officer, incidents: list[Incident]
) -> None:
    page = opened(new_page(), person)
    page.locator("#layers summary").click()
    page.get_by_label("Maritime belts (computed, no official limits)").check()
    page.locator("#layers summary").click()
    note = "Maritime belts: computed, no official limits"
    expect(page.locator("#legend")).to_contain_text(note)
    page.get_by_text("Export").click()
    with page.expect_download() as drawing:
        page.get_by_role("button", name="Drawing (SVG)").click()
    drawn = drawing.value.path().read_text()

    assert note in drawn
    assert "3 incidents in view." in drawn
    assert "<path" in drawn


def test_a_picture_is_an_image(new_page: NewPage, person: Officer, incidents: list[Incident]) -> None:
    page = opened(new_page(), person)
    page.get_by_text("Export").click()
    with page.expect_download() as picture:
        page.get_by_role("button", name="Picture (PNG)").click()

    assert picture.value.path().read_bytes().startswith(b"\x89PNG")


def test_without_a_map_the_rows_and_the_filters_go_on(
    new_page: NewPage, person: Officer, incidents: list[Incident]
) -> None:
    page = new_page()
    page.add_init_script(WITHOUT_WEBGL)
    opened(page, person)

    expect(page.locator("#no-map")).to_be_visible()
    expect(told(page)).to_contain_text("3 incidents in view.")
    page.get_by_label("From").fill("2016")
    page.get_by_label("From").press("Enter")
    expect(told(page)).to_contain_text("1 incident in view.")
    assert references(page) == {incidents[2].reference}


@pytest.mark.parametrize("address", ["/map/", "/map/flows/"])
def test_on_a_phone_the_map_comes_first_and_nothing_goes_sideways(
    new_page: NewPage, person: Officer, incidents: list[Incident], address: str
) -> None:
    page = opened(new_page(viewport=PHONE), person, address)
    canvas = page.locator("#map canvas").bounding_box()

    assert canvas is not None
    assert canvas["y"] + 200 < PHONE["height"]
    expect(page.get_by_label("Regime")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_arabic_runs_from_the_right_and_the_map_does_not(
    new_page: NewPage, person: Officer, incidents: list[Incident]
) -> None:
    page = opened(new_page(locale="ar"), person)
    beside = page.locator(".map-beside").bounding_box()
    picture = page.locator("#map").bounding_box()

    assert beside is not None
    assert picture is not None
    assert beside["x"] < picture["x"]
    assert page.evaluate("getComputedStyle(document.getElementById('map')).direction") == "ltr"
    assert "اليمن" in page.locator("#filter-country").inner_text()
