"""The words of documents in the reader's language: sentences from the catalogues, dates, numbers and lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from cases.documents.errors import LanguageNotOffered, WordingMissing
from cases.documents.printable import isolated
from cases.tracing.completeness import LETTER_LANGUAGES

CATALOGUES = Path(__file__).resolve().parent.parent / "locale"
# Sentences are written in English in the code; that is also their key in the catalogues.
SOURCE_LANGUAGE = "en"


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return sentence → translation of a language; raises LanguageNotOffered where letters are not written in it."""
    if language not in LETTER_LANGUAGES:
        raise LanguageNotOffered(language=language, offered=", ".join(LETTER_LANGUAGES))
    if language == SOURCE_LANGUAGE:
        return {}
    with (CATALOGUES / language / "LC_MESSAGES" / "cordon.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id and message.string}


def to_say(sentence: str) -> str:
    """Return the sentence as it is: marks one that is said further on, so that the catalogues are known to need it."""
    return sentence


@dataclass(frozen=True, slots=True)
class Wording:
    """Says things in one language."""

    language: str

    def __post_init__(self) -> None:
        # Refused before the first word is said.
        catalogue(self.language)

    def say(self, sentence: str, **params: object) -> str:
        """Return the sentence in the language with its values put in; raises WordingMissing where none is written."""
        return self.translated(sentence).format_map({name: isolated(str(value)) for name, value in params.items()})

    def translated(self, sentence: str) -> str:
        """Return the sentence in the language, placeholders left in; raises WordingMissing."""
        words = catalogue(self.language)
        if self.language == SOURCE_LANGUAGE:
            # The code keeps the typewriter's apostrophe; letters print the typographer's.
            return sentence.replace("'", "’")
        if sentence not in words:
            raise WordingMissing(language=self.language, wording=sentence)
        return words[sentence]

    def can_say(self, sentence: str) -> bool:
        """Return whether the sentence is written in the language."""
        return self.language == SOURCE_LANGUAGE or sentence in catalogue(self.language)

    def day(self, on: date) -> str:
        """Return a day in full: 23 January 2013."""
        # British order: letters between States put the day first.
        said = format_date(on, "d MMMM y", locale=self.locale)
        # French counts the first of a month: 1er avril.
        return f"1er{said[1:]}" if self.language == "fr" and on.day == 1 else said

    def month(self, on: date) -> str:
        """Return a month in full: January 2013."""
        return format_skeleton("yMMMM", on, locale=self.locale)

    def number(self, value: float) -> str:
        """Return a number with the language's separators, up to six decimals."""
        return format_decimal(value, format="#,##0.######", locale=self.locale)

    def fixed(self, value: float, pattern: str) -> str:
        """Return the number in a CLDR pattern, such as 00.0, with the language's decimal sign."""
        return format_decimal(value, format=pattern, locale=self.locale)

    def joined(self, parts: Iterable[str]) -> str:
        """Return the parts as the language lists them: "1, 2 and 5"."""
        return format_list([isolated(part) for part in parts], locale=self.locale)

    def strung(self, parts: Iterable[str]) -> str:
        """Return the parts one after another, set off by semicolons as the language spaces them."""
        return self.translated("; ").join(parts)

    @property
    def locale(self) -> str:
        """Return the Babel locale: letters between States are written in British English."""
        return "en_GB" if self.language == "en" else self.language
