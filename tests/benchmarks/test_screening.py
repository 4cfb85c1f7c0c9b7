"""The engine against the straightforward loop: every rule asked of every measure, no index, nothing prepared."""

import pytest

from backend.bench.material import facts, rulebook
from backend.bench.measuring import measured
from cases.screening.designations import Designations
from cases.screening.engine import screener
from cases.screening.facts import IncidentFacts
from cases.screening.findings import Answer
from cases.screening.flags import is_more_than_a_travellers
from cases.screening.rules.direction import direction
from cases.screening.rules.goods import goods
from cases.screening.rules.in_force import in_force
from cases.screening.rules.recipient import recipient
from cases.screening.rules.target import target
from cases.screening.ties import GroupIndex, States, take_bearings
from cases.screening.window import transfer_window

pytestmark = pytest.mark.benchmark

COUNT = 600
# The loop only asks the conditions; the engine also concludes, cites, flags and names duties.
AT_LEAST = 2.0


def not_contradicted(each: IncidentFacts, states: States, groups: GroupIndex) -> int:
    window = transfer_window(each)
    bearings = take_bearings(each, window, states, groups)
    found = 0
    for measure in rulebook().measures:
        conditions = (
            in_force(window, measure, is_continued=lambda _: False),
            goods(each, measure),
            direction(bearings, measure, frozenset(), is_weighty=lambda: is_more_than_a_travellers(each)),
            target(bearings, measure),
            recipient(bearings, measure),
        )
        found += all(condition.answer is not Answer.NO for condition in conditions)
    return found


def test_the_engine_outruns_the_loop_over_all_measures(tell):
    known = facts(COUNT, seed=1)
    states, groups = States(rulebook().states), GroupIndex(rulebook().regimes)
    prepared = screener(rulebook(), Designations.none())

    loop = measured("loop", lambda: [not_contradicted(each, states, groups) for each in known], rounds=3)
    engine = measured("engine", lambda: [prepared.screen(each) for each in known], rounds=3)

    tell(f"engine {COUNT / engine.best:,.0f}/s, loop {COUNT / loop.best:,.0f}/s, {loop.best / engine.best:.1f} times")
    assert loop.best / engine.best >= AT_LEAST


def test_both_find_something_or_nothing_in_the_same_incidents():
    known = facts(COUNT, seed=1)
    states, groups = States(rulebook().states), GroupIndex(rulebook().regimes)
    prepared = screener(rulebook(), Designations.none())

    same = sum(bool(not_contradicted(each, states, groups)) == bool(prepared.screen(each).findings) for each in known)
    assert same >= 0.95 * COUNT
