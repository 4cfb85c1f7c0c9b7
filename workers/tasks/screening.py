"""Screening in the background."""

from celery import shared_task
from django.utils import timezone

from cases import outbox
from cases.services.run_screening import run_screening
from cases.services.sweep_screenings import sweep_screenings
from workers import retries


@shared_task(name=outbox.RUN_SCREENING, **retries.TRANSIENT)
def run(*, run_id: int, **_future: object) -> str:
    """Screen one incident. Safe to deliver twice: a finished run is left as it is."""
    return run_screening(run_id=run_id, now=timezone.now()).status


@shared_task(name=outbox.SWEEP_SCREENINGS)
def sweep(**_future: object) -> int:
    """Send again what stays queued or was left running; returns how many."""
    return sweep_screenings(now=timezone.now())
