"""What a form of a page sent, read as the API reads a body, and a refusal as the page shows it."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import get_language

from cases.api.problems import error_details
from cases.documents.countries import name_in
from cases.errors import ApproverNeeded, DomainError, NotAllowed, NotFound, ThirdLookNeeded
from cases.intake.countries import CURRENT_COUNTRIES
from cases.tracing.completeness import LETTER_LANGUAGES

_LONGEST_NUMBER: Final = 9


def text_in(sent: QueryDict, name: str) -> str | None:
    """Return what stands in a field; None for nothing."""
    return sent.get(name, "").replace("\x00", "").strip() or None


def texts_in(sent: QueryDict, names: Iterable[str]) -> dict[str, str | None]:
    """Return what stands in the fields, by their names."""
    return {name: text_in(sent, name) for name in names}


def number_of(text: str) -> int | None:
    """Return the number that a text is; None for what is none, or longer than any key or position of ours."""
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_NUMBER else None


def refusal_of(error: DomainError, *, is_typed: bool = False) -> dict[str, Any]:
    """Return what a page shows of a refusal that the person can act on; others are raised again.

    What one's role does not include is a page of its own, and what does not exist, unless its name `is_typed` here.
    """
    is_a_role = isinstance(error, NotAllowed) and not isinstance(error, ApproverNeeded | ThirdLookNeeded)
    if is_a_role or (isinstance(error, NotFound) and not is_typed):
        raise error
    details = error_details(error)
    entries: Iterable[Mapping[str, Any]] = details.get("errors", ())
    return details | {"errors": [dict(entry) | {"field": entry["pointer"].rpartition("/")[2]} for entry in entries]}


def states_by_name() -> tuple[tuple[str, str], ...]:
    """Return code and name of each State in the reader's language, by which browsers complete what is typed."""
    language = (get_language() or "en").partition("-")[0]
    return _states(language if language in LETTER_LANGUAGES else "en")


@cache
def _states(language: str) -> tuple[tuple[str, str], ...]:
    named = ((code, name_in(language, code)) for code in CURRENT_COUNTRIES)
    return tuple(sorted(named, key=lambda each: each[1]))
