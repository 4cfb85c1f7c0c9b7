from datetime import date

import pytest

from cases.choices import ReferralKind
from cases.errors import AlreadyAsked, IllegalTransition, InvalidSubmission, NotAllowed, ReferralIncomplete
from cases.models import AuditEntry, ReferralItem
from cases.services.amend_incident import amend_incident
from cases.services.amend_referral import amend_referral
from cases.services.issue_referral import issue_referral
from cases.services.open_referral import ReferralRequest, open_referral
from cases.services.record_incident import record_incident
from cases.services.record_reply import record_reply
from cases.services.run_screening import run_screening
from cases.services.void_incident import void_incident
from tests.factories import AgencyFactory, OfficerFactory, incident_document

COMPLETE = {
    "why_addressee": "named as the place of manufacture",
    "intended_use": "to find the point of diversion",
    "confidentiality": "given",
    "legal_justification": "S/RES/1747 (2007), 5",
    "addressee_contact": {"office": "Point of contact"},
    "reply_requested_by": date(2027, 1, 31),
}


@pytest.fixture
def asker(db):
    """A supervisor of an agency whose letters can name a point of contact."""
    contact = {
        "contact_name": "Duty desk",
        "contact_office": "Tracing desk",
        "contact_telephone": "+000",
        "contact_email": "desk@post.example",
        "contact_channel": "mail",
    }
    agency = AgencyFactory.create(country="DJI", letter_pattern="POST/{year}/{number}", **contact)
    return OfficerFactory.create(supervisor=True, agency=agency)


@pytest.fixture
def incident(asker, now, rulebook_version):
    items = [
        {
            "category": "ammunition",
            "description": "122 mm rockets",
            "calibre": "122 mm",
            "country_of_manufacture": "IRN",
            "marking_state": "intact",
            "marks": [{"kind": "lot", "text": "4-12", "position": "body", "state": "intact"}],
        },
        {
            "category": "small_arm",
            "description": "assault rifle",
            "calibre": "7.62 mm",
            "marking_state": "never_marked",
        },
    ]
    document = incident_document(items=items, illicit_grounds=["iti_6b"])
    incident = record_incident(officer=asker, document=document, recorded_at=now).incident
    run_screening(run_id=incident.runs.get().pk, now=now)
    return incident


def opened(asker, incident, now, **wanted):
    request = ReferralRequest(
        **{"addressee_country": "IRN", "language": "en", "kind": ReferralKind.BILATERAL, "details": COMPLETE, **wanted}
    )
    return open_referral(officer=asker, incident=incident, request=request, opened_at=now)


def test_a_draft_takes_the_items_named_in_their_order(asker, incident, now):
    referral = opened(asker, incident, now, item_indexes=[1, 0, 1])

    assert [(line.number, line.item.position) for line in referral.lines.order_by("number")] == [(1, 0), (2, 1)]
    assert (referral.state, referral.letter_number) == ("draft", "")


def test_an_item_that_is_not_there_is_named(asker, incident, now):
    with pytest.raises(InvalidSubmission) as refused:
        opened(asker, incident, now, item_indexes=[0, 7])

    assert [problem.pointer for problem in refused.value.problems] == ["/items/1"]


def test_issuing_names_every_missing_element(asker, incident, now):
    referral = opened(asker, incident, now, details={})

    with pytest.raises(ReferralIncomplete) as refused:
        issue_referral(officer=asker, referral=referral, issued_at=now)

    assert "intended_use" in {missing.element for missing in refused.value.missing}
    referral.refresh_from_db()
    assert (referral.state, referral.issued_content) == ("draft", "")


def test_what_was_issued_stands_whatever_becomes_of_the_record(asker, incident, now):
    referral = issue_referral(officer=asker, referral=opened(asker, incident, now), issued_at=now)
    assert (referral.state, referral.letter_number) == ("issued", "POST/2026/1")

    amend_incident(officer=asker, incident=incident, changes={"place": "Xyz"}, expected_version=1, amended_at=now)

    kept = referral.issued_content
    referral.refresh_from_db()
    assert referral.issued_content == kept
    assert "Xyz" not in kept
    with pytest.raises(IllegalTransition):
        issue_referral(officer=asker, referral=referral, issued_at=now)
    with pytest.raises(IllegalTransition):
        amend_referral(officer=asker, referral=referral, changes={"intended_use": "x"}, amended_at=now)


def test_a_draft_is_completed_step_by_step(asker, incident, now):
    referral = opened(asker, incident, now, details={})

    referral = amend_referral(officer=asker, referral=referral, changes=COMPLETE, amended_at=now)

    assert issue_referral(officer=asker, referral=referral, issued_at=now).state == "issued"


def test_one_state_is_asked_about_an_item_once_at_a_time(asker, incident, now):
    first = issue_referral(officer=asker, referral=opened(asker, incident, now), issued_at=now)
    second = opened(asker, incident, now)

    with pytest.raises(AlreadyAsked):
        issue_referral(officer=asker, referral=second, issued_at=now)

    record_reply(officer=asker, referral=first, reply={"state": "no_record"}, received_at=now)
    assert issue_referral(officer=asker, referral=second, issued_at=now).letter_number == "POST/2026/2"


@pytest.mark.parametrize(
    ("state", "still_open"), [("acknowledged", True), ("not_ours", False), ("answered_full", False)]
)
def test_a_reply_moves_the_referral_on(asker, incident, now, state, still_open):
    referral = issue_referral(officer=asker, referral=opened(asker, incident, now), issued_at=now)

    record_reply(officer=asker, referral=referral, reply={"state": state, "their_reference": "R/9"}, received_at=now)

    referral.refresh_from_db()
    assert referral.state == state
    assert ReferralItem.objects.filter(referral=referral, is_open=True).exists() is still_open
    actions = (
        AuditEntry.objects.filter(object_reference=referral.reference).order_by("pk").values_list("action", flat=True)
    )
    assert list(actions) == [f"referral.{act}" for act in ("opened", "checked", "approved", "issued", "answered")]


@pytest.mark.parametrize(
    ("reply", "pointer"), [({"state": "maybe"}, "/state"), ({"state": "refused"}, "/reason"), ({}, "/state")]
)
def test_a_reply_that_says_too_little_is_refused(asker, incident, now, reply, pointer):
    referral = issue_referral(officer=asker, referral=opened(asker, incident, now), issued_at=now)

    with pytest.raises(InvalidSubmission) as refused:
        record_reply(officer=asker, referral=referral, reply=reply, received_at=now)

    assert [problem.pointer for problem in refused.value.problems] == [pointer]


def test_a_draft_gets_no_reply(asker, incident, now):
    with pytest.raises(IllegalTransition):
        record_reply(
            officer=asker, referral=opened(asker, incident, now), reply={"state": "no_record"}, received_at=now
        )


def test_a_record_made_in_error_is_not_referred(asker, incident, now):
    void_incident(officer=asker, incident=incident, reason="twice", voided_at=now)

    with pytest.raises(IllegalTransition):
        opened(asker, incident, now)


def test_an_analyst_refers_nothing(asker, incident, now):
    analyst = OfficerFactory.create(analyst=True, agency=asker.agency)

    with pytest.raises(NotAllowed):
        opened(analyst, incident, now)
