from datetime import datetime

import pytest

from cases.choices import AgencyKind, ReviewDecision
from cases.documents import render_referral
from cases.errors import ReferralIncomplete
from cases.models import Incident, Officer, Referral, RulebookVersion, ScreeningRun
from cases.queries.referral_content import referral_content
from cases.services.amend_referral import amend_referral
from cases.services.issue_referral import issue_referral
from cases.services.open_referral import ReferralRequest, open_referral
from cases.services.review_finding import review_finding
from cases.services.run_screening import run_screening
from cases.tracing import missing_elements
from tests.factories import AgencyFactory, OfficerFactory, recorded_incident
from tests.pdf_pages import text_of

pytestmark = pytest.mark.django_db

MARKED = {
    "category": "light_weapon",
    "description": "launcher",
    "calibre": "40 mm",
    "country_of_manufacture": "IRN",
    "serial_number": "AB-12345",
    "marks": [{"kind": "maker", "text": "⊕ 7", "position": "tube", "state": "intact"}],
}
ROCKETS = {"category": "ammunition", "description": "122 mm rockets", "calibre": "122 mm", "ammunition": {"lot": "L-9"}}


def _supervisor(kind: str = AgencyKind.COAST_GUARD.value, **agency: str) -> Officer:
    contact = {"contact_office": "Tracing desk", "contact_email": "desk@example.org"}
    return OfficerFactory.create(
        supervisor=True, agency=AgencyFactory.create(kind=kind, country="YEM", **contact, **agency)
    )


def _screened(officer: Officer, now: datetime, **changes: object) -> Incident:
    incident = recorded_incident(officer, items=[ROCKETS, MARKED], **changes)
    for run in ScreeningRun.objects.filter(incident=incident):
        run_screening(run_id=run.pk, now=now)
    return incident


def _opened(officer: Officer, incident: Incident, now: datetime, *, items: list[int] | None = None) -> Referral:
    request = ReferralRequest(addressee_country="IRN", language="en", item_indexes=items)
    return open_referral(officer=officer, incident=incident, request=request, opened_at=now)


def test_a_draft_says_what_incident_and_screening_say(now: datetime, rulebook_version: RulebookVersion) -> None:
    officer = _supervisor()
    content = referral_content(_opened(officer, _screened(officer, now), now))

    launcher = content.items[1]
    assert content.kind == "iti_request"
    assert (launcher.number, launcher.index) == (2, 1)
    assert [mark.text for mark in launcher.marks] == ["AB-12345", "⊕ 7"]
    assert content.items[0].lot == "L-9"
    assert [(reason.code, reason.lines) for reason in content.addressee.reasons] == [
        ("manufacture", (2,)),
        ("origin", ()),
    ]
    iran = next(measure for measure in content.measures if measure.measure == "iran-2006/1747-5")
    assert (iran.resolution, iran.paragraph, iran.outcome) == ("S/RES/1747 (2007)", "5", "indicated")
    assert iran.lines == (1, 2)
    assert iran.rationale
    assert content.considered
    assert {version.name for version in content.versions} >= {"rulebook", "zones", "facts"}
    assert content.observation.place.coast_distance_m is not None


def test_lines_left_out_of_the_letter_take_no_number(now: datetime, rulebook_version: RulebookVersion) -> None:
    officer = _supervisor()
    content = referral_content(_opened(officer, _screened(officer, now), now, items=[1]))

    assert [(item.number, item.index) for item in content.items] == [(1, 1)]
    assert all(set(measure.lines) <= {1} for measure in content.measures)


def test_a_rejected_finding_goes_into_no_letter(now: datetime, rulebook_version: RulebookVersion) -> None:
    officer = _supervisor()
    incident = _screened(officer, now)
    referral = _opened(officer, incident, now)
    finding = incident.findings.get(measure="iran-2006/1747-5", is_current=True)

    review_finding(
        officer=officer, finding=finding, decision=ReviewDecision.REJECTED, reason="papers in order", reviewed_at=now
    )

    assert "iran-2006/1747-5" not in {measure.measure for measure in referral_content(referral).measures}


def test_names_of_third_parties_stay_out_of_the_letter_and_it_says_so(
    now: datetime, rulebook_version: RulebookVersion
) -> None:
    officer = _supervisor()
    incident = _screened(
        officer,
        now,
        conveyance={"mode": "sea", "name": "Test Dhow", "owner": "Owner Name", "operator": "Operator Name"},
        parties=[{"role": "master", "kind": "person", "name": "Master Name"}],
        recipient={"kind": "private", "name": "Recipient Name", "country": "YEM"},
        circumstances="MASTER  NAME said that he was bound for Somalia.",
    )
    content = referral_content(_opened(officer, incident, now))

    documents = (
        render_referral(content, format="json", draft=True).decode(),
        text_of(render_referral(content, format="pdf", draft=True)),
    )
    for name in ("owner name", "operator name", "master name", "recipient name"):
        assert not any(name in " ".join(document.lower().split()) for document in documents)
    assert content.observation.circumstances == "[…] said that he was bound for Somalia."
    assert [entry.what for entry in content.withheld] == ["personal_data", "facts_digest"]


def test_a_letter_that_went_out_stays_as_it_was(now: datetime, rulebook_version: RulebookVersion) -> None:
    officer = _supervisor()
    incident = _screened(officer, now, illicit_grounds=["iti_6b"])
    referral = _opened(officer, incident, now, items=[1])
    lacking = {part.element for part in missing_elements(referral_content(referral))}
    with pytest.raises(ReferralIncomplete):
        issue_referral(officer=officer, referral=referral, issued_at=now)
    amend_referral(
        officer=officer,
        referral=referral,
        changes={
            "addressee_contact": {"office": "National point of contact"},
            "legal_justification": "S/RES/1747 (2007), paragraph 5",
            "intended_use": "criminal proceedings",
            "confidentiality": "given",
        },
        amended_at=now,
    )

    issued = issue_referral(officer=officer, referral=referral, issued_at=now)
    Incident.objects.filter(pk=incident.pk).update(place="somewhere else")

    assert lacking == {"addressee_contact", "legal_justification", "intended_use", "confidentiality"}
    content = referral_content(issued)
    assert content.status == "issued"
    assert content.observation.place.name is None
    assert missing_elements(content) == ()
    assert "DRAFT" not in text_of(render_referral(content, format="pdf", draft=False))


def test_a_panel_writes_under_its_mandate(now: datetime, rulebook_version: RulebookVersion) -> None:
    officer = _supervisor(AgencyKind.PANEL.value, mandate_resolution="S/RES/1929 (2010)", mandate_paragraph="29")
    content = referral_content(_opened(officer, _screened(officer, now), now))

    assert content.kind == "panel_request"
    assert content.mandate.paragraph == "29"
    assert {part.element for part in missing_elements(content)} == {"confidentiality", "reply_requested_by"}
