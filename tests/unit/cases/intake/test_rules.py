from datetime import UTC, datetime

import pytest

from cases.intake.incident import DraftSubmission
from cases.intake.rules import issues_in, missing_from

RECEIVED_AT = datetime(2013, 1, 24, 12, 0, tzinfo=UTC)


def found_in(document, received_at=RECEIVED_AT):
    return [(issue.location, issue.code, issue.level) for issue in issues_in(DraftSubmission(**document), received_at)]


def test_a_full_record_raises_nothing(full):
    assert found_in(full) == []
    assert list(missing_from(DraftSubmission(**full))) == []


@pytest.mark.parametrize("when", ["2013-01-27", "2013-02", "2014", "2013-01-25T13:00:00Z"])
def test_a_date_in_the_future_is_an_error(when):
    assert found_in({"occurred_on": when}) == [(("occurred_on",), "in_the_future", "error")]
    assert found_in({"occurred_on": when}, received_at=None) == []


@pytest.mark.parametrize("when", ["2013", "2013-01", "2013-01-25", "2013-01-25T11:00:00Z"])
def test_a_date_that_may_have_come_is_none(when):
    assert found_in({"occurred_on": when}) == []


def test_nobody_is_born_in_the_future():
    parties = [{}, {"born_on": "2020"}]

    assert found_in({"parties": parties}) == [(("parties", 1, "born_on"), "in_the_future", "error")]


@pytest.mark.parametrize(
    ("departed", "arrived", "backwards"),
    [
        ("2013-01-10", "2013-01-09", True),
        ("2013-01-10", "2013-01-10", False),
        ("2013-01-10", "2013-01", False),
        ("2013", "2012-12", True),
        ("2013-01-10T02:00+03:00", "2013-01-09T23:30Z", False),
        ("2013-01-10T02:00+03:00", "2013-01-09T22:30Z", True),
    ],
)
def test_nothing_arrives_before_it_departs(departed, arrived, backwards):
    found = found_in({"route": {"departed_on": departed, "arrived_on": arrived}})

    assert found == ([(("route", "arrived_on"), "arrival_before_departure", "error")] if backwards else [])


def test_a_false_number_is_pointed_at_and_kept():
    document = {"conveyance": {"imo": "9074720", "containers": ["CSQU3054383", "CSQU3054384"]}}

    assert found_in(document) == [
        (("conveyance", "imo"), "check_digit", "warning"),
        (("conveyance", "containers", 1), "check_digit", "warning"),
    ]


def test_a_device_without_a_fix_is_pointed_at():
    location = {"type": "Point", "coordinates": [0, 0]}

    assert found_in({"location": location}) == [(("location",), "zero_position", "warning")]


def test_two_items_cannot_share_an_id():
    item = {"id": "5b1c1f0e-2f63-4a6e-8f3b-7f0e1d2c3b4a"}

    assert found_in({"items": [item, {}, item]}) == [(("items", 2, "id"), "repeated_id", "error")]


@pytest.mark.parametrize(("category", "refused"), [("missile", True), ("small_arm", False), (None, False)])
def test_only_a_missile_has_closed_subtypes(category, refused):
    found = found_in({"items": [{"category": category, "subtype": "pistol"}]})

    assert found == ([(("items", 0, "subtype"), "not_a_choice", "error")] if refused else [])


@pytest.mark.parametrize(
    ("document", "places"),
    [
        ({}, [("kind",), ("occurred_on",), ("items",)]),
        ({"kind": "seizure", "occurred_on": "2013"}, [("items",)]),
        ({"kind": "seizure", "occurred_on": "2013", "items": [{}]}, [("items", 0, "category")]),
        ({"kind": "seizure", "occurred_on": "2013", "items": [{}, {"category": "part"}]}, []),
        ({"kind": "inspection", "occurred_on": "2013"}, []),
        ({"kind": "denial", "occurred_on": "2013", "items": [{}]}, []),
    ],
)
def test_a_final_record_needs_kind_date_and_an_item_with_a_category(document, places):
    assert [issue.location for issue in missing_from(DraftSubmission(**document))] == places
