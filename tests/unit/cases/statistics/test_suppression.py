"""What is withheld from a table: every small cell, and enough others that none follows from the rest."""

from itertools import combinations, product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.errors import RevisionTellsTooMuch
from cases.statistics.suppression import Published, Sum, suppressed

COLUMNS = ("seized", "found", "surrendered")


def table(rows: list[list[int]]) -> tuple[dict[str, int], list[Sum]]:
    """Return a table with totals of rows and columns, and of all."""
    cells, sums = {}, []
    for number, row in enumerate(rows):
        cells |= {f"{number} {column}": value for column, value in zip(COLUMNS, row, strict=True)}
        cells[f"{number} total"] = sum(row)
        sums.append(Sum(f"{number} total", tuple(f"{number} {column}" for column in COLUMNS)))
    for column in (*COLUMNS, "total"):
        parts = tuple(f"{number} {column}" for number in range(len(rows)))
        cells[f"all {column}"] = sum(cells[part] for part in parts)
        sums.append(Sum(f"all {column}", parts))
    sums.append(Sum("all total", tuple(f"all {column}" for column in COLUMNS)))
    return cells, sums


def test_large_cells_are_all_shown() -> None:
    cells, sums = table([[10, 20, 0], [30, 0, 12]])

    assert suppressed(cells, sums, smallest_shown=5) == set()


def test_a_small_cell_takes_others_with_it() -> None:
    cells, sums = table([[10, 2, 30], [30, 20, 12]])

    hidden = suppressed(cells, sums, smallest_shown=5)

    assert "0 found" in hidden
    # One more in its row, one more in its column, and one that closes the square.
    assert len(hidden) >= 4


def test_small_cells_whose_sum_is_small_are_not_left_alone() -> None:
    cells = {"all": 12, "a": 1, "b": 1, "c": 10}

    # Two that are 2 together are 1 each.
    assert suppressed(cells, [Sum("all", ("a", "b", "c"))], smallest_shown=5) == {"a", "b", "c"}


@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=1, max_size=5))
def test_no_small_cell_follows_from_what_is_shown(rows: list[list[int]]) -> None:
    cells, sums = table(rows)

    hidden = suppressed(cells, sums, smallest_shown=5)

    small = {name for name, value in cells.items() if 0 < value < 5}
    assert small <= hidden
    for cell in small:
        assert another_table(cells, sums, hidden, cell)


def another_table(cells: dict[str, int], sums: list[Sum], hidden: frozenset[str], cell: str) -> bool:
    """Whether the withheld cells may have other values, `cell` among them, while all that is shown stays."""
    names = sorted(hidden)
    rows = [
        {name: (-1 if name == each.total else 1) for name in (each.total, *each.parts) if name in hidden}
        for each in sums
    ]
    # Gauss over the rationals, told apart from the way that the code itself takes.
    pivots: dict[str, dict[str, float]] = {}
    for row in rows:
        left = {str(name): float(weight) for name, weight in row.items()}
        for pivot, reduced in pivots.items():
            if factor := left.get(pivot, 0.0):
                for name, weight in reduced.items():
                    left[name] = left.get(name, 0.0) - factor * weight
        left = {name: weight for name, weight in left.items() if abs(weight) > 1e-9}
        if left:
            pivot = next(iter(left))
            reduced = {name: weight / left[pivot] for name, weight in left.items()}
            for other, known in list(pivots.items()):
                if factor := known.get(pivot, 0.0):
                    merged = {
                        name: known.get(name, 0.0) - factor * reduced.get(name, 0.0) for name in {*known, *reduced}
                    }
                    pivots[other] = {name: weight for name, weight in merged.items() if abs(weight) > 1e-9}
            pivots[pivot] = reduced
    return cell in names and (cell not in pivots or len(pivots[cell]) > 1)


def test_every_square_of_a_table_is_looked_at() -> None:
    for values in product((0, 1, 7), repeat=4):
        cells, sums = table([[values[0], values[1], 9], [values[2], values[3], 9]])
        hidden = suppressed(cells, sums, smallest_shown=5)
        assert all(name in hidden for name, value in cells.items() if 0 < value < 5)


