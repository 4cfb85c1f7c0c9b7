import copy

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cases.intake.incident import document_of
from cases.intake.reading import read_draft, read_incident
from cases.models import Incident
from cases.queries.incident_document import ROWS, document_of_incident, record_of_incident, submission_of_incident
from cases.services.record_incident import record_incident
from tests.factories import OfficerFactory, incident_document
from tests.sent_documents import full_document


def recorded(document, officer, now):
    incident = record_incident(officer=officer, document=document, recorded_at=now).incident
    return Incident.objects.get(pk=incident.pk)


def with_ids_of(document, record):
    """Items get ids when recorded; the rest must be as intake read it."""
    for item, kept in zip(document["items"], record["items"], strict=True):
        item["id"] = item["id"] or kept["id"]
    return document


def test_every_field_of_the_contract_comes_back_as_intake_read_it(officer, now):
    document = full_document()

    record = record_of_incident(recorded(document, officer, now))

    assert record == document_of(read_incident(document).submission)


def parts_of(value, path=()):
    """Every place of a document at which something may be left out."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in steps:
        yield (*path, step)
        yield from parts_of(part, (*path, step))


def without(document, paths):
    """The document with null at those places."""
    document = copy.deepcopy(document)
    for path in paths:
        parent = document
        for step in path[:-1]:
            parent = parent[step] if parent is not None else None
        if parent is not None:
            parent[path[-1]] = None
    return document


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(paths=st.sets(st.sampled_from(sorted(parts_of(full_document()), key=str)), max_size=25))
def test_whatever_is_unknown_stays_unknown_and_the_rest_is_kept(officer, now, paths):
    document = without(full_document(), paths) | {"state": "draft"}
    document["client_id"] = None
    Incident.objects.filter(agency=officer.agency).update(agency_reference="")

    record = record_of_incident(recorded(document, officer, now))

    assert record == with_ids_of(document_of(read_draft(document).submission), record)


@pytest.mark.parametrize(
    "text",
    ["٣٤٥ شركة الفانوس", "中文 铭文", "é", "'; DROP TABLE cases_incident; --", "{% raw %}", "\u202eabc", "A\\B%_"],
)
def test_text_of_any_script_comes_back_whole(officer, now, text):
    document = incident_document(
        place=text, items=[{"category": "small_arm", "marks": [{"kind": "serial", "text": text}]}]
    )

    record = record_of_incident(recorded(document, officer, now))

    assert (record["place"], record["items"][0]["marks"][0]["text"]) == (text, text)


def test_the_system_adds_its_own_reference_beside_the_agencys(officer, now):
    incident = recorded(incident_document(reference="A-1"), officer, now)

    document = document_of_incident(incident)

    assert (document["reference"], document["agency_reference"]) == (incident.reference, "A-1")
    assert (document["state"], document["version"]) == ("final", 1)


def test_the_engine_reads_the_same_submission_as_intake(officer, now):
    document = full_document()

    submission = submission_of_incident(recorded(document, officer, now))

    assert submission.model_dump() == read_incident(document).submission.model_dump()


def test_reading_many_takes_a_fixed_number_of_queries(officer, now, django_assert_max_num_queries):
    for _ in range(4):
        recorded(full_document() | {"client_id": None, "reference": None}, officer, now)

    with django_assert_max_num_queries(14):
        assert len([record_of_incident(row) for row in Incident.objects.prefetch_related(*ROWS)]) == 4


def test_another_officers_record_may_carry_the_same_item_ids(now, officer):
    neighbour = OfficerFactory.create()

    first, second = recorded(full_document(), officer, now), recorded(full_document(), neighbour, now)

    assert record_of_incident(first) == record_of_incident(second)
