"""The made-up cases: each expectation holds, and nothing changed that was not looked at."""

import json

import pytest

from tests.golden.freeze import FROZEN, decision, duties_of, golden_cases, screened


@pytest.mark.parametrize("case", golden_cases(), ids=lambda case: case["id"])
def test_expected_outcomes_hold(case):
    result = screened(case["incident"])

    outcomes = {finding["measure"]: finding["outcome"] for finding in result["findings"]}
    outcomes |= {entry["measure"]: entry["outcome"] for entry in result["considered"]}
    if not case["expect"]:
        assert result["findings"] == []
    for measure, expected in case["expect"].items():
        given = outcomes.get(measure)
        if given is None:
            given = {outcome for name, outcome in outcomes.items() if name.startswith(measure)}
            assert expected in given, (measure, outcomes)
        else:
            assert given == expected, (measure, outcomes)
    assert set(case.get("flags", ())) <= {flag["code"] for flag in result["flags"]}
    for measure, expected in case.get("duties", {}).items():
        assert duties_of(result, measure) == expected


@pytest.mark.parametrize("case", golden_cases(), ids=lambda case: case["id"])
def test_decisions_are_as_frozen(case):
    frozen = json.loads(FROZEN.read_text(encoding="utf-8"))

    assert decision(screened(case["incident"])) == frozen[case["id"]], "review the diff of `make golden`"


def test_every_frozen_case_is_still_asked():
    assert set(json.loads(FROZEN.read_text(encoding="utf-8"))) == {case["id"] for case in golden_cases()}
