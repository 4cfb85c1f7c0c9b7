"""A template's tasks come from the regime's own text, each once, with its paragraph, and without any clock."""

import pytest

from cases.regimes.loader import load_rulebook
from cases.screening.rulebook import Rulebook
from cases.tracing.case_templates import FORCES, TRACING, tasks_of


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    """The packaged regimes."""
    return load_rulebook()


def test_every_regime_gives_its_measures_duties_and_the_steps_of_a_trace_each_once(rulebook: Rulebook) -> None:
    for regime in rulebook.regimes:
        tasks = tasks_of(regime, rulebook.measures)
        keys = [task.key for task in tasks]
        assert len(keys) == len(set(keys))
        assert max(map(len, keys)) <= 300
        of_regime = [measure for measure in rulebook.measures if measure.regime == regime.id]
        cited = {(task.instrument, task.paragraph) for task in tasks}
        for rule in (*of_regime, *regime.duties):
            assert (rule.legal_basis.resolution, rule.legal_basis.paragraph or "") in cited
        assert keys[-len(TRACING) :] == [f"tracing:{step.code}" for step in TRACING]


def test_only_what_obliges_is_said_without_its_force(rulebook: Rulebook) -> None:
    regime = rulebook.regime("iran-2006")
    tasks = {task.key: task for task in tasks_of(regime, rulebook.measures)}

    seize = tasks["duty:iran-2006:seize:seizing_state:S/RES/1929 (2010):16"]
    inspect = tasks["duty:iran-2006:inspect:all_states:S/RES/1929 (2010):14"]

    assert (seize.what, seize.paragraph_verified) == ("Seize prohibited items found.", True)
    assert inspect.what.startswith("The text calls for it: Inspect cargo")
    assert {duty.force for each in rulebook.regimes for duty in each.duties} <= FORCES.keys()
