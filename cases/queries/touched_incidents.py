"""Which incidents a change of rulebook, lists or zones can touch, by the terms kept with their results."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from cases.choices import RunStatus
from cases.models import CurrentScreening, Incident, IncidentState, RulebookVersion, ScreeningRun
from cases.queries.earlier_versions import rulebook_of
from cases.rulebook_changes import Touch, touches
from cases.search_terms import DESIGNATED


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
        condition |= Q(longitude__isnull=False)
    if before.lists != after.lists:
        condition |= _compared_with_lists()
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


def _compared_with_lists() -> Q:
    """Return the incidents that name anyone: a list bears on no other."""
    named = ~Q(current_screening__names=[]) | Q(current_screening__has_designations=True)
    return named | Q(current_screening__terms__contains=[DESIGNATED])


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
