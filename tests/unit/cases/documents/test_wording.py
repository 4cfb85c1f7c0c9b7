import string
from dataclasses import replace
from datetime import date

import pytest

from cases.documents import render_referral
from cases.documents.errors import WordingMissing
from cases.documents.wording import Wording, catalogue
from cases.tracing.completeness import LETTER_LANGUAGES
from tests.catalogue import spoken_sentences
from tests.pdf_pages import text_of
from tests.referral_samples import PANEL_REQUEST

TRANSLATED = [language for language in LETTER_LANGUAGES if language != "en"]


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", TRANSLATED)
def test_each_language_has_every_sentence_and_no_other(language: str) -> None:
    assert sorted(catalogue(language)) == spoken_sentences()


@pytest.mark.parametrize("language", TRANSLATED)
def test_each_translation_has_the_placeholders_of_its_sentence(language: str) -> None:
    said = catalogue(language).items()
    # "telephone / e-mail" is a value in English and part of the sentence in other languages.
    wrong = [sentence for sentence, other in said if _placeholders(other) != _placeholders(sentence) - {"channel"}]

    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_letter_in_another_language_holds_no_english_sentence(language: str) -> None:
    content, words = replace(PANEL_REQUEST, language=language), catalogue(language)
    text = text_of(render_referral(content, format="pdf", draft=True)).replace("’", "'")
    # Words that are the same in both languages, or short enough to be part of a French one, prove nothing.
    english = [
        longest
        for sentence in spoken_sentences()
        if words[sentence] != sentence
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


def test_days_are_written_as_the_united_nations_write_them() -> None:
    said = {language: Wording(language).day(date(2013, 2, 11)) for language in ("es", "ru", "ar", "zh")}

    assert said == {
        "es": "11 de febrero de 2013",
        "ru": "11 февраля 2013 года",
        "ar": "11 شباط/فبراير 2013",
        "zh": "2013年2月11日",
    }


def test_points_and_annexes_are_lettered_as_the_language_does() -> None:
    assert [Wording(language).point(3) for language in LETTER_LANGUAGES] == ["(c)", "c)", "c)", "c)", "(ج)", "(c)"]
    assert Wording("en").point(28) == "(bb)"
    assert [Wording(language).ordinal(2) for language in ("fr", "ar", "zh")] == ["II", "الثاني", "二"]


def test_what_runs_from_left_to_right_stays_whole_within_arabic() -> None:
    assert Wording("ar").say("Make: {value}", value="12/7-4 X") == "الصنع: \u206812/7-4 X\u2069"
    assert Wording("ar").say("Make: {value}", value="مصنع") == "الصنع: مصنع"


def test_a_value_in_arabic_does_not_reorder_the_sentence_around_it() -> None:
    assert Wording("en").say("Make: {value}", value="مصنع") == "Make: \u2068مصنع\u2069"
