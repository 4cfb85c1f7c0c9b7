"""Noticing that rulebook, lists or zones are others than those that results rest on."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from cases import outbox
from cases.choices import RescreeningStatus, RunStatus
from cases.models import CurrentScreening, Rescreening, ScreeningRun
from cases.queries.touched_incidents import Versions
from cases.services.request_rescreening import OPEN, may_plan, request_rescreening, versions_in_use

# A chunk takes a second; when none has ended for so long, whoever worked on it is gone.
STILL_AFTER: Final = timedelta(minutes=1)


def watch_versions(*, now: datetime) -> bool:
    """Plan a re-screening where the versions in use are new, whichever way they arrived; return whether one was.

    One that is planned and stands still is sent to the workers again.
    """
    _send_again(now)
    with transaction.atomic():
        if not may_plan() or not _is_news(versions_in_use()):
            return False
        return request_rescreening(requested_at=now).status == RescreeningStatus.PLANNED


def _send_again(now: datetime) -> None:
    for rescreening in Rescreening.objects.filter(status__in=OPEN, sent_at__lt=now - STILL_AFTER):
        if not rescreening.chunks.filter(finished_at__gt=now - STILL_AFTER).exists():
            outbox.send(outbox.RESCREEN, queue=outbox.BATCH, rescreening_id=rescreening.pk)
            Rescreening.objects.filter(pk=rescreening.pk).update(sent_at=now)


def _is_news(target: Versions) -> bool:
    """Whether no re-screening was planned for these versions, and there are results that rest on others."""
    last = Rescreening.objects.order_by("-pk").first()
    if last is not None:
        planned = (last.rulebook_id, last.lists, last.zones_digest)
        # A worker that has not been restarted yet has nothing to say against a newer rulebook.
        is_older = target.rulebook.pk < last.rulebook_id
        return not is_older and planned != (target.rulebook.pk, target.lists, target.zones_digest)
    same = {
        "run__rulebook": target.rulebook,
        "run__lists": target.lists,
        "run__zones_digest": target.zones_digest,
    }
    # Results from before they were told apart from superseded ones are in force under no name.
    unnamed = ScreeningRun.objects.filter(status=RunStatus.DONE.value, incident__current_screening__isnull=True)
    return CurrentScreening.objects.exclude(**same).exists() or unnamed.exists()
