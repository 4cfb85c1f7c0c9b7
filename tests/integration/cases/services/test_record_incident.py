import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from django.db import connection

from cases.errors import InvalidSubmission, NotAllowed
from cases.models import AuditEntry, Incident, IncidentState, ScreeningRun
from cases.services.record_incident import record_incident
from cases.services.void_incident import void_incident
from tests.factories import OfficerFactory, incident_document, recorded_incident


def test_incident_run_and_audit_entry_are_written_together(officer, now):
    recorded = record_incident(officer=officer, document=incident_document(), recorded_at=now)

    assert recorded.is_new
    assert recorded.problems == ()
    assert ScreeningRun.objects.get(incident=recorded.incident).status == "queued"
    entry = AuditEntry.objects.get(incident=recorded.incident)
    assert (entry.action, entry.officer, entry.agency) == ("incident.recorded", officer, officer.agency)


def test_a_final_record_with_errors_leaves_nothing_behind(officer, now):
    with pytest.raises(InvalidSubmission) as refused:
        record_incident(officer=officer, document=incident_document(occurred_on="2013-02-30"), recorded_at=now)

    assert [(problem.pointer, problem.code) for problem in refused.value.problems] == [("/occurred_on", "no_such_day")]
    assert not Incident.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"kind": 7, "occurred_on": "soon", "items": "many"},
        {"location": {"type": "Point", "coordinates": [500, 1]}, "items": [{"category": "sword"}, None, 3]},
        {"client_id": "mine", "reference": "x" * 900, "unheard_of": {"a": [1]}},
        {"circumstances": "nul \x00 here", "conveyance": {"imo": "no"}},
    ],
)
def test_a_draft_is_never_refused_and_keeps_what_was_sent(officer, now, document):
    sent = document | {"state": "draft"}

    recorded = record_incident(officer=officer, document=sent, recorded_at=now)

    kept = Incident.objects.get(pk=recorded.incident.pk)
    assert kept.state == IncidentState.DRAFT
    assert set(kept.as_sent) == set(sent)
    assert recorded.problems


def test_a_draft_whose_reference_is_taken_is_kept_without_it(officer, now):
    recorded_incident(officer, reference="A-1")

    recorded = record_incident(officer=officer, document={"state": "draft", "reference": "A-1"}, recorded_at=now)

    assert recorded.incident.agency_reference == ""
    assert ("/reference", "already_used") in [(problem.pointer, problem.code) for problem in recorded.problems]


def test_an_agency_uses_a_reference_once(officer, now):
    recorded_incident(officer, reference="A-1")

    with pytest.raises(InvalidSubmission) as refused:
        record_incident(officer=officer, document=incident_document(reference="A-1"), recorded_at=now)

    assert [problem.code for problem in refused.value.problems] == ["already_used"]
    assert recorded_incident(OfficerFactory.create(), reference="A-1").agency_reference == "A-1"


def test_a_record_made_in_error_gives_its_reference_back(officer, now):
    void_incident(officer=officer, incident=recorded_incident(officer, reference="A-1"), reason="twice", voided_at=now)

    assert recorded_incident(officer, reference="A-1").agency_reference == "A-1"


def test_a_client_id_sent_twice_is_one_record(officer, now):
    document = incident_document(client_id=str(uuid.uuid4()))

    first = record_incident(officer=officer, document=document, recorded_at=now)
    second = record_incident(officer=officer, document=document | {"place": "elsewhere"}, recorded_at=now)

    assert (second.incident, second.is_new) == (first.incident, False)
    assert ScreeningRun.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_with_one_client_id_make_one_record(now):
    officer = OfficerFactory.create()
    document = incident_document(client_id=str(uuid.uuid4()), reference="A-1")

    def record(_):
        try:
            return record_incident(officer=officer, document=document, recorded_at=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        recorded = list(pool.map(record, range(20)))

    assert len({each.incident.pk for each in recorded}) == 1
    assert sum(each.is_new for each in recorded) == 1
    assert (Incident.objects.count(), ScreeningRun.objects.count(), AuditEntry.objects.count()) == (1, 1, 1)


def test_references_count_nothing(officer):
    references = [recorded_incident(officer).reference for _ in range(5)]

    assert all(re.fullmatch(r"INC-2026-\d{8}", reference) for reference in references)
    numbers = [int(reference.rsplit("-", 1)[1]) for reference in references]
    assert all(abs(later - earlier) != 1 for earlier, later in pairwise(numbers))


@pytest.mark.parametrize("role", ["analyst", "administrator"])
def test_roles_that_do_not_record_are_refused(db, now, role):
    with pytest.raises(NotAllowed):
        record_incident(officer=OfficerFactory.create(role=role), document=incident_document(), recorded_at=now)
