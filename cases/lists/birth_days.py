"""Dates of birth as lists give them: a day, a year, about a year, between two, or words."""

import re
from datetime import date

from cases.lists.entries import BirthDays

_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def birth_days(
    certainty: str | None, day: str | None, years: tuple[str | None, str | None], note: str | None
) -> BirthDays | None:
    """Return the days that a date of birth means; None where nothing is given.

    ``certainty`` is the list's own word (EXACT, APPROXIMATELY, BETWEEN), ``years`` the only year or the span.
    """
    first, last = _span(day, years)
    if first is None and note is not None:
        first, last = years_in(note)
    if first is None and note is None:
        return None
    return BirthDays(first=first, last=last, certainty=_certainty(certainty, note), note=note)


def years_in(text: str) -> tuple[date | None, date | None]:
    """Return the span of days that the years in a text mean: "1958 - 1964", "Nov. 1973", "1969-01-01"."""
    whole_day = _day(text.strip())
    if whole_day is not None:
        return whole_day, whole_day
    years = sorted({int(year) for year in _YEAR.findall(text)})
    return (date(years[0], 1, 1), date(years[-1], 12, 31)) if years else (None, None)


def _span(day: str | None, years: tuple[str | None, str | None]) -> tuple[date | None, date | None]:
    exact = _day(day) if day else None
    if exact is not None:
        return exact, exact
    stated = " ".join(year for year in (day, *years) if year)
    return years_in(stated) if stated else (None, None)


def _day(text: str) -> date | None:
    found = _DAY.match(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _certainty(word: str | None, note: str | None) -> str:
    if "approx" in f"{word} {note}".lower():
        return "approximate"
    return "between" if (word or "").upper() == "BETWEEN" else "exact"
