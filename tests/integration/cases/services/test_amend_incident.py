import json

import pytest

from cases.errors import IllegalTransition, InvalidSubmission, ItemInReferral, StaleVersion
from cases.models import AuditEntry
from cases.queries.incident_document import document_of_incident, record_of_incident
from cases.services.amend_incident import amend_incident, merged
from cases.services.open_referral import ReferralRequest, open_referral
from cases.services.record_incident import record_incident
from cases.services.void_incident import void_incident
from tests.factories import incident_document, recorded_incident
from tests.sent_documents import full_document


def amended(officer, incident, changes, now, version=1):
    return amend_incident(
        officer=officer, incident=incident, changes=changes, expected_version=version, amended_at=now
    ).incident


@pytest.mark.parametrize(
    ("document", "changes", "expected"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
        (["a"], {"b": 1}, {"b": 1}),
    ],
)
def test_a_merge_patch_works_as_its_standard_says(document, changes, expected):
    assert merged(document, changes) == expected


def test_a_change_touches_what_it_names_and_nothing_else(officer, now):
    incident = recorded_incident(officer, **full_document())
    before = record_of_incident(incident)

    incident = amended(officer, incident, {"place": "Aden", "recipient": {"name": None}}, now)

    recipient = {**before["recipient"], "name": None}
    assert record_of_incident(incident) == {**before, "place": "Aden", "recipient": recipient}
    assert (incident.version, incident.changed_at) == (2, now)
    assert incident.runs.filter(status="queued").count() == 1


def test_sending_back_what_was_shown_changes_nothing(officer, now):
    incident = recorded_incident(officer, **full_document())
    shown = document_of_incident(incident)

    incident = amended(officer, incident, {**shown, "screening": {"status": "queued"}}, now)

    assert document_of_incident(incident) == {**shown, "version": 2, "changed_at": now.isoformat()}


def test_a_stale_change_is_refused(officer, now):
    incident = amended(officer, recorded_incident(officer), {"place": "Aden"}, now)

    with pytest.raises(StaleVersion):
        amended(officer, incident, {"place": "Mukalla"}, now, version=1)


def test_a_change_that_makes_the_record_wrong_is_refused_whole(officer, now):
    incident = recorded_incident(officer)

    with pytest.raises(InvalidSubmission) as refused:
        amended(officer, incident, {"place": "Aden", "occurred_on": "soon"}, now)

    assert [problem.pointer for problem in refused.value.problems] == ["/occurred_on"]
    incident.refresh_from_db()
    assert (incident.version, incident.place) == (1, "")


def test_a_draft_keeps_what_could_not_be_read_until_it_is_corrected(officer, now):
    draft = {"state": "draft", "kind": "seizure", "occurred_on": "2013-02-30", "items": [{"category": "small_arm"}]}
    incident = record_incident(officer=officer, document=draft, recorded_at=now).incident

    changed = amend_incident(
        officer=officer, incident=incident, changes={"place": "Aden"}, expected_version=1, amended_at=now
    )
    assert "/occurred_on" in [problem.pointer for problem in changed.problems]

    final = amended(officer, incident, {"state": "final", "occurred_on": "2013-02-28"}, now, version=2)
    assert (final.state, final.place, final.occurred_on) == ("final", "Aden", "2013-02-28")


@pytest.mark.parametrize("void", [True, False])
def test_a_record_goes_forward_only(officer, now, void):
    incident = recorded_incident(officer)
    changes = {"state": "draft"}
    if void:
        incident, changes = (
            void_incident(officer=officer, incident=incident, reason="twice", voided_at=now),
            {"place": "x"},
        )

    with pytest.raises(IllegalTransition):
        amended(officer, incident, changes, now, version=incident.version)


def test_items_keep_their_identity_by_id_and_by_place(officer, now):
    items = [{"category": "small_arm"}, {"category": "ammunition"}]
    incident = recorded_incident(officer, items=items)
    first, second = (item["id"] for item in record_of_incident(incident)["items"])

    turned = [{"id": second, "category": "ammunition"}, {"id": first, "category": "small_arm"}]
    incident = amended(officer, incident, {"items": turned}, now)
    assert [item["id"] for item in record_of_incident(incident)["items"]] == [second, first]

    incident = amended(officer, incident, {"items": [{"category": "ammunition", "quantity": 5}]}, now, version=2)
    assert [(item["id"], item["quantity"]) for item in record_of_incident(incident)["items"]] == [(second, 5)]


def test_an_item_that_a_referral_names_stays(officer, now):
    incident = recorded_incident(officer)
    request = ReferralRequest(addressee_country="IRN", language="en")
    open_referral(officer=officer, incident=incident, request=request, opened_at=now)

    with pytest.raises(ItemInReferral):
        amended(officer, incident, {"kind": "inspection", "items": []}, now)


def test_the_audit_entry_tells_before_and_after(officer, now):
    incident = amended(officer, recorded_incident(officer, place="Adan"), {"place": "Aden"}, now)

    change = json.loads(AuditEntry.objects.get(incident=incident, action="incident.amended").payload)
    assert (change["before"]["place"], change["after"]["place"]) == ("Adan", "Aden")


def test_a_reference_of_another_record_is_refused(officer, now):
    recorded_incident(officer, reference="A-1")
    incident = recorded_incident(officer, reference="A-2")

    with pytest.raises(InvalidSubmission) as refused:
        amended(officer, incident, {"reference": "A-1"}, now)

    assert [problem.code for problem in refused.value.problems] == ["already_used"]


def test_a_voided_record_stays_readable_with_its_reason(officer, now):
    incident = void_incident(officer=officer, incident=recorded_incident(officer), reason="twice", voided_at=now)

    document = document_of_incident(incident)
    assert (document["state"], document["void_reason"], document["kind"]) == (
        "void",
        "twice",
        incident_document()["kind"],
    )
    with pytest.raises(IllegalTransition):
        void_incident(officer=officer, incident=incident, reason="again", voided_at=now)
