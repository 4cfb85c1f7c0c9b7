"""A weapon is photographed, two officers read its serial number, they differ, and a supervisor settles it."""

import re

from playwright.sync_api import Page, expect

from cases.models import MarkReading, Officer, SeizedItem
from cases.services.inspect_evidence import inspect_evidence
from tests.conftest import NOW
from tests.e2e.conftest import PHONE, NewPage, enter
from tests.e2e.test_accessibility import OF_COLOURS, broken_rules
from tests.factories import PASSWORD, OfficerFactory
from tests.reading_samples import photo_of, photographed_weapon


def admitted(officer: Officer, **traits: bool) -> Officer:
    """Return another officer of the agency who can sign in."""
    colleague = OfficerFactory.create(agency=officer.agency, **traits)
    colleague.set_password(PASSWORD)
    colleague.save()
    return colleague


def work_of(new_page: NewPage, officer: Officer, **profile: object) -> Page:
    """Sign in and open what waits to be read."""
    page = new_page(**profile)
    enter(page, officer)
    page.wait_for_url("**/incidents/")
    page.goto("/work/readings/")
    return page


def read(page: Page, text: str) -> None:
    """Open the first weapon that waits and give a reading of its serial number."""
    page.locator("[data-open]").first.click()
    page.locator(".mark-text").first.fill(text)
    page.get_by_role("button", name="Give this reading").click()
    expect(page.locator("#own")).to_be_visible()


def test_two_officers_read_and_differ_and_a_supervisor_settles(new_page: NewPage, person: Officer) -> None:
    weapon = photographed_weapon(person)
    photo_of(weapon, person)
    for evidence in weapon.evidence.all():
        inspect_evidence(evidence_id=evidence.pk, inspected_at=NOW)

    first = work_of(new_page, person)
    read(first, "KX-1204")
    second = work_of(new_page, admitted(person), viewport=PHONE, bypass_csp=True)
    second.locator("[data-open]").first.click()
    expect(second.locator(".reading")).not_to_contain_text("KX-1204")
    second.locator(".mark-text").first.fill("KX-12O9")
    expect(second.locator(".look-alikes").first).to_contain_text("sign 6: O or 0")
    assert broken_rules(second) == []
    second.get_by_role("button", name="Give this reading").click()

    third = work_of(new_page, admitted(person, supervisor=True), bypass_csp=True)
    expect(third.locator("[data-row]")).to_contain_text("read twice: to be settled")
    third.locator("[data-open]").first.click()
    expect(third.locator(".signs .look_alike")).to_have_count(2)
    expect(third.locator(".signs .different")).to_have_count(2)
    assert broken_rules(third) == []
    third.emulate_media(color_scheme="dark")
    assert broken_rules(third, OF_COLOURS) == []
    third.locator("[name=stands-0][value=second]").check()
    third.locator("[name=other-0]").fill("KX-1209")
    expect(third.locator("[name=stands-0][value=other]")).to_be_checked()
    third.get_by_label("Why this stands").fill("the nine is worn, the zero narrow")
    third.get_by_role("button", name="Settle").click()
    expect(third.locator(".settled")).to_contain_text("KX-1209")

    assert MarkReading.objects.count() == 2
    assert SeizedItem.objects.get(pk=weapon.pk).marks.get().text == "KX-1209"
    third.goto("/work/readings/")
    expect(third.locator(".empty")).to_be_visible()
    found = third.request.get("/api/v1/marks?text=KX12O9").json()
    assert [hit["incident"] for hit in found["results"]] == [weapon.incident.reference]


def test_a_photograph_is_brought_closer_turned_and_changed_by_keys(new_page: NewPage, person: Officer) -> None:
    weapon = photographed_weapon(person)
    second_photo = photo_of(weapon, person)
    page = work_of(new_page, person)
    page.locator("[data-open]").first.click()
    stage = page.locator(".stage")
    shown = page.locator(".stage figure:visible")
    expect(shown).to_have_count(1)

    stage.focus()
    for key in ("+", "+", "r", "ArrowRight"):
        page.keyboard.press(key)
    style = shown.locator("img").get_attribute("style") or ""
    assert re.search(r"translate\(-60px, 0px\) scale\(2\.25\) rotate\(90deg\)", style), style
    expect(page.locator("[data-said]")).to_contain_text("turned by 90°")
    page.keyboard.press("0")
    assert "scale(1) rotate(0deg)" in (shown.locator("img").get_attribute("style") or "")
    page.keyboard.press("n")
    expect(shown).to_have_attribute("data-photo", str(second_photo.uuid))

    page.locator(".mark-text").first.fill("7")
    expect(page.locator("[name=photo]").first).to_have_value(str(second_photo.uuid))
    page.get_by_role("button", name="Add a mark").click()
    expect(page.locator(".mark-text")).to_have_count(4)
    expect(page.locator(".mark-text").last).to_be_focused()
