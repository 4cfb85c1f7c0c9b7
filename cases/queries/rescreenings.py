"""Re-screenings: how far each is, and the difference report."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import F, Func, IntegerField, Prefetch, QuerySet, Sum

from cases.choices import RescreeningStatus
from cases.models import Agency, Incident, Rescreening, RescreeningChange, RescreeningChunk

Document = dict[str, Any]

COUNTED = ("screened", "new", "lost", "changed", "failed", "passed_over")


def rescreening_rows(rescreenings: QuerySet[Rescreening]) -> QuerySet[Rescreening]:
    """Return the re-screenings with what a row shows read along."""
    chunks = RescreeningChunk.objects.defer("incidents")
    return rescreenings.select_related("rulebook").prefetch_related(Prefetch("chunks", queryset=chunks))


def change_rows(changes: QuerySet[RescreeningChange]) -> QuerySet[RescreeningChange]:
    """Return the changes with what a row shows read along."""
    return changes.select_related("incident").defer("incident__as_sent")


def changes_of_incident(incident: Incident, *, with_nominal: bool) -> list[Document]:
    """Return what re-screenings changed on the incident, latest first."""
    rows = change_rows(RescreeningChange.objects.filter(incident=incident)).order_by("-changed_at", "measure")
    return [document_of_change(change, with_nominal=with_nominal) for change in rows]


def document_of_rescreening(rescreening: Rescreening, agency: Agency | None) -> Document:
    """Return a re-screening as one agency may see it: the counts are those of its own incidents."""
    chunks = list(rescreening.chunks.all())
    done = [chunk for chunk in chunks if chunk.finished_at is not None]
    counts: Counter[str] = Counter()
    for chunk in done:
        counts.update(chunk.counts.get(str(agency.pk), {}) if agency is not None else {})
    return {
        **_in_short(rescreening),
        "progress": 1.0 if not chunks else round(len(done) / len(chunks), 3),
        "counts": {name: counts[name] for name in COUNTED},
    }


def incidents_done(rescreening: Rescreening) -> int:
    """Return how many incidents of all agencies lie in chunks that are done."""
    size = Func(F("incidents"), function="cardinality", output_field=IntegerField())
    done = rescreening.chunks.filter(finished_at__isnull=False).aggregate(done=Sum(size))
    return int(done["done"] or 0)


def report_of(rescreening: Rescreening) -> Document:
    """Return what the re-screening came to, over all agencies."""
    counts: Counter[str] = Counter()
    for of_chunk in rescreening.chunks.values_list("counts", flat=True).iterator():
        for of_agency in of_chunk.values():
            counts.update(of_agency)
    counted = {name: counts[name] for name in COUNTED}
    return {**_in_short(rescreening), "incidents": rescreening.incidents, **counted}


def changes_in_report(rescreening: Rescreening) -> Iterator[Document]:
    """Yield every change of the report, by incident and measure."""
    rows = rescreening.changes.select_related("incident").order_by("incident__reference", "measure", "pk")
    for change in rows.defer("incident__as_sent").iterator(chunk_size=1000):
        yield document_of_change(change, with_nominal=True)


def document_of_change(change: RescreeningChange, *, with_nominal: bool) -> Document:
    """Return one change: what a measure's outcome was and is, and the reasons on both sides.

    Reasons quote the record, names included: whoever may not read those is told the outcomes.
    """
    return {
        "rescreening": change.rescreening_id,
        "reference": change.incident.reference,
        "kind": change.kind,
        "regime": change.regime,
        "measure": change.measure,
        "outcome_before": change.outcome_before or None,
        "outcome_after": change.outcome_after or None,
        "reasons": change.reasons if with_nominal else [],
        "changed_at": change.changed_at.isoformat(),
    }


def find_unfinished() -> Rescreening | None:
    """Return the re-screening that is planned or under way."""
    unfinished = Rescreening.objects.filter(status__in=[RescreeningStatus.PLANNED, RescreeningStatus.RUNNING])
    return unfinished.select_related("rulebook").order_by("-pk").first()


def _in_short(rescreening: Rescreening) -> Document:
    return {
        "id": rescreening.pk,
        "cause": rescreening.cause,
        "status": rescreening.status,
        "before": rescreening.before,
        "after": {
            "rulebook": {"version": rescreening.rulebook.version, "digest": rescreening.rulebook.digest},
            "lists": rescreening.lists,
            "zones": {"version": rescreening.zones_version, "digest": rescreening.zones_digest},
        },
        "requested_at": rescreening.requested_at.isoformat(),
        "started_at": _moment(rescreening.started_at),
        "finished_at": _moment(rescreening.finished_at),
    }


def _moment(at: Any) -> str | None:
    return None if at is None else str(at.isoformat())
