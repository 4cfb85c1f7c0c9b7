import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.choices import Unit
from cases.intake.units import read_unit


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("pcs", "piece"),
        ("Pieces", "piece"),
        ("pcs.", "piece"),
        ("rds", "round"),
        ("KG", "kilogram"),
        ("t", "tonne"),
        ("Truck loads", "Truck loads"),
        ("truckloads", "truckload"),
        ("donkey load", "donkey load"),
        ("مسدس", "مسدس"),
        ("  ", None),
    ],
)
def test_a_unit_is_put_under_its_own_word_or_kept(typed, kept):
    assert read_unit(typed) == kept


@pytest.mark.parametrize("unit", Unit)
def test_a_unit_reads_as_itself(unit):
    assert read_unit(unit.value) == unit.value


@given(text=st.text(max_size=20))
def test_reading_a_unit_again_changes_nothing(text):
    once = read_unit(text)

    assert once is None or read_unit(once) == once
