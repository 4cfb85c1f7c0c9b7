import pytest

from cases.errors import LetterPatternUnusable
from cases.tracing.letter_numbers import check_letter_pattern, letter_number


def test_a_letter_is_numbered_as_its_issuer_does():
    panel = "S/AC.{committee}/{year}/PE/OC.{number}"

    assert letter_number(panel, committee="99", year=2026, number=7) == "S/AC.99/2026/PE/OC.7"
    assert letter_number("POST/{year}/{number}", committee="", year=2026, number=1) == "POST/2026/1"


@pytest.mark.parametrize(
    "pattern",
    [
        "POST/{year}",
        "{number}",
        "{year}/{number}/{agency}",
        "{year}/{number",
        "{year.__class__}/{number}",
        "{year}/{number:>900}",
        "{year!r}/{number}",
        "{}/{year}/{number}",
    ],
)
def test_a_pattern_that_would_not_number_letters_is_refused(pattern):
    with pytest.raises(LetterPatternUnusable):
        check_letter_pattern(pattern)


def test_a_committee_that_is_asked_for_must_have_a_number():
    with pytest.raises(LetterPatternUnusable):
        letter_number("S/AC.{committee}/{year}/{number}", committee="", year=2026, number=1)
