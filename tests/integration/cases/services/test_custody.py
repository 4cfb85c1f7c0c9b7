import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from cases import access
from cases.chain import BEGINNING, linked
from cases.choices import CustodyKind, ExhibitKind, HolderKind
from cases.errors import CustodyEnded, DomainError, HandoverOpen, ItemInCustody, NotAllowed, NotFound, NotTheHolder
from cases.intake.partial_date import PartialDate
from cases.models import (
    AuditEntry,
    CustodyEvent,
    CustodyNominal,
    Disposition,
    Exhibit,
    Holding,
    ScreeningRun,
    SeizedItem,
)
from cases.queries.custody import chain_document
from cases.queries.custody_holders import NamedHolder
from cases.queries.incident_document import document_of_incident
from cases.services.amend_incident import amend_incident
from cases.services.answer_handover import answer_handover
from cases.services.append_custody_event import CustodyDetails
from cases.services.hand_over_item import hand_over_item
from cases.services.record_custody_event import record_custody_event
from cases.services.record_exhibit import ExhibitAbout, record_exhibit
from cases.services.record_store import record_store
from tests.conftest import NOW
from tests.factories import OfficerFactory, recorded_incident

K = CustodyKind
WITNESSES = ({"name": "Ada Witness", "role": "armourer"}, {"name": "Ben Witness", "role": "notary"})


@pytest.fixture
def item(officer):
    return recorded_incident(officer).items.get()


def told(officer, item, kind, *, at=NOW, **details):
    details = CustodyDetails(kind=kind, **details)
    return record_custody_event(officer=officer, subject=item, details=details, recorded_at=at)


def offered(officer, item, to, *, at=NOW):
    holder = NamedHolder(HolderKind.OFFICER, agency=to.agency, officer=to)
    details = CustodyDetails(kind=K.HANDED_OVER, holder=holder)
    return hand_over_item(officer=officer, subject=item, details=details, offered_at=at)


def answered(officer, handover, kind=K.ACCEPTED, *, at=NOW):
    return answer_handover(officer=officer, handover=handover, details=CustodyDetails(kind=kind), answered_at=at)


def test_each_event_covers_what_it_says_and_the_event_before_it(officer, item):
    first = told(officer, item, K.COLLECTED, at=NOW, place="quay 4")
    second = told(officer, item, K.SEALED, seal="A1", note="sealed before Ada Witness", witnesses=WITNESSES)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.number, first.previous, first.digest) == (1, BEGINNING, linked(BEGINNING, first.text))
    assert (second.number, second.previous, second.digest) == (2, first.digest, linked(first.digest, second.text))
    said = json.loads(second.text)
    assert (said["seal"], said["witness_count"], said["by"]["officer"]) == ("A1", 2, officer.username)
    assert said["names"] == linked(second.nominal.salt, second.nominal.text)
    assert "Ada Witness" in second.nominal.text
    assert "Ada Witness" not in second.text


def test_what_was_done_stands_in_the_history_without_names(officer, item):
    told(officer, item, K.SEALED, seal="A1", witnesses=WITNESSES)

    entry = AuditEntry.objects.get(action="custody.sealed")
    assert (entry.incident, entry.officer) == (item.incident, officer)
    assert json.loads(entry.payload)["after"]["digest"] == item.custody.get().digest
    assert "Ada" not in entry.payload


def test_names_can_be_erased_and_the_chain_still_proved(officer, item):
    event = told(officer, item, K.SEALED, seal="A1", witnesses=WITNESSES)
    CustodyNominal.objects.filter(event=event).delete()

    shown = chain_document(item, incident=None, may_see_names=True, now=NOW)["events"][0]
    assert (shown["witness_count"], shown["witnesses"], shown["names_withheld"]) == (2, None, True)
    event = item.custody.get()
    assert event.digest == linked(event.previous, event.text)


