"""Finding screenings that were forgotten on the way."""

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from cases import outbox
from cases.choices import RunStatus
from cases.models import ScreeningRun
from cases.services.run_screening import MOST_ATTEMPTS, RUNNING_LIMIT, fail_run

# A message needs a moment in an idle system; each further sending waits twice as long, so that a long queue is not
# doubled every half minute.
FORGOTTEN_AFTER = timedelta(seconds=30)
MOST_DOUBLINGS = 6
AT_ONCE = 1000


def sweep_screenings(*, now: datetime) -> int:
    """Send again the runs that stay queued or were left running by a dead worker; returns how many were sent."""
    forgotten = list(_forgotten(now)[:AT_ONCE])
    sent = 0
    for run in forgotten:
        if run.attempts >= MOST_ATTEMPTS:
            fail_run(run, f"given up after {run.attempts} attempts that ended with the worker", now)
        elif outbox.send(outbox.RUN_SCREENING, queue=outbox.INTERACTIVE, run_id=run.pk):
            ScreeningRun.objects.filter(pk=run.pk).update(sent_at=now, sends=F("sends") + 1)
            sent += 1
        else:
            # A broker that is down for one is down for all; the next sweep tries again.
            break
    return sent


def _forgotten(now: datetime) -> QuerySet[ScreeningRun]:
    due = Q()
    for sends in range(MOST_DOUBLINGS + 1):
        which = Q(sends__gte=sends + 1) if sends == MOST_DOUBLINGS else Q(sends=sends + 1)
        due |= which & Q(sent_at__lt=now - FORGOTTEN_AFTER * 2**sends)
    left_running = Q(status=RunStatus.RUNNING, started_at__lt=now - RUNNING_LIMIT)
    left_running &= Q(sent_at__lt=now - FORGOTTEN_AFTER)
    return ScreeningRun.objects.filter(Q(status=RunStatus.QUEUED) & due | left_running).order_by("queued_at", "pk")
