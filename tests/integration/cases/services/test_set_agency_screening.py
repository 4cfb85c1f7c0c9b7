import json
from datetime import timedelta

import pytest

from cases.choices import ContestedReading
from cases.documents import render_referral
from cases.models import AuditEntry, ScreeningRun
from cases.queries.referral_content import referral_content
from cases.services.open_referral import ReferralRequest, open_referral
from cases.services.run_screening import run_screening
from cases.services.set_agency_screening import set_agency_screening
from cases.services.void_incident import void_incident
from tests.factories import OfficerFactory, recorded_incident
from tests.pdf_pages import text_of

# In Egypt, some hundred kilometres from Libya, with a missile: near enough for whoever reaches that far.
NEAR_LIBYA = {
    "kind": "find",
    "occurred_on": "2015",
    "location": {"type": "Point", "coordinates": [26.2, 31.0]},
    "location_accuracy_m": 100,
    "at_sea": False,
    "conveyance": None,
    "route": None,
    "items": [{"category": "missile"}],
}
SECRETARIAT, CONTESTING = ContestedReading.SECRETARIAT, ContestedReading.CONTESTING


def screened(incident, now):
    run = incident.runs.order_by("-pk").first()
    return json.loads(run_screening(run_id=run.pk, now=now).result)


def test_a_wider_reach_is_screened_anew_and_ties_the_place(officer, now, rulebook_version):
    incident = recorded_incident(officer, **NEAR_LIBYA)
    assert "libya-2011" not in {finding["regime"] for finding in screened(incident, now)["findings"]}

    queued = set_agency_screening(
        agency=officer.agency, near_reach_m=150_000, contested_reading=SECRETARIAT, by=None, changed_at=now
    )

    assert queued == 1
    assert "libya-2011" in {finding["regime"] for finding in screened(incident, now)["findings"]}
    entry = AuditEntry.objects.get(action="agency.screening_set")
    assert json.loads(entry.payload)["after"]["near_reach_m"] == 150_000


def test_only_the_agencys_own_standing_incidents_are_queued_and_each_once(officer, now, rulebook_version):
    screened(recorded_incident(officer, **NEAR_LIBYA), now)
    void = recorded_incident(officer, **NEAR_LIBYA)
    void_incident(officer=officer, incident=void, reason="entered twice", voided_at=now)
    recorded_incident(officer, **NEAR_LIBYA)  # still waits for its first screening
    other = recorded_incident(OfficerFactory.create(), **NEAR_LIBYA)
    screened(other, now)
    waiting = ScreeningRun.objects.filter(status="queued").count()

    queued = set_agency_screening(
        agency=officer.agency, near_reach_m=20_000, contested_reading=SECRETARIAT, by=None, changed_at=now
    )

    assert queued == 1
    assert ScreeningRun.objects.filter(status="queued").count() == waiting + 1


def test_what_is_set_already_changes_nothing(officer, now, rulebook_version):
    screened(recorded_incident(officer, **NEAR_LIBYA), now)

    queued = set_agency_screening(
        agency=officer.agency, near_reach_m=None, contested_reading=SECRETARIAT, by=None, changed_at=now
    )

    assert queued == 0
    assert not AuditEntry.objects.filter(action="agency.screening_set").exists()


@pytest.mark.parametrize(
    ("reading", "is_relied_on", "said"),
    [
        (SECRETARIAT, True, "appear to fall within the scope of"),
        (CONTESTING, False, "This authority does not rely on it"),
    ],
)
def test_letters_follow_the_reading_that_the_agency_chose_and_drop_nothing(
    officer, now, rulebook_version, reading, is_relied_on, said
):
    set_agency_screening(
        agency=officer.agency, near_reach_m=None, contested_reading=reading, by=None, changed_at=now - timedelta(days=1)
    )
    officer.agency.refresh_from_db()
    incident = recorded_incident(officer, occurred_on="2025-11-05", route={"origin": "IRN", "destination": "SYR"})
    outcomes = {finding["measure"]: finding for finding in screened(incident, now)["findings"]}
    contested = {measure for measure, finding in outcomes.items() if finding["status"] == "contested"}
    assert contested

    request = ReferralRequest(addressee_country="IRN", language="en")
    referral = open_referral(officer=officer, incident=incident, request=request, opened_at=now)
    content = referral_content(referral)

    assert {each.measure for each in content.measures if each.status == "contested"} == contested
    assert {each.is_relied_on for each in content.measures if each.status == "contested"} == {is_relied_on}
    assert said in " ".join(text_of(render_referral(content, format="pdf", draft=True)).split())
