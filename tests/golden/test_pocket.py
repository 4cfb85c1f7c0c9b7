"""The rulebook in the pocket and the engine, on the same made-up cases and the same few facts."""

from functools import cache

from cases.facts import facts_from
from cases.intake.reading import read_incident
from cases.screening.designations import Designations
from cases.screening.engine import screen
from cases.screening.facts import IncidentFacts
from cases.screening.findings import ScreeningResult
from geo.locate import geography
from tests.golden.freeze import golden_cases, rulebook
from tests.pocket_facts import asked, on_device, pocket_text, stated

# Of all that the device calls possible, the part that the engine leaves out on the same facts. Measured: see 0034.
MOST_EXTRA = 0.05
# What a pocket cannot know: it asks neither the time zone, nor whether anything was found, nor what it is in detail.
BEYOND_A_POCKET = {
    "in_force.before_start",
    "in_force.after_end",
    "goods.none_found",
    "direction.place_too_weak",
}


@cache
def golden_facts() -> dict[str, IncidentFacts]:
    """Return the facts of every made-up case, its place resolved."""
    found = {}
    for case in golden_cases():
        reading = read_incident(case["incident"])
        assert reading.submission is not None
        found[case["id"]] = facts_from(reading.submission, reference="golden", geography=geography())
    return found


@cache
def listed_on_device() -> dict[str, list[str]]:
    """Return what the device calls possible in each case."""
    given = golden_facts()
    listed = on_device(pocket_text(rulebook()), [stated(facts, rulebook()) for facts in given.values()])
    return dict(zip(given, listed, strict=True))


@cache
def by_engine() -> dict[str, ScreeningResult]:
    """Return what the engine says in each case with only what a pocket asks."""
    nobody = Designations.none()
    return {case: screen(asked(facts), rulebook(), nobody) for case, facts in golden_facts().items()}


def test_nothing_that_the_engine_finds_is_missing_on_the_device() -> None:
    missed = {
        case: sorted(found)
        for case, result in by_engine().items()
        if (found := {each.measure for each in result.findings} - set(listed_on_device()[case]))
    }

    assert missed == {}


def test_what_the_engine_excludes_for_a_reason_that_a_pocket_can_know_is_not_listed() -> None:
    wrong = [
        (case, each.measure, each.reason.rule)
        for case, result in by_engine().items()
        for each in result.considered
        if each.measure in listed_on_device()[case] and each.reason.rule not in BEYOND_A_POCKET
    ]

    assert wrong == []


def test_no_measure_is_listed_to_which_nothing_ties_the_incident() -> None:
    untied = {
        case: sorted(found)
        for case, result in by_engine().items()
        if (found := set(result.untied) & set(listed_on_device()[case]))
    }

    assert untied == {}


def test_few_are_listed_that_the_engine_leaves_out() -> None:
    found = {case: {each.measure for each in result.findings} for case, result in by_engine().items()}
    listed = sum(len(names) for names in listed_on_device().values())
    extra = sum(len(set(names) - found[case]) for case, names in listed_on_device().items())

    assert listed > 100
    assert extra / listed < MOST_EXTRA
