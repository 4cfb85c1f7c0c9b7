"""Which exemptions the facts claim, and what must have been filed by when (R10)."""

from dataclasses import replace
from datetime import date

import pytest

from cases.screening.facts import AuthorisationFacts, Days, IncidentFacts, ItemFacts, RecipientFacts
from cases.screening.rules.exemptions import exemptions
from cases.screening.window import transfer_window
from tests.unit.cases.screening.rulebooks import exemption, measure

DAY = date(2013, 5, 5)
RIFLES = ItemFacts(index=0, category="small_arm")
APPROVAL = AuthorisationFacts(
    kind="committee_approval", regime="a", reference="note 12", on=Days.on(date(2013, 1, 1)), basis=None
)
APPROVED = exemption(procedure="approve", recipients=frozenset({"government"}))


def weighed(entry, **changes):
    facts = IncidentFacts(
        reference="X",
        kind="seizure",
        occurred=Days.on(DAY),
        day_is_exact=True,
        **{"recipient": RecipientFacts(kind="government"), "items": (RIFLES,), **changes},
    )
    window = transfer_window(facts)
    (found,) = exemptions(facts, window, measure("a/1-1", exemptions=(entry,)), (0,))
    return found


@pytest.mark.parametrize(
    ("changes", "claimed", "rule"),
    [
        ({}, True, "exemption.authorised_before"),
        ({"on": Days.on(date(2013, 6, 1))}, False, "exemption.authorised_after"),
        ({"reference": None}, True, "exemption.authorisation_incomplete"),
        ({"kind": "committee_denial"}, False, "exemption.authorisation_refused"),
        ({"kind": "export_licence"}, False, "exemption.not_claimed"),
        ({"basis": "allegation"}, False, "exemption.not_claimed"),
        ({"regime": "b"}, False, "exemption.not_claimed"),
    ],
)
def test_a_paper_claims_when_it_answers_the_procedure_and_came_in_time(changes, claimed, rule):
    found = weighed(APPROVED, authorisations=(replace(APPROVAL, **changes),))

    assert (found.claimed, found.reason.rule) == (claimed, rule)


def test_a_forged_paper_claims_nothing():
    found = weighed(APPROVED, authorisations=(APPROVAL,), forged_papers=("note 12",))

    assert (found.claimed, found.reason.rule) == (False, "exemption.authorisation_forged")


def test_no_negative_decision_is_no_refusal():
    asked = exemption(procedure="no_negative_decision", recipients=frozenset({"government"}))
    found = weighed(asked, authorisations=(replace(APPROVAL, kind="no_negative_decision"),))

    assert (found.claimed, found.reason.rule) == (True, "exemption.authorised_before")


@pytest.mark.parametrize(
    ("item", "claimed"),
    [
        (RIFLES, False),
        (ItemFacts(index=0, category="protective_equipment"), True),
        (ItemFacts(index=0, category="military_vehicle"), True),
    ],
)
def test_a_paper_for_non_lethal_equipment_does_not_answer_for_rifles(item, claimed):
    notified = exemption(procedure="notify", recipients=frozenset(), goods=frozenset({"non_lethal"}))
    paper = replace(APPROVAL, kind="committee_notification")

    found = weighed(notified, authorisations=(paper,), items=(item,))

    assert (found.claimed, found.reason.rule == "exemption.for_other_goods") == (claimed, not claimed)


def test_items_in_other_hands_than_those_named_are_not_exempt():
    found = weighed(
        exemption(recipients=frozenset({"peacekeeping_contingent"})),
        recipient=RecipientFacts(kind="non_governmental_force"),
    )

    assert (found.claimed, found.reason.rule) == (False, "exemption.for_others")
    assert found.reason.params == {"kind": "non_governmental_force"}


@pytest.mark.parametrize(
    ("procedure", "words"),
    [
        ("standing", "nothing has to be filed"),
        ("notify", "must have been notified before the transfer (2013-05-05)"),
        ("no_negative_decision", "must not have decided against it"),
        ("approve", "must have approved it before the transfer (2013-05-05)"),
        ("approve_council", "The Security Council must have approved it"),
        ("authorised_by_government", "The Government must have authorised it"),
        ("notify_government", "The Government must have been told"),
    ],
)
def test_what_must_have_been_filed_by_when_is_said(procedure, words):
    found = weighed(exemption(procedure=procedure))

    assert words in found.required.text
    assert found.document()["required"]["rule"] == f"procedure.{procedure}"
