"""What anybody writes is shown as text on every page, and runs nowhere (XSS)."""

from datetime import date, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from cases.choices import CustodyKind, EvidenceKind, ReviewDecision
from cases.models import Finding, Incident, Officer, ReplyLink, ScreeningRun
from cases.services.announce_evidence import Announcement
from cases.services.append_custody_event import CustodyDetails
from cases.services.attach_evidence import attach_evidence
from cases.services.issue_api_token import issue_api_token
from cases.services.make_task import make_task
from cases.services.open_case import open_case
from cases.services.open_referral import ReferralRequest, open_referral
from cases.services.record_custody_event import record_custody_event
from cases.services.record_incident import record_incident
from cases.services.review_finding import review_finding
from cases.services.run_screening import run_screening
from cases.services.save_filter import save_filter
from cases.services.secrets_kept import digest_of_secret
from cases.services.watch_obligations import watch_obligations
from cases.services.write_note import write_note
from tests.conftest import NOW
from tests.e2e.conftest import PASSWORD, NewPage, enter
from tests.e2e.pages import LINKED, SECRET, addresses_of, unlisted_pages
from tests.evidence_samples import photograph, sha256
from tests.factories import OfficerFactory, quiet_bay
from tests.hostile_text import HOSTILE, MARK, hostile_document
from tests.sent_referrals import sent

# Pages of signing in that show what somebody chose: keys by their names, who is signed in, what was linked.
OF_THE_ACCOUNT = (
    *("/account/2fa/", "/account/2fa/webauthn/", "/account/2fa/webauthn/keys/{key}/edit/"),
    *("/account/2fa/webauthn/keys/{key}/remove/", "/account/password/change/", "/account/connections/"),
)


@pytest.fixture
def person(person: Officer) -> Officer:
    """An officer who may do anything, of an agency with a hostile name, and with one of his own."""
    person.display_name = HOSTILE[:150]
    person.rights_added = ["review", "refer", "issue", "maintain", "override"]
    person.save()
    person.agency.name = HOSTILE[:200]
    person.agency.save()
    return person


@pytest.fixture
def incident(person: Officer, rulebook_version: object) -> Incident:
    """An incident in which every text is an attack, with all that hangs from one."""
    document, attacked = hostile_document()
    # Fewer would mean that the record was refused as a whole, and nothing tried.
    assert len(attacked) > 40, attacked
    incident = record_incident(officer=person, document=document, recorded_at=NOW).incident
    run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    content = photograph()
    announced = Announcement(
        name=f"{HOSTILE}.jpg", kind=EvidenceKind.PHOTO, size_bytes=len(content), sha256=sha256(content)
    )
    attach_evidence(officer=person, incident=incident, announcement=announced, pieces=iter([content]), attached_at=NOW)
    witness: dict[str, str | None] = {"name": HOSTILE, "role": HOSTILE}
    details = CustodyDetails(
        kind=CustodyKind.SEALED, place=HOSTILE, seal=HOSTILE[:60], note=HOSTILE, witnesses=(witness,)
    )
    record_custody_event(officer=person, subject=incident.items.get(), details=details, recorded_at=NOW)
    for finding in Finding.objects.filter(incident=incident, is_current=True)[:1]:
        review_finding(
            officer=person, finding=finding, decision=ReviewDecision.CONFIRMED, reason=HOSTILE, reviewed_at=NOW
        )
    written: dict[str, Any] = {"why_addressee": HOSTILE, "intended_use": HOSTILE, "own_questions": [HOSTILE]}
    request = ReferralRequest(addressee_country="CHN", language="en", details=written)
    open_referral(officer=person, incident=incident, request=request, opened_at=NOW)
    case = open_case(officer=person, title=HOSTILE[:200], incidents=[incident], opened_at=NOW)
    make_task(officer=person, case=case, what=HOSTILE, due_on=None, given_to=person, made_at=NOW)
    write_note(officer=person, case=case, text=HOSTILE, corrects=None, written_at=NOW)
    made: dict[str, Any] = {"recipient": HOSTILE[:200], "made_at": NOW, "made_by": person}
    ReplyLink.objects.create(
        referral=sent(person, incident),
        secret_sha256=digest_of_secret(SECRET),
        expires_at=timezone.now() + timedelta(days=1),
        **made,
    )
    watch_obligations(now=NOW)
    case = open_case(officer=person, title=HOSTILE[:200], incidents=[incident], opened_at=NOW)
    make_task(officer=person, case=case, what=HOSTILE, due_on=date(2000, 1, 1), given_to=person, made_at=NOW)
    save_filter(officer=person, name=HOSTILE[:100], asked={"q": HOSTILE}, is_shared=True, saved_at=NOW)
    quiet_bay()
    issue_api_token(officer=person, name=HOSTILE[:100], issued_at=NOW, expires_at=timezone.now() + timedelta(days=1))
    return incident


