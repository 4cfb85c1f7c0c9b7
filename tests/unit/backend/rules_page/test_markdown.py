from datetime import date

from backend.rules_page.markdown import cited, days, table, words
from cases.screening.facts import Period
from cases.screening.rulebook import LegalBasis


def test_a_bar_in_a_cell_does_not_break_the_table():
    assert table(("a",), [("x|y",)])[2] == "| x\\|y |"


def test_without_rows_there_is_no_table():
    assert table(("a",), []) == []


def test_a_span_is_half_open():
    assert days(Period(date(2011, 2, 26), date(2011, 9, 16))) == "2011-02-26 – 2011-09-16"
    assert days(Period(date(2011, 2, 26), None)) == "2011-02-26 –"


def test_a_paragraph_that_was_not_read_is_marked():
    basis = LegalBasis(resolution="S/RES/1970 (2011)", paragraph="9", paragraph_verified=False)

    assert cited(basis) == "S/RES/1970 (2011) ¶9 (unverified)"


def test_words_are_sorted():
    assert words({"spare_parts", "ammunition"}) == "ammunition, spare parts"
