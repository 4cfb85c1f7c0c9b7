"""The queue of screenings, as the database has it."""

from datetime import datetime

from cases.choices import RunStatus
from cases.models import ScreeningRun


def oldest_queued_at() -> datetime | None:
    """Return since when the longest waiting screening waits; None when none does."""
    waiting = ScreeningRun.objects.filter(status=RunStatus.QUEUED).order_by("queued_at")
    return waiting.values_list("queued_at", flat=True).first()
