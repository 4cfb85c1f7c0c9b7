"""An incident's page in the browser: read on a desk, on a phone and on paper; answered, decided on, and by whom."""

import pytest
from playwright.sync_api import Page, expect

from cases.choices import ReviewState
from cases.models import Finding, Incident, Officer, ScreeningRun
from cases.services.run_screening import run_screening
from tests.conftest import NOW
from tests.e2e.conftest import PHONE, NewPage, enter
from tests.evidence_samples import photograph
from tests.factories import OfficerFactory, recorded_incident

MEASURE = "yemen-houthis-2015/2216-14"


@pytest.fixture
def person(person: Officer) -> Officer:
    """An officer who records, corrects and decides."""
    person.rights_added = ["review"]
    person.save()
    return person


@pytest.fixture
def incident(person: Officer, rulebook_version: object) -> Incident:
    """Arms for Yemen; for whom, nobody knows yet."""
    incident = recorded_incident(
        person,
        occurred_on="2019-06-25",
        route={"destination": "YEM", "basis": "statement"},
        items=[{"category": "small_arm", "quantity": 20, "unit": "piece"}],
    )
    screen(incident)
    return incident


def screen(incident: Incident) -> None:
    """Do what a worker does."""
    run_screening(run_id=ScreeningRun.objects.filter(incident=incident).latest("pk").pk, now=NOW)


def opened(page: Page, officer: Officer, incident: Incident) -> Page:
    """Show that officer the incident."""
    enter(page, officer)
    page.wait_for_url("**/incidents/")
    page.goto(f"/incidents/{incident.reference}/")
    return page


def test_an_answer_in_place_changes_the_finding_by_itself(
    new_page: NewPage, person: Officer, incident: Incident
) -> None:
    page = opened(new_page(), person, incident)
    finding = page.locator("article.finding", has_text=MEASURE).first
    expect(finding.locator("h3 .badge")).to_have_text("Possible")

    finding.get_by_role("link", name="Who was to receive the goods?").click()
    question = page.locator("#question-recipient-kind")
    question.locator("summary").press("Enter")
    question.get_by_label("Kind of recipient").select_option("non_governmental_force")
    question.get_by_label("Name").fill("Houthis")
    question.get_by_label("How is it known?").select_option("assessment")
    question.get_by_role("button").press("Enter")

    expect(page.get_by_role("status").first).to_contain_text("Screening is queued.")
    screen(incident)
    changed = page.locator("article.finding", has_text=MEASURE).first
    expect(changed.locator("h3 .badge")).to_have_text("Indicated", timeout=15_000)
    expect(page.locator("#summary .badge").first).to_contain_text("Indicated")
    assert Incident.objects.get(pk=incident.pk).recipient.basis == "assessment"


def test_a_finding_is_decided_on_with_the_keyboard(new_page: NewPage, person: Officer, incident: Incident) -> None:
    page = opened(new_page(), person, incident)
    finding = page.locator("article.finding", has_text=MEASURE).first

    finding.get_by_label("Reason").focus()
    page.keyboard.type("The crew named the receiver.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url("**#finding-*")
    decided = page.locator("article.finding", has_text=MEASURE).first
    expect(decided).to_contain_text("The crew named the receiver.")
    assert Finding.objects.get(incident=incident, measure=MEASURE).review == ReviewState.CONFIRMED


def test_two_who_answer_at_once_see_both_answers(new_page: NewPage, person: Officer, incident: Incident) -> None:
    first, second = (opened(new_page(), person, incident) for _ in range(2))
    for page, name in ((first, "A harbour master"), (second, "Houthis")):
        question = page.locator("#question-recipient-kind")
        question.locator("summary").click()
        question.get_by_label("Name").fill(name)
        question.get_by_role("button").click()

    expect(second.get_by_role("heading", level=1)).to_have_text("The record was changed meanwhile")
    expect(second.get_by_role("row", name="Name")).to_contain_text("A harbour master")
    expect(second.get_by_role("row", name="Name")).to_contain_text("Houthis")
    second.get_by_role("button", name="Use my answer").click()
    second.wait_for_url("**#screening")
    assert Incident.objects.get(pk=incident.pk).recipient.name == "Houthis"


def test_a_file_is_attached_with_its_digest(new_page: NewPage, person: Officer, incident: Incident) -> None:
    page = opened(new_page(), person, incident)

    page.get_by_label("File").set_input_files({"name": "deck.jpg", "mimeType": "image/jpeg", "buffer": photograph()})
    page.get_by_role("button", name="Attach").click()

    expect(page.locator("#evidence")).to_contain_text("deck.jpg")
    expect(page.locator("#evidence .digest")).to_have_count(1)
    # Nothing is asked any more when the tables are emptied.
    page.wait_for_load_state("networkidle")


def test_a_phone_folds_what_is_not_read_first_and_nothing_runs_off_it(
    new_page: NewPage, person: Officer, incident: Incident
) -> None:
    page = opened(new_page(viewport=PHONE, has_touch=True), person, incident)

    expect(page.locator("#history .acts")).to_be_hidden()
    expect(page.locator("#findings article").first).to_be_visible()
    page.locator(".contents").get_by_role("link", name="History").click()
    expect(page.locator("#history .acts")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_paper_leaves_nothing_folded_out(new_page: NewPage, person: Officer, incident: Incident) -> None:
    page = opened(new_page(viewport=PHONE), person, incident)
    page.emulate_media(media="print")

    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("main details:not([open])").count() == 0
    expect(page.locator("#considered .why-not").first).to_be_visible()
    expect(page.locator(".contents")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("main details:not([open])").count() > 0


def test_without_a_script_all_is_there_and_works(new_page: NewPage, person: Officer, incident: Incident) -> None:
    page = opened(new_page(java_script_enabled=False), person, incident)

    expect(page.locator("#history .acts")).to_be_visible()
    expect(page.locator("form.attach")).to_be_hidden()
    finding = page.locator("article.finding", has_text=MEASURE).first
    finding.get_by_label("Reason").fill("The papers say so.")
    finding.get_by_role("button", name="Confirm").click()
    expect(page.locator("article.finding", has_text=MEASURE).first).to_contain_text("The papers say so.")


def test_another_agencys_incident_is_nowhere(new_page: NewPage, person: Officer, incident: Incident) -> None:
    neighbour = OfficerFactory.create()
    neighbour.password = person.password
    neighbour.save()
    page = new_page()
    enter(page, neighbour)
    page.wait_for_url("**/incidents/")

    answer = page.goto(f"/incidents/{incident.reference}/")

    assert answer is not None
    assert answer.status == 404
    assert incident.reference not in page.locator("main").inner_text()