def test_no_text_of_anybody_runs_on_any_page(new_page: NewPage, person: Officer, incident: Incident) -> None:
    assert unlisted_pages() == set(), "a page of the console is not looked at here"
    page = new_page(user_agent=f"Tablet {HOSTILE}")
    enter(page, person)
    page.wait_for_url("**/incidents/")

    seen = 0
    for address in (*addresses_of(incident), *LINKED.values()):
        page.goto(address, wait_until="networkidle")
        assert page.evaluate(f"window.{MARK}") is None, address
        assert page.locator("img[src=x]").count() == 0, address
        assert page.locator("[onerror]").count() == 0, address
        assert page.locator("a[href^='javascript:' i]").count() == 0, address
        shown = page.locator("body").inner_text()
        # A template that was filled twice would have multiplied.
        assert "1337" not in shown, address
        seen += shown.count("<img src=x onerror")

    # Shown as what it is: text, on the pages of the record and of the account.
    assert seen > 20


def test_no_name_of_a_security_key_runs_on_any_page_of_the_account(new_page: NewPage, person: Officer) -> None:
    page = new_page()
    enter(page, person)
    page.wait_for_url("**/incidents/")
    # Signed in before, so that no key is asked for.
    key = Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={"name": HOSTILE})

    seen = 0
    for address in OF_THE_ACCOUNT:
        page.goto(address.format(key=key.pk), wait_until="networkidle")
        if page.locator("input[name=password]").count() and "reauthenticate" in page.url:
            page.locator("input[name=password]").fill(PASSWORD)
            page.locator("main button[type=submit]").first.click()
            page.goto(address.format(key=key.pk), wait_until="networkidle")
        assert page.evaluate(f"window.{MARK}") is None, address
        assert page.locator("img[src=x], [onerror]").count() == 0, address
        seen += page.content().count("img src=x onerror")

    assert seen > 0


def test_an_address_that_leads_nowhere_says_it_without_repeating_it(new_page: NewPage, person: Officer) -> None:
    page = new_page()
    enter(page, person)
    page.goto("/nowhere/%3Cimg%20src=x%20onerror=window.pwned=1%3E")

    assert page.evaluate(f"window.{MARK}") is None
    assert page.locator("img[src=x]").count() == 0


def test_no_answer_of_the_api_is_a_page_that_runs_what_was_typed(
    new_page: NewPage, person: Officer, incident: Incident
) -> None:
    page = new_page()
    enter(page, person)
    page.wait_for_url("**/incidents/")

    for address in (
        f"/api/v1/incidents/{incident.reference}",
        f"/api/v1/incidents/{incident.reference}/screening",
        f"/api/v1/incidents/{incident.reference}/history",
        "/api/v1/incidents?place=%3Cimg%20src=x%20onerror=window.pwned=1%3E",
        "/api/v1/incidents/%3Cimg%20src=x%20onerror=window.pwned=1%3E",
    ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.headers["content-type"].split(";")[0] in {"application/json", "application/problem+json"}, address
        assert page.evaluate(f"window.{MARK}") is None, address


def test_a_neighbour_finds_nothing_of_it_on_any_page(new_page: NewPage, person: Officer, incident: Incident) -> None:
    neighbour = OfficerFactory.create()
    neighbour.password = person.password
    neighbour.save()
    page = new_page()
    enter(page, neighbour)
    page.wait_for_url("**/incidents/")

    for asked in addresses_of(incident):
        page.goto(asked)
        # The menu leads back to the address that was asked for, whatever lies there.
        text = page.content().replace(f'value="{asked}"', "")
        assert incident.reference not in text.replace(page.url, ""), asked
        assert "onerror" not in text, asked
