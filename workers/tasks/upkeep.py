"""Housekeeping."""

from celery import shared_task
from django.utils import timezone

from cases import outbox
from cases.services.add_up_counts import add_up_counts
from cases.services.erase_due import erase_due
from cases.services.forget_answers import forget_answers
from cases.services.forget_attempts import forget_attempts
from cases.services.link_audit_entries import link_audit_entries
from cases.services.watch_obligations import watch_obligations
from cases.services.watch_replies import watch_replies


@shared_task(name=outbox.FORGET_ANSWERS)
def forget(**_future: object) -> int:
    """Drop answers kept for repeated requests once they are 30 days old; returns how many."""
    return forget_answers(now=timezone.now())


@shared_task(name=outbox.ADD_UP_COUNTS)
def add_up(**_future: object) -> int:
    """Add up what was appended to counts of map cells and legs; returns how many rows. Safe to run twice at once."""
    return add_up_counts()


@shared_task(name=outbox.ERASE_DUE)
def erase(**_future: object) -> int:
    """Erase what is older than its agency wants it kept; returns of how many records. What is held stays."""
    return erase_due(now=timezone.now())


@shared_task(name=outbox.LINK_AUDIT)
def link_audit(**_future: object) -> int:
    """Link the audit entries that wait and sign the new head; returns how many. Safe to run twice at once."""
    return link_audit_entries(now=timezone.now())


@shared_task(name=outbox.FORGET_ATTEMPTS)
def forget_counts(**_future: object) -> int:
    """Drop counts of attempts to come in whose time is over; returns how many."""
    return forget_attempts(now=timezone.now())


@shared_task(name=outbox.WATCH_REPLIES)
def watch(**_future: object) -> int:
    """Note silence, remind officers and tell focal points; returns of how many referrals something was said."""
    return watch_replies(now=timezone.now())


@shared_task(name=outbox.WATCH_OBLIGATIONS)
def watch_due(**_future: object) -> int:
    """Tell officers of obligations before their day, on it and after it; returns of how many something was said."""
    return watch_obligations(now=timezone.now())
