"""Offering an item or exhibit to somebody else."""

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from cases.choices import CustodyKind
from cases.models import CustodyEvent, Officer
from cases.queries.custody import Subject
from cases.services.append_custody_event import CustodyDetails, append_custody_event


def hand_over_item(
    *, officer: Officer, subject: Subject, details: CustodyDetails, offered_at: datetime
) -> CustodyEvent:
    """Offer the thing to the holder named; whoever gives holds it until the other has accepted.

    The offer lapses after CUSTODY_HANDOVER_EXPIRES. Of two at once one is refused: HandoverOpen.
    """
    offer = replace(
        details, kind=CustodyKind.HANDED_OVER, expires_at=offered_at + settings.CUSTODY_HANDOVER_EXPIRES, answers=None
    )
    with transaction.atomic():
        return append_custody_event(officer=officer, subject=subject, details=offer, recorded_at=offered_at)
