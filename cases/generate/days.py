"""Days of the years covered, and the ways in which people write them down."""

from datetime import date, timedelta

from cases.generate.draws import Draw, spread

FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2026, 6, 30)
_COUNT = (LAST_DAY - FIRST_DAY).days + 1
_ISO = tuple((FIRST_DAY + timedelta(days=day)).isoformat() for day in range(_COUNT))
_YEARS = tuple(int(text[:4]) for text in _ISO)
_STARTS = {
    (year, month): (date(year, month, 1) - FIRST_DAY).days
    for year in range(1990, 2027)
    for month in range(1, 13)
    if date(year, month, 1) <= LAST_DAY
}
_CLOCK = tuple(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in range(0, 1440, 5))

DAY, MONTH, YEAR, INSTANT, LOCAL = range(5)
# How precisely an officer, a panel or an archive dates a stop.
PRECISIONS = spread(((DAY, 66), (INSTANT, 12), (LOCAL, 10), (MONTH, 7), (YEAR, 5)))
# Papers and lots are dated more coarsely.
PAPER_PRECISIONS = spread(((DAY, 80), (MONTH, 14), (YEAR, 6)))


def day_in(draw: Draw, year: int, months: tuple[int, ...]) -> int:
    """Return a day of the year, as a number of days, in one of the months."""
    start = _STARTS.get((year, draw.one(months)), _STARTS[year, 1])
    return min(start + int(draw.random() * 28), _COUNT - 1)


def year_of(day: int) -> int:
    """Return the calendar year of a day."""
    return _YEARS[day]


def iso(day: int) -> str:
    """Return a day in full."""
    return _ISO[day] if 0 <= day < _COUNT else _ISO[0 if day < 0 else -1]


def dated(draw: Draw, day: int) -> str:
    """Return the day of a paper, a departure or an arrival, as precisely as such days are known."""
    return _cut(iso(day), draw.one(PAPER_PRECISIONS))


def stopped(draw: Draw, day: int, precision: int) -> str:
    """Return when something happened, in the given precision; moments with or without an offset."""
    text = iso(day)
    if precision == INSTANT:
        return f"{text}T{draw.one(_CLOCK)}:00Z"
    if precision == LOCAL:
        return f"{text}T{draw.one(_CLOCK)}"
    return _cut(text, precision)


def _cut(text: str, precision: int) -> str:
    return text[:4] if precision == YEAR else text[:7] if precision == MONTH else text
