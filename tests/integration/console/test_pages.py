"""The pages: signed in by a one-time link, showing one's own records and nothing unescaped."""

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from cases.choices import CustodyKind, EvidenceKind
from cases.models import Officer, ScreeningRun
from cases.services.announce_evidence import Announcement
from cases.services.append_custody_event import CustodyDetails
from cases.services.attach_evidence import attach_evidence
from cases.services.import_list import import_list
from cases.services.inspect_evidence import inspect_evidence
from cases.services.issue_sign_in_link import issue_sign_in_link
from cases.services.record_custody_event import record_custody_event
from cases.services.run_screening import run_screening
from console import account_urls
from console import urls as console_urls
from tests.conftest import NOW
from tests.evidence_samples import photograph, sha256
from tests.factories import OfficerFactory, recorded_incident
from tests.list_samples import SAMPLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(officer: Officer) -> Client:
    """A browser in which the officer is signed in."""
    client = Client(raise_request_exception=False)
    client.force_login(officer)
    return client


def test_the_first_page_is_open_and_strict() -> None:
    page = Client().get("/")

    assert page.status_code == 200
    assert b"Cordon" in page.content
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert "'unsafe-inline'" not in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Referrer-Policy"] == "same-origin"
    assert not page.has_header("Access-Control-Allow-Origin")


def test_a_link_is_used_by_the_button_and_not_by_looking(officer: Officer) -> None:
    path = f"/sign-in/{issue_sign_in_link(officer=officer, issued_at=timezone.now())}/"
    scanner, browser, thief = Client(), Client(), Client()

    assert [scanner.get(path).status_code, scanner.head(path).status_code] == [200, 405]
    signed_in = browser.post(path, follow=True)
    late = thief.post(path)

    assert signed_in.redirect_chain == [("/incidents/", 302)]
    assert officer.username in signed_in.content.decode()
    assert late.status_code == 410
    assert "_auth_user_id" not in thief.session
    assert thief.get(path).status_code == 410


def test_a_link_is_not_used_from_another_site(officer: Officer) -> None:
    path = f"/sign-in/{issue_sign_in_link(officer=officer, issued_at=timezone.now())}/"

    assert Client(enforce_csrf_checks=True).post(path).status_code == 403


@pytest.mark.parametrize("path", ["/incidents/", "/changes/", "/incidents/INC-2026-00000001/"])
def test_records_are_for_those_who_signed_in(path: str) -> None:
    answer = Client().get(path)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=")


def test_an_incident_shows_its_findings_with_their_reasons(
    browser: Client, officer: Officer, rulebook_version: object
) -> None:
    incident = recorded_incident(officer)
    run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    finding = incident.findings.order_by("measure")[0]

    page = browser.get(f"/incidents/{incident.reference}/").content.decode()
    listed = browser.get("/incidents/").content.decode()

    assert finding.regime in page
    assert all(reason["text"][:20] in page for reason in finding.document["rationale"] if "'" not in reason["text"])
    assert incident.reference in listed
    assert finding.regime in listed


def test_an_incident_shows_whom_the_lists_name_and_what_follows(
    browser: Client, officer: Officer, rulebook_version: object
) -> None:
    import_list(content=SAMPLE, file_name="list.xml", imported_at=NOW)
    financier = {"role": "financier", "kind": "person", "name": "Torvald Exemplum Brannigan"}
    incident = recorded_incident(officer, parties=[financier])
    run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)

    page = browser.get(f"/incidents/{incident.reference}/").content.decode()

    assert "Listed parties" in page
    assert "QDi.901" in page
    assert "do not say who else was listed then" in page
    assert "What follows by law" in page


def test_what_was_typed_is_never_markup(browser: Client, officer: Officer) -> None:
    attack = "<script>alert(1)</script>"
    incident = recorded_incident(
        officer,
        place=attack,
        circumstances=attack,
        conveyance={"mode": "sea", "name": attack},
        items=[{"category": "mine", "description": attack, "marks": [{"kind": "lot", "text": attack}]}],
    )

    for path in ("/incidents/", f"/incidents/{incident.reference}/"):
        page = browser.get(path).content.decode()
        assert attack not in page
        assert "&lt;script&gt;" in page


