"""Marks read by two readers apart, and what is settled from both."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from cases import access
from cases.errors import (
    AlreadyRead,
    IllegalTransition,
    InvalidSubmission,
    ItemHasEvidence,
    NotAllowed,
    NothingToRead,
    NotReadTwice,
    ReadingsDiffer,
    ReadTwiceAlready,
    StaleVersion,
    ThirdLookNeeded,
)
from cases.models import AuditEntry, MarkReading, MarkSettlement, Officer, Right, RowChange, SeizedItem
from cases.queries.incident_document import record_of_incident
from cases.queries.mark_readings import document_of_readings, items_to_act_on, items_waiting
from cases.row_scope import scoped
from cases.services.amend_incident import amend_incident
from cases.services.erase_nominal import erase_nominal
from cases.services.read_marks import read_marks
from cases.services.settle_readings import settle_readings
from cases.services.void_incident import void_incident
from tests.conftest import NOW
from tests.factories import OfficerFactory, recorded_incident
from tests.reading_samples import photo_of, photographed_weapon, serial_read

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(officer: Officer) -> Officer:
    """The second reader."""
    return OfficerFactory.create(agency=officer.agency)


@pytest.fixture
def third(officer: Officer) -> Officer:
    """Another officer of the agency, who may review."""
    return OfficerFactory.create(agency=officer.agency)


@pytest.fixture
def weapon(officer: Officer) -> SeizedItem:
    """A rifle with a photograph and no mark on record."""
    return photographed_weapon(officer)


def settled(weapon: SeizedItem, officer: Officer, *, version: int | None = None, **stated: Any) -> MarkSettlement:
    weapon.incident.refresh_from_db()
    expected = weapon.incident.version if version is None else version
    return settle_readings(officer=officer, item=weapon, stated=stated, expected_version=expected, settled_at=NOW)


def shown_to(officer: Officer, weapon: SeizedItem) -> dict[str, Any]:
    weapon = SeizedItem.objects.select_related("incident").get(pk=weapon.pk)
    return document_of_readings(weapon, access.mark_readings_for(officer), access.mark_settlements_for(officer))


def marks_on_record(weapon: SeizedItem) -> list[tuple[str, str, str]]:
    return list(weapon.marks.order_by("number").values_list("kind", "text", "state"))


def test_nobody_sees_the_first_reading_before_the_second_is_given(
    officer: Officer, colleague: Officer, third: Officer, weapon: SeizedItem
) -> None:
    serial_read(weapon, officer, "AB-1234")

    assert [each["reader"] for each in shown_to(officer, weapon)["readings"]] == [officer.username]
    for other in (colleague, third, OfficerFactory.create(agency=officer.agency, supervisor=True)):
        shown = shown_to(other, weapon)
        assert (shown["readings"], shown["comparison"], shown["readings_given"]) == ([], None, 1)
    assert "1234" not in str(list(AuditEntry.objects.values_list("payload", flat=True)))

    serial_read(weapon, colleague, "AB-1284")

    shown = shown_to(third, weapon)
    assert [each["marks"][0]["text"] for each in shown["readings"]] == ["AB-1234", "AB-1284"]
    assert (shown["comparison"]["agrees"], shown["comparison"]["marks"][0]["relation"]) == (False, "different")


def test_one_officer_is_not_both_readers_and_there_is_no_third(
    officer: Officer, colleague: Officer, third: Officer, weapon: SeizedItem
) -> None:
    serial_read(weapon, officer, "AB-1234")
    with pytest.raises(AlreadyRead):
        serial_read(weapon, officer, "AB-1234")
    serial_read(weapon, colleague, "AB-1234")
    with pytest.raises(ReadTwiceAlready):
        serial_read(weapon, third, "AB-1234")

    assert list(MarkReading.objects.order_by("place").values_list("reader", "place")) == [
        (officer.pk, 1),
        (colleague.pk, 2),
    ]


def test_marks_are_read_from_photographs_by_whoever_may_look_at_them(officer: Officer, weapon: SeizedItem) -> None:
    bare = recorded_incident(officer).items.select_related("incident").get()
    with pytest.raises(NothingToRead):
        serial_read(bare, officer, "AB-1234")
    other = photo_of(bare, officer)
    with pytest.raises(InvalidSubmission) as refused:
        serial_read(weapon, officer, "AB-1234", photo=str(other.uuid))
    assert [problem.pointer for problem in refused.value.problems] == ["/marks/0/photo"]
    for blind in (
        OfficerFactory.create(agency=officer.agency, analyst=True),
        OfficerFactory.create(agency=officer.agency, rights_withdrawn=[Right.SEE_NOMINAL.value]),
        OfficerFactory.create(),
    ):
        with pytest.raises(NotAllowed):
            serial_read(weapon, blind, "AB-1234")

    read = serial_read(weapon, officer, "AB-1234", photo=str(weapon.evidence.get().uuid))
    assert read.photographs == [weapon.evidence.get().uuid]


def test_readings_that_agree_are_taken_over_as_they_are(
    officer: Officer, colleague: Officer, weapon: SeizedItem
) -> None:
    serial_read(weapon, officer, "AB-12?4", certainty="certain")
    with pytest.raises(NotReadTwice):
        settled(weapon, officer)
    serial_read(weapon, colleague, "AB-12?4", certainty="probable", position="receiver")

    settlement = settled(weapon, officer)

    assert (settlement.is_agreed, settlement.version_before, settlement.version_after) == (True, 1, 2)
    mark = weapon.marks.get()
    assert (mark.kind, mark.text, mark.state) == ("serial", "AB-12?4", "partial")
    assert (mark.position, mark.certainty) == ("receiver", "probable")
    assert weapon.incident.audit_entries.filter(action="incident.amended", officer=officer).count() == 1
    assert weapon.folded_marks.get().folded == "A812?4"
    assert not RowChange.objects.exists()


def test_what_differs_is_settled_by_a_third_look_with_a_reason(
    officer: Officer, colleague: Officer, third: Officer, weapon: SeizedItem
) -> None:
    serial_read(weapon, officer, "AB-1204")
    serial_read(weapon, colleague, "AB-12O4")
    stands = [{"kind": "serial", "text": "AB-1204"}]

    with pytest.raises(ReadingsDiffer):
        settled(weapon, third)
    with pytest.raises(InvalidSubmission):
        settled(weapon, third, marks=stands)
    with pytest.raises(ThirdLookNeeded):
        settled(weapon, colleague, marks=stands, reason="the first is right")
    with pytest.raises(NotAllowed):
        settled(weapon, OfficerFactory.create(agency=officer.agency, analyst=True), marks=stands, reason="no")
    settlement = settled(weapon, third, marks=stands, reason="zeros of this maker are narrow")

    assert (settlement.is_agreed, settlement.settled_by) == (False, third)
    assert marks_on_record(weapon) == [("serial", "AB-1204", "")]
    entry = AuditEntry.objects.get(action="marks.settled")
    assert (entry.reason, entry.officer) == ("zeros of this maker are narrow", third)
    # Nothing is deleted.
    assert MarkReading.objects.filter(item=weapon).count() == 2


def test_who_may_approve_the_own_work_settles_the_own_reading_too(officer: Officer, weapon: SeizedItem) -> None:
    supervisor = OfficerFactory.create(agency=officer.agency, supervisor=True)
    serial_read(weapon, officer, "AB-1204")
    serial_read(weapon, supervisor, "AB-1284")

    settled(weapon, supervisor, marks=[{"kind": "serial", "text": "AB-1284"}], reason="looked again")

    assert marks_on_record(weapon) == [("serial", "AB-1284", "")]


def test_marks_written_meanwhile_are_neither_overwritten_nor_passed_over(
    officer: Officer, colleague: Officer, weapon: SeizedItem
) -> None:
    serial_read(weapon, officer, "AB-1234")
    serial_read(weapon, colleague, "AB-1234")
    items = record_of_incident(weapon.incident)["items"]
    items[0]["marks"] = [{"kind": "maker", "text": "ACME"}, {"kind": "serial", "text": "AB-1234"}]
    amend_incident(
        officer=officer, incident=weapon.incident, changes={"items": items}, expected_version=1, amended_at=NOW
    )

    with pytest.raises(StaleVersion):
        settled(weapon, officer, version=1)
    settlement = settled(weapon, officer)

    assert marks_on_record(weapon) == [("maker", "ACME", ""), ("serial", "AB-1234", "")]
    # All of it was on record already.
    assert (settlement.version_before, settlement.version_after) == (2, 2)


def test_a_draft_keeps_what_could_not_be_read_of_it(officer: Officer, colleague: Officer) -> None:
    drafted = recorded_incident(
        officer, state="draft", items=[{"category": "small_arm", "year_of_manufacture": "long ago"}]
    )
    item = drafted.items.select_related("incident").get()
    photo_of(item, officer)
    serial_read(item, officer, "AB-1234")
    serial_read(item, colleague, "AB-1234")

    settled(item, officer)

    drafted.refresh_from_db()
    assert drafted.as_sent["items"][0]["year_of_manufacture"] == "long ago"
    assert marks_on_record(item) == [("serial", "AB-1234", "")]


def test_what_was_settled_may_be_read_anew(officer: Officer, colleague: Officer, weapon: SeizedItem) -> None:
    serial_read(weapon, officer, "AB-12?4")
    serial_read(weapon, colleague, "AB-12?4")
    settled(weapon, officer)
    photo_of(weapon, officer)

    again = serial_read(weapon, officer, "AB-1234")

    assert (again.round, again.place, len(again.photographs)) == (2, 1, 2)
    shown = shown_to(colleague, weapon)
    assert (shown["round"], shown["readings_given"], len(shown["readings"])) == (2, 1, 2)
    assert [each["round"] for each in shown["settlements"]] == [1]


def test_nothing_to_read_is_an_answer(officer: Officer, colleague: Officer, weapon: SeizedItem) -> None:
    for reader in (officer, colleague):
        read_marks(officer=reader, item=weapon, stated={"marking_state": "obliterated"}, read_at=NOW)

    settled(weapon, officer)

    weapon.refresh_from_db()
    assert (weapon.marking_state, weapon.marks.count()) == ("obliterated", 0)


def test_an_item_that_was_read_stays_in_the_record_and_a_void_one_is_not_read(
    officer: Officer, weapon: SeizedItem
) -> None:
    serial_read(weapon, officer, "AB-1234")
    with pytest.raises(ItemHasEvidence):
        amend_incident(
            officer=officer,
            incident=weapon.incident,
            changes={"items": [{"category": "ammunition", "id": str(uuid4())}]},
            expected_version=1,
            amended_at=NOW,
        )
    void_incident(officer=officer, incident=weapon.incident, reason="recorded in error", voided_at=NOW)
    with pytest.raises(IllegalTransition):
        serial_read(weapon, OfficerFactory.create(agency=officer.agency), "AB-1234")


def test_the_work_list_holds_what_waits_and_for_whom(
    officer: Officer, colleague: Officer, third: Officer, weapon: SeizedItem
) -> None:
    photographed_weapon(officer, serial_number="X-1")
    photographed_weapon(officer, marks=[{"kind": "maker", "text": "ACME"}])
    photographed_weapon(officer, marking_state="never_marked")
    recorded_incident(officer)

    def waiting(reader: Officer) -> list[tuple[int, int, bool]]:
        rows = items_waiting(access.incidents_to_read_for(reader), reader)
        return list(rows.values_list("pk", "given", "is_mine"))

    def acts(reader: Officer) -> int:
        return items_to_act_on(items_waiting(access.incidents_to_read_for(reader), reader)).count()

    assert waiting(officer) == [(weapon.pk, 0, False)]
    assert waiting(OfficerFactory.create()) == []
    assert waiting(OfficerFactory.create(agency=officer.agency, analyst=True)) == []
    serial_read(weapon, officer, "AB-1234")
    assert (waiting(officer), acts(officer)) == ([(weapon.pk, 1, True)], 0)
    assert (waiting(colleague), acts(colleague)) == ([(weapon.pk, 1, False)], 1)
    serial_read(weapon, colleague, "AB-1234")
    assert (waiting(third), acts(officer)) == ([(weapon.pk, 2, False)], 1)
    settled(weapon, officer)
    assert waiting(third) == []


def test_the_database_itself_shows_readings_where_the_incident_is_shown(
    officer: Officer, colleague: Officer, weapon: SeizedItem
) -> None:
    serial_read(weapon, officer, "AB-1234")
    serial_read(weapon, colleague, "AB-1234")
    settled(weapon, officer)

    with scoped(access.scope_of(officer)):
        assert (MarkReading.objects.count(), MarkSettlement.objects.count()) == (2, 1)
    with scoped(access.scope_of(OfficerFactory.create())):
        assert (MarkReading.objects.count(), MarkSettlement.objects.count()) == (0, 0)


def test_what_a_photograph_was_said_to_show_stays(officer: Officer, weapon: SeizedItem) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        weapon.evidence.update(view="overview")


def test_erasing_reaches_readings_and_what_was_settled(officer: Officer, colleague: Officer) -> None:
    party = {"role": "possessor", "kind": "person", "name": "Zebedee Zqcanary"}
    incident = recorded_incident(
        officer, parties=[party], items=[{"category": "small_arm", "quantity": 1, "unit": "piece"}]
    )
    weapon = incident.items.select_related("incident").get()
    photo_of(weapon, officer)
    serial_read(weapon, officer, "AB-1234", position="stock, carved Zebedee Zqcanary")
    serial_read(weapon, colleague, "AB-1284")
    mark = {"kind": "serial", "text": "AB-1234", "position": "beside Zebedee Zqcanary"}
    settled(weapon, OfficerFactory.create(agency=officer.agency), marks=[mark], reason="as Zebedee Zqcanary said")

    erase_nominal(incident=incident, erased_at=NOW)

    kept = [
        *MarkReading.objects.values_list("marks", flat=True),
        *MarkSettlement.objects.values_list("marks", "reason"),
    ]
    assert "Zqcanary" not in str(kept)
    assert "AB-1234" in str(kept)
