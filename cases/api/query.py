"""Parameters of a query that several lists take, each read strictly."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time
from enum import StrEnum

from django.http import QueryDict
from pydantic_core import PydanticCustomError
from rest_framework.request import Request

from cases.api.errors import InvalidRequest
from cases.intake.countries import read_country
from cases.intake.partial_date import FIRST_YEAR, LAST_YEAR
from cases.intake.problems import Problem, quote
from cases.intake.text import read_line

LONGEST_SEARCH = 200


def unknown_parameters(query: QueryDict, known: Collection[str]) -> list[Problem]:
    """Return a problem for each parameter that is not known: misspelt, it would silently widen what is asked."""
    return [
        Problem(f"/{quote(name)}", "unknown_parameter", {"name": quote(name)}) for name in query if name not in known
    ]


def unknown_words(query: QueryDict, words: Mapping[str, Collection[str]]) -> list[Problem]:
    """Return a problem for each of the parameters that says something else than its words."""
    return [
        Problem(f"/{name}", "not_a_choice", {"value": quote(str(query[name])), "allowed": ", ".join(allowed)})
        for name, allowed in words.items()
        if name in query and query[name] not in allowed
    ]


def read_cut_off(text: str, *, now: datetime) -> datetime:
    """Return the moment, or the last one of the day, that the text names, but none to come; raises ValueError."""
    try:
        moment = datetime.combine(date.fromisoformat(text), time.max, UTC)
    except ValueError:
        moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    try:
        return min(now, moment.astimezone(UTC))
    except OverflowError:
        # Before the first day of the calendar, or after the last one.
        raise ValueError(text) from None


def country_in(request: Request, name: str = "country") -> str | None:
    """Return the country that a parameter names, None without it; raises InvalidRequest."""
    text = request.query_params.get(name)
    if not text:
        return None
    try:
        return read_country(text)
    except PydanticCustomError as error:
        raise InvalidRequest([Problem(f"/{name}", error.type, error.context or {})]) from None


def choice_in(request: Request, name: str, choices: type[StrEnum]) -> str | None:
    """Return the choice that a parameter names, None without it; raises InvalidRequest."""
    text = request.query_params.get(name)
    if not text or text in set(choices):
        return text or None
    raise InvalidRequest([Problem(f"/{name}", "not_a_choice", {"value": quote(text), "allowed": ", ".join(choices)})])


def choice_of(request: Request, name: str, allowed: tuple[str, ...], otherwise: str) -> str:
    """Return which of the words a parameter says, else `otherwise`; raises InvalidRequest."""
    text = request.query_params.get(name, otherwise)
    if text not in allowed:
        params = {"value": quote(text), "allowed": ", ".join(allowed)}
        raise InvalidRequest([Problem(f"/{name}", "not_a_choice", params)])
    return text


def year_in(request: Request, name: str) -> int | None:
    """Return the year that a parameter names, None without it; raises InvalidRequest."""
    text = request.query_params.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LAST_YEAR))):
        raise InvalidRequest([Problem(f"/{name}", "not_a_whole_number")])
    if not FIRST_YEAR <= int(text) <= LAST_YEAR:
        params = {"value": int(text), "least": FIRST_YEAR, "most": LAST_YEAR}
        raise InvalidRequest([Problem(f"/{name}", "out_of_range", params)])
    return int(text)


def words_in(request: Request, name: str) -> str | None:
    """Return the words that a parameter asks for, None without it; raises InvalidRequest for too many."""
    text = request.query_params.get(name, "")
    if len(text) > LONGEST_SEARCH:
        problem = Problem(f"/{name}", "text_too_long", {"length": len(text), "limit": LONGEST_SEARCH})
        raise InvalidRequest([problem])
    return read_line(text)