def held(cells: dict[str, int], sums: list[Sum], earlier: list[Published[str]]) -> Published[str] | None:
    """Return the table as it would be published next; None where it would tell too much."""
    try:
        hidden = suppressed(cells, sums, smallest_shown=5, earlier=earlier)
    except RevisionTellsTooMuch:
        return None
    return Published(cells, frozenset(cells) - hidden, sums)


def told_by_all(every: list[Published[str]]) -> tuple[dict[str, int], list[Sum], frozenset[str]]:
    """Return all publications as one table, in which a cell that did not change equals itself before."""
    cells = {f"{at}: {name}": value for at, each in enumerate(every) for name, value in each.cells.items()}
    sums = [
        Sum(f"{at}: {each.total}", tuple(f"{at}: {part}" for part in each.parts))
        for at, published in enumerate(every)
        for each in published.sums
    ]
    hidden = set()
    for (first, before), (second, after) in combinations(enumerate(every), 2):
        for name in before.cells:
            change = f"change {first} {second}: {name}"
            cells[change] = after.cells[name] - before.cells[name]
            sums.append(Sum(f"{second}: {name}", (f"{first}: {name}", change)))
            if cells[change] or second > first + 1:
                hidden.add(change)
    for at, each in enumerate(every):
        hidden |= {f"{at}: {name}" for name in each.cells.keys() - each.shown}
    return cells, sums, frozenset(hidden)


def test_a_cell_that_grew_keeps_what_it_was_withheld_with() -> None:
    sums = [Sum("all", ("a", "b", "c"))]
    first = held({"all": 43, "a": 3, "b": 10, "c": 30}, sums, [])
    assert first is not None
    assert first.shown == {"all", "c"}

    # Shown now, b would tell of what a was: by itself this table would withhold nothing.
    later = held({"all": 60, "a": 20, "b": 10, "c": 30}, sums, [first])

    assert later is not None
    assert "b" not in later.shown


def test_a_small_change_is_withheld_like_a_small_cell() -> None:
    sums = [Sum("all", ("a", "b", "c"))]
    first = Published({"all": 60, "a": 20, "b": 10, "c": 30}, frozenset({"all", "a", "b", "c"}), sums)

    assert held({"all": 72, "a": 22, "b": 20, "c": 30}, sums, [first]) == Published(
        {"all": 72, "a": 22, "b": 20, "c": 30}, frozenset({"all", "c"}), sums
    )
    # Two more of one kind and nothing else: the sum tells it, so that the sum goes as well.
    alone = held({"all": 62, "a": 22, "b": 10, "c": 30}, sums, [first])
    assert alone is not None
    assert alone.shown == {"b", "c"}


def as_it_was(is_kept: bool, before: int, after: int) -> int:
    return before if is_kept else after


CHANGES = st.lists(st.integers(0, 12), min_size=3, max_size=3)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(CHANGES, min_size=2, max_size=2), min_size=2, max_size=3), st.data())
def test_no_small_cell_and_no_small_change_follows_from_several_publications(rows: list[Any], data: Any) -> None:
    # Mostly as it was, as revisions are.
    tables = [table(rows[0])]
    for row in rows[1:]:
        kept = data.draw(st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=2, max_size=2))
        before = [[tables[-1][0][f"{at} {column}"] for column in COLUMNS] for at in range(2)]
        tables.append(
            table(
                [
                    [b if k else n for b, n, k in zip(*three, strict=True)]
                    for three in zip(before, row, kept, strict=True)
                ]
            )
        )
    every: list[Published[str]] = []
    for cells, sums in tables:
        if published := held(cells, sums, every):
            every.append(published)

    cells, sums, hidden = told_by_all(every)
    small = {name for name in hidden if 0 < abs(cells[name]) < 5}
    assert {name for name, value in cells.items() if 0 < abs(value) < 5} == small
    for name in small:
        assert another_table(cells, sums, hidden, name), (name, every)


@settings(deadline=None, max_examples=60)
@given(st.lists(CHANGES, min_size=2, max_size=2), st.lists(CHANGES, min_size=2, max_size=2))
def test_with_all_that_changed_withheld_a_revision_may_always_be_published(
    before: list[list[int]], after: list[list[int]]
) -> None:
    cells, sums = table(before)
    first = held(cells, sums, [])
    assert first is not None

    assert held(*table(after), [first]) is not None
