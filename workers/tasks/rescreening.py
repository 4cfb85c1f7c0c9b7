"""Re-screening in the background."""

from celery import shared_task
from django.utils import timezone

from cases import outbox
from cases.services.rescreen_chunk import begin_rescreening, finish_rescreening, rescreen_chunk
from cases.services.watch_versions import watch_versions
from workers import retries

# Planning after a new list looks at every name on record once, some ten thousand a second; delivered again meanwhile,
# the message finds that somebody is planning.
LONGEST_PLAN_S = 3_600


@shared_task(name=outbox.RESCREEN, **retries.TRANSIENT)
def work(*, rescreening_id: int, **_future: object) -> int:
    """Screen one chunk and ask for the next. Safe to deliver twice: a chunk is taken by one, and done once."""
    begin_rescreening(rescreening_id=rescreening_id, now=timezone.now())
    done = rescreen_chunk(rescreening_id=rescreening_id, now=timezone.now())
    if done is None:
        finish_rescreening(rescreening_id=rescreening_id, now=timezone.now())
        return 0
    outbox.send(outbox.RESCREEN, queue=outbox.BATCH, rescreening_id=rescreening_id)
    return done


@shared_task(
    name=outbox.WATCH_VERSIONS, soft_time_limit=LONGEST_PLAN_S, time_limit=LONGEST_PLAN_S + 60, **retries.TRANSIENT
)
def watch(**_future: object) -> bool:
    """Plan a re-screening where the versions in use are new, and send again one that stands still."""
    return watch_versions(now=timezone.now())
