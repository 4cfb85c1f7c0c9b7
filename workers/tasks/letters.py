"""Letters to States."""

from celery import shared_task
from django.utils import timezone

from cases import outbox
from cases.services.deliver_dispatch import deliver_dispatch
from cases.services.sweep_dispatches import sweep_dispatches
from workers import retries


@shared_task(name=outbox.SEND_LETTER, **retries.TRANSIENT)
def send(*, dispatch_id: int, **_future: object) -> str:
    """Let one letter leave. Safe to deliver twice: what has left stays as it is, and what is in hand is left alone."""
    return deliver_dispatch(dispatch_id=dispatch_id, now=timezone.now())


@shared_task(name=outbox.SWEEP_LETTERS)
def sweep(**_future: object) -> int:
    """Send what is due and was not sent yet; returns how many."""
    return sweep_dispatches(now=timezone.now())
