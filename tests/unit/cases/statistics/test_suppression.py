"""What is withheld from a table: every small cell, and enough others that none follows from the rest."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from cases.statistics.suppression import Sum, suppressed

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
