"""Dropping answers that were kept for repeated requests."""

from datetime import datetime, timedelta

from cases.models import IdempotencyRecord

# The contract's promise; a device offline longer still has its `client_id`.
KEPT_FOR = timedelta(days=30)


def forget_answers(*, now: datetime) -> int:
    """Drop the answers kept longer than promised; returns how many."""
    dropped, _ = IdempotencyRecord.objects.filter(created_at__lt=now - KEPT_FOR).delete()
    return dropped
