"""Nothing on a page stays in English for a reader of another language."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from cases.queries.history import ACTS
from console.messages import (
    CONSOLE,
    LANGUAGES,
    PAGES,
    SCRIPTS,
    Message,
    catalogue_path,
    is_translated,
    message_of,
    needed,
    read_catalogue,
    vocabulary_words,
)

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = CONSOLE / "templates"
# Names that are the same in every language, and what is typed as it stands.
SAME_EVERYWHERE = {
    *("Cordon", "API", "PIN", "UTC", "SHA", "PDF", "CSV", "IMO", "MMSI", "ITI", "Authorization", "Bearer", "https"),
    # Beginnings of references, a code of a State, and what is written on a key.
    *("INC", "CASE", "CHE", "Enter"),
}
SAID_ATTRIBUTES = {"alt", "aria-description", "aria-label", "placeholder", "title"}
BLANKS = re.compile(r"%\(\w+\)s|%s|%%|\{\w*\}")
TRANSLATED = re.compile(
    r"\{% *blocktrans(?:late)?\b.*?\{% *endblocktrans(?:late)? *%\}|\{% *comment\b.*?\{% *endcomment *%\}|\{#.*?#\}"
    # What a page hands its frame: a class, a file.
    r"|\{% *block (?:main_class|script) *%\}.*?\{% *endblock *%\}",
    re.S,
)
PROGRAM = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.S)


class _Said(HTMLParser):
    """Collects the text of a template and of those attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent = tag in {"script", "style"}
        self.texts += [value or "" for name, value in attrs if name in SAID_ATTRIBUTES]

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.texts.append(data)


def bare_words(path: Path) -> set[str]:
    """Return the words that a template says untranslated."""
    reader = _Said()
    reader.feed(PROGRAM.sub(" ", TRANSLATED.sub(" ", path.read_text())))
    return {word for text in reader.texts for word in re.findall(r"[^\W\d_]{2,}", text)} - SAME_EVERYWHERE


def test_templates_hold_no_words_outside_the_marks_of_translation() -> None:
    bare = {str(path.relative_to(TEMPLATES)): bare_words(path) for path in TEMPLATES.rglob("*.html")}

    assert {name: words for name, words in bare.items() if words} == {}


def test_a_bare_word_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<p title="Bare">{% translate "Said" %} {{ name }} Cordon <b>word</b></p><script>let x;</script>')

    assert bare_words(page) == {"Bare", "word"}


@pytest.mark.parametrize("domain", [PAGES, SCRIPTS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_and_none_is_left_over(language: str, domain: str) -> None:
    kept = {message_of(each): each for each in read_catalogue(catalogue_path(language, domain)) if each.id}

    assert kept.keys() == needed(language, domain), "run: make messages"
    assert [message for message, entry in kept.items() if not is_translated(entry)] == []


@pytest.mark.parametrize("domain", [PAGES, SCRIPTS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_blanks_of_its_sentence(language: str, domain: str) -> None:
    catalogue = read_catalogue(catalogue_path(language, domain))

    assert [each.id for each in catalogue if each.id and not _same_blanks(message_of(each), each.string)] == []


def _same_blanks(message: Message, said: str | tuple[str, ...]) -> bool:
    sentence = message[1]
    if isinstance(sentence, str):
        return sorted(BLANKS.findall(sentence)) == sorted(BLANKS.findall(str(said)))
    # A form that stands for exactly one or two need not repeat the number.
    wanted = set(BLANKS.findall(sentence[-1]))
    forms = [set(BLANKS.findall(form)) for form in said]
    return all(form <= wanted for form in forms) and forms[-1] == wanted


def test_english_of_its_own_is_said_of_stored_words_alone() -> None:
    english = {str(each.id) for each in read_catalogue(catalogue_path("en", PAGES)) if each.id}

    assert english <= vocabulary_words()


def test_what_is_done_to_what_a_history_tells_of_is_among_its_acts() -> None:
    told_of = {act.partition(".")[0] for act in ACTS}
    done = {act for path in (ROOT / "cases").rglob("*.py") for act in actions_in(path.read_text())}

    assert {act for act in done if act.partition(".")[0] in told_of} <= ACTS
    assert "incident.recorded" in done


def actions_in(source: str) -> set[str]:
    """Return the actions that a module writes into the audit log by name."""
    given = (
        keyword.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "action"
    )
    named = (
        part.value
        for value in given
        if not isinstance(value, ast.JoinedStr)
        for part in ast.walk(value)
        if isinstance(part, ast.Constant)
    )
    return {word for word in named if isinstance(word, str) and "." in word}
