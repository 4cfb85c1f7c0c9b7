"""The workbench: a letter is drafted, filled in, checked, approved by another, issued, sent and followed."""

from typing import Any

import pytest
from django.test import Client

from cases.models import AuditEntry, Dispatch, Officer, OfficerRole, Referral, ReplyLink
from cases.queries.referral_content import missing_in
from tests.conftest import NOW
from tests.factories import OfficerFactory, template_pack
from tests.letters import COMPLETE, RIFLE, colleague, drafted, found_arms, issued, writer
from tests.sent_referrals import sent

pytestmark = pytest.mark.django_db

FORM: dict[str, str] = {
    "letter": "1",
    "language": "en",
    "kind": "bilateral",
    "priority": "routine",
    "why_addressee": "named as the place of manufacture",
    "intended_use": "to find the point of diversion",
    "confidentiality": "given",
    "legal_justification": "Customs Act, article 1",
    "contact_office": "Point of contact",
    "contact_email": "desk@state.example",
    "reply_requested_by": "2027-01-31",
}


def browser_of(officer: Officer) -> Client:
    """Return a browser in which that officer is signed in."""
    client = Client(raise_request_exception=False)
    client.force_login(officer)
    return client


def text_of(answer: Any) -> str:
    """Return the page of an answer."""
    return str(answer.content.decode())


def address_of(referral: Referral, step: str = "") -> str:
    """Return the address of a referral's page, or of one of its steps."""
    return f"/referrals/{referral.reference}/{step}{'/' if step else ''}"


def test_a_new_referral_begins_with_items_and_a_state_that_the_record_points_to() -> None:
    officer = writer()
    incident = found_arms(officer, items=[RIFLE, {**RIFLE, "country_of_manufacture": "CHN"}])
    browser = browser_of(officer)
    address = f"/referrals/new?incident={incident.reference}"

    page = text_of(browser.get(address))
    begun = browser.post(address, {"items": ["1"], "addressee": "CHN", "kind": "bilateral", "language": "fr"})
    draft = Referral.objects.get()

    assert 'value="IRN"' in page
    assert 'value="CHN"' in page
    assert begun["Location"] == address_of(draft)
    assert (draft.addressee_country, draft.language, draft.kind) == ("CHN", "fr", "bilateral")
    assert [line.item.position for line in draft.lines.all()] == [1]


def test_a_state_that_nothing_points_to_is_named_by_its_code() -> None:
    officer = writer()
    address = f"/referrals/new?incident={found_arms(officer).reference}"
    browser = browser_of(officer)
    asked = {"items": ["0"], "addressee": "other", "language": "en"}

    nowhere = browser.post(address, asked | {"country": "nowhere"})
    none = browser.post(address, {"addressee": "IRN", "language": "en"})
    browser.post(address, asked | {"country": "che"})

    assert (nowhere.status_code, none.status_code) == (422, 422)
    assert 'href="#country"' in text_of(nowhere)
    assert 'href="#items"' in text_of(none)
    assert Referral.objects.get().addressee_country == "CHE"


def test_one_draft_is_made_for_each_state_that_items_name() -> None:
    officer = writer()
    incident = found_arms(officer, items=[RIFLE, {**RIFLE, "country_of_manufacture": "CHN"}])

    browser_of(officer).post(f"/referrals/new?incident={incident.reference}", {"by_state": "1", "language": "en"})

    assert set(Referral.objects.values_list("addressee_country", flat=True)) == {"IRN", "CHN"}


def test_a_draft_says_what_it_lacks_with_the_field_that_fills_it() -> None:
    officer = writer()
    draft = drafted(officer, found_arms(officer), NOW, details={})
    template_pack(officer, name="Letters of the post")
    browser = browser_of(officer)

    page = text_of(browser.get(address_of(draft)))
    saved = browser.post(address_of(draft, "amend"), FORM)
    full = text_of(browser.get(address_of(draft)))

    for field in ("intended_use", "confidentiality", "contact_office"):
        assert f'<a href="#{field}">' in page
        assert f'id="{field}"' in page
    assert "Letters of the post" in page
    assert "data:image/webp;base64," in page
    assert saved.status_code == 302
    draft.refresh_from_db()
    assert missing_in(draft) == ()
    assert "Nothing is missing" in full


