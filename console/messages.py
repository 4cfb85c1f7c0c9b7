"""Gathers every sentence of the console into the catalogues of its languages.

Run as ``python -m console.messages`` (`make messages`): a new sentence comes in empty, one that is no longer said is
kept as a remark only, until ``--forget``.
"""

import argparse
import io
import os
import sys
from collections.abc import Iterable, Iterator
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Literal, get_args, get_origin

import allauth
import django
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

CHECKOUT: Final = Path(__file__).resolve().parent.parent
CONSOLE: Final = CHECKOUT / "console"
LANGUAGES: Final = ("ar", "es", "fr", "ru", "zh_Hans")
PAGES: Final = "django"
SCRIPTS: Final = "djangojs"
# Closed vocabularies, whose values pages say as words.
VOCABULARIES: Final = (
    *("cases.choices", "cases.models.incident", "cases.models.officer", "cases.models.referral"),
    *("cases.screening.findings", "cases.tracing.mismatches", "cases.tracing.mark_comparison"),
    *("cases.tracing.case_links", "cases.statistics.counting", "cases.regimes.vocabulary", "geo.models"),
)
# Kinds of zones of the reference geography that no file of zones names, and scopes of tokens beside the rights.
_FURTHER_WORDS: Final = ("airport", "port", "calendar", "read", "task", "note", "answered")
# Whose pages of signing in are shown as they come; what their own catalogues leave out is said here.
_LIBRARY_PAGES: Final = ("account", "mfa", "socialaccount")
_KEYWORDS: Final = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}

Message = tuple[str | None, str | tuple[str, ...]]
"""What is said: the context that tells it from a homonym, and the sentence or its singular and plural."""


def page_messages(folder: Path = CONSOLE) -> set[Message]:
    """Return what pages say: in templates, in Python, and as words of the vocabularies."""
    said: set[Message] = {(None, word) for word in vocabulary_words()}
    for path in folder.rglob("*.py"):
        said |= set(_extracted("python", path.read_text()))
    for path in folder.glob("templates/**/*.html"):
        said |= template_messages(path)
    return said


def script_messages(folder: Path = CONSOLE) -> set[Message]:
    """Return what scripts say."""
    ours = (path for path in folder.glob("static/**/*.mjs") if "vendor" not in path.parts)
    return {message for path in ours for message in _extracted("javascript", path.read_text())}


def template_messages(path: Path) -> set[Message]:
    """Return what one template says."""
    # What it leaves of the markup is no Python, and need not be set in as Python is.
    lines = templatize(path.read_text(), origin=str(path)).splitlines()
    return set(_extracted("python", "\n".join(line.strip() for line in lines)))


def vocabulary_words() -> set[str]:
    """Return the values of every vocabulary as people read them, and what a history may tell of."""
    kinds = [kind for name in VOCABULARIES for kind in vars(import_module(name)).values()]
    values = {
        *(value for kind in kinds if _is_vocabulary(kind) for value in kind),
        *(word for kind in kinds if get_origin(kind) is Literal for word in get_args(kind)),
        *(act.replace(".", "_") for act in import_module("cases.queries.history").ACTS),
        *_FURTHER_WORDS,
    }
    return {str(value).replace("_", " ") for value in values} - {""}


def _is_vocabulary(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, str) and issubclass(kind, Enum)


def said_elsewhere(language: str) -> set[Message]:
    """Return what gettext finds in other catalogues of the language."""
    return _translated(CHECKOUT / "backend" / "locale" / language / "LC_MESSAGES" / "django.po")


def library_messages(language: str) -> set[Message]:
    """Return what the library's pages of signing in say, and its own catalogue does not in that language."""
    library = Path(str(allauth.__file__)).parent
    said: set[Message] = set()
    for name in _LIBRARY_PAGES:
        for path in library.glob(f"templates/{name}/**/*.html"):
            said |= template_messages(path)
        for path in (library / name).rglob("forms.py"):
            said |= set(_extracted("python", path.read_text()))
    return said - _translated(library / "locale" / language / "LC_MESSAGES" / "django.po")


def api_messages() -> set[Message]:
    """Return the sentences of the API, all of which are in French beside it: pages say them, too."""
    return said_elsewhere("fr")


def needed(language: str, domain: str) -> set[Message]:
    """Return every message that the console's catalogue of the language has to hold."""
    if domain == SCRIPTS:
        return script_messages()
    return (page_messages() | library_messages(language)) - said_elsewhere(language)


def catalogue_path(language: str, domain: str) -> Path:
    """Return where the console keeps a catalogue."""
    return CONSOLE / "locale" / language / "LC_MESSAGES" / f"{domain}.po"


def read_catalogue(path: Path) -> Catalog:
    """Return a catalogue as it is kept."""
    with path.open("rb") as file:
        return read_po(file)


def refresh(path: Path, messages: Iterable[Message], *, forget: bool) -> list[Message]:
    """Write the catalogue anew with those messages, translations kept; return those that have none.

    What is no longer said stays at its end as a remark, from where it comes back; to forget takes it out.
    """
    kept = read_catalogue(path)
    known = {message_of(each): each for each in (*kept.obsolete.values(), *kept) if each.id}
    fresh = Catalog(locale=kept.locale)
    fresh.mime_headers = kept.mime_headers
    wanted, missing = set(messages), []
    for context, sentence in sorted(wanted, key=_order):
        before = known.get((context, sentence))
        now = fresh.add(sentence, before.string if before is not None else None, context=context)
        if not is_translated(now):
            missing.append((context, sentence))
    if not forget:
        for gone in sorted(known.keys() - wanted, key=_order):
            fresh.obsolete[str(gone)] = known[gone]
    body = io.BytesIO()
    write_po(body, fresh, width=0, no_location=True, omit_header=True)
    # The head is kept letter for letter: no day of writing that every merge would fight over.
    head = path.read_text().partition("\n\n")[0]
    path.write_text(f"{head}\n\n{body.getvalue().decode().strip()}\n")
    return missing


def message_of(entry: Any) -> Message:
    """Return which message an entry of a catalogue translates."""
    return entry.context, entry.id if isinstance(entry.id, str) else tuple(entry.id)


def is_translated(message: Any) -> bool:
    """Return whether every form of a message is there, and sure."""
    forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return all(forms) and not message.fuzzy


def _order(message: Message) -> tuple[str, str]:
    context, sentence = message
    return (sentence if isinstance(sentence, str) else sentence[0], context or "")


def _translated(path: Path) -> set[Message]:
    if not path.is_file():
        return set()
    return {message_of(each) for each in read_catalogue(path) if each.id and is_translated(each)}


def _extracted(method: str, text: str) -> Iterator[Message]:
    for _line, sentence, _comments, context in extract(method, io.BytesIO(text.encode()), keywords=_KEYWORDS):
        yield context, sentence if isinstance(sentence, str) else tuple(sentence)


def main() -> int:
    """Refresh every catalogue; say what waits for a translator."""
    parser = argparse.ArgumentParser(prog="python -m console.messages", description=__doc__)
    parser.add_argument("--forget", action="store_true", help="take out translations of what is no longer said")
    forget = parser.parse_args().forget
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings.local")
    django.setup()
    for language in LANGUAGES:
        for domain in (PAGES, SCRIPTS):
            missing = refresh(catalogue_path(language, domain), needed(language, domain), forget=forget)
            sys.stderr.write(f"{language} {domain}: {len(missing)} untranslated\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
