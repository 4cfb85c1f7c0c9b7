"""How many incidents, and how many arms, went along each leg between two States."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import CharField, Count, Func, Max, Min, Q, QuerySet, Sum

from cases.choices import LegKind
from cases.models import Incident, Leg
from cases.queries.map_cells import Days
from cases.statistics import legs
from cases.statistics.placed import NO_YEAR


@dataclass(slots=True)
class Flow:
    """What is counted along a leg; days are None where none is known."""

    incidents: int = 0
    arms: int = 0
    # In how many incidents arms were counted, and in how many not all were.
    counted: int = 0
    without_count: int = 0
    first_on: date | None = None
    last_on: date | None = None
    by_category: Counter[str] = field(default_factory=Counter)
    by_basis: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Flow") -> None:
        """Add what is counted of other incidents."""
        self.incidents += other.incidents
        self.arms += other.arms
        self.counted += other.counted
        self.without_count += other.without_count
        self.first_on = min(filter(None, (self.first_on, other.first_on)), default=None)
        self.last_on = max(filter(None, (self.last_on, other.last_on)), default=None)
        self.by_category.update(other.by_category)
        self.by_basis.update(other.by_basis)


# What a route rests on, where nobody said it.
UNKNOWN: Final = "unknown"
Flows = dict[legs.Leg, Flow]


def along(incidents: QuerySet[Incident], leg: legs.Leg) -> QuerySet[Incident]:
    """Return the incidents whose goods went, or were to go, along the leg."""
    return incidents.filter(pk__in=Leg.objects.filter(**leg._asdict()).values("incident"))


# What years lie within the days asked about is added up; of the years at either end legs are looked at, and of the year
# before, for a date may be known to the year alone and is never wider.
_SUMMED: Final = """
SELECT kind, start, "end", category, basis, sum(incidents), sum(arms), sum(counted), sum(without_count)
FROM cases_legcount WHERE agency_id = %(agency)s AND year >= %(from_year)s AND year <= %(to_year)s
GROUP BY kind, start, "end", category, basis HAVING sum(incidents) > 0
"""
_EXTENT: Final = """
SELECT asked.number,
    (SELECT l.first_day FROM cases_leg l WHERE l.agency_id = %(agency)s AND l.is_open
        AND l.kind = asked.kind AND l.start = asked.start AND l."end" = asked.finish
        AND l.first_day >= %(earliest)s AND l.first_day <= %(last)s AND l.last_day >= %(first)s
        ORDER BY l.first_day LIMIT 1),
    (SELECT l.last_day FROM cases_leg l WHERE l.agency_id = %(agency)s AND l.is_open
        AND l.kind = asked.kind AND l.start = asked.start AND l."end" = asked.finish
        AND l.last_day <= %(latest)s AND l.last_day >= %(first)s AND l.first_day <= %(last)s
        ORDER BY l.last_day DESC LIMIT 1)
FROM unnest(%(kinds)s::text[], %(starts)s::text[], %(ends)s::text[])
    WITH ORDINALITY AS asked (kind, start, finish, number)
"""


def summed_flows(agency: int, open_legs: QuerySet[Leg], days: Days) -> Flows:
    """Return what an agency's sums say of its flows on the days asked about; ``open_legs`` are what they count."""
    flows: Flows = {}
    whole = _whole_years(days)
    with connection.cursor() as cursor:
        cursor.execute(_SUMMED, {"agency": agency, "from_year": whole.first, "to_year": whole.last})
        for kind, start, end, category, basis, *counts in cursor.fetchall():
            _add(flows, (kind, start, end), category, basis, counts)
    if not days.is_any:
        _merge(flows, counted_flows(_at_the_ends(open_legs, days, whole)))
    _extend(flows, agency, days)
    return flows


