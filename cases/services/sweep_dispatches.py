"""Finding letters that are due to leave and that no worker was told of in a while."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from cases import outbox
from cases.choices import DispatchState
from cases.models import Dispatch

# A message needs a moment in a busy system; until then it is not sent twice.
TOLD_AGAIN_AFTER: Final = timedelta(minutes=1)
AT_ONCE: Final = 500


def sweep_dispatches(*, now: datetime) -> int:
    """Have sent what is due: after a pause, on a new day, or left behind by a broker or worker that is gone."""
    due = Dispatch.objects.filter(
        Q(taken_until__isnull=True) | Q(taken_until__lte=now), state=DispatchState.QUEUED, due_at__lte=now
    )
    sent = 0
    for pk in list(
        due.filter(nudged_at__lte=now - TOLD_AGAIN_AFTER).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    ):
        if not outbox.send(outbox.SEND_LETTER, queue=outbox.OUTBOUND, dispatch_id=pk):
            # A broker that is down for one is down for all; the next sweep tries again.
            break
        Dispatch.objects.filter(pk=pk).update(nudged_at=now)
        sent += 1
    return sent
