import pytest

from cases.services.set_pin import is_fit


@pytest.mark.parametrize("pin", ["729405", "83920174", "900817263544"])
def test_a_pin_that_nobody_guesses_first_is_fit(pin):
    assert is_fit(pin)


@pytest.mark.parametrize(
    ("why", "pin"),
    [
        ("short", "72940"),
        ("long", "7294057294051"),
        ("no digits", "72940a"),
        ("other digits", "٧٢٩٤٠٥"),
        ("one digit", "777777"),
        ("sequence", "123456"),
        ("sequence down", "987654"),
        ("sequence by two", "135791"),
        ("pair", "727272"),
        ("triple", "729729"),
        ("broken repetition", "7297297"),
        ("day of birth", "311285"),
        ("day of birth", "851231"),
        ("day of birth", "19851231"),
        ("nothing", ""),
    ],
)
def test_one_that_is_guessed_first_is_not(why, pin):
    assert not is_fit(pin), why
