"""Adding up what was added to the counts of cells and legs since they were last added up.

Whoever records an incident only appends what it adds: two who record in one place at once would wait for one another
at a sum. Readers add up whatever there is, so that a count is exact before and after.
"""

from typing import Final

from django.db import connection, transaction

AT_ONCE: Final = 20_000
# Any number that nothing else locks by.
LOCK: Final = 3_100_031

_CELLS: Final = """
WITH gone AS (
    DELETE FROM cases_cellcount WHERE id IN (SELECT id FROM cases_cellcount WHERE NOT is_sum ORDER BY id LIMIT %s)
    RETURNING *
), added AS (
    INSERT INTO cases_cellcount AS kept (agency_id, size, year, strip, cell, west, south, east, north,
        first_from, first_to, last_from, last_to, is_sum,
        incidents, uncertain, indicated, possible, exemption_claimed, not_indicated)
    SELECT agency_id, size, year,
        CASE WHEN max(east) - min(west) > 5 THEN 1000 ELSE floor(min(west) / 5) END, cell,
        min(west), min(south), max(east), max(north), min(first_from), max(first_to), min(last_from), max(last_to),
        true,
        sum(incidents), sum(uncertain), sum(indicated), sum(possible), sum(exemption_claimed), sum(not_indicated)
    FROM gone GROUP BY agency_id, size, year, cell
    ON CONFLICT (agency_id, size, year, cell) WHERE is_sum DO UPDATE SET
        west = least(kept.west, excluded.west), south = least(kept.south, excluded.south),
        east = greatest(kept.east, excluded.east), north = greatest(kept.north, excluded.north),
        strip = CASE WHEN greatest(kept.east, excluded.east) - least(kept.west, excluded.west) > 5 THEN 1000
            ELSE floor(least(kept.west, excluded.west) / 5) END,
        first_from = least(kept.first_from, excluded.first_from), first_to = greatest(kept.first_to, excluded.first_to),
        last_from = least(kept.last_from, excluded.last_from), last_to = greatest(kept.last_to, excluded.last_to),
        incidents = kept.incidents + excluded.incidents, uncertain = kept.uncertain + excluded.uncertain,
        indicated = kept.indicated + excluded.indicated, possible = kept.possible + excluded.possible,
        exemption_claimed = kept.exemption_claimed + excluded.exemption_claimed,
        not_indicated = kept.not_indicated + excluded.not_indicated
) SELECT count(*) FROM gone
"""
_LEGS: Final = """
WITH gone AS (
    DELETE FROM cases_legcount WHERE id IN (SELECT id FROM cases_legcount WHERE NOT is_sum ORDER BY id LIMIT %s)
    RETURNING *
), added AS (
    INSERT INTO cases_legcount AS kept (agency_id, kind, start, "end", year, is_sum,
        category, basis, incidents, arms, counted, without_count)
    SELECT agency_id, kind, start, "end", year, true,
        category, basis, sum(incidents), sum(arms), sum(counted), sum(without_count)
    FROM gone GROUP BY agency_id, kind, start, "end", year, category, basis
    ON CONFLICT (agency_id, kind, start, "end", year, category, basis) WHERE is_sum DO UPDATE SET
        incidents = kept.incidents + excluded.incidents, arms = kept.arms + excluded.arms,
        counted = kept.counted + excluded.counted, without_count = kept.without_count + excluded.without_count
) SELECT count(*) FROM gone
"""


def add_up_counts() -> int:
    """Add up what was appended, and return how many rows went into sums; one process does so at a time."""
    total = 0
    for statement in (_CELLS, _LEGS):
        while (gone := _round(statement)) is not None:
            total += gone
            if gone < AT_ONCE:
                break
    return total


def _round(statement: str) -> int | None:
    """Add up some rows; None where another process is at it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return None
        cursor.execute(statement, [AT_ONCE])
        return int(cursor.fetchone()[0])
