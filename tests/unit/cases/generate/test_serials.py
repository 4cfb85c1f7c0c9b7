import re

from hypothesis import given
from hypothesis import strategies as st

from cases.generate.draws import Draw
from cases.generate.serials import Serials, numbered

draws = st.integers(min_value=0, max_value=2**32).map(Draw)


@given(draws)
def test_a_number_follows_its_pattern(draw):
    assert re.fullmatch(r"[A-Z]{2} \d{3}-97/X\d", numbered(draw, "AA 999-Y/X9", 1997))


def test_a_number_given_before_comes_up_again_and_rarely():
    draw, serials = Draw(1), Serials()
    given_ = [serials.serial(draw, "AA999999", 1980) for _ in range(20_000)]

    assert 20 < len(given_) - len(set(given_)) < 200
