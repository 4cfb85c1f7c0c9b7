"""A letter from draft to issue, withdrawn or superseded: by whom, and what it then says."""

import hashlib

import pytest

from cases.choices import DispatchChannel
from cases.errors import (
    AlreadyAsked,
    AlreadySuperseding,
    ApproverNeeded,
    DoNotTrace,
    IllegalTransition,
    LetterAltered,
    LetterPatternUnusable,
    NotAllowed,
    NothingToAsk,
    ReferralChanged,
    ReferralIncomplete,
)
from cases.models import AuditEntry, Dispatch, OfficerRole, Referral
from cases.queries.referral_content import referral_content
from cases.queries.referral_warnings import warnings_of
from cases.services.amend_incident import amend_incident
from cases.services.amend_referral import amend_referral
from cases.services.approve_referral import approve_referral
from cases.services.check_referral import check_referral
from cases.services.draft_by_state import draft_by_state
from cases.services.erase_nominal import erase_nominal
from cases.services.issue_referral import issue_referral
from cases.services.record_reply import record_reply
from cases.services.send_referral import Sending, send_referral
from cases.services.supersede_referral import supersede_referral
from cases.services.withdraw_referral import withdraw_referral
from tests.letters import COMPLETE, RIFLE, colleague, drafted, found_arms, issued, writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafter():
    return writer()


@pytest.fixture
def draft(drafter, now):
    return drafted(drafter, found_arms(drafter), now)


def actions(referral):
    acts = AuditEntry.objects.filter(object_reference=referral.reference).order_by("pk")
    return [action.removeprefix("referral.") for action in acts.values_list("action", flat=True)]


def test_four_eyes_from_draft_to_issue(drafter, draft, now):
    approver = colleague(drafter)
    checked = check_referral(officer=drafter, referral=draft, checked_at=now)
    with pytest.raises(ApproverNeeded):
        approve_referral(officer=drafter, referral=checked, approved_at=now)

    approved = approve_referral(officer=approver, referral=checked, approved_at=now)
    # Once approved, whoever wrote it may let it go.
    letter = issue_referral(officer=drafter, referral=approved, issued_at=now)

    assert [checked.state, approved.state, letter.state] == ["checked", "approved", "issued"]
    assert letter.issued_sha256 == hashlib.sha256(letter.issued_content.encode()).hexdigest()
    assert actions(letter) == ["opened", "checked", "approved", "issued"]


def test_whoever_had_a_hand_in_it_does_not_approve_it(drafter, draft, now):
    second, third = colleague(drafter), colleague(drafter)
    amend_referral(officer=second, referral=draft, changes={"onward_use": "the Committee"}, amended_at=now)
    checker = colleague(drafter)
    check_referral(officer=checker, referral=draft, checked_at=now)

    for officer in (drafter, second, checker):
        with pytest.raises(ApproverNeeded):
            approve_referral(officer=officer, referral=draft, approved_at=now)
        with pytest.raises(ApproverNeeded):
            issue_referral(officer=officer, referral=draft, issued_at=now)
    assert issue_referral(officer=third, referral=draft, issued_at=now).approved_by == third


def test_a_draft_is_issued_in_one_step_by_another_or_by_who_may_approve_the_own(drafter, draft, now):
    with pytest.raises(ApproverNeeded):
        issue_referral(officer=drafter, referral=draft, issued_at=now)
    draft.refresh_from_db()
    assert (draft.state, draft.checked_at) == ("draft", None)
    drafter.rights_added = ["approve_own"]

    letter = issue_referral(officer=drafter, referral=draft, issued_at=now)

    assert (letter.checked_by, letter.approved_by, letter.issued_by) == (drafter, drafter, drafter)


def test_what_is_missing_is_named_before_who_may_approve(drafter, now):
    bare = drafted(drafter, found_arms(drafter), now, details={})

    with pytest.raises(ReferralIncomplete):
        issue_referral(officer=drafter, referral=bare, issued_at=now)
    with pytest.raises(ReferralIncomplete):
        check_referral(officer=drafter, referral=bare, checked_at=now)


def test_any_change_of_the_letter_makes_it_a_draft_again(drafter, draft, now):
    check_referral(officer=drafter, referral=draft, checked_at=now)
    approve_referral(officer=colleague(drafter), referral=draft, approved_at=now)

    amended = amend_referral(officer=drafter, referral=draft, changes={"intended_use": "trial"}, amended_at=now)

    assert (amended.state, amended.checked_by, amended.approved_by) == ("draft", None, None)
    change = AuditEntry.objects.filter(action="referral.amended").get().payload
    assert '"state":"approved"' in change