def test_a_neighbour_meets_no_page(officer: Officer) -> None:
    neighbour = Client(raise_request_exception=False)
    neighbour.force_login(OfficerFactory.create())
    reference = recorded_incident(officer).reference

    answer = neighbour.get(f"/incidents/{reference}/")

    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/html")
    assert reference not in neighbour.get("/incidents/").content.decode()


def test_signing_out_ends_the_session_and_needs_the_button(browser: Client) -> None:
    assert browser.get("/sign-out/").status_code == 405
    browser.post("/sign-out/")

    assert browser.get("/incidents/").status_code == 302


def test_no_button_is_pressed_from_another_site(officer: Officer) -> None:
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.force_login(officer)
    patterns = [each for each in (*console_urls.urlpatterns, *account_urls.urlpatterns) if isinstance(each, URLPattern)]
    parts = {"secret": "a" * 43, "session_id": 1, "token_id": 1, "filter_id": 1, "item": 0, "code": "iran-2006"}
    parts |= {"finding_id": "0d3f7c52-8a1e-4b7a-9c26-5f0e1d2c3b4a", "question": "place"}
    references = {"referral": "REF-2026-00000001", "case": "CASE-2026-00000001", "incident": "INC-2026-00000001"}
    steps = {"referral": "check", "case": "join"}
    names = [f"console:{each.name}" if each in console_urls.urlpatterns else str(each.name) for each in patterns]
    assert len(names) > 20

    for name, pattern in zip(names, patterns, strict=True):
        about = next((each for each in references if each in name), "incident")
        told = parts | {"reference": references[about], "step": steps.get(about, "")}
        taken = {key: told[key] for key in pattern.pattern.regex.groupindex}
        answer = browser.post(reverse(name, kwargs=taken), {}, HTTP_ORIGIN="https://evil.example")
        # 405: a page, which has no button to press.
        assert answer.status_code in {403, 405}, name
    assert browser.get("/incidents/").status_code == 200


def test_an_address_that_leads_nowhere_says_so() -> None:
    page = Client().get("/nowhere")

    assert page.status_code == 404
    assert b"There is nothing here that you may see." in page.content


def test_the_page_of_an_incident_shows_its_evidence(officer: Officer, browser: Client) -> None:
    incident, content = recorded_incident(officer), photograph()
    announcement = Announcement(
        name="<script>alert(1)</script>.jpg", kind=EvidenceKind.PHOTO, size_bytes=len(content), sha256=sha256(content)
    )
    evidence = attach_evidence(
        officer=officer, incident=incident, announcement=announcement, pieces=iter([content]), attached_at=NOW
    )
    inspect_evidence(evidence_id=evidence.pk, inspected_at=NOW)

    page = browser.get(f"/incidents/{incident.reference}/").content.decode()

    assert f'<img src="/api/v1/evidence/{evidence.reference}/preview?width=320"' in page
    assert "<script>alert" not in page
    assert "Stated by the file:" in page
    assert "(no time zone stated)" in page
    assert browser.get(f"/api/v1/evidence/{evidence.reference}/preview?width=320").status_code == 200


def test_a_chain_of_custody_is_shown_with_what_it_does_not_explain(officer: Officer, browser: Client) -> None:
    incident = recorded_incident(officer)
    for details in (
        CustodyDetails(kind=CustodyKind.COLLECTED, place="<b>quay</b>"),
        CustodyDetails(kind=CustodyKind.OPENED, seal="B7", witnesses=({"name": "Ada Witness", "role": None},)),
    ):
        record_custody_event(officer=officer, subject=incident.items.get(), details=details, recorded_at=NOW)
    address = f"/incidents/{incident.reference}/"

    page = browser.get(address).content.decode()
    assert "Seal B7 was broken or seen; that it was put on is not recorded." in page
    assert "Ada Witness" in page
    assert "&lt;b&gt;quay&lt;/b&gt;" in page
    onlooker = Client()
    onlooker.force_login(OfficerFactory.create(analyst=True, agency=officer.agency))
    assert "Ada Witness" not in onlooker.get(address).content.decode()
