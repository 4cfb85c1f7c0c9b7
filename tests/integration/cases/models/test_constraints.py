import pytest
from django.db import IntegrityError, transaction

from cases.models import Conveyance, Finding, Incident, Marking, Measure, Officer, Referral, Reply, ScreeningRun
from cases.models import SeizedItem as Item
from tests.factories import AgencyFactory, OfficerFactory, recorded_incident
from tests.sent_documents import full_document


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("incident_kind_known", {"kind": "raid"}),
        ("incident_state_known", {"state": "closed"}),
        ("incident_final_has_kind_and_date", {"kind": ""}),
        ("incident_date_whole_or_absent", {"occurred_first_day": None}),
        ("incident_date_whole_or_absent", {"occurred_last_day": "2001-01-01"}),
        ("incident_position_whole_and_on_earth", {"longitude": 181}),
        ("incident_position_whole_and_on_earth", {"latitude": None}),
        ("incident_accuracy_not_negative", {"location_accuracy_m": -1}),
        ("incident_void_with_reason", {"state": "void"}),
        ("incident_void_with_reason", {"void_reason": "because"}),
        ("incident_countries_are_codes", {"located_country": "ye"}),
        ("incident_version_from_one", {"version": 0}),
    ],
)
def test_an_incident_that_cannot_be_is_refused(officer, constraint, change):
    incident = recorded_incident(officer)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Incident.objects.filter(pk=incident.pk).update(**change)


@pytest.mark.parametrize(
    ("constraint", "model", "change"),
    [
        ("item_category_known", Item, {"category": "sword"}),
        ("item_missile_subtype_known", Item, {"subtype": "paper"}),
        ("item_quantity_not_negative", Item, {"quantity": -1}),
        ("item_country_is_a_code", Item, {"country_of_manufacture": "IR"}),
        ("marking_state_known", Marking, {"state": "gone"}),
        ("conveyance_mode_known", Conveyance, {"mode": "mule"}),
        ("conveyance_numbers_are_digits", Conveyance, {"imo": "12"}),
    ],
)
def test_a_part_that_cannot_be_is_refused(officer, constraint, model, change):
    recorded_incident(officer, **full_document())

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.update(**change)


def test_a_run_is_queued_once(officer, now):
    incident = recorded_incident(officer)

    with pytest.raises(IntegrityError, match="run_queued_once"), transaction.atomic():
        ScreeningRun.objects.create(incident=incident, status="queued", queued_at=now, sent_at=now)


def test_a_run_is_not_done_without_a_result(officer):
    recorded_incident(officer)

    with pytest.raises(IntegrityError, match="run_done_with_result"), transaction.atomic():
        ScreeningRun.objects.update(status="done")


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("finding_outcome_finds", {"outcome": "not_indicated"}),
        ("finding_non_binding_never_indicated", {"status": "non_binding"}),
        ("finding_tie_known", {"tie": "feeling"}),
    ],
)
def test_a_finding_that_cannot_be_is_refused(officer, constraint, values):
    run = recorded_incident(officer).runs.get()
    finding = {"regime": "r", "measure": "r/1-1", "outcome": "indicated", "status": "binding", "tie": "route"}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Finding.objects.create(run=run, incident=run.incident, document={}, is_current=True, **{**finding, **values})


def test_a_reply_that_refuses_says_why(officer, now):
    incident = recorded_incident(officer)
    referral = Referral.objects.create(
        reference="REF-2026-1",
        incident=incident,
        agency=incident.agency,
        kind="bilateral",
        state="draft",
        language="en",
        addressee_country="XXX",
        opened_at=now,
        opened_by=officer,
    )

    with pytest.raises(IntegrityError, match="reply_reason_where_needed"), transaction.atomic():
        Reply.objects.create(referral=referral, state="refused", received_at=now, recorded_by=officer)
    with pytest.raises(IntegrityError, match="referral_written_or_issued"), transaction.atomic():
        Referral.objects.update(state="issued")


def test_every_officer_but_an_administrator_belongs_to_an_agency(db):
    assert OfficerFactory.create(agency=None, role="administrator").agency is None

    with pytest.raises(IntegrityError, match="officer_has_agency_unless_administrator"), transaction.atomic():
        Officer.objects.create(username="nobody", role="officer")


def test_an_agency_is_of_a_known_kind(db):
    with pytest.raises(IntegrityError, match="agency_kind_known"), transaction.atomic():
        AgencyFactory.create(kind="club")


def test_a_measure_ends_after_it_starts(rulebook_version):
    measure = Measure.objects.filter(in_force_until__isnull=False).first()
    measure.pk, measure.code, measure.in_force_until = None, "upside down", measure.in_force_from

    with pytest.raises(IntegrityError, match="measure_ends_after_it_starts"), transaction.atomic():
        measure.save()


def test_positions_are_found_by_box(officer):
    incident = recorded_incident(officer)

    assert list(Incident.objects.filter(position__in_box=(52, 15, 53, 16))) == [incident]
    assert not Incident.objects.filter(position__in_box=(0, 15, 51, 16)).exists()