def test_a_handover_moves_the_item_to_another_agency_which_then_answers_for_it(officer, item):
    colleague = OfficerFactory.create()
    told(officer, item, K.COLLECTED)
    handover = offered(officer, item, colleague)

    with pytest.raises(NotFound):
        access.access_handover(OfficerFactory.create(agency=colleague.agency), handover.event_id)
    assert access.access_handover(colleague, handover.event_id) == handover
    answered(colleague, access.access_handover(colleague, handover.event_id))

    holding = Holding.objects.get(item=item)
    assert (holding.holder_officer, holding.holder_agency, holding.status) == (
        colleague,
        colleague.agency,
        "transferred",
    )
    assert access.holdings_for(colleague).get() == holding
    assert access.access_holding(colleague, holding.holding_id) == item
    assert not access.incidents_for(colleague).exists()
    with pytest.raises(NotTheHolder):
        told(officer, item, K.STORED, place="our shelf")
    store = record_store(officer=colleague, name="armoury", place="cellar", recorded_at=NOW)
    told(colleague, item, K.STORED, holder=NamedHolder(HolderKind.STORE, agency=colleague.agency, store=store))
    assert Holding.objects.get(item=item).holder_store == store


def test_a_declined_item_stays_with_who_gave_it(officer, item):
    colleague = OfficerFactory.create(agency=officer.agency)
    told(officer, item, K.COLLECTED)

    answered(colleague, offered(officer, item, colleague), K.DECLINED)

    assert Holding.objects.get(item=item).holder_officer == officer


def test_the_disposition_follows_the_chain_and_duties_are_weighed_again(officer, item):
    version = item.incident.version
    told(officer, item, K.COLLECTED)
    told(officer, item, K.EXAMINED)
    day = PartialDate.parse("2026-11-20")
    told(officer, item, K.DESTROYED, at=NOW, certificate="D-7", witnesses=WITNESSES, place="furnace 2")

    incident = recorded_again(item)
    shown = document_of_incident(incident)["items"][0]["disposition"]
    assert shown == {"status": "destroyed", "on": None, "place": "furnace 2", "certificate": "D-7"}
    assert incident.version == version + 2
    assert ScreeningRun.objects.filter(incident=incident, status="queued").exists()
    with pytest.raises(CustodyEnded):
        told(officer, item, K.EXAMINED)
    corrected = told(officer, item, K.CORRECTED, corrects=3, note=f"it was on {day}")
    assert corrected.number == 4


def recorded_again(item):
    return type(item.incident).objects.get(pk=item.incident_id)


def test_a_record_changed_by_hand_does_not_contradict_its_chain(officer, item):
    told(officer, item, K.COLLECTED)
    incident = recorded_again(item)
    document = document_of_incident(incident)["items"][0]
    sent = {"items": [{**document, "disposition": {"status": "destroyed"}}]}

    amend_incident(officer=officer, incident=incident, changes=sent, expected_version=incident.version, amended_at=NOW)

    assert Disposition.objects.get(item=item).status == "held"


def test_what_no_event_tells_of_stays_as_it_was_sent(officer, item):
    told(officer, item, K.COLLECTED)
    incident = recorded_again(item)
    document = document_of_incident(incident)["items"][0]
    sent = {"items": [{**document, "disposition": {"status": "sunk", "place": "at sea"}}]}

    amend_incident(officer=officer, incident=incident, changes=sent, expected_version=incident.version, amended_at=NOW)

    assert Disposition.objects.get(item=item).status == "sunk"


def test_an_item_with_a_chain_cannot_leave_the_record(officer, item):
    told(officer, item, K.EXAMINED)
    incident = recorded_again(item)

    with pytest.raises(ItemInCustody):
        amend_incident(
            officer=officer,
            incident=incident,
            changes={"items": [{"id": "7d0b3f6e-34a2-4b0e-9d8d-0e1d4f1a2b3c", "category": "mine"}]},
            expected_version=incident.version,
            amended_at=NOW,
        )


def test_a_package_goes_its_way_with_what_lies_in_it(officer, item):
    told(officer, item, K.COLLECTED)
    package = record_exhibit(
        officer=officer,
        incident=item.incident,
        items=[item.item_uuid],
        about=ExhibitAbout(ExhibitKind.PACKAGE, "a crate"),
        details=CustodyDetails(kind=K.COLLECTED, seal="A1"),
        recorded_at=NOW,
    )
    colleague = OfficerFactory.create(agency=officer.agency)
    answered(colleague, offered(officer, package, colleague, at=NOW), at=NOW)

    assert [event.kind for event in package.custody.order_by("number")] == [
        *("collected", "sealed", "handed_over", "accepted")
    ]
    assert item.custody.get(kind="packed").into == package
    whereabouts = chain_document(item, incident=None, may_see_names=True, now=NOW)["holding"]
    assert (whereabouts["packed_in"], whereabouts["holder"]["officer"]) == (package.code, colleague.username)


