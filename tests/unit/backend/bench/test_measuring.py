import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.bench.measuring import Rounds, measured, per_second, quantile


@given(st.lists(st.floats(min_value=0, max_value=1e6), min_size=1), st.floats(min_value=0.01, max_value=1))
def test_a_quantile_is_the_smallest_value_that_enough_others_do_not_exceed(values, share):
    found = quantile(values, share)

    assert sum(value <= found for value in values) >= share * len(values)
    below = [value for value in values if value < found]
    assert len(below) < share * len(values)


@pytest.mark.parametrize(("share", "expected"), [(0.99, 99), (1.0, 100), (0.5, 50), (0.001, 1)])
def test_a_quantile_of_a_hundred(share, expected):
    assert quantile(list(range(100, 0, -1)), share) == expected


def test_the_warming_call_does_not_count():
    calls = []
    rounds = measured("counting", lambda: calls.append(None), rounds=3)

    assert len(calls) == 4
    assert len(rounds.seconds) == 3


def test_a_rate_is_that_of_the_best_round():
    figure = per_second("x.per_s", 100, Rounds((2.0, 1.0, 4.0)), "x/s")

    assert (figure.value, figure.notes["median"]) == (100.0, 50.0)