def test_a_change_of_the_record_behind_it_is_noticed(drafter, draft, now):
    check_referral(officer=drafter, referral=draft, checked_at=now)
    approver = colleague(drafter)
    incident = draft.incident
    amend_incident(
        officer=drafter, incident=incident, changes={"place": "Elsewhere"}, expected_version=1, amended_at=now
    )
    with pytest.raises(ReferralChanged):
        approve_referral(officer=approver, referral=draft, approved_at=now)

    check_referral(officer=drafter, referral=draft, checked_at=now)
    approve_referral(officer=approver, referral=draft, approved_at=now)
    amend_incident(officer=drafter, incident=incident, changes={"place": "There"}, expected_version=2, amended_at=now)

    with pytest.raises(ReferralChanged):
        issue_referral(officer=approver, referral=draft, issued_at=now)


def test_a_reason_not_to_trace_takes_a_supervisors_word(drafter, now):
    incident = found_arms(drafter, items=[{**RIFLE, "year_of_manufacture": 1890}])
    draft = drafted(drafter, incident, now)
    check_referral(officer=drafter, referral=draft, checked_at=now)
    reason = "the receiver is newer than the mark"
    supervisor = colleague(drafter, OfficerRole.SUPERVISOR)

    with pytest.raises(DoNotTrace, match="antique"):
        approve_referral(officer=supervisor, referral=draft, approved_at=now)
    with pytest.raises(NotAllowed):
        approve_referral(officer=colleague(drafter), referral=draft, approved_at=now, override_reason=reason)
    approved = approve_referral(officer=supervisor, referral=draft, approved_at=now, override_reason=reason)

    assert (approved.overridden, approved.overridden_by) == (["antique"], supervisor)
    assert AuditEntry.objects.get(action="referral.approved").reason == reason
    assert issue_referral(officer=drafter, referral=approved, issued_at=now).override_reason == reason


def test_letters_are_numbered_as_the_panel_does(now):
    panel = writer(OfficerRole.SUPERVISOR, letter_pattern="S/AC.{committee}/{year}/PE/OC.{number}")
    draft = drafted(panel, found_arms(panel), now)
    with pytest.raises(LetterPatternUnusable):
        issue_referral(officer=panel, referral=draft, issued_at=now)
    panel.agency.committee_number = "99"
    panel.agency.save()

    assert issue_referral(officer=panel, referral=draft, issued_at=now).letter_number == "S/AC.99/2026/PE/OC.1"


def test_what_is_kept_of_a_letter_cannot_be_changed_unnoticed(now):
    letter = issued(writer(OfficerRole.SUPERVISOR), now)
    Referral.objects.filter(pk=letter.pk).update(issued_content=letter.issued_content.replace("rifle", "pistol"))

    with pytest.raises(LetterAltered):
        referral_content(Referral.objects.get(pk=letter.pk))


def test_erasure_leaves_a_letter_whole_and_no_digest_of_what_it_said(now):
    supervisor = writer(OfficerRole.SUPERVISOR)
    master = {"role": "master", "kind": "person", "name": "Zebedee Nobody"}
    incident = found_arms(supervisor, parties=[master], circumstances="Zebedee Nobody said so.")
    named = COMPLETE | {"redaction": "full"}
    letter = issue_referral(
        officer=supervisor, referral=drafted(supervisor, incident, now, details=named), issued_at=now
    )
    altered = drafted(supervisor, incident, now, addressee_country="CHN", details=named)
    issue_referral(officer=supervisor, referral=altered, issued_at=now)
    Referral.objects.filter(pk=altered.pk).update(issued_content=letter.issued_content)
    before = letter.issued_sha256
    assert "Zebedee" in letter.issued_content
    sent = send_referral(
        officer=supervisor, referral=letter, sending=Sending(channel=DispatchChannel.BY_HAND), sent_at=now
    )
    Dispatch.objects.filter(pk=sent.pk).update(address="desk@state.example")

    erase_nominal(incident=incident, erased_at=now)

    letter.refresh_from_db()
    assert "Zebedee" not in letter.issued_content
    assert referral_content(letter).observation.parties[0].role == "master"
    assert before not in {letter.issued_sha256, letter.checked_sha256}
    assert "desk@" not in Dispatch.objects.get().address
    # One that was changed does not pass for whole.
    with pytest.raises(LetterAltered):
        referral_content(Referral.objects.get(pk=altered.pk))


