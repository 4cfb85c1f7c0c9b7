"""The drawing of a case: the same places for the same case, nothing over another, what joins most before the rest."""

import itertools
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console.case_graph import MOST_IN_A_COLUMN, NODE_HEIGHT, Drawing, drawn


def incident(number: int, conveyance: str | None = None) -> dict[str, Any]:
    """Return the row of an incident."""
    return {"reference": f"INC-{number}", "conveyance": conveyance}


def party(name: str | None, *numbers: int) -> dict[str, Any]:
    """Return a party as those incidents state it."""
    stated = {"name": name, "name_original": None, "role": "ship_master", "kind": "person"}
    return {"stated": [stated | {"incident": f"INC-{number}"} for number in numbers]}


def link(by: str, one: int, other: int, value: str, other_value: str | None = None) -> dict[str, Any]:
    """Return what two incidents share."""
    return {"by": by, "incidents": [f"INC-{one}", f"INC-{other}"], "values": [value, other_value or value]}


def joined(drawing: Drawing) -> set[tuple[str, str]]:
    """Return which labels are joined by a line."""
    labels = {node.key: node.label for node in drawing.nodes}
    return {(labels[edge.one], labels[edge.other]) for edge in drawing.edges}


def test_what_two_incidents_share_is_one_box_joined_to_both() -> None:
    drawing = drawn(
        [incident(1, "Al Amal"), incident(2, "AL AMAL")],
        [party("Ada Sample", 1)],
        [link("mark", 1, 2, "AK 17"), link("neighbouring_serial", 1, 2, "AK 17", "AK 21"), link("party", 1, 2, "Ada")],
    )

    assert joined(drawing) == {
        ("Ada Sample", "INC-1"),
        *(("Al Amal", each) for each in ("INC-1", "INC-2")),
        *(("AK 17", each) for each in ("INC-1", "INC-2")),
        *(("AK 17 ~ AK 21", each) for each in ("INC-1", "INC-2")),
    }


def test_equal_names_are_joined_by_a_line_that_proves_nothing_and_withheld_ones_show_a_role() -> None:
    drawing = drawn([incident(1), incident(2)], [party("Ada", 1), party("ada", 2), party(None, 1)], [])

    by_name = [edge for edge in drawing.edges if edge.is_by_name]
    assert len(by_name) == 1
    assert "ship master" in {node.label for node in drawing.nodes}


def test_a_crowd_is_cut_and_counted_with_what_joins_most_kept() -> None:
    crowd = [party(f"Party {number:03}", 1) for number in range(MOST_IN_A_COLUMN + 5)]

    drawing = drawn([incident(1), incident(2)], [*crowd, party("Zed", 1, 2)], [])

    labels = {node.label for node in drawing.nodes}
    assert drawing.left_out == 6
    assert "Zed" in labels


@given(st.lists(st.tuples(st.text(max_size=40), st.integers(0, 9), st.integers(0, 9)), max_size=60))
def test_no_box_lies_on_another_and_places_follow_from_the_data(told: list[tuple[str, int, int]]) -> None:
    rows = [incident(number) for number in range(10)]
    parties = [party(name or None, one, other) for name, one, other in told]

    drawing = drawn(rows, parties, [link("paper", one, other, name) for name, one, other in told if one != other])

    by_column: dict[int, list[int]] = {}
    for node in drawing.nodes:
        by_column.setdefault(node.x, []).append(node.y)
        assert 0 <= node.y <= drawing.height - NODE_HEIGHT
    for places in by_column.values():
        ordered = sorted(places)
        assert all(after - before >= NODE_HEIGHT for before, after in itertools.pairwise(ordered))
    assert drawing == drawn(
        rows, parties, [link("paper", one, other, name) for name, one, other in told if one != other]
    )
