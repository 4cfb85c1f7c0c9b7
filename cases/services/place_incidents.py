"""Placing incidents that were recorded before maps counted them."""

from collections.abc import Iterator
from typing import Final

from django.db import transaction

from cases.models import Incident
from cases.services.add_up_counts import add_up_counts
from cases.services.keep_placements import keep_placements

AT_ONCE: Final = 1_000


def place_incidents() -> Iterator[int]:
    """Place every incident that is not yet, and yield after each chunk how many were."""
    while True:
        with transaction.atomic():
            waiting = Incident.objects.filter(placement__isnull=True).order_by("pk").select_for_update(of=("self",))
            keys = list(waiting.values_list("pk", flat=True)[:AT_ONCE])
            if not keys:
                return
            keep_placements(incident_ids=keys)
        add_up_counts()
        yield len(keys)
