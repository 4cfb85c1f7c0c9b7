"""A letter from its draft to the answer, as its officers and its addressee go through it."""

from playwright.sync_api import Page

from cases.models import Officer, Referral
from tests.conftest import NOW
from tests.e2e.conftest import PHONE, NewPage, enter
from tests.factories import PASSWORD, OfficerFactory
from tests.letters import COMPLETE, drafted, found_arms


def desk_of(person: Officer) -> None:
    """Let the letters of the officer's agency name somebody to answer to."""
    agency = person.agency
    assert agency is not None
    agency.contact_name, agency.contact_email = "Duty desk", "desk@post.example"
    agency.save()


def second_officer(person: Officer) -> Officer:
    """Return a colleague who signs in, too."""
    other = OfficerFactory.create(agency=person.agency)
    other.set_password(PASSWORD)
    other.save()
    return other


def test_a_letter_is_drafted_approved_by_a_second_officer_issued_and_its_pdf_opened(
    new_page: NewPage, person: Officer
) -> None:
    desk_of(person)
    incident, other = found_arms(person), second_officer(person)
    page = new_page()
    enter(page, person)
    page.wait_for_url("**/incidents/")

    page.goto(f"/referrals/new?incident={incident.reference}")
    page.locator("input[name=addressee][value=IRN]").check()
    page.locator("#kind").select_option("bilateral")
    page.get_by_role("button", name="Begin the letter").click()
    page.wait_for_url("**/referrals/REF-*/")
    written = picture_of(page)
    lacking = page.locator("#letter .lacks li").count()
    with page.expect_response("**/preview/"):
        page.locator("#language-field").select_option("fr")
    page.wait_for_function("written => document.querySelector('#letter img').src !== written", arg=written)
    with page.expect_response("**/preview/"):
        page.locator("#intended_use").fill(COMPLETE["intended_use"])
    page.locator("#letter .lacks li").nth(lacking - 1).wait_for(state="detached")
    assert "missing" in page.locator("#told").inner_text()
    page.locator("#confidentiality").select_option("given")
    page.locator("#contact_office").fill("Point of contact")
    page.locator("#legal_justification").fill("Customs Act, article 1")
    page.locator("#reply_requested_by").fill("2027-01-31")
    page.get_by_role("button", name="Save and check").first.click()
    page.locator("h1 .state.checked").wait_for()
    assert page.get_by_role("button", name="Approve").count() == 0
    address = page.url

    second = new_page()
    enter(second, other)
    second.wait_for_url("**/incidents/")
    second.goto(address)
    second.get_by_role("button", name="Approve").click()
    second.get_by_role("button", name="Issue the letter").click()
    second.locator("h1 .state.issued").wait_for()
    opened = second.request.get(second.get_by_role("link", name="Open the PDF").get_attribute("href") or "")
    assert opened.headers["content-type"] == "application/pdf"
    assert opened.body().startswith(b"%PDF")
    assert Referral.objects.get().language == "fr"


def test_the_addressee_answers_by_link_on_a_phone_and_the_officer_asks_on(new_page: NewPage, person: Officer) -> None:
    desk_of(person)
    person.role = "supervisor"
    person.save()
    draft = drafted(person, found_arms(person), NOW)
    page = new_page()
    enter(page, person)
    page.wait_for_url("**/incidents/")
    page.goto(f"/referrals/{draft.reference}/")
    page.get_by_role("button", name="Save and check").first.click()
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("button", name="Issue the letter").click()
    page.locator("#recipient").fill("Tracing desk")
    page.get_by_role("button", name="Make the link").click()
    link = page.locator("#made-link").input_value()

    phone = new_page(viewport=PHONE, color_scheme="dark")
    phone.goto("/reply/" + link.partition("/reply/")[2])
    assert beyond(phone) <= 0
    phone.locator("#state").select_option("answered_full")
    phone.locator("#text").fill("Sold in 1998.")
    for field, value in {"kind-1": "export", "actor_kind-1": "company"}.items():
        phone.locator(f"select[name={field}]").select_option(value)
    for field, value in {"from_country-1": "IRN", "to_country-1": "SDN", "on-1": "1998"}.items():
        phone.locator(f"input[name={field}]").fill(value)
    phone.locator("main button[type=submit]").click()
    phone.locator("[role=status]").wait_for()

    page.goto(f"/referrals/{draft.reference}/")
    assert "Sold in 1998." in page.locator("main").inner_text()
    page.get_by_role("button", name="Draft the request to SDN").click()
    page.locator("h1 .state.draft").wait_for()
    assert draft.reference not in page.url


def test_the_pages_of_a_letter_turn_without_losing_what_was_typed(new_page: NewPage, person: Officer) -> None:
    draft = drafted(person, found_arms(person), NOW)
    page = new_page(viewport=PHONE)
    enter(page, person)
    page.wait_for_url("**/incidents/")
    page.goto(f"/referrals/{draft.reference}/")
    assert beyond(page) <= 0
    with page.expect_response("**/preview/"):
        page.locator("#onward_use").fill("INTERPOL")

    for number in ("2", "1"):
        page.get_by_role("link", name=f"Page {number}").click()
        page.locator(".leaves [aria-current]", has_text=number).wait_for()

    assert page.locator("#onward_use").input_value() == "INTERPOL"
    assert page.url.endswith(f"/{draft.reference}/")


def picture_of(page: Page) -> str:
    """Return the page of the letter that is shown."""
    return page.locator("#letter img").evaluate("picture => picture.src")  # type: ignore[no-any-return]


def beyond(page: Page) -> int:
    """Return by how many pixels the page is wider than its screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
