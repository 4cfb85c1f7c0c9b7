"""Evidence in the background."""

from typing import Final

from celery import shared_task
from django.utils import timezone

from cases import outbox
from cases.services.inspect_evidence import inspect_evidence
from cases.services.sweep_evidence import sweep_evidence
from workers import retries

# Two gigabytes read through by two scanners; still below the time after which a message is given to another worker.
SOFT_LIMIT_S: Final = 480
LIMIT_S: Final = 540


@shared_task(name=outbox.INSPECT_EVIDENCE, soft_time_limit=SOFT_LIMIT_S, time_limit=LIMIT_S, **retries.TRANSIENT)
def inspect(*, evidence_id: int, **_future: object) -> str:
    """Look into a file that came in. Safe to deliver twice."""
    return inspect_evidence(evidence_id=evidence_id, inspected_at=timezone.now())


@shared_task(name=outbox.SWEEP_EVIDENCE, soft_time_limit=SOFT_LIMIT_S, time_limit=LIMIT_S)
def sweep(**_future: object) -> int:
    """Refuse uploads that were abandoned and have inspected what was forgotten; returns how many."""
    return sweep_evidence(now=timezone.now())
