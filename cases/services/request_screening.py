"""Queueing a screening."""

from datetime import datetime

from django.db import transaction

from cases import outbox
from cases.choices import RunStatus
from cases.models import Incident, ScreeningRun


def request_screening(*, incident: Incident, requested_at: datetime, queue: str = outbox.INTERACTIVE) -> ScreeningRun:
    """Queue a run of the incident, or return the one that is queued already; the worker is told after commit."""
    with transaction.atomic():
        run, _ = ScreeningRun.objects.get_or_create(
            incident=incident,
            status=RunStatus.QUEUED,
            defaults={"queued_at": requested_at, "sent_at": requested_at},
        )
        outbox.send_on_commit(outbox.RUN_SCREENING, queue=queue, run_id=run.pk)
    return run
