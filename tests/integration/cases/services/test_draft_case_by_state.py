"""One letter a State over the incidents of a case: what is drafted, what it tells, and how it lives on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases import access
from cases.choices import RedactionLevel, ReferralKind, SharingLevel
from cases.documents import render_referral
from cases.errors import (
    AlreadyAsked,
    DoNotTrace,
    IncidentVoid,
    InvalidSubmission,
    NotAllowed,
    NotFound,
    NothingToAsk,
    OneIncidentOnly,
    ReferralIncomplete,
)
from cases.models import AuditEntry, Incident, OfficerRole, Referral, ReferralItem
from cases.queries.case_bundle import files_of_case
from cases.queries.issued_letter import issued_letter
from cases.queries.referral_content import missing_in, referral_content
from cases.queries.register_hits import lookups_for_referral
from cases.queries.released_files import released_files
from cases.queries.supply_chain import supply_chain_of
from cases.services.amend_referral import amend_referral
from cases.services.check_referral import check_referral
from cases.services.draft_case_by_state import draft_case_by_state
from cases.services.draft_referral import Particulars
from cases.services.end_sharing import end_sharing
from cases.services.erase_nominal import erase_nominal
from cases.services.issue_referral import issue_referral
from cases.services.look_up_item import look_up_item
from cases.services.open_case import open_case
from cases.services.record_reply import record_reply
from cases.services.share_record import Terms, share_record
from cases.services.supersede_referral import supersede_referral
from cases.services.void_incident import void_incident
from cases.services.withdraw_referral import withdraw_referral
from tests.letters import COMPLETE, RIFLE, colleague, drafted, found_arms, issued, writer
from tests.pdf_pages import text_of

pytestmark = pytest.mark.django_db

PISTOL = {**RIFLE, "description": "pistol", "import_mark": {"country": "SDN", "year": 2010}}
CARTRIDGES = {**RIFLE, "category": "ammunition", "description": "cartridges", "quantity": 100}


@pytest.fixture
def supervisor():
    return writer(OfficerRole.SUPERVISOR, country="DJI")


@pytest.fixture
def arms(supervisor):
    return [found_arms(supervisor, items=[RIFLE, CARTRIDGES]), found_arms(supervisor, items=[PISTOL, RIFLE])]


@pytest.fixture
def case(supervisor, arms, now):
    return open_case(officer=supervisor, title="one yard", incidents=arms, opened_at=now)


def batch(officer, case, now, *, chosen=None, kind=ReferralKind.BILATERAL, **details):
    said = Particulars(language="en", kind=kind, details={**COMPLETE, **details})
    return draft_case_by_state(officer=officer, case=case, chosen=chosen, particulars=said, opened_at=now)


def over_both(officer, case, now):
    """Return the draft to the State that items of both incidents name."""
    return next(draft for draft in batch(officer, case, now).drafts if draft.addressee_country == "IRN")


def lines_of(referral):
    return [(line.number, line.item.incident_id, line.item.position) for line in referral.lines.order_by("number")]


def test_each_state_is_asked_once_over_all_incidents_with_lines_numbered_through(supervisor, case, arms, now):
    made = batch(supervisor, case, now)

    first, second = arms
    asked = {draft.addressee_country: draft for draft in made.drafts}
    assert lines_of(asked["IRN"]) == [(1, first.pk, 0), (2, first.pk, 1), (3, second.pk, 0), (4, second.pk, 1)]
    assert asked["IRN"].told_incidents == arms
    assert lines_of(asked["SDN"]) == [(1, second.pk, 0)]
    assert asked["SDN"].told_incidents == [second]
    assert (made.left_out, made.incidents_left_out) == ([], [])
    with pytest.raises(NothingToAsk):
        batch(supervisor, case, now)
    told = AuditEntry.objects.filter(action="referral.tells_of", incident=second)
    assert [entry.object_reference for entry in told] == [second.reference]


def test_of_chosen_incidents_alone_and_of_none_that_the_case_does_not_hold(supervisor, case, arms, now):
    made = batch(supervisor, case, now, chosen=[arms[1].reference])

    assert {draft.incident_id for draft in made.drafts} == {arms[1].pk}
    assert not any(draft.further.exists() for draft in made.drafts)
    with pytest.raises(InvalidSubmission) as refused:
        batch(supervisor, case, now, chosen=[arms[0].reference, found_arms(supervisor).reference])
    assert [problem.pointer for problem in refused.value.problems] == ["/incidents/1"]


def test_what_is_void_asked_drafted_or_not_the_officers_to_ask_about_is_left_out(supervisor, case, arms, now):
    issue_referral(officer=supervisor, referral=drafted(supervisor, arms[0], now, item_indexes=[0]), issued_at=now)
    void = found_arms(supervisor)
    stranger = writer(OfficerRole.SUPERVISOR, country="KEN")
    theirs = found_arms(stranger)
    terms = Terms(level=SharingLevel.READ, with_nominal=True, until_at=None, reason="asked")
    share_record(officer=stranger, record=theirs, grantee=supervisor.agency, terms=terms, shared_at=now)
    supervisor.agency.refresh_from_db()
    case.incidents.add(void, theirs, through_defaults={"joined_at": now, "joined_by": supervisor})
    void_incident(officer=supervisor, incident=void, reason="twice", voided_at=now)

    made = batch(supervisor, case, now)

    assert {tuple(each) for each in made.incidents_left_out} == {
        (void.reference, "void"),
        (theirs.reference, "not_allowed"),
    }
    assert [(each.country, each.item.incident_id, each.item.position, each.why) for each in made.left_out] == [
        ("IRN", arms[0].pk, 0, "already_asked")
    ]
    assert {draft.addressee_country for draft in made.drafts} == {"IRN", "SDN"}


def test_who_may_ask_about_none_of_the_incidents_is_refused(supervisor, case, now):
    with pytest.raises(NotAllowed):
        batch(colleague(supervisor, OfficerRole.ANALYST), case, now)


def test_the_letter_tells_of_each_incident_and_of_no_other_items(supervisor, case, arms, now):
    content = referral_content(over_both(supervisor, case, now))
    text = text_of(render_referral(content, format="pdf", draft=True))

    first, second = content.by_incident()
    assert [item.number for item in content.items] == [1, 2, 3, 4]
    assert ([item.number for item in first.items], [item.number for item in second.items]) == ([1, 2], [3, 4])
    assert [(reason.code, reason.lines) for reason in content.addressee.reasons][1:2] == [("manufacture", (1, 2, 3, 4))]
    assert all(part.legal_justification == COMPLETE["legal_justification"] for part in (first, second))
    for part in (first, second):
        assert f"({part.observation.incident})" in text


def test_it_is_issued_whole_printed_the_same_again_and_kept_from_later_corrections(supervisor, case, arms, now):
    letter = issue_referral(officer=supervisor, referral=over_both(supervisor, case, now), issued_at=now)
    before = issued_letter(letter, format="pdf")

    Incident.objects.filter(pk=arms[1].pk).update(place="corrected since")

    again = Referral.objects.get(pk=letter.pk)
    assert issued_letter(again, format="pdf") == before
    assert referral_content(again).further[0].observation.place.name != "corrected since"
    assert letter.lines.filter(is_open=True).count() == 4


def test_what_one_incident_lacks_stops_the_letter_and_is_named(supervisor, case, arms, now):
    draft = over_both(supervisor, case, now)
    unmarked = ReferralItem.objects.get(referral=draft, number=4).item
    unmarked.marking_state = ""
    unmarked.save()

    with pytest.raises(ReferralIncomplete) as refused:
        check_referral(officer=supervisor, referral=draft, checked_at=now)

    (missing,) = refused.value.missing
    assert (missing.element, missing.incident) == ("markings", arms[1].agency_reference or arms[1].reference)
    assert missing.pointer == "/incident/items/1/marks"
    assert missing_in(draft) == (missing,)


def test_a_state_is_not_asked_twice_about_an_item_of_a_further_incident(supervisor, case, arms, now):
    draft = over_both(supervisor, case, now)
    single = drafted(supervisor, arms[1], now, item_indexes=[1])
    issue_referral(officer=supervisor, referral=single, issued_at=now)

    with pytest.raises(AlreadyAsked, match=rf"item 2 \({arms[1].reference}\)"):
        issue_referral(officer=supervisor, referral=draft, issued_at=now)
    withdraw_referral(officer=supervisor, referral=single, reason="in one letter", withdrawn_at=now)
    letter = issue_referral(officer=supervisor, referral=draft, issued_at=now)
    with pytest.raises(AlreadyAsked):
        issue_referral(officer=supervisor, referral=drafted(supervisor, arms[1], now, item_indexes=[0]), issued_at=now)
    assert letter.state == "issued"


def test_an_amnesty_of_a_further_incident_stops_the_letter(supervisor, arms, now):
    given_up = found_arms(supervisor, kind="surrender", context=["amnesty"])
    case = open_case(officer=supervisor, title="given up", incidents=[arms[0], given_up], opened_at=now)

    with pytest.raises(DoNotTrace):
        issue_referral(officer=supervisor, referral=over_both(supervisor, case, now), issued_at=now)


def test_a_letter_that_tells_of_a_void_incident_does_not_go(supervisor, case, arms, now):
    draft = over_both(supervisor, case, now)
    void_incident(officer=supervisor, incident=arms[1], reason="another day", voided_at=now)

    for act in (check_referral, issue_referral):
        when = {"checked_at" if act is check_referral else "issued_at": now}
        with pytest.raises(IncidentVoid, match=arms[1].reference):
            act(officer=supervisor, referral=draft, **when)


def test_a_trace_through_iarms_is_of_one_incident(supervisor, case, now):
    with pytest.raises(OneIncidentOnly):
        batch(supervisor, case, now, kind=ReferralKind.IARMS_TRACE)
    draft = over_both(supervisor, case, now)
    with pytest.raises(OneIncidentOnly):
        amend_referral(officer=supervisor, referral=draft, changes={"kind": "iarms_trace"}, amended_at=now)


def test_the_letter_in_its_place_tells_of_the_same_incidents(supervisor, case, arms, now):
    letter = issue_referral(officer=supervisor, referral=over_both(supervisor, case, now), issued_at=now)

    draft = supersede_referral(officer=supervisor, referral=letter, superseded_at=now)

    assert draft.told_incidents == arms
    assert lines_of(draft) == lines_of(letter)


def test_a_step_told_of_one_incidents_line_leads_on_in_that_incident_alone(supervisor, case, arms, now):
    letter = issue_referral(officer=supervisor, referral=over_both(supervisor, case, now), issued_at=now)
    step = {"kind": "export", "from_country": "IRN", "to_country": "SOM", "on": "2009", "lines": [3]}
    every = {"kind": "manufacture", "country": "IRN", "on": "2005"}
    record_reply(
        officer=supervisor,
        referral=letter,
        reply={"state": "answered_partial", "steps": [step, every]},
        received_at=now,
    )

    def told(item):
        chain = supply_chain_of(item, known=access.referrals_for(supervisor), reader=supervisor).chain
        steps = sorted(link.step.kind.value for link in chain.links if link.step.referral)
        return steps, [(proposal.country, proposal.items) for proposal in chain.proposals]

    assert told(arms[1].items.get(position=0)) == (["export", "manufacture"], [("SOM", (0,))])
    assert told(arms[0].items.get(position=0)) == (["manufacture"], [])
    assert not letter.lines.filter(is_open=True).exists()


def test_look_ups_in_own_registers_are_found_for_lines_of_every_incident(supervisor, case, arms, now):
    draft = over_both(supervisor, case, now)
    look_up_item(officer=supervisor, item=arms[1].items.get(position=0), looked_up_at=now)

    told = {
        (each["line"], each["incident"], each["item"]): bool(each["lookup"]) for each in lookups_for_referral(draft)
    }

    assert told[3, arms[1].reference, 0]
    assert not told[1, arms[0].reference, 0]


def test_names_of_a_further_incident_are_erased_from_the_letter(supervisor, arms, now):
    name = "Nobody Atallanywhere"
    party = {"role": "consignee", "kind": "person", "name": name}
    named = found_arms(supervisor, parties=[party])
    case = open_case(officer=supervisor, title="named", incidents=[arms[0], named], opened_at=now)
    draft = over_both(supervisor, case, now)
    amend_referral(
        officer=supervisor,
        referral=draft,
        changes={"own_questions": [f"Is {name} known?"], "redaction": "full"},
        amended_at=now,
    )
    letter = issue_referral(officer=supervisor, referral=draft, issued_at=now)
    assert name in letter.issued_content

    erase_nominal(incident=named, erased_at=now)

    kept = Referral.objects.get(pk=letter.pk)
    assert name not in kept.issued_content
    assert name not in "".join(kept.own_questions)
    assert not AuditEntry.objects.filter(payload__contains=name).exists()
    assert referral_content(kept).further


def test_a_bundle_and_a_released_copy_hold_a_letter_only_with_all_its_incidents(supervisor, case, arms, now):
    letter = issue_referral(officer=supervisor, referral=over_both(supervisor, case, now), issued_at=now)

    def released(incidents):
        return [file.name for file in released_files(arms[0], incidents, RedactionLevel.TO_STATE)[0]]

    for names in (released(arms), [file.name for file in files_of_case(case, arms)]):
        assert any(letter.reference in name for name in names)
    for names in (released(arms[:1]), [file.name for file in files_of_case(case, arms[:1])]):
        assert not any(letter.reference in name for name in names)


# --- who sees it ---


def test_a_letter_is_shown_only_to_who_may_know_of_each_of_its_incidents(supervisor, case, arms, now):
    letter = over_both(supervisor, case, now)
    partner = writer()
    terms = Terms(level=SharingLevel.READ, with_nominal=True, until_at=None, reason="asked")

    def sees():
        partner.agency.refresh_from_db()
        return access.referrals_for(partner).filter(pk=letter.pk).exists()

    def share(record):
        return share_record(officer=supervisor, record=record, grantee=partner.agency, terms=terms, shared_at=now)

    share(letter)
    assert not sees()
    share(arms[0])
    assert not sees()
    shown = share(arms[1])
    assert sees()
    end_sharing(officer=supervisor, sharing=shown, reason="over", ended_at=now)
    assert not sees()


def test_a_caveat_on_a_further_incident_covers_the_letter_its_grants_and_its_reminders(supervisor, case, arms, now):
    letter = over_both(supervisor, case, now)
    partner = writer()
    terms = Terms(level=SharingLevel.READ, with_nominal=True, until_at=None, reason="asked")
    grant = share_record(officer=supervisor, record=letter, grantee=partner.agency, terms=terms, shared_at=now)
    assert access.grants_for(supervisor).filter(pk=grant.pk).exists()

    Incident.objects.filter(pk=arms[1].pk).update(caveats=["source"])

    with pytest.raises(NotFound):
        access.access_referral(supervisor, letter.reference)
    assert not access.grants_for(supervisor).filter(pk=grant.pk).exists()
    supervisor.caveats = ["source"]
    assert access.access_referral(supervisor, letter.reference).told_incidents[0] == arms[0]


def test_the_level_that_names_persons_takes_the_right_on_each_incident(supervisor, case, arms, now):
    stranger = writer(OfficerRole.SUPERVISOR, country="KEN")
    theirs = found_arms(stranger)
    terms = Terms(level=SharingLevel.CONTRIBUTE, with_nominal=False, until_at=now + timedelta(days=9), reason="asked")
    share_record(officer=stranger, record=theirs, grantee=supervisor.agency, terms=terms, shared_at=now)
    supervisor.agency.refresh_from_db()
    case.incidents.add(theirs, through_defaults={"joined_at": now, "joined_by": supervisor})

    with pytest.raises(NotAllowed):
        batch(supervisor, case, now, redaction="full")
    draft = over_both(supervisor, case, now)

    assert theirs in draft.told_incidents
    with pytest.raises(NotAllowed):
        access.require_level_of_letter(supervisor, RedactionLevel.FULL, draft)


def test_letters_on_single_incidents_are_as_they_were(supervisor, now):
    letter = issued(supervisor, now)

    assert letter.told_incidents == [letter.incident]
    assert '"further"' not in letter.issued_content
    assert referral_content(letter) == replace(referral_content(letter), further=())