def test_a_sample_is_an_exhibit_of_one_item(officer, item):
    told(officer, item, K.COLLECTED)
    sample = record_exhibit(
        officer=officer,
        incident=item.incident,
        items=[item.item_uuid],
        about=ExhibitAbout(ExhibitKind.SAMPLE, "5 g of propellant"),
        details=CustodyDetails(kind=K.SAMPLED),
        recorded_at=NOW,
    )

    assert item.custody.get(kind="sampled").into == sample
    assert Holding.objects.get(item=item).packed_in is None
    assert sample.code.startswith("EX-")


def test_an_analyst_records_nothing(item):
    analyst = OfficerFactory.create(analyst=True, agency=item.incident.agency)

    with pytest.raises(NotAllowed):
        told(analyst, item, K.COLLECTED)


@pytest.mark.django_db(transaction=True)
def test_of_two_handovers_at_once_one_wins(officer):
    item = recorded_incident(officer).items.get()
    told(officer, item, K.COLLECTED)
    receivers = [OfficerFactory.create(agency=officer.agency) for _ in range(8)]
    together = threading.Barrier(len(receivers))

    def give(receiver):
        together.wait(timeout=20)
        try:
            return offered(officer, item, receiver)
        except DomainError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(receivers)) as pool:
        answers = list(pool.map(give, receivers))

    won = [answer for answer in answers if isinstance(answer, CustodyEvent)]
    assert len(won) == 1
    assert [type(answer) for answer in answers if answer not in won] == [HandoverOpen] * 7
    assert list(item.custody.order_by("number").values_list("number", flat=True)) == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_leave_no_gap_in_the_chain(officer):
    item = recorded_incident(officer).items.get()
    told(officer, item, K.COLLECTED)

    def look(_):
        try:
            return told(officer, item, K.EXAMINED)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(look, range(16)))

    previous = BEGINNING
    for number, event in enumerate(item.custody.order_by("number"), start=1):
        assert (event.number, event.previous, event.digest) == (number, previous, linked(previous, event.text))
        previous = event.digest
    assert number == 17


@pytest.mark.parametrize("change", [{"number": 3}, {"previous": BEGINNING}, {"digest": "sha256:" + "1" * 64}])
def test_the_database_takes_no_event_that_does_not_follow(officer, item, change):
    told(officer, item, K.COLLECTED)
    row = told(officer, item, K.EXAMINED)
    text = row.text
    values = {"number": 3, "previous": row.digest, "text": text, "digest": linked(row.digest, text)}
    values |= {"number": 4} if "number" in change else change

    forged = CustodyEvent(
        incident=item.incident,
        item=item,
        kind="examined",
        recorded_at=NOW,
        by=officer,
        by_agency=officer.agency,
        **values,
    )
    with pytest.raises(IntegrityError, match="does not follow"), transaction.atomic():
        forged.save(force_insert=True)


def test_an_exhibit_and_the_names_of_an_event_are_never_altered(officer, item):
    told(officer, item, K.SEALED, seal="A1", witnesses=WITNESSES)
    exhibit = Exhibit.objects.create(
        incident=item.incident, code="EX-TEST-TEST-TEST", kind="sample", recorded_at=NOW, recorded_by=officer
    )

    with pytest.raises(DatabaseError, match=r"append-only"), transaction.atomic():
        Exhibit.objects.filter(pk=exhibit.pk).update(description="another")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        CustodyNominal.objects.update(text="{}")


def test_an_item_is_reached_by_place_or_by_id_and_not_by_a_stranger(officer, item):
    reference = item.incident.reference

    assert access.access_item(officer, reference, "0") == item
    assert access.access_item(officer, reference, str(item.item_uuid)) == item
    with pytest.raises(NotFound):
        access.access_item(officer, reference, "1")
    with pytest.raises(NotFound):
        access.access_item(OfficerFactory.create(), reference, "0")
    assert not SeizedItem.objects.filter(custody__isnull=False).exists()


def test_a_handover_lapses(officer, item, settings):
    colleague = OfficerFactory.create(agency=officer.agency)
    told(officer, item, K.COLLECTED)
    settings.CUSTODY_HANDOVER_EXPIRES = timedelta(hours=2)
    handover = offered(officer, item, colleague)

    assert handover.expires_at == NOW + timedelta(hours=2)
    offered(officer, item, colleague, at=NOW + timedelta(hours=2))
