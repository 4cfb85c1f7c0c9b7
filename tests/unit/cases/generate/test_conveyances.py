from hypothesis import given
from hypothesis import strategies as st

from cases.generate.conveyances import container_number, imo_number
from cases.generate.draws import Draw
from cases.intake.codes import expected_container_digit, expected_imo_digit

draws = st.integers(min_value=0, max_value=2**32).map(Draw)


@given(draws)
def test_an_imo_number_has_its_check_digit_and_was_never_given_to_a_ship(draw):
    number = imo_number(draw)

    assert expected_imo_digit(number) is None
    assert number[0] in "234"


@given(draws)
def test_a_container_number_has_its_check_digit(draw):
    assert expected_container_digit(container_number(draw)) is None
