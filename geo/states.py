"""States that came and went, by day: which present-day units a code covered, and who held a unit."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class StatePeriod:
    """One State's hold on some present-day units, [from_on, until_on); None is open."""

    code: str
    units: frozenset[str]
    from_on: date | None
    until_on: date | None

    def covers(self, on: date) -> bool:
        """Return whether the day lies in the period."""
        return (self.from_on is None or self.from_on <= on) and (self.until_on is None or on < self.until_on)


def _period(code: str, units: str, from_on: date | None, until_on: date | None) -> StatePeriod:
    return StatePeriod(code, frozenset(units.split()), from_on, until_on)


# The days are those on which the change took effect between States: recognition or admission where a declaration was
# contested.
STATE_PERIODS: tuple[StatePeriod, ...] = (
    _period("CSK", "CZE SVK", None, date(1993, 1, 1)),
    _period("ETH", "ETH ERI", date(1952, 9, 15), date(1993, 5, 24)),
    _period("MYS", "MYS SGP", date(1963, 9, 16), date(1965, 8, 9)),
    _period("PAK", "PAK BGD", date(1947, 8, 14), date(1971, 12, 16)),
    _period("SDN", "SDN SSD", date(1956, 1, 1), date(2011, 7, 9)),
    # The three Baltic States were recognised by the State Council of the Union on 6 September 1991.
    _period("SUN", "EST LTU LVA", None, date(1991, 9, 6)),
    _period("SUN", "ARM AZE BLR GEO KAZ KGZ MDA RUS TJK TKM UKR UZB", None, date(1991, 12, 26)),
    # Resolution 713 (1991) bound the whole of the Federation: all six republics up to the end of 1991.
    _period("YUG", "HRV SVN", None, date(1992, 1, 15)),
    _period("YUG", "BIH", None, date(1992, 4, 6)),
    _period("YUG", "MKD", None, date(1992, 4, 27)),
    _period("YUG", "MNE SRB XKX", None, date(2003, 2, 4)),
    _period("SCG", "MNE SRB XKX", date(2003, 2, 4), date(2006, 6, 3)),
    _period("SRB", "SRB XKX", date(2006, 6, 3), date(2008, 2, 17)),
)

# Codes withdrawn from ISO 3166-1 whose land today's codes still cover whole: a change of name, a union, or a split of
# a dependency.
FORMER_CODES: dict[str, frozenset[str]] = {
    code: frozenset(units.split())
    for code, units in {
        "AFI": "DJI",
        "ANT": "BES CUW SXM",
        "ATB": "ATA IOT",
        "ATN": "ATA",
        "BUR": "MMR",
        "BYS": "BLR",
        "CTE": "KIR",
        "DDR": "DEU",
        "DHY": "BEN",
        "FXX": "FRA",
        "GEL": "KIR TUV",
        "HVO": "BFA",
        "JTN": "UMI",
        "MID": "UMI",
        "NHB": "VUT",
        "NTZ": "IRQ SAU",
        "PCI": "FSM MHL MNP PLW",
        "PCZ": "PAN",
        "PUS": "UMI",
        "RHO": "ZWE",
        "SKM": "IND",
        "TMP": "TLS",
        "VDR": "VNM",
        "WAK": "UMI",
        "YMD": "YEM",
        "ZAR": "COD",
    }.items()
}

_PERIODS_OF_CODE: dict[str, tuple[StatePeriod, ...]] = {
    code: tuple(period for period in STATE_PERIODS if period.code == code)
    for code in sorted({period.code for period in STATE_PERIODS})
}
_PERIODS_OF_UNIT: dict[str, tuple[StatePeriod, ...]] = {
    unit: tuple(period for period in STATE_PERIODS if unit in period.units)
    for unit in sorted({unit for period in STATE_PERIODS for unit in period.units})
}
# Codes that ISO withdrew: outside its life such a code keeps the territory of its nearest day, because papers go on
# using it.
_WITHDRAWN = frozenset({"CSK", "SCG", "SUN", "YUG"})


def territory_of(code: str, on: date | None) -> frozenset[str]:
    """Return the present-day units (ISO alpha-3 and XKX) that the code covered that day; None is today's reading."""
    if code in FORMER_CODES:
        return FORMER_CODES[code]
    periods = _PERIODS_OF_CODE.get(code, ())
    if code in _WITHDRAWN:
        return _units_nearest_to(periods, on)
    covering = [period.units for period in periods if on is not None and period.covers(on)]
    return frozenset({code}).union(*covering)


def _units_nearest_to(periods: tuple[StatePeriod, ...], on: date | None) -> frozenset[str]:
    last_day = max(period.until_on or date.max for period in periods)
    first_day = min(period.from_on or date.min for period in periods)
    if on is None or on >= last_day:
        return frozenset().union(*(period.units for period in periods if period.until_on == last_day))
    day = max(on, first_day)
    return frozenset().union(*(period.units for period in periods if period.covers(day)))


def state_on(unit: str, on: date | None) -> str:
    """Return the code of the State that held the present-day unit on the day; a change of name keeps today's code."""
    if on is None:
        return unit
    return next((period.code for period in _PERIODS_OF_UNIT.get(unit, ()) if period.covers(on)), unit)


def change_days() -> tuple[date, ...]:
    """Return the days on which some unit changed hands, ascending: between two of them every answer stays the same."""
    days = {day for period in STATE_PERIODS for day in (period.from_on, period.until_on) if day is not None}
    return tuple(sorted(days))
