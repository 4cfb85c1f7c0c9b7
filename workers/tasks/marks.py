"""Marks that another agency asked about."""

from celery import shared_task

from cases import outbox
from cases.services.tell_holders import tell_holders
from workers import retries


@shared_task(name=outbox.TELL_HOLDERS, **retries.TRANSIENT)
def tell(**_future: object) -> int:
    """Tell those who hold what was asked about, once, however often this runs; returns of how many searches."""
    return tell_holders()
