"""How many incidents lie in each cell of a view, and where each of them lies where they are few."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import Count, F, Q, QuerySet

from cases.models import Incident, Placement
from cases.statistics.placed import (
    ALL_YEARS,
    FINER_BY,
    HEIGHTS,
    NO_YEAR,
    NOWHERE,
    OUTCOMES,
    SUMMED_BY_YEAR,
    SUMMED_SIZES,
    Box,
    strips_of,
)
from geo.cells import around, first_within, last_within, reach_m

COUNTED: Final = ("incidents", "uncertain", *OUTCOMES)
# By cell, each of COUNTED.
Tally = dict[int, Counter[str]]


class Days(NamedTuple):
    """The days that are asked about, both included; None is open."""

    first: date | None = None
    last: date | None = None

    @property
    def is_any(self) -> bool:
        """Return whether nothing is asked about days, so that incidents of no known day count too."""
        return self.first is None and self.last is None


@dataclass(frozen=True, slots=True)
class View:
    """What a map shows: one box, or two on either side of the antimeridian, and the size of its cells."""

    boxes: tuple[Box, ...]
    size: int

    @classmethod
    def of(cls, box: Box, size: int) -> "View":
        """Return the view of a box; one whose west lies beyond its east crosses the antimeridian."""
        if box.west <= box.east:
            return cls((box,), size)
        return cls((box._replace(east=180.0), box._replace(west=-180.0)), size)

    def holds(self, prefix: str = "") -> Q:
        """Return what a row's longitude and latitude must meet to lie in the view."""
        held = Q()
        for box in self.boxes:
            within = {"longitude__gte": box.west, "longitude__lte": box.east}
            within |= {"latitude__gte": box.south, "latitude__lte": box.north}
            held |= Q(**{f"{prefix}{name}": value for name, value in within.items()})
        return held


