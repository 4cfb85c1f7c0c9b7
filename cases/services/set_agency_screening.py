"""Setting what an agency decides for itself of screening and letters."""

from datetime import datetime

from django.db import transaction

from cases.choices import ContestedReading, RunStatus
from cases.models import Agency, Incident, IncidentState, Officer, ScreeningRun
from cases.row_scope import everything
from cases.services.write_audit_entry import write_audit_entry

QUEUED_AT_ONCE = 2_000


def set_agency_screening(
    *,
    agency: Agency,
    near_reach_m: int | None,
    contested_reading: ContestedReading,
    by: Officer | None,
    changed_at: datetime,
) -> int:
    """Set how far "near" reaches (R7) and which reading of contested measures letters follow (R11).

    Another reach is another fact: the agency's incidents with a position are queued to be screened anew, and their
    number is returned. The sweeper sends what is queued, so that a large agency does not flood the workers.
    """
    with transaction.atomic():
        kept = Agency.objects.select_for_update().get(pk=agency.pk)
        before = {"near_reach_m": kept.near_reach_m, "contested_reading": kept.contested_reading}
        after = {"near_reach_m": near_reach_m, "contested_reading": contested_reading.value}
        if before == after:
            return 0
        kept.near_reach_m, kept.contested_reading = near_reach_m, contested_reading.value
        kept.save(update_fields=["near_reach_m", "contested_reading"])
        change = {"before": before, "after": after}
        write_audit_entry(action="agency.screening_set", subject=kept, at=changed_at, by=by, change=change)
        if before["near_reach_m"] == near_reach_m:
            return 0
        with everything():
            # Whoever keeps the installation need not see the agency's records to have them screened.
            return _queue_all(kept, changed_at)


def _queue_all(agency: Agency, at: datetime) -> int:
    placed = Incident.objects.filter(agency=agency, longitude__isnull=False).exclude(state=IncidentState.VOID)
    waiting = ScreeningRun.objects.filter(status=RunStatus.QUEUED).values("incident")
    ids = list(placed.exclude(pk__in=waiting).order_by("pk").values_list("pk", flat=True))
    ScreeningRun.objects.bulk_create(
        [ScreeningRun(incident_id=pk, status=RunStatus.QUEUED, queued_at=at, sent_at=at) for pk in ids],
        batch_size=QUEUED_AT_ONCE,
        ignore_conflicts=True,
    )
    return len(ids)
