"""Dropping counts of attempts that no longer hold."""

from datetime import datetime

from cases.models import AttemptCount


def forget_attempts(*, now: datetime) -> int:
    """Delete the counts whose time is over; returns how many."""
    return AttemptCount.objects.filter(ends_at__lte=now).delete()[0]
