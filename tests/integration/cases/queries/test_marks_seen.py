from datetime import timedelta

import pytest

from cases.queries.marks_seen import marks_seen_elsewhere
from cases.queries.screening_result import result_for_incident
from cases.services.run_screening import run_screening
from cases.services.void_incident import void_incident
from tests.factories import OfficerFactory, recorded_incident

pytestmark = pytest.mark.django_db


def rifle(serial, **changes):
    return {"category": "small_arm", "quantity": 1, "unit": "piece", "serial_number": serial, **changes}


def test_the_same_serial_number_in_another_incident_of_the_agency_is_named():
    officer = OfficerFactory.create()
    first = recorded_incident(officer, items=[rifle("KX-48213")])
    second = recorded_incident(officer, items=[rifle("AA-00001"), rifle("KX-48213")])

    (seen,) = marks_seen_elsewhere(second)

    assert (seen.item, seen.text, seen.reference) == (1, "KX-48213", first.reference)


def test_a_mark_transcribed_is_found_by_a_number_and_the_other_way_round():
    officer = OfficerFactory.create()
    marked = rifle("", marks=[{"kind": "serial", "text": "KX-48213"}])
    first = recorded_incident(officer, items=[marked])
    second = recorded_incident(officer, items=[rifle("KX-48213")])

    assert [seen.reference for seen in marks_seen_elsewhere(second)] == [first.reference]
    assert [seen.reference for seen in marks_seen_elsewhere(first)] == [second.reference]


def test_another_agency_s_records_never_show():
    recorded_incident(OfficerFactory.create(), items=[rifle("KX-48213")])

    assert marks_seen_elsewhere(recorded_incident(OfficerFactory.create(), items=[rifle("KX-48213")])) == ()


def test_short_numbers_and_records_made_in_error_count_for_nothing(now):
    officer = OfficerFactory.create(supervisor=True)
    recorded_incident(officer, items=[rifle("123")])
    wrong = recorded_incident(officer, items=[rifle("KX-48213")])
    void_incident(officer=officer, incident=wrong, reason="twice", voided_at=now)

    assert marks_seen_elsewhere(recorded_incident(officer, items=[rifle("123"), rifle("KX-48213")])) == ()


def test_the_result_of_a_run_carries_the_flag(now, rulebook_version):
    officer = OfficerFactory.create()
    first = recorded_incident(officer, items=[rifle("KX-48213")])
    second = recorded_incident(officer, items=[rifle("KX-48213")])

    run_screening(run_id=second.runs.get(status="queued").pk, now=now + timedelta(hours=1))

    flags = {flag["code"]: flag["params"] for flag in result_for_incident(second)["flags"]}
    assert flags["mark_seen_elsewhere"] == {"mark": "KX-48213", "reference": first.reference}
