import copy

import pytest

from cases.differences import differences, digest_of, is_place_only, substance_of


def condition(name, satisfied="yes", rule="in_force.throughout"):
    return {"condition": name, "satisfied": satisfied, "rule": rule, "params": {"window": "2013"}, "text": "…"}


FINDING = {
    "outcome": "indicated",
    "status": "binding",
    "tie": "route",
    "items": [0],
    "rationale": [condition("in_force"), condition("goods", rule="goods.covered")],
    "exemptions": [{"what": "media", "rule": "exemption.not_claimed", "claimed": False}],
    "duties": [{"kind": "report"}],
}


def changed(**values):
    return {**copy.deepcopy(FINDING), **values}


@pytest.mark.parametrize(
    "other",
    [
        changed(duties=[]),
        changed(rationale=[{**each, "text": "reworded", "params": {}} for each in FINDING["rationale"]]),
        changed(exemptions=[*FINDING["exemptions"], {"what": "new", "rule": "x", "claimed": False}]),
    ],
)
def test_wording_and_what_follows_are_no_difference_to_a_decision(other):
    assert substance_of(other) == substance_of(FINDING)
    assert differences(FINDING, other) == []
    assert digest_of(other) != digest_of(FINDING)


@pytest.mark.parametrize(
    ("other", "what"),
    [
        (changed(outcome="possible"), "outcome"),
        (changed(status="contested"), "status"),
        (changed(items=[0, 1]), "items"),
        (changed(rationale=[condition("in_force", "unknown"), FINDING["rationale"][1]]), "in_force"),
        (changed(rationale=[condition("in_force", rule="in_force.partly"), FINDING["rationale"][1]]), "in_force"),
        (changed(rationale=[*FINDING["rationale"], condition("recipient")]), "recipient"),
        (changed(exemptions=[{"what": "media", "rule": "exemption.standing_met", "claimed": True}]), "exemptions"),
    ],
)
def test_what_a_decision_rests_on_is_told_with_both_sides(other, what):
    assert substance_of(other) != substance_of(FINDING)
    (difference,) = differences(FINDING, other)
    assert difference["what"] == what
    assert difference["before"] != difference["after"]
    assert differences(FINDING, FINDING) == []


def test_a_possible_finding_tied_by_the_place_alone_is_place_only_unless_the_engine_says_otherwise():
    assert is_place_only(changed(tie="place", outcome="possible"))
    assert not is_place_only(changed(tie="place"))
    assert not is_place_only(changed(tie="place", outcome="possible", place_only=False))
