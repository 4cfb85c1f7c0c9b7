"""Housekeeping."""

from celery import shared_task
from django.utils import timezone

from cases import outbox
from cases.services.forget_answers import forget_answers


@shared_task(name=outbox.FORGET_ANSWERS)
def forget(**_future: object) -> int:
    """Drop answers kept for repeated requests once they are 30 days old; returns how many."""
    return forget_answers(now=timezone.now())
