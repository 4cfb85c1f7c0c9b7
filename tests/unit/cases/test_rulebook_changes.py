from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from cases.regimes.loader import load_rulebook
from cases.rulebook_changes import touches
from cases.screening.designations import Designations
from cases.screening.engine import screener
from cases.screening.facts import (
    Days,
    IncidentFacts,
    ItemFacts,
    Period,
    RecipientFacts,
    RouteFacts,
)
from cases.search_terms import search_terms

RULEBOOK = load_rulebook()


def incident(**facts):
    details = {"kind": "seizure", "occurred": Days.on(date(2013, 1, 23)), "day_is_exact": True}
    items = (ItemFacts(index=0, category="ammunition", quantity=10.0, unit="piece"),)
    return IncidentFacts(reference="r", items=items, **{**details, **facts})


INCIDENTS = {
    "from Iran": incident(route=RouteFacts(origin="IRN", destination="YEM")),
    "to Libya": incident(route=RouteFacts(destination="LBY")),
    "to Zaire": incident(occurred=Days.on(date(1994, 5, 1)), route=RouteFacts(destination="ZAR")),
    "to Yugoslavia": incident(occurred=Days.on(date(1994, 5, 1)), route=RouteFacts(destination="YUG")),
    "to the Taliban": incident(recipient=RecipientFacts(kind="non_governmental_force", name="Taliban")),
    "to al-Shabaab": incident(recipient=RecipientFacts(kind="non_governmental_force", name="Al-Shabaab")),
    "to a listed party": incident(recipient=RecipientFacts(kind="designated_party")),
    "day unknown": incident(occurred=Days(None, None), route=RouteFacts(destination="SOM")),
    "nowhere": incident(route=RouteFacts(origin="FRA", destination="BEL")),
}


def is_touched(facts, touch):
    found = search_terms(facts)
    terms = set(found.terms)
    if touch.any_of and not terms & touch.any_of:
        return False
    if not touch.all_of <= terms:
        return False
    if touch.until is not None and found.first_day is not None and found.first_day >= touch.until:
        return False
    return touch.first is None or found.last_day is None or found.last_day >= touch.first


def findings(rulebook, names):
    engine = screener(rulebook, Designations.none())
    results = {name: engine.screen(INCIDENTS[name]).document() for name in names}
    return {name: (result["findings"], result["flags"]) for name, result in results.items()}


@cache
def findings_today():
    return findings(RULEBOOK, INCIDENTS)


def without(measure_id):
    kept = tuple(measure for measure in RULEBOOK.measures if measure.id != measure_id)
    return replace(RULEBOOK, measures=kept, digest=f"without {measure_id}")


@pytest.mark.parametrize("measure_id", [measure.id for measure in RULEBOOK.measures])
def test_every_incident_that_a_lost_measure_bears_on_is_found(measure_id):
    """Compared with screening everything: what no term finds says the same with and without the measure."""
    changed = without(measure_id)
    found = touches(RULEBOOK, changed)

    assert found
    left = [name for name, facts in INCIDENTS.items() if not any(is_touched(facts, touch) for touch in found)]
    assert findings(changed, left) == {name: findings_today()[name] for name in left}


def test_an_incident_far_from_the_change_is_left_alone():
    found = touches(RULEBOOK, without("iran-2006/1747-5"))

    assert [name for name, facts in INCIDENTS.items() if any(is_touched(facts, touch) for touch in found)] == [
        "from Iran"
    ]


def test_the_same_rulebook_touches_nothing_and_other_states_touch_everything():
    assert touches(RULEBOOK, RULEBOOK) == []
    assert touches(RULEBOOK, replace(RULEBOOK, states=(), digest="other")) is None


def test_a_group_newly_named_is_found_by_its_name():
    regime = next(each for each in RULEBOOK.regimes if each.groups)
    group = replace(regime.groups[0], name="Brigade of the Test", aliases=(), in_force=Period(None, None))
    regimes = tuple(
        replace(each, groups=(*each.groups, group)) if each is regime else each for each in RULEBOOK.regimes
    )

    found = touches(RULEBOOK, replace(RULEBOOK, regimes=regimes, digest="other"))

    named = incident(recipient=RecipientFacts(name="Test Brigade, brigade of the test"))
    assert any(is_touched(named, touch) for touch in found)
