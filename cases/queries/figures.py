"""What the figures count, of the incidents that a reader may know of; each number leads to the cases behind it."""

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Upper

from cases.choices import ChangeKind, RunStatus
from cases.models import Finding, Incident, IncidentState, Referral, RescreeningChange, ScreeningRun, SeizedItem
from cases.screening.findings import Outcome

# Bars that are told apart at a glance.
MOST_BARS: Final = 12
# So many cases are named beside a number; the list has the rest.
MOST_CASES: Final = 100
# In days, each bucket up to and with its bound.
BUCKETS: Final = (7, 30, 90, 365)
OUTCOMES: Final = (Outcome.INDICATED, Outcome.POSSIBLE, Outcome.EXEMPTION_CLAIMED)


class Counted(NamedTuple):
    """One number, what it is of, and the references of some of its cases where no list is asked for them."""

    key: str
    number: int
    cases: tuple[str, ...] = ()


class Changes(NamedTuple):
    """What one re-screening changed, by how."""

    rescreening: int
    requested_on: date
    rulebook: int
    counts: Mapping[str, int]


def in_years(incidents: QuerySet[Incident], first: int, last: int) -> QuerySet[Incident]:
    """Return the final records whose date may lie in those years, as the list's own filter has it."""
    return incidents.filter(state=IncidentState.FINAL).filter(_may_lie_in(first, last))


def by_year(incidents: QuerySet[Incident], first: int, last: int) -> list[Counted]:
    """Count the records by year; one whose date may lie in several stands in each."""
    counts = {f"y{year}": Count("pk", filter=_may_lie_in(year, year)) for year in range(first, last + 1)}
    found = incidents.filter(state=IncidentState.FINAL).order_by().aggregate(**counts)
    return [Counted(str(year), found[f"y{year}"]) for year in range(first, last + 1)]


def by_outcome(incidents: QuerySet[Incident]) -> list[Counted]:
    """Count the records by outcome of a finding in force; one with findings of several outcomes stands in each."""
    findings = Finding.objects.filter(is_current=True, incident__in=incidents.values("pk"))
    rows = findings.order_by().values("outcome").annotate(count=Count("incident", distinct=True))
    counts = dict(rows.values_list("outcome", "count"))
    screened = incidents.filter(pk__in=ScreeningRun.objects.filter(status=RunStatus.DONE).values("incident"))
    without = screened.exclude(pk__in=findings.values("incident")).count()
    found = [Counted(outcome.value, counts.get(outcome.value, 0)) for outcome in OUTCOMES]
    return [*found, Counted(Outcome.NOT_INDICATED.value, without)]


def by_days_to_referral(incidents: QuerySet[Incident], referrals: QuerySet[Referral]) -> list[Counted]:
    """Count the records by days from their recording to the first letter that was issued on them."""
    issued = referrals.filter(incident=OuterRef("pk"), issued_at__isnull=False).order_by()
    first = issued.values("incident").annotate(first=Min("issued_at")).values("first")
    rows = incidents.annotate(first_issued_at=Subquery(first)).filter(first_issued_at__isnull=False)
    days: dict[str, list[str]] = {str(bound): [] for bound in (*BUCKETS, 0)}
    for reference, recorded_at, issued_at in rows.order_by("reference").values_list(
        "reference", "recorded_at", "first_issued_at"
    ):
        waited = (issued_at - recorded_at).days
        days[str(next((bound for bound in BUCKETS if waited <= bound), 0))].append(reference)
    return [_with_cases(key, references) for key, references in days.items()]


def asked_by_state(referrals: QuerySet[Referral]) -> Mapping[str, tuple[str, ...]]:
    """Return the incidents on which each State was asked, some of them."""
    rows = referrals.filter(issued_at__isnull=False).order_by("addressee_country", "incident__reference")
    found: dict[str, dict[str, None]] = {}
    for country, reference in rows.values_list("addressee_country", "incident__reference"):
        found.setdefault(country, {})[reference] = None
    return {country: tuple(references)[:MOST_CASES] for country, references in found.items()}


def by_make(incidents: QuerySet[Incident]) -> list[Counted]:
    """Count the records by the make of an item, the most frequent first; makes that differ in case alone are one."""
    items = SeizedItem.objects.filter(incident__in=incidents.values("pk")).exclude(make="")
    rows = (
        items.order_by().values(folded=Upper("make")).annotate(name=Min("make"), count=Count("incident", distinct=True))
    )
    most = rows.order_by("-count", "folded").values_list("name", "count")[:MOST_BARS]
    return [Counted(name, count) for name, count in most]


def by_route(incidents: QuerySet[Incident]) -> list[Counted]:
    """Count the records by where the goods are said to come from and to be bound for, the most frequent first."""
    stated = incidents.filter(route__isnull=False).exclude(route__origin="").exclude(route__destination="")
    rows = stated.order_by().values(origin=F("route__origin"), bound=F("route__destination"))
    most = rows.annotate(count=Count("pk")).order_by("-count", "origin", "bound")[:MOST_BARS]
    return [
        Counted(f"{row['origin']} → {row['bound']}", row["count"], _some_of(stated, row["origin"], row["bound"]))
        for row in most
    ]


def _some_of(stated: QuerySet[Incident], origin: str, bound: str) -> tuple[str, ...]:
    rows = stated.filter(route__origin=origin, route__destination=bound).order_by("-recorded_at", "-pk")
    return tuple(rows.values_list("reference", flat=True)[:MOST_CASES])


def by_rescreening(changes: QuerySet[RescreeningChange]) -> list[Changes]:
    """Count what re-screenings changed, the latest first, each by how."""
    latest = changes.order_by().values("rescreening").distinct().order_by("-rescreening")[:MOST_BARS]
    keys = list(latest.values_list("rescreening", flat=True))
    rows = changes.filter(rescreening__in=keys).order_by().values("rescreening", "kind").annotate(count=Count("pk"))
    columns = ("rescreening", "rescreening__requested_at", "rescreening__rulebook", "kind", "count")
    found: dict[int, Changes] = {}
    for key, requested_at, rulebook, kind, count in rows.order_by("-rescreening").values_list(*columns):
        none: dict[str, int] = dict.fromkeys((each.value for each in ChangeKind), 0)
        change = found.setdefault(key, Changes(key, requested_at.date(), rulebook, none))
        found[key] = change._replace(counts={**change.counts, kind: count})
    return list(found.values())


def _may_lie_in(first: int, last: int) -> Q:
    return Q(occurred_last_day__gte=date(first, 1, 1), occurred_first_day__lte=date(last, 12, 31))


def _with_cases(key: str, references: list[str]) -> Counted:
    return Counted(key, len(references), tuple(references[:MOST_CASES]))


def years_recorded(incidents: QuerySet[Incident]) -> tuple[int, int] | None:
    """Return the first and the last year of final records; None where no day is known of any."""
    final = incidents.filter(state=IncidentState.FINAL).order_by()
    days = final.aggregate(first=Min("occurred_first_day"), last=Max("occurred_last_day"))
    return None if days["first"] is None else (days["first"].year, days["last"].year)