_ADDED: Final = ", ".join(f"sum({name}) AS {name}" for name in COUNTED)
_OUTCOMES: Final = ", ".join(f"p.is_{name}::int" for name in OUTCOMES)
# Incidents of the days, in the years that the days may cut: the first and the last, and the year before the first, from
# which a date may reach into it, being known to the month or the year alone; it is never wider than a year.
_OF_CUT_YEARS: Final = """(
    (p.first_day >= %(first)s::date AND p.first_day <= least(%(cut_until)s::date, %(last)s::date))
    OR (p.first_day >= greatest(%(cut_from)s::date, %(first)s::date) AND p.first_day <= %(last)s::date)
    OR (p.last_day > p.first_day AND p.first_day >= %(earliest)s::date AND p.first_day < %(first)s::date
        AND p.last_day >= %(first)s::date)
)"""
# A sum whose incidents are all met counts as it is. Of a cell that the edge of the view cuts the incidents are looked
# at; where the days cut a year, the incidents of those days are, and fall to the cells within the view. Days of which
# nothing is asked stand as infinite. Bounds of cells are columns: behind row-level security an index answers a bare
# comparison alone. OFFSET 0 lets it be asked once a cell, however many rows the planner expects of that.
_IN_VIEW: Final = f"""
WITH met AS (
    SELECT cell, year, {", ".join(COUNTED)},
        %(may_add)s AND west >= %(west)s AND east <= %(east)s
            AND south >= %(south)s AND north <= %(north)s AS is_within,
        %(any_day)s OR (last_from >= %(first)s::date AND first_to <= %(last)s::date) AS is_timely
    FROM cases_cellcount
    WHERE agency_id = %(agency)s AND size = %(sums)s AND year >= %(from_year)s AND year <= %(to_year)s
        AND strip = ANY(%(strips)s) AND south >= %(lowest)s AND south <= %(north)s AND north >= %(south)s
        AND west <= %(east)s AND east >= %(west)s
        AND (%(any_day)s OR (last_to >= %(first)s::date AND first_from <= %(last)s::date))
), summed AS MATERIALIZED (
    SELECT cell, year, bool_and(is_within) AS is_within, bool_and(is_timely) AS is_timely, {_ADDED}
    FROM met GROUP BY cell, year
), cut_by_edge AS MATERIALIZED (
    SELECT array_agg(year) AS years,
        (cell & %(first_kept)s) | %(first_set)s AS first_cell, (cell & %(last_kept)s) | %(last_set)s AS last_cell
    FROM summed WHERE NOT is_within GROUP BY cell
), cut_by_days AS MATERIALIZED (
    SELECT cell, year FROM summed WHERE is_within AND NOT is_timely
), counted AS (
    SELECT (cell & %(around_kept)s) | %(around_set)s AS cell, {", ".join(COUNTED)}
    FROM summed WHERE is_within AND is_timely
    UNION ALL
    SELECT (p.cell & %(around_kept)s) | %(around_set)s, 1, coalesce(p.accuracy_m > %(reach)s, false)::int, {_OUTCOMES}
    FROM cut_by_edge s CROSS JOIN LATERAL (
        SELECT * FROM cases_placement
        WHERE agency_id = %(agency)s AND cell >= s.first_cell AND cell <= s.last_cell AND is_open
            AND longitude >= %(west)s AND longitude <= %(east)s AND latitude >= %(south)s AND latitude <= %(north)s
            AND (%(any_day)s OR (last_day >= %(first)s::date AND first_day <= %(last)s::date))
        OFFSET 0
    ) p
    WHERE s.years = '{{{ALL_YEARS}}}' OR extract(year FROM p.first_day)::smallint = ANY(s.years)
    UNION ALL
    SELECT (p.cell & %(around_kept)s) | %(around_set)s, 1, coalesce(p.accuracy_m > %(reach)s, false)::int, {_OUTCOMES}
    FROM cut_by_days s JOIN cases_placement p
        ON (p.cell & %(sums_kept)s) | %(sums_set)s = s.cell AND extract(year FROM p.first_day)::smallint = s.year
    WHERE p.agency_id = %(agency)s AND p.is_open
        AND {_OF_CUT_YEARS}
)
SELECT cell, {_ADDED} FROM counted GROUP BY cell HAVING sum(incidents) > 0
"""  # noqa: S608  # nosec B608 - columns of our own
_NOWHERE: Final = f"""
WITH met AS (
    SELECT year, incidents, %(any_day)s OR (last_from >= %(first)s::date AND first_to <= %(last)s::date) AS is_whole
    FROM cases_cellcount
    WHERE agency_id = %(agency)s AND size = {NOWHERE} AND year >= %(from_year)s AND year <= %(to_year)s
        AND (%(any_day)s OR (last_to >= %(first)s::date AND first_from <= %(last)s::date))
), summed AS (
    SELECT year, bool_and(is_whole) AS is_whole, sum(incidents) AS incidents FROM met GROUP BY year
)
SELECT (SELECT coalesce(sum(incidents), 0) FROM summed WHERE is_whole) + (
    SELECT count(*) FROM summed s JOIN cases_placement p ON p.agency_id = %(agency)s AND p.cell IS NULL
    WHERE NOT s.is_whole AND p.is_open AND s.year = extract(year FROM p.first_day)::smallint AND {_OF_CUT_YEARS}
)
"""  # noqa: S608  # nosec B608 - columns of our own


