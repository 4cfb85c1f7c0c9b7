"""docs/rules.md says what the rules, the golden cases and the regime files say now."""

from backend.rules_page.__main__ import PAGE
from backend.rules_page.chapters import CHAPTERS
from backend.rules_page.golden import golden_cases
from backend.rules_page.page import rules_page, sentences_of
from cases.screening.sentences import QUESTIONS, SENTENCES
from tests.golden.freeze import rulebook


def test_the_committed_page_is_the_generated_one():
    """When it fails: `make rules`, then read the difference."""
    assert PAGE.read_text(encoding="utf-8") == rules_page(rulebook(), golden_cases())


def test_there_is_one_chapter_for_each_rule():
    assert [chapter.id for chapter in CHAPTERS] == [f"R{number}" for number in range(1, 21)]


def test_every_golden_case_stands_under_a_chapter():
    assert {case.rule for case in golden_cases()} <= {chapter.id for chapter in CHAPTERS}


def test_every_sentence_question_measure_and_golden_case_is_on_the_page():
    page = PAGE.read_text(encoding="utf-8")
    named = [*SENTENCES, *QUESTIONS, *(measure.id for measure in rulebook().measures), *(c.id for c in golden_cases())]

    assert [name for name in named if f"`{name}`" not in page] == []


def test_every_pattern_of_a_chapter_finds_a_sentence():
    for chapter in CHAPTERS:
        for pattern in chapter.sentences:
            only = type(chapter)(chapter.id, chapter.title, chapter.text, (pattern,))
            assert sentences_of(only), (chapter.id, pattern)
