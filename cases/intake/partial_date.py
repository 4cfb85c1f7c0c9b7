"""Dates as exactly as they are known: a year, a month, a day or an instant."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from cases.choices import DatePrecision
from cases.intake.problems import refusal

# The first embargoes of the Council date from 1966; nothing recorded here happened before 1900.
FIRST_YEAR = 1900
# Far enough for any licence or arrival still to come, near enough to catch a slipped digit.
LAST_YEAR = 2200

_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_TIMESTAMP = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"
    r"(?:[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as typed, with the first and last day it may mean."""

    text: str
    precision: DatePrecision
    first_day: date
    last_day: date
    # In UTC; None unless the text carries an offset.
    instant: datetime | None = None

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or a timestamp; raises PydanticCustomError."""
        return _parse(text.strip())

    def __str__(self) -> str:
        return self.text

    def instant_in(self, time_zone: str | None) -> datetime | None:
        """Return the instant in UTC: by the text's own offset, else by the zone; None when neither tells."""
        if self.instant is not None or self.precision is not DatePrecision.INSTANT or time_zone is None:
            return self.instant
        return _moment(self.text).replace(tzinfo=zone_called(time_zone)).astimezone(UTC)

    def days_in(self, time_zone: str | None) -> tuple[date, date]:
        """Return first and last day as a calendar in that zone shows them; as written when no zone is known."""
        if self.instant is None or time_zone is None:
            return self.first_day, self.last_day
        day = self.instant.astimezone(zone_called(time_zone)).date()
        return day, day


@lru_cache(maxsize=1024)
def zone_called(name: str) -> ZoneInfo:
    """Return the IANA time zone of that name; kept, as reading one from its file costs as much as a screening."""
    return ZoneInfo(name)


def read_partial_date(value: object) -> PartialDate:
    """Read a date field; raises PydanticCustomError."""
    if isinstance(value, PartialDate):
        return value
    if not isinstance(value, str):
        raise refusal("not_a_date", value=str(type(value).__name__))
    return PartialDate.parse(value)


@lru_cache(maxsize=8192)
def _parse(text: str) -> PartialDate:
    if found := _PARTIAL.fullmatch(text):
        return _partial(text, *found.groups())
    if _TIMESTAMP.fullmatch(text):
        return _timestamp(text)
    raise refusal("not_a_date", value=text)


def _partial(text: str, year: str, month: str | None, day: str | None) -> PartialDate:
    _check_year(int(year), text)
    try:
        if day is not None:
            whole = date(int(year), int(month or 1), int(day))
            return PartialDate(text, DatePrecision.DAY, whole, whole)
        first = date(int(year), int(month or 1), 1)
    except ValueError:
        raise refusal("no_such_day", value=text) from None
    if month is None:
        return PartialDate(text, DatePrecision.YEAR, first, date(first.year, 12, 31))
    return PartialDate(text, DatePrecision.MONTH, first, first.replace(day=monthrange(first.year, first.month)[1]))


def _timestamp(text: str) -> PartialDate:
    try:
        moment = _moment(text)
    except ValueError:
        raise refusal("no_such_day", value=text) from None
    _check_year(moment.year, text)
    instant = None if moment.tzinfo is None else moment.astimezone(UTC)
    return PartialDate(text, DatePrecision.INSTANT, moment.date(), moment.date(), instant)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.upper())


def _check_year(year: int, text: str) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise refusal("date_out_of_range", value=text, least=FIRST_YEAR, most=LAST_YEAR)
