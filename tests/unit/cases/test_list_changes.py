from datetime import date

import pytest

from cases.list_changes import touched_by_lists
from cases.screening.designations import Designation, Designations, ListUsed, Seen, Spelling

FIRST, SECOND = date(2024, 1, 10), date(2024, 3, 10)


def party(reference="QDi.901", name="Torvald Exemplum Brannigan", *, seen=(FIRST,), listed_on=date(2010, 5, 4), **more):
    rows = (Seen(seen[0], seen[-1], listed_on),)
    spelled = (Spelling(name, "primary"),)
    return Designation(reference, "un-sc", "Al-Qaida", more.pop("kind", "person"), name, spelled, rows, **more)


def lists(*entries, editions=(FIRST,)):
    used = ListUsed("un-sc", editions[-1], f"sha256:{len(editions)}{editions[0]}")
    return Designations((used,), entries, {"un-sc": editions})


def references(touch):
    return sorted(touch.references)


def test_the_same_entry_in_a_later_edition_has_not_changed():
    touch = touched_by_lists(lists(party()), lists(party(seen=(FIRST, SECOND)), editions=(FIRST, SECOND)))

    assert touch.entries == ()
    assert not touch.names("Torvald Exemplum Brannigan")


@pytest.mark.parametrize(
    "after",
    [
        party(name="Torwald Eksemplum", seen=(FIRST, SECOND)),
        party(seen=(FIRST, SECOND), listed_on=date(2011, 5, 4)),
        party(seen=(FIRST, SECOND), identifiers=frozenset({"XX7654321"})),
        party(missing_on=(SECOND,)),
    ],
    ids=["renamed", "dated otherwise", "a number more", "taken off"],
)
def test_an_entry_told_otherwise_is_found_by_its_old_and_new_names_and_numbers(after):
    touch = touched_by_lists(lists(party()), lists(after, editions=(FIRST, SECOND)))

    assert references(touch) == ["un-sc:QDi.901"]
    assert touch.names("Brannigan, Torvald Exemplum")
    assert touch.names(after.name)
    assert all(touch.names(number) for number in after.identifiers)
    assert not touch.names("Oswin Placeholder")


def test_an_entry_of_one_state_only_is_found_whichever_state_that_is():
    without, with_it = lists(party()), lists(party(), party("QDe.902", "Crimson Lantern Brigade", kind="organization"))

    for before, after in ((without, with_it), (with_it, without)):
        touch = touched_by_lists(before, after)
        assert references(touch) == ["un-sc:QDe.902"]
        assert touch.names("someone (Crimson Lantern Brigade)")


def test_a_ship_is_found_by_its_hull_as_recorded():
    ship = party("T-1", "Zantoria Pearl", kind="vessel", identifiers=frozenset({"IMO9074729"}))

    touch = touched_by_lists(lists(), lists(ship))

    assert touch.names("9074729")
    assert touch.names("IMO 9074729")


def test_a_younger_edition_matters_from_when_the_older_one_was_old():
    touch = touched_by_lists(lists(party()), lists(party(seen=(FIRST, SECOND)), editions=(FIRST, SECOND)))

    assert touch.old_after == date(2024, 2, 9)
    # That a day is not covered is said with the newest edition.
    assert touch.uncovered_before == FIRST


def test_an_older_edition_covers_more_days():
    earlier = date(2020, 6, 1)
    touch = touched_by_lists(lists(party()), lists(party(seen=(earlier, FIRST)), editions=(earlier, FIRST)))

    assert touch.entries == ()
    assert touch.uncovered_before == FIRST


def test_the_same_lists_touch_nobody():
    touch = touched_by_lists(lists(party()), lists(party()))

    assert (touch.entries, touch.old_after, touch.uncovered_before) == ((), None, None)
    assert not touch.names("Torvald Exemplum Brannigan")


def test_the_first_list_covers_nothing_that_another_left_open():
    touch = touched_by_lists(Designations.none(), lists(party()))

    assert references(touch) == ["un-sc:QDi.901"]
    assert touch.uncovered_before is None
