"""Which incidents a change of rulebook, lists or zones can touch, by the terms kept with their results."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import Count, F, Func, Max, Q, QuerySet

from cases.choices import RunStatus
from cases.list_changes import ListTouch, touched_by_lists
from cases.models import Agency, CurrentScreening, Incident, IncidentState, RulebookVersion, ScreeningRun
from cases.queries.earlier_versions import designations_of, rulebook_of
from cases.queries.geographies import geography_used
from cases.queries.incidents_by_place import lying_in
from cases.rulebook_changes import Touch, touches
from cases.screening.facts import REACH_M
from geo.changes import changed_boxes
from geo.errors import GeographyUnavailable

# A position less accurate than this is looked at wherever zones change: few are, and they lie everywhere.
USUAL_ACCURACY_M: Final = 100_000.0
# How many names are sent in one question.
NAMES_AT_ONCE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Versions:
    """What results rest on beside the facts."""

    rulebook: RulebookVersion
    lists: list[dict[str, str]]
    zones_version: str
    zones_digest: str

    def document(self) -> dict[str, Any]:
        """Return the versions by name."""
        return {
            "rulebook": {"version": self.rulebook.version, "digest": self.rulebook.digest},
            "lists": self.lists,
            "zones": {"version": self.zones_version, "digest": self.zones_digest},
        }


def versions_met() -> list[tuple[Versions, int]]:
    """Return each combination of versions that results in force rest on, and how many do."""
    met = CurrentScreening.objects.values_list("run__rulebook", "run__lists", "run__zones_version", "run__zones_digest")
    rows = list(met.annotate(count=Count("pk")).order_by("-count"))
    rulebooks = RulebookVersion.objects.in_bulk([row[0] for row in rows])
    return [(Versions(rulebooks[rulebook_id], *rest), count) for rulebook_id, *rest, count in rows]


def all_incidents() -> QuerySet[Incident]:
    """Return every incident that counts or may come to count; what was recorded in error stays as it is."""
    return Incident.objects.exclude(state=IncidentState.VOID)


def incidents_on_others(target: Versions) -> QuerySet[Incident]:
    """Return the incidents whose result rests on other versions and that the difference can touch, or without any."""
    others = _without_result()
    for met, _ in versions_met():
        if met != target:
            others |= Q(current_screening__run__rulebook=met.rulebook) & _rests_on(met) & touched(met, target)
    return all_incidents().filter(others)


def incidents_since(earlier: Versions, target: Versions) -> QuerySet[Incident]:
    """Return the incidents that what changed between the two can touch, whatever their result rests on."""
    return all_incidents().filter(touched(earlier, target))


def touched(before: Versions, after: Versions) -> Q:
    """Return what an incident must meet to be touched by the change from one to the other."""
    everything = ~Q(pk__in=[])
    condition = Q(pk__in=[])
    if before.zones_digest != after.zones_digest:
        condition |= _lying_where_zones_changed(before.zones_digest, after.zones_digest)
    if before.lists != after.lists:
        condition |= _met_by_lists(touched_by_lists(designations_of(before.lists), designations_of(after.lists)))
    if before.rulebook != after.rulebook:
        found = touches(rulebook_of(before.rulebook), rulebook_of(after.rulebook))
        if found is None:
            return everything
        condition |= _any(found)
    return condition


def _without_result() -> Q:
    """Return the incidents that have no result and wait for none."""
    waiting = ScreeningRun.objects.filter(status__in=[RunStatus.QUEUED, RunStatus.RUNNING]).values("incident")
    return Q(current_screening__isnull=True) & ~Q(pk__in=waiting)


def _rests_on(versions: Versions) -> Q:
    return Q(current_screening__run__lists=versions.lists, current_screening__run__zones_digest=versions.zones_digest)


def _lying_where_zones_changed(before: str, after: str) -> Q:
    """Return the incidents whose position lies near a zone that is not in both geographies, by their digests."""
    placed = Q(longitude__isnull=False)
    try:
        boxes = changed_boxes(
            geography_used(digest=before), geography_used(digest=after), within_m=USUAL_ACCURACY_M + _widest_reach_m()
        )
    except GeographyUnavailable:
        return placed
    if boxes is None:
        return placed
    near = Q(location_accuracy_m__gt=USUAL_ACCURACY_M)
    for box in boxes:
        near |= lying_in(box)
    return placed & near


def _widest_reach_m() -> int:
    """Return the farthest "near" of any agency, in metres (R7)."""
    return max(REACH_M, Agency.objects.aggregate(widest=Max("near_reach_m"))["widest"] or 0)


def _met_by_lists(touch: ListTouch) -> Q:
    """Return the incidents that name one of the entries that changed, or for which the editions themselves matter."""
    met = Q(current_screening__designated__overlap=sorted(touch.references))
    met |= Q(pk__in=_naming(touch)) if touch.entries else Q(pk__in=[])
    if touch.old_after is not None:
        later = Q(current_screening__last_day__isnull=True) | Q(current_screening__last_day__gt=touch.old_after)
        met |= later & ~Q(current_screening__names=[])
    if touch.uncovered_before is not None:
        first = "current_screening__first_day"
        earlier = Q(**{f"{first}__isnull": True}) | Q(**{f"{first}__lt": touch.uncovered_before})
        met |= earlier & ~Q(current_screening__designated=[])
    return met


def _naming(touch: ListTouch) -> list[int]:
    """Return the incidents that state a name or number that may be that of an entry; each is looked at once."""
    alike = [stated for stated in _names_stated() if touch.names(stated)]
    incidents: set[int] = set()
    for start in range(0, len(alike), NAMES_AT_ONCE):
        incidents.update(_bearing(alike[start : start + NAMES_AT_ONCE]))
    return sorted(incidents)


def _bearing(names: list[str]) -> list[int]:
    """Return the incidents that state one of the names; a function that an index answers (see the policies)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_incidents_naming(%s)", [names])
        return [row[0] for row in cursor.fetchall()]


def _names_stated() -> Iterator[str]:
    every = CurrentScreening.objects.annotate(name=Func(F("names"), function="unnest"))
    yield from every.values_list("name", flat=True).distinct().iterator(chunk_size=NAMES_AT_ONCE)


def _any(found: Iterable[Touch]) -> Q:
    condition = Q(pk__in=[])
    for touch in found:
        condition |= _meets(touch)
    return condition


def _meets(touch: Touch) -> Q:
    condition = Q(current_screening__isnull=False)
    if touch.any_of:
        condition &= Q(current_screening__terms__overlap=sorted(touch.any_of))
    if touch.all_of:
        condition &= Q(current_screening__terms__contains=sorted(touch.all_of))
    if touch.until is not None:
        condition &= Q(current_screening__first_day__isnull=True) | Q(current_screening__first_day__lt=touch.until)
    if touch.first is not None:
        condition &= Q(current_screening__last_day__isnull=True) | Q(current_screening__last_day__gte=touch.first)
    return condition
