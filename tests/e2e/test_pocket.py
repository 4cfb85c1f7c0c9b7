"""The rulebook in the pocket before an officer: with a line and without, and never when its signature does not hold."""

import pytest
from playwright.sync_api import Page, expect

from cases.models import Officer
from tests.e2e.conftest import PHONE, NewPage, enter
from tests.e2e.test_accessibility import broken_rules
from tests.e2e.test_record import open_room, write_record

expect.set_options(timeout=20_000)
# Names and numbers keep their own direction within a sentence.
POSSIBLE = "Possible: \u2068Libya\u2069, resolution \u20681970 (2011)\u2069, paragraph \u20689\u2069"


@pytest.fixture
def page(new_page: NewPage, person: Officer) -> Page:
    """The page on a phone, opened once on a line."""
    return opened(new_page(viewport=PHONE), person)


def opened(page: Page, person: Officer) -> Page:
    """Sign in and open the page."""
    enter(page, person)
    page.wait_for_url("**/incidents/")
    page.goto("/pocket/")
    expect(page.locator("#pocket-card")).to_contain_text("Say where it is")
    return page


def ask(page: Page) -> None:
    """State what a rifle bound for Libya says by itself."""
    page.locator("#to").select_option("LBY")
    page.locator("#category").select_option("small_arm")


def spoil(page: Page, before: str, after: str) -> None:
    """Change what the device keeps of the rulebook."""
    page.evaluate(
        """([before, after]) => {
            const kept = JSON.parse(localStorage["cordon.pocket.file"]);
            kept.content = kept.content.replaceAll(before, after);
            localStorage["cordon.pocket.file"] = JSON.stringify(kept);
        }""",
        [before, after],
    )


def test_it_answers_with_no_line_at_all(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("async () => Boolean(await caches.match('/pocket/shell/'))")
    page.context.set_offline(True)
    page.reload()
    ask(page)
    card = page.locator("#pocket-card")

    expect(card.locator("h3").first).to_have_text(POSSIBLE)
    expect(card.locator(".pocket-acts").first).to_have_text("Hold, photograph, call. Ask who receives it.")
    expect(card).to_contain_text("Names are not compared here")
    page.locator("#category").select_option("cash")
    expect(card).to_contain_text("Nothing in this rulebook is touched by what was stated. The server will screen")
    page.context.set_offline(False)


def test_it_is_read_by_all_and_fits_a_phone(new_page: NewPage, person: Officer) -> None:
    # The checker is a script of its own, which the policy keeps out.
    page = opened(new_page(viewport=PHONE, bypass_csp=True), person)
    ask(page)
    expect(page.locator("#pocket-card h3").first).to_have_text(POSSIBLE)
    page.locator("#pocket-card summary").first.click()

    assert broken_rules(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_rulebook_that_was_changed_on_the_device_is_never_used(page: Page) -> None:
    spoil(page, "LBY", "TUR")
    page.context.set_offline(True)
    ask(page)

    expect(page.locator("#pocket-card")).to_have_text(
        "The rulebook on this device is not as it was signed. It is not used."
    )
    page.context.set_offline(False)


def test_a_new_key_is_asked_about_before_it_is_trusted(page: Page) -> None:
    page.evaluate("localStorage['cordon.pocket.key'] = 'ab'.repeat(32)")
    page.reload()
    card = page.locator("#pocket-card")
    expect(card).to_contain_text("shows another key")
    ask(page)
    expect(card.locator("h3")).to_have_count(0)
    card.get_by_role("button", name="Trust the new key").click()

    expect(card.locator("h3").first).to_have_text(POSSIBLE)


def test_a_record_made_with_no_line_shows_the_card_before_it_is_sent(new_page: NewPage, person: Officer) -> None:
    page = new_page(viewport=PHONE, bypass_csp=True)
    open_room(page, person)
    page.wait_for_function("() => localStorage['cordon.pocket.file']")
    page.context.set_offline(True)
    write_record(page)
    card = page.locator("#pocket-card")

    expect(card).to_contain_text("2216 (2015)")
    card.locator("#pocket-inside").select_option("LBY")
    expect(card.locator("h3").first).to_contain_text("Possible:")
    assert broken_rules(page) == []
    page.context.set_offline(False)
