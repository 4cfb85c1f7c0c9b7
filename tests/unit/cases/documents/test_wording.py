import string
from datetime import date

import pytest

from cases.documents import render_referral
from cases.documents.errors import WordingMissing
from cases.documents.wording import Wording, catalogue
from tests.catalogue import spoken_sentences
from tests.pdf_pages import text_of
from tests.referral_samples import PANEL_REQUEST_IN_FRENCH

FRENCH = catalogue("fr")


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_french_has_every_sentence_and_no_other() -> None:
    assert sorted(FRENCH) == spoken_sentences()


def test_each_translation_has_the_placeholders_of_its_sentence() -> None:
    # "telephone / e-mail" is a value in English and part of the sentence in French.
    wrong = [s for s, french in FRENCH.items() if _placeholders(french) != _placeholders(s) - {"channel"}]

    assert wrong == []


def test_a_french_letter_holds_no_english_sentence() -> None:
    text = text_of(render_referral(PANEL_REQUEST_IN_FRENCH, format="pdf", draft=True)).replace("’", "'")
    # Words that are the same in both languages, or short enough to be part of a French one, prove nothing.
    english = [
        longest
        for sentence in spoken_sentences()
        if FRENCH[sentence] != sentence
        and len(longest := max((part for part, _, _, _ in string.Formatter().parse(sentence)), key=len).strip()) > 12
    ]

    assert len(english) > 200
    assert [sentence for sentence in english if sentence in text] == []


def test_a_sentence_that_is_not_written_is_refused_not_left_in_english() -> None:
    with pytest.raises(WordingMissing):
        Wording("fr").say("This sentence is in no catalogue.")


def test_dates_numbers_and_lists_follow_the_language() -> None:
    english, french = Wording("en"), Wording("fr")

    assert (english.day(date(2013, 2, 1)), french.day(date(2013, 2, 1))) == ("1 February 2013", "1er février 2013")
    assert (english.month(date(2013, 2, 1)), french.month(date(2013, 2, 1))) == ("February 2013", "février 2013")
    assert english.number(1400.5) == "1,400.5"
    assert french.number(1400.5) == "1\u202f400,5"
    assert (english.joined(["1", "2", "5"]), french.joined(["1", "2", "5"])) == ("1, 2 and 5", "1, 2 et 5")


def test_a_value_in_arabic_does_not_reorder_the_sentence_around_it() -> None:
    assert Wording("en").say("Make: {value}", value="مصنع") == "Make: \u2068مصنع\u2069"