def test_what_the_record_lacks_is_filled_in_beside_the_letter() -> None:
    officer = writer()
    bare = {**RIFLE, "calibre": None, "marking_state": None}
    draft = drafted(officer, found_arms(officer, items=[bare]), NOW, kind="iti_request")
    browser = browser_of(officer)

    page = text_of(browser.get(address_of(draft)))
    filled = browser.post(
        address_of(draft, "complete"),
        {"calibre-0": "7.62 mm", "marks-0": "AB 123", "mark_kind-0": "serial", "illicit_grounds": ["iti_6a", "iti_6b"]},
    )

    assert all(f'id="{field}"' in page for field in ("calibre-0", "marks-0", "illicit_grounds"))
    assert filled.status_code == 302
    item = draft.incident.items.get()
    assert (item.calibre, [mark.text for mark in item.marks.all()]) == ("7.62 mm", ["AB 123"])
    draft.incident.refresh_from_db()
    assert draft.incident.illicit_grounds == ["iti_6a", "iti_6b"]


def test_a_preview_shows_the_letter_as_the_form_says_and_keeps_nothing() -> None:
    officer = writer()
    draft = drafted(officer, found_arms(officer), NOW)
    browser = browser_of(officer)
    acts = AuditEntry.objects.filter(object_reference=draft.reference)
    before = acts.count()

    english = text_of(browser.post(address_of(draft, "preview"), FORM))
    french = text_of(browser.post(address_of(draft, "preview"), FORM | {"language": "fr"}))
    emptied = text_of(browser.post(address_of(draft, "preview"), FORM | {"intended_use": ""}))
    unread = text_of(browser.post(address_of(draft, "preview"), FORM | {"reply_requested_by": "soon"}))

    draft.refresh_from_db()
    assert draft.language == "en"
    assert acts.count() == before
    assert english.split("base64,")[1][:2000] != french.split("base64,")[1][:2000]
    assert 'href="#intended_use"' in emptied
    assert 'href="#intended_use"' not in english
    assert 'href="#reply_requested_by"' in unread


def test_a_letter_goes_through_two_hands_and_out() -> None:
    drafter = writer()
    approver = colleague(drafter)
    draft = drafted(drafter, found_arms(drafter), NOW)
    one, other = browser_of(drafter), browser_of(approver)

    checked = one.post(address_of(draft, "amend"), FORM | {"check": "1"})
    own = one.post(address_of(draft, "approve"))
    shown = text_of(one.get(address_of(draft)))
    approved = other.post(address_of(draft, "approve"))
    was_issued = other.post(address_of(draft, "issue"))
    queued = other.post(address_of(draft, "send"), {"channel": "by_hand"})

    assert checked.status_code == 302
    assert own.status_code == 422
    assert "another officer with the right to issue must approve it" in text_of(own)
    assert "Another officer with the right to issue must approve it." in shown
    assert [answer.status_code for answer in (approved, was_issued, queued)] == [302, 302, 302]
    draft.refresh_from_db()
    assert draft.state == "sent"
    assert draft.approved_by == approver
    assert Dispatch.objects.get().channel == "by_hand"


