"""Who owes what, where, and by when (R17)."""

from dataclasses import replace
from datetime import date

import pytest

from cases.screening.designations import Designations
from cases.screening.engine import screen
from cases.screening.facts import (
    AgencyFacts,
    BoardingFacts,
    ConveyanceFacts,
    Days,
    IncidentFacts,
    ItemFacts,
    Period,
    PlaceFacts,
    RouteFacts,
    ZoneFacts,
)
from cases.screening.findings import LegalBasisCited
from cases.screening.rulebook import Duty
from tests.unit.cases.screening.rulebooks import exemption, measure, rulebook

RIFLES = ItemFacts(index=0, category="small_arm", quantity=20, unit="piece")
OPEN_SEA = PlaceFacts(at_sea=True)
ON_LAND = PlaceFacts(country="GRC", at_sea=False)


def incident(**changes):
    facts = {
        "reference": "X",
        "kind": "seizure",
        "occurred": Days.on(date(2013, 5, 3)),
        "stopped": Days.on(date(2013, 5, 3)),
        "day_is_exact": True,
        "route": RouteFacts(origin="TUR", destination="LBY"),
        "items": (RIFLES,),
        "agencies": (AgencyFacts(country="GRC"),),
        **changes,
    }
    return IncidentFacts(**facts)


def duty(kind="report", **changes):
    plain = Duty(
        kind=kind,
        what="Report",
        legal_basis=LegalBasisCited("S/RES/9001 (2010)", "9", True),
        force="shall",
        on="inspecting_state",
        to="committee",
        clock_from="inspection",
        days=None,
        working_days=False,
        promptly=True,
        in_force=Period(None, None),
        verified=True,
    )
    return replace(plain, **changes)


def result_of(facts, *duties, **changes):
    book = rulebook(measure("a/1-1", **changes))
    (only,) = book.regimes
    return screen(facts, replace(book, regimes=(replace(only, duties=duties),)), Designations.none())


def owed(facts, *duties, **changes):
    (finding,) = result_of(facts, *duties, **changes).findings
    return finding.duties


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({"days": 5, "working_days": True}, "2013-05-10"),
        ({"days": 30}, "2013-06-02"),
        ({"days": None}, None),
        ({"days": 30, "force": "called_upon"}, None),
        ({"days": 30, "clock_from": "delivery"}, None),
    ],
)
def test_only_an_obligation_with_a_number_makes_a_due_day(changes, due):
    (report,) = owed(incident(), duty(**changes))

    assert report.due_on == due


def test_the_clock_of_a_disposal_runs_from_the_day_of_disposal():
    destroyed = replace(RIFLES, disposition="destroyed", disposed=Days.on(date(2013, 7, 1)))
    notice = duty("report_disposal", clock_from="disposal", days=30)

    assert owed(incident(), notice)[0].due_on is None
    assert owed(incident(items=(destroyed,)), notice)[0].due_on == "2013-07-31"


def test_a_day_that_is_not_exact_starts_no_clock():
    facts = incident(stopped=Days(date(2013, 5, 1), date(2013, 5, 31)))

    assert owed(facts, duty(days=30))[0].due_on is None


def test_powers_at_sea_arise_only_at_sea():
    at_sea, high_seas = duty("halt_inspect", where="at_sea"), duty("inspect_high_seas", where="high_seas")
    inland = duty("inspect", where="territory")
    everything = (at_sea, high_seas, inland)
    ship = ConveyanceFacts(mode="sea")
    in_port = ZoneFacts(id="territorial_sea:GRC", kind="territorial_sea", country="GRC", certainty="inside")

    def kinds(**changes):
        return [each.kind for each in owed(incident(**changes), *everything)]

    assert kinds(place=OPEN_SEA) == ["halt_inspect", "inspect_high_seas"]
    assert kinds(place=replace(OPEN_SEA, zones=(in_port,))) == ["halt_inspect", "inspect"]
    assert kinds(place=ON_LAND, conveyance=ship) == ["inspect"]
    assert kinds(conveyance=ship) == ["halt_inspect", "inspect_high_seas"]
    assert kinds(conveyance=ConveyanceFacts(mode="road")) == ["inspect"]
    assert kinds() == ["inspect"]


def test_the_flag_state_diverts_only_after_refusing():
    divert = duty("divert_to_port", on="flag_state", to=None, clock_from=None, where="at_sea")
    refused = duty("report", clock_from="refusal")
    ship = ConveyanceFacts(mode="sea", flag="PAN")

    def kinds(boarding):
        return [each.kind for each in owed(incident(conveyance=ship, boarding=boarding), divert, refused)]

    assert kinds(None) == []
    assert kinds(BoardingFacts(consent="given", cooperation="none")) == ["report"]
    assert kinds(BoardingFacts(consent="refused")) == ["divert_to_port", "report"]


def test_whoever_owes_it_is_named_where_the_facts_tell():
    report, divert = duty(), duty("deny_services", on="flag_state", clock_from=None)
    facts = incident(conveyance=ConveyanceFacts(mode="sea", flag="PAN"), place=OPEN_SEA)

    assert [each.states for each in owed(facts, report, divert)] == [("GRC",), ("PAN",)]


@pytest.mark.parametrize(
    ("force", "rule"),
    [
        ("shall", "duty.obligation"),
        ("authorised", "duty.power"),
        ("called_upon", "duty.appeal"),
        ("mandated", "duty.task"),
    ],
)
def test_force_is_told_apart(force, rule):
    assert owed(incident(), duty(force=force))[0].reason.rule == rule


def test_nothing_is_seized_under_a_claimed_exemption_and_the_report_remains():
    exempt = exemption(procedure="standing", recipients=frozenset(), goods=frozenset({"small_arm"}))
    duties = owed(incident(), duty("seize", clock_from=None), duty(), exemptions=(exempt,))

    assert [each.kind for each in duties] == ["report"]


def test_a_documented_transfer_that_nobody_stopped_makes_no_duty():
    result = result_of(incident(kind="report"), duty())

    assert result.findings[0].duties == ()
    assert result.duties == ()


def test_an_inspection_that_found_nothing_owes_its_report():
    facts = incident(kind="inspection", items=())
    result = result_of(facts, duty(), duty("seize", clock_from=None), duty("further_report", clock_from="finding"))

    assert result.findings == ()
    assert [(each.regime, each.kind) for each in result.duties] == [("a", "report")]


def test_an_inspection_of_what_only_passes_by_owes_nothing():
    facts = incident(kind="inspection", items=(), route=RouteFacts(origin="TUR", transit=("LBY",), destination="EGY"))

    assert result_of(facts, duty()).duties == ()


@pytest.mark.parametrize(
    ("changes", "is_owed"),
    [
        ({}, True),
        ({"kind": "find"}, True),
        ({"kind": "inspection"}, False),
        ({"place": OPEN_SEA}, False),
        ({"items": (replace(RIFLES, category="ammunition"),)}, False),
        ({"items": (replace(RIFLES, disposition="destroyed"),)}, False),
        ({"items": (replace(RIFLES, disposition="held"),)}, True),
    ],
)
def test_small_arms_found_on_land_are_marked_or_destroyed(changes, is_owed):
    facts = incident(route=RouteFacts(), **changes)

    assert [each.kind for each in result_of(facts).duties] == (["mark_or_destroy"] if is_owed else [])