def counted_flows(rows: QuerySet[Leg]) -> Flows:
    """Return the flows that the legs make."""
    flows: Flows = {}
    by_basis = (
        rows.order_by()
        .values_list("kind", "start", "end", "basis")
        .annotate(
            incidents=Count("pk"),
            pieces=Sum("arms"),
            counted=Count("arms"),
            without_count=Count("pk", filter=Q(lacks_count=True)),
            first_on=Min("first_day"),
            last_on=Max("last_day"),
        )
    )
    for kind, start, end, basis, *counts, first_on, last_on in by_basis:
        _add(flows, (kind, start, end), "", basis, counts, (first_on, last_on))
    by_category = (
        rows.order_by()
        .annotate(category=Func("categories", function="unnest", output_field=CharField()))
        .values_list("kind", "start", "end", "category")
        .annotate(incidents=Count("pk"))
    )
    for kind, start, end, category, incidents in by_category:
        _add(flows, (kind, start, end), category, "", (incidents, 0, 0, 0))
    return flows


def legs_among(incidents: QuerySet[Incident]) -> QuerySet[Leg]:
    """Return the legs of incidents."""
    return Leg.objects.filter(incident__in=incidents.order_by().values("pk"))


def merged_flows(several: Iterable[Flows]) -> Flows:
    """Return flows of different incidents as one."""
    whole: Flows = {}
    for flows in several:
        _merge(whole, flows)
    return whole


class _Years(NamedTuple):
    """The years that lie within some days, both included; the first beyond the last where there is none."""

    first: int
    last: int


def _whole_years(days: Days) -> _Years:
    if days.is_any:
        return _Years(NO_YEAR, date.max.year)
    first, last = days.first or date.min, days.last or date.max
    return _Years(
        first.year if (first.month, first.day) == (1, 1) else first.year + 1,
        last.year if (last.month, last.day) == (12, 31) else last.year - 1,
    )


def _at_the_ends(rows: QuerySet[Leg], days: Days, whole: _Years) -> QuerySet[Leg]:
    first, last = days.first or date.min, days.last or date.max
    met = rows.filter(last_day__gte=first, first_day__lte=last, first_day__gte=_new_year(first.year - 1))
    if whole.first > whole.last:
        return met
    before = Q(first_day__lt=_new_year(whole.first))
    after = Q(first_day__gt=date(min(whole.last, date.max.year), 12, 31))
    return met.filter(before | after)


def _extend(flows: Flows, agency: int, days: Days) -> None:
    """Say of each flow the first day and the last."""
    if not flows:
        return
    first, last = days.first or date.min, days.last or date.max
    keys = list(flows)
    asked: dict[str, Any] = {
        "agency": agency,
        "kinds": [leg.kind.value for leg in keys],
        "starts": [leg.start for leg in keys],
        "ends": [leg.end for leg in keys],
        "first": first,
        "last": last,
        "earliest": _new_year(first.year - 1),
        "latest": _new_year(last.year + 2),
    }
    with connection.cursor() as cursor:
        cursor.execute(_EXTENT, asked)
        for number, first_on, last_on in cursor.fetchall():
            flows[keys[number - 1]].first_on, flows[keys[number - 1]].last_on = first_on, last_on


def _new_year(year: int) -> date:
    """Return the first day of a year, of the nearest one that the calendar has."""
    return date(min(max(year, date.min.year), date.max.year), 1, 1) if year <= date.max.year else date.max


def _add(
    flows: Flows,
    leg: tuple[str, str, str],
    category: str,
    basis: str,
    counts: Sequence[Any],
    extent: tuple[date | None, date | None] = (None, None),
) -> None:
    kind, start, end = leg
    flow = flows.setdefault(legs.Leg(LegKind(kind), start, end), Flow())
    incidents, arms, counted, without_count = (int(count or 0) for count in counts)
    if category:
        flow.by_category[category] += incidents
        return
    added = Flow(incidents, arms, counted, without_count, *extent, by_basis=Counter({basis or UNKNOWN: incidents}))
    flow.add(added)


def _merge(flows: Flows, others: Flows) -> None:
    for leg, flow in others.items():
        flows.setdefault(leg, Flow()).add(flow)
