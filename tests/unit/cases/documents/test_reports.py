from dataclasses import replace
from datetime import date

import pytest

from cases.choices import ReportKind
from cases.documents import render_report
from cases.documents.wording import Wording
from cases.tracing.completeness import LETTER_LANGUAGES, REMEDIES
from cases.tracing.report import Disposal, ReportContent
from cases.tracing.report_completeness import missing_of_report
from tests.pdf_pages import seen_in, text_of, text_of_pages
from tests.report_samples import INITIAL, LATER, REPORT, SECOND, WITHIN_WORKING_DAYS


def _text(report: ReportContent, language: str = "en") -> str:
    record = replace(report.record, language=language)
    return text_of(render_report(replace(report, record=record), format="pdf", draft=True))


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
@pytest.mark.parametrize("kind", list(ReportKind))
def test_every_kind_of_report_is_written_in_every_language_with_its_marks_and_its_draft_mark(
    kind: str, language: str
) -> None:
    report = replace(REPORT, kind=kind, record=replace(REPORT.record, language=language))

    pdf = render_report(report, format="pdf", draft=True)

    text = text_of(pdf)
    assert [mark.text for item in report.record.items for mark in item.marks if mark.text not in text] == []
    assert "violation" not in text.lower()
    assert "2013PEOC.12" in seen_in(pdf).replace("/", "")


def test_an_initial_report_tells_grounds_result_and_cooperation() -> None:
    text = _text(REPORT)

    assert "Grounds of the inspection" in text
    assert "Found, as listed below: items 1–4." in text
    assert "Cooperation of the master and the flag State partial" in text
    assert "No goods were found." in _text(replace(REPORT, record=replace(REPORT.record, items=())))


def test_a_second_report_tells_what_its_paragraph_asks_for() -> None:
    text = _text(replace(REPORT, kind="committee_second", duties=(SECOND,)))

    for element in (
        "Result of the inspection",
        "Items",
        "Route as stated",
        "from Islamic Republic of Iran",
        "Disposal",
    ):
        assert element in text
    assert "destroyed 1 March 2013 Aden D-77/13" in text


def test_only_the_clocks_that_the_texts_give_are_told() -> None:
    text = _text(replace(REPORT, duties=(INITIAL, SECOND, LATER, WITHIN_WORKING_DAYS)))

    assert "promptly; the text gives no number of days" in text
    assert "days: 30; from: the finding due: 22 February 2013" in text
    assert "the text gives no clock" in text
    assert "working days: 5; from: the inspection due day not known" in text
    assert "Paragraph 10 of resolution 2428 (2018)†" in text
    assert "none gives it a clock" in _text(replace(REPORT, duties=()))


def test_who_is_offered_to_reply_is_addressed_by_name_and_no_day_is_made_up() -> None:
    offer = replace(REPORT, kind="opportunity_to_reply", duties=())

    assert "Sample Shipping (sample)" in _text(offer)
    assert "Role recorded: carrier." in _text(offer)
    assert "No date is set for the reply yet." in _text(offer)
    assert "A reply is requested by 1 April 2013." in _text(replace(offer, respond_by=date(2013, 4, 1)))


def test_an_annex_states_the_standard_of_evidence_and_keeps_room_for_replies() -> None:
    text = _text(replace(REPORT, kind="panel_annex"))

    assert "S/2006/997, paragraphs 21–28" in text
    assert "Replies of the parties named" in text
    assert "The items appear to fall within the scope of paragraph 5 of resolution 1747 (2007)." in text


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_a_draft_says_in_print_what_it_lacks(language: str) -> None:
    bare = replace(REPORT, kind="committee_second", duties=(SECOND,), disposals=(Disposal(line=1, status="unknown"),))
    bare = replace(bare, record=replace(bare.record, language=language))
    lacking = replace(bare, missing=missing_of_report(bare))
    remedies = {Wording(language).say(REMEDIES[part.sentence], line=1) for part in lacking.missing}
    # Chinese has no spaces: there a word is as much as stands on a line in any case.
    last_words = {remedy.split()[-1][-6:] for remedy in remedies}

    text = text_of(render_report(lacking, format="pdf", draft=True))
    assert [words for words in last_words if words not in text] == []
    assert [words for words in last_words if words in text_of(render_report(bare, format="pdf", draft=True))] == []
    assert b'"element":"disposal"' in render_report(lacking, format="json", draft=True)


def test_each_page_says_for_whom_it_is_and_the_file_is_the_same_in_word_and_in_data() -> None:
    pages = text_of_pages(render_report(REPORT, format="pdf", draft=True))

    assert all("Full" in page and "DRAFT" in page for page in pages)
    assert render_report(REPORT, format="docx", draft=True) == render_report(REPORT, format="docx", draft=True)
    assert b'"cooperation":"partial"' in render_report(REPORT, format="json", draft=True)