def test_an_incomplete_letter_is_not_checked_and_each_part_is_named() -> None:
    officer = writer()
    draft = drafted(officer, found_arms(officer), NOW, details={})

    answer = browser_of(officer).post(address_of(draft, "check"))

    assert answer.status_code == 422
    alert = text_of(answer).partition('role="alert"')[2].partition("</div>")[0]
    assert '<a href="#intended_use">' in alert
    assert '<a href="#contact_office">' in alert
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_warning_stops_a_letter_until_a_supervisor_says_why() -> None:
    supervisor = writer(OfficerRole.SUPERVISOR)
    antique = found_arms(supervisor, items=[{**RIFLE, "year_of_manufacture": 1890}])
    draft = drafted(supervisor, antique, NOW)
    browser = browser_of(supervisor)
    browser.post(address_of(draft, "check"))

    page = text_of(browser.get(address_of(draft)))
    stopped = browser.post(address_of(draft, "approve"))
    browser.post(address_of(draft, "approve"), {"override_reason": "a copy of our time"})

    assert "an antique" in page
    assert 'name="override_reason"' in page
    assert stopped.status_code == 422
    draft.refresh_from_db()
    assert (draft.state, draft.override_reason) == ("approved", "a copy of our time")


def test_a_change_makes_a_draft_again_and_saving_nothing_changes_nothing() -> None:
    officer = writer()
    draft = drafted(officer, found_arms(officer), NOW)
    browser = browser_of(officer)
    browser.post(address_of(draft, "amend"), FORM | {"check": "1"})

    browser.post(address_of(draft, "amend"), FORM)
    draft.refresh_from_db()
    unchanged = draft.state
    browser.post(address_of(draft, "amend"), FORM | {"onward_use": "INTERPOL"})
    draft.refresh_from_db()

    assert (unchanged, draft.state) == ("checked", "draft")


def test_a_reply_is_recorded_and_the_next_request_is_one_step_away() -> None:
    officer = writer()
    letter = sent(officer, found_arms(officer), country="IRN")
    browser = browser_of(officer)
    step = {"step_kind": "export", "step_from_country": "IRN", "step_to_country": "SDN", "step_on": "1998"}

    unreasoned = browser.post(address_of(letter, "reply"), {"state": "refused"})
    unread = browser.post(address_of(letter, "reply"), {"state": "no_record", **step, "step_on": "long ago"})
    recorded = browser.post(address_of(letter, "reply"), {"state": "answered_full", "text": "Sold in 1998.", **step})
    page = text_of(browser.get(address_of(letter)))
    asked = browser.post(address_of(letter, "next"), {"item": "0", "country": "SDN"})
    nobody = browser.post(address_of(letter, "next"), {"item": "²", "country": "SDN"})

    assert (unreasoned.status_code, recorded.status_code) == (422, 302)
    assert 'href="#reason"' in text_of(unreasoned)
    assert 'href="#step_on"' in text_of(unread)
    assert "Sold in 1998." in page
    assert "Islamic Republic of Iran → Sudan" in page
    draft = Referral.objects.get(addressee_country="SDN")
    assert asked["Location"] == address_of(draft)
    assert nobody.status_code in {404, 422}


def test_a_link_is_shown_once_and_revoked() -> None:
    officer = writer()
    letter = sent(officer, found_arms(officer), country="IRN")
    browser = browser_of(officer)

    made = browser.post(address_of(letter, "link"), {"recipient": "Tracing desk", "days": "30"})
    later = text_of(browser.get(address_of(letter)))
    kept = ReplyLink.objects.get()
    browser.post(address_of(letter, "revoke"), {"link": str(kept.pk)})
    kept.refresh_from_db()

    assert made.status_code == 201
    assert 'id="made-link"' in text_of(made)
    assert 'id="made-link"' not in later
    assert "Tracing desk" in later
    assert kept.revoked_by == officer
    assert browser.post(address_of(letter, "link"), {"recipient": "", "days": "30"}).status_code == 422


