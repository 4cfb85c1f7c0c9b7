"""Counting every cell and leg afresh from placements, where sums are to be made at once or are mistrusted."""

from typing import Final

from django.db import connection, transaction

from cases.services.add_up_counts import LOCK
from cases.statistics.placed import (
    ALL_YEARS,
    FINER_BY,
    NO_YEAR,
    NOWHERE,
    OUTCOMES,
    STRIP,
    SUMMED_BY_YEAR,
    SUMMED_SIZES,
    WIDE,
)
from geo.cells import around, reach_m

_YEAR: Final = f"coalesce(extract(year FROM first_day)::int, {NO_YEAR})"
_OF_DAY: Final = f"CASE WHEN {{year}} > {NO_YEAR} THEN {{extreme}} END"
_OUTCOMES: Final = ", ".join(f"count(*) FILTER (WHERE is_{name})" for name in OUTCOMES)
_CELLS: Final = f"""
INSERT INTO cases_cellcount (agency_id, size, year, strip, cell, west, south, east, north,
    first_from, first_to, last_from, last_to, is_sum, incidents, uncertain, {", ".join(OUTCOMES)})
SELECT agency_id, %(size)s, {{year}},
    CASE WHEN max(coalesce(longitude, 0)) - min(coalesce(longitude, 0)) > {STRIP} THEN {WIDE}
        ELSE floor(min(coalesce(longitude, 0)) / {STRIP}) END,
    {{cell}}, min(coalesce(longitude, 0)), min(coalesce(latitude, 0)),
    max(coalesce(longitude, 0)), max(coalesce(latitude, 0)), {{days}}, true,
    count(*), count(*) FILTER (WHERE accuracy_m > %(reach)s), {_OUTCOMES}
FROM cases_placement WHERE is_open AND {{where}} GROUP BY agency_id, {{year}}, {{cell}}
"""  # noqa: S608  # nosec B608 - columns of our own
_LEGS: Final = f"""
INSERT INTO cases_legcount (agency_id, kind, start, "end", year, is_sum, category, basis,
    incidents, arms, counted, without_count)
SELECT agency_id, kind, start, "end", {_YEAR}, true, '', basis,
    count(*), coalesce(sum(arms), 0), count(arms), count(*) FILTER (WHERE lacks_count)
FROM cases_leg WHERE is_open GROUP BY agency_id, kind, start, "end", {_YEAR}, basis
UNION ALL
SELECT agency_id, kind, start, "end", {_YEAR}, true, category, '', count(*), 0, 0, 0
FROM cases_leg, unnest(categories) AS category WHERE is_open
GROUP BY agency_id, kind, start, "end", {_YEAR}, category
"""  # noqa: S608  # nosec B608 - columns of our own


def count_afresh() -> None:
    """Throw every sum away and count again; whoever records meanwhile waits."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute("LOCK TABLE cases_placement, cases_leg IN SHARE MODE")
        cursor.execute("DELETE FROM cases_cellcount")
        cursor.execute("DELETE FROM cases_legcount")
        for size in SUMMED_SIZES:
            _count(size, by_year=False)
        for size in SUMMED_BY_YEAR:
            _count(size, by_year=True)
        for by_year in (False, True):
            _count(NOWHERE, by_year=by_year)
        cursor.execute(_LEGS)


def _count(size: int, *, by_year: bool) -> None:
    kept, set_ = around(max(size, 0))
    year = _YEAR if by_year else f"({ALL_YEARS})::smallint"
    extremes = ("min(first_day)", "max(first_day)", "min(last_day)", "max(last_day)")
    statement = _CELLS.format(
        year=year,
        cell="0::bigint" if size == NOWHERE else f"(cell & {kept}) | {set_}",
        days=", ".join(_OF_DAY.format(year=year, extreme=extreme) for extreme in extremes),
        where="cell IS NULL" if size == NOWHERE else "cell IS NOT NULL",
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {"size": size, "reach": reach_m(max(size - FINER_BY, 0))})