def test_a_withdrawn_letter_lets_its_items_be_asked_about_again(now, settings, tmp_path):
    settings.DROP_FOLDER = str(tmp_path)
    supervisor = writer(OfficerRole.SUPERVISOR)
    letter = issued(supervisor, now)
    send_referral(officer=supervisor, referral=letter, sending=Sending(channel=DispatchChannel.FILE_DROP), sent_at=now)
    second = drafted(supervisor, letter.incident, now)
    assert [warning.code for warning in warnings_of(second)] == ["already_asked"]
    with pytest.raises(AlreadyAsked):
        issue_referral(officer=supervisor, referral=second, issued_at=now)

    withdrawn = withdraw_referral(officer=supervisor, referral=letter, reason="sent in error", withdrawn_at=now)

    assert (withdrawn.state, withdrawn.withdrawn_reason) == ("withdrawn", "sent in error")
    assert Dispatch.objects.get().state == "cancelled"
    assert issue_referral(officer=supervisor, referral=second, issued_at=now).state == "issued"
    for act in (
        lambda: withdraw_referral(officer=supervisor, referral=letter, reason="again", withdrawn_at=now),
        lambda: record_reply(officer=supervisor, referral=letter, reply={"state": "no_record"}, received_at=now),
    ):
        with pytest.raises(IllegalTransition):
            act()


def test_a_draft_is_dropped_by_who_may_write_and_a_letter_by_who_may_issue(drafter, draft, now):
    drafter.rights_withdrawn = ["issue"]
    other = drafted(drafter, draft.incident, now)
    assert withdraw_referral(officer=drafter, referral=other, reason="twice", withdrawn_at=now).issued_at is None

    issue_referral(officer=colleague(drafter), referral=draft, issued_at=now)

    with pytest.raises(NotAllowed):
        withdraw_referral(officer=drafter, referral=draft, reason="no", withdrawn_at=now)


def test_a_letter_is_never_edited_but_superseded(now):
    supervisor = writer(OfficerRole.SUPERVISOR)
    letter = issued(supervisor, now)
    with pytest.raises(IllegalTransition):
        amend_referral(officer=supervisor, referral=letter, changes={"intended_use": "x"}, amended_at=now)

    draft = supersede_referral(officer=supervisor, referral=letter, superseded_at=now)
    assert draft.intended_use == COMPLETE["intended_use"]
    assert [line.number for line in draft.lines.all()] == [1]
    # That the one which it supersedes asks about the same is no warning.
    assert warnings_of(draft) == ()
    with pytest.raises(AlreadySuperseding):
        supersede_referral(officer=supervisor, referral=letter, superseded_at=now)
    amend_referral(officer=supervisor, referral=draft, changes={"intended_use": "trial"}, amended_at=now)
    issue_referral(officer=supervisor, referral=draft, issued_at=now)

    letter.refresh_from_db()
    assert letter.state == "superseded"
    assert [line.is_open for line in letter.lines.all()] == [False]
    assert [line.is_open for line in draft.lines.all()] == [True]
    assert actions(letter)[-1] == "superseded"


def test_one_letter_a_state_a_batch(now):
    supervisor = writer(OfficerRole.SUPERVISOR, country="DJI")
    items = [
        {**RIFLE, "country_of_manufacture": "IRN", "import_mark": {"country": "SDN", "year": 2010}},
        {**RIFLE, "country_of_manufacture": "IRN"},
        {**RIFLE, "country_of_manufacture": "SUN", "import_mark": {"country": "DJI", "year": 1990}},
        {**RIFLE, "country_of_manufacture": "XXX"},
        {**RIFLE, "country_of_manufacture": "CHN"},
    ]
    incident = found_arms(supervisor, items=items)
    issue_referral(
        officer=supervisor,
        referral=drafted(supervisor, incident, now, addressee_country="CHN", item_indexes=[4]),
        issued_at=now,
    )

    def batch():
        return draft_by_state(
            officer=supervisor, incident=incident, language="en", kind=None, details=COMPLETE, opened_at=now
        )

    made = batch()

    asked = {draft.addressee_country: [line.item.position for line in draft.lines.all()] for draft in made.drafts}
    assert asked == {"IRN": [0, 1], "SDN": [0]}
    assert set(made.left_out) == {("DJI", 2, "own_state"), ("SUN", 2, "former_state"), ("CHN", 4, "already_asked")}
    with pytest.raises(NothingToAsk):
        batch()
