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
# Written from right to left.
_RIGHT_TO_LEFT = frozenset({"ar"})
# How a letter writes a whole day; British order in English: letters between States put the day first.
_DAYS = {"es": "d 'de' MMMM 'de' y", "ru": "d MMMM y 'года'", "zh": "y年M月d日"}
# Both names of each month, as the United Nations writes them in Arabic.
_ARABIC_MONTHS = (
    "كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيه",
    "تموز/يوليه", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر",
)  # fmt: skip
# What numbers annexes and lettered points; other languages number as English does.
_ORDINALS = {
    "en": ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"),
    "ar": ("الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر"),
    "zh": ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"),
}
_LETTERS = {"en": "abcdefghijklmnopqrstuvwxyz", "ar": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"}


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
        return self.translated(sentence).format_map(
            {name: self.set_apart(str(value)) for name, value in params.items()}
        )

    def set_apart(self, text: str) -> str:
        """Return a value so that its direction and the sentence's leave each other alone."""
        return isolated(text, within_right_to_left=self.is_right_to_left)

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
        if self.language == "ar":
            return f"{on.day} {_ARABIC_MONTHS[on.month - 1]} {on.year}"
        said = format_date(on, _DAYS.get(self.language, "d MMMM y"), locale=self.locale)
        # French counts the first of a month: 1er avril.
        return f"1er{said[1:]}" if self.language == "fr" and on.day == 1 else said

    def month(self, on: date) -> str:
        """Return a month in full: January 2013."""
        if self.language == "ar":
            return f"{_ARABIC_MONTHS[on.month - 1]} {on.year}"
        return format_skeleton("yMMMM", on, locale=self.locale)

    def number(self, value: float) -> str:
        """Return a number with the language's separators, up to six decimals."""
        return format_decimal(value, format="#,##0.######", locale=self.locale)

    def fixed(self, value: float, pattern: str) -> str:
        """Return the number in a CLDR pattern, such as 00.0, with the language's decimal sign."""
        return format_decimal(value, format=pattern, locale=self.locale)

    def joined(self, parts: Iterable[str]) -> str:
        """Return the parts as the language lists them: "1, 2 and 5"."""
        return format_list([self.set_apart(part) for part in parts], locale=self.locale)

    def in_a_row(self, parts: Iterable[str]) -> str:
        """Return the parts one after another, set off by commas as the language writes them."""
        return self.translated(", ").join(self.set_apart(part) for part in parts)

    def strung(self, parts: Iterable[str]) -> str:
        """Return the parts one after another, set off by semicolons as the language spaces them."""
        return self.translated("; ").join(self.set_apart(part) for part in parts)

    def ordinal(self, number: int) -> str:
        """Return what numbers an annex, from 1: "III", "الثالث", "三"."""
        return _ORDINALS.get(self.language, _ORDINALS["en"])[number - 1]

    def point(self, number: int) -> str:
        """Return the letter of a point, from 1, as the language sets it: "(c)", "c)", "(ج)"."""
        letters = _LETTERS.get(self.language, _LETTERS["en"])
        again, index = divmod(number - 1, len(letters))
        return self.translated("(a)").replace(letters[0], letters[index] * (again + 1))

    @property
    def is_right_to_left(self) -> bool:
        """Return whether the language is written from right to left."""
        return self.language in _RIGHT_TO_LEFT

    @property
    def region(self) -> str | None:
        """Return whose form of the signs a typesetter takes; None where the language has one alone."""
        return "CN" if self.language == "zh" else None

    @property
    def locale(self) -> str:
        """Return the Babel locale: letters between States are written in British English."""
        return "en_GB" if self.language == "en" else self.language