def test_a_letter_is_superseded_and_withdrawn_with_a_reason() -> None:
    supervisor = writer(OfficerRole.SUPERVISOR)
    letter = issued(supervisor, NOW)
    browser = browser_of(supervisor)

    instead = browser.post(address_of(letter, "supersede"))
    unreasoned = browser.post(address_of(letter, "withdraw"), {"reason": " "})
    browser.post(address_of(letter, "withdraw"), {"reason": "sent to the wrong State"})

    draft = Referral.objects.get(supersedes=letter)
    assert instead["Location"] == address_of(draft)
    assert unreasoned.status_code == 422
    letter.refresh_from_db()
    assert (letter.state, letter.withdrawn_reason) == ("withdrawn", "sent to the wrong State")
    assert "sent to the wrong State" in text_of(browser.get(address_of(letter)))


def test_the_list_narrows_and_counts_what_waits() -> None:
    officer = writer()
    draft = drafted(officer, found_arms(officer), NOW)
    late = sent(officer, found_arms(officer), country="IRN")
    browser = browser_of(officer)

    everything = text_of(browser.get("/referrals/"))
    written = text_of(browser.get("/referrals/?show=written"))
    overdue = text_of(browser.get("/referrals/?show=overdue"))
    elsewhere = text_of(browser.get("/referrals/?country=fra&mine=true"))

    assert draft.reference in everything
    assert late.reference in everything
    assert draft.reference in written
    assert late.reference not in written
    assert late.reference in overdue
    assert draft.reference not in overdue
    assert "No referral fits this filter." in elsewhere
    assert browser.get("/referrals/?show=%00&country=%00").status_code == 200


def test_a_neighbour_meets_neither_page_nor_step_nor_count() -> None:
    officer = writer()
    letter = sent(officer, found_arms(officer), country="IRN")
    incident = letter.incident.reference
    neighbour = browser_of(writer())

    assert neighbour.get(address_of(letter)).status_code == 404
    assert neighbour.get(f"/referrals/new?incident={incident}").status_code == 404
    assert neighbour.post(f"/referrals/new?incident={incident}", {"items": ["0"]}).status_code == 404
    for step in ("preview", "link", "amend", "issue", "reply", "withdraw", "revoke", "next"):
        assert neighbour.post(address_of(letter, step), {"reason": "mine"}).status_code == 404, step
    listed = text_of(neighbour.get("/referrals/"))
    assert letter.reference not in listed
    assert '<span class="tally">0</span>' in listed
    assert '<span class="tally">1</span>' not in listed


def test_who_may_not_write_letters_sees_no_button_and_presses_none() -> None:
    officer = writer()
    reader = OfficerFactory.create(analyst=True, agency=officer.agency)
    draft = drafted(officer, found_arms(officer), NOW)
    letter = sent(officer, found_arms(officer), country="IRN")
    browser = browser_of(reader)

    for referral in (draft, letter):
        page = text_of(browser.get(address_of(referral)))
        assert f'action="{address_of(referral)}' not in page
    assert "/referrals/new" not in text_of(browser.get("/referrals/"))
    assert browser.get("/referrals/new").status_code == 403
    for referral, step in (
        (draft, "preview"),
        (draft, "amend"),
        (draft, "check"),
        (draft, "approve"),
        (letter, "send"),
    ):
        answer = browser.post(address_of(referral, step), FORM | {"channel": "by_hand"})
        assert answer.status_code == 403, step
    assert browser.post(address_of(letter, "link"), {"recipient": "x", "days": "1"}).status_code == 403


def test_who_may_not_let_names_out_sees_no_letter_that_holds_them() -> None:
    officer = writer()
    reader = OfficerFactory.create(analyst=True, agency=officer.agency)
    draft = drafted(officer, found_arms(officer), NOW, details=COMPLETE | {"redaction": "full"})

    assert "data:image" in text_of(browser_of(officer).get(address_of(draft)))
    assert "data:image" not in text_of(browser_of(reader).get(address_of(draft)))


def test_looking_is_written_down() -> None:
    officer = writer()
    draft = drafted(officer, found_arms(officer), NOW)

    browser_of(officer).get(address_of(draft))

    seen = AuditEntry.objects.filter(object_reference=draft.reference).values_list("action", flat=True)
    assert {"referral.viewed", "document.viewed"} <= set(seen)
