"""What the program says of stored values, in the language of whoever reads the page."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pycountry
from django.utils.translation import get_language, gettext

from cases.documents.countries import name_in
from cases.documents.labels import LABELS, label
from cases.documents.letter.phrases import regime
from cases.documents.letter.reasons import reason_text
from cases.documents.wording import SOURCE_LANGUAGE, Wording
from cases.queries.rulebooks import current_rulebook
from cases.tracing.completeness import LETTER_LANGUAGES

# A State that ISO 3166 leaves to its users.
_OWN_CODES = ("XKX",)


def wording_of_reader() -> Wording:
    """Return the words of letters in the reader's language."""
    language = (get_language() or SOURCE_LANGUAGE).partition("-")[0]
    return Wording(language if language in LETTER_LANGUAGES else SOURCE_LANGUAGE)


def retold(value: Any, wording: Wording) -> Any:
    """Return part of a screening result with every reason in it said in that language."""
    if isinstance(value, list):
        return [retold(part, wording) for part in value]
    if not isinstance(value, Mapping):
        return value
    told = {name: part if name == "params" else retold(part, wording) for name, part in value.items()}
    if "rule" in told and "params" in told:
        said = "because" if "because" in told else "text"
        told[said] = reason_text(wording, told["rule"], told["params"], str(told.get(said, "")))
    return told


def word_said(wording: Wording, vocabulary: str, value: str) -> str:
    """Return a stored word of a vocabulary as it is said in the language: as letters do, where they say it at all."""
    if value in LABELS.get(vocabulary, {}):
        return label(wording, vocabulary, value) or value
    return gettext(value.replace("_", " "))


def regime_names(wording: Wording) -> dict[str, str]:
    """Return what each regime of the rulebook in use is called, by its id."""
    return {each.id: regime(wording, each.name) for each in current_rulebook().regimes}


@cache
def country_codes(language: str) -> Mapping[str, str]:
    """Return the code of each State by its name in the language, in the order of the names."""
    codes = (*(country.alpha_3 for country in pycountry.countries), *_OWN_CODES)
    return dict(sorted((name_in(language, code), code) for code in codes))


def find_country_code(language: str, typed: str) -> str | None:
    """Return the code of the State that was typed by code, by name, or by a part that no other name has; else None."""
    if len(typed) == 3 and typed.isascii() and typed.isalpha():
        return typed.upper()
    names = {name.casefold(): code for name, code in country_codes(language).items()}
    wanted = typed.casefold()
    holding = {code for name, code in names.items() if wanted in name}
    if wanted in names:
        return names[wanted]
    return holding.pop() if len(holding) == 1 else None