def summed_in(view: View, agency: int, days: Days) -> Tally:
    """Return what an agency's sums say of the cells in a view; what the view's edge cuts is counted to the incident."""
    sums = min(view.size + FINER_BY, (SUMMED_SIZES if days.is_any else SUMMED_BY_YEAR)[-1])
    bits = {
        "around": around(view.size),
        "sums": around(sums),
        "first": first_within(sums),
        "last": last_within(sums),
    }
    asked = {
        **_asked_of(agency, days),
        **{f"{name}_{part}": value for name, pair in bits.items() for part, value in pair._asdict().items()},
        # A sum that is coarser than the cells, or was asked how uncertain it is of other cells, is of no use as it is.
        "may_add": sums == view.size + FINER_BY,
        "sums": sums,
        "reach": reach_m(view.size),
    }
    tally: Tally = {}
    with connection.cursor() as cursor:
        for box in view.boxes:
            lowest = box.south - HEIGHTS[sums]
            cursor.execute(_IN_VIEW, {**asked, **box._asdict(), "strips": strips_of(box), "lowest": lowest})
            add_to(tally, cursor.fetchall())
    return tally


def summed_nowhere(agency: int, days: Days) -> int:
    """Return how many of what an agency's sums count have no position."""
    with connection.cursor() as cursor:
        cursor.execute(_NOWHERE, _asked_of(agency, days))
        return int(cursor.fetchone()[0])


def counted_in(view: View, placements: QuerySet[Placement]) -> Tally:
    """Return how many of the incidents lie in each cell of the view."""
    kept, set_ = around(view.size)
    rows = (
        placements.filter(view.holds())
        .annotate(within=F("cell").bitand(kept).bitor(set_))
        .order_by()
        .values_list("within")
        .annotate(
            incidents=Count("pk"),
            uncertain=Count("pk", filter=Q(accuracy_m__gt=reach_m(view.size))),
            **{name: Count("pk", filter=Q(**{f"is_{name}": True})) for name in OUTCOMES},
        )
    )
    tally: Tally = {}
    add_to(tally, rows)
    return tally


def add_to(tally: Tally, rows: Iterable[Sequence[Any]]) -> None:
    """Add rows of a cell and its counts."""
    for cell, *counts in rows:
        tally.setdefault(cell, Counter()).update(dict(zip(COUNTED, map(int, counts), strict=True)))


def merged(tallies: Iterable[Tally]) -> Tally:
    """Return several tallies of different incidents as one."""
    whole: Tally = {}
    for tally in tallies:
        for cell, counts in tally.items():
            whole.setdefault(cell, Counter()).update(counts)
    return whole


def placed_among(incidents: QuerySet[Incident]) -> QuerySet[Placement]:
    """Return where incidents lie, also those without a position."""
    return Placement.objects.filter(incident__in=incidents.order_by().values("pk"))


def points_of(incidents: QuerySet[Incident]) -> list[Mapping[str, Any]]:
    """Return each incident that has a position as a map shows it, by reference."""
    rows = (
        incidents.filter(longitude__isnull=False)
        .defer("as_sent")
        .select_related("placement")
        .prefetch_related("items")
        .order_by("reference")
    )
    return [_point(row) for row in rows]


def _point(incident: Any) -> Mapping[str, Any]:
    return {
        "reference": incident.reference,
        "state": incident.state,
        "longitude": incident.longitude,
        "latitude": incident.latitude,
        "accuracy_m": incident.location_accuracy_m,
        "occurred_on": incident.occurred_on or None,
        "kind": incident.kind or None,
        "categories": sorted({item.category for item in incident.items.all() if item.category}),
        "outcomes": [name for name in OUTCOMES if getattr(incident.placement, f"is_{name}")],
    }


def _asked_of(agency: int, days: Days) -> dict[str, Any]:
    first, last = days
    return {
        "agency": agency,
        "any_day": days.is_any,
        "first": first or date.min,
        "last": last or date.max,
        "earliest": date(max(1, (first or date.min).year - 1), 1, 1),
        # Where the first of the years ends that the days may cut, and where the last begins.
        "cut_until": date((first or date.min).year, 12, 31),
        "cut_from": date((last or date.max).year, 1, 1),
        "from_year": ALL_YEARS if days.is_any else NO_YEAR + 1,
        "to_year": ALL_YEARS if days.is_any else (last or date.max).year,
    }
