"""Recording what happened to an item or exhibit."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from cases.choices import CustodyKind
from cases.models import CustodyEvent, Officer
from cases.queries.custody import Subject
from cases.services.append_custody_event import CustodyDetails, append_custody_event
from cases.services.new_label import new_label


def record_custody_event(
    *, officer: Officer, subject: Subject, details: CustodyDetails, recorded_at: datetime
) -> CustodyEvent:
    """Add an event to the chain; a label without a code of its own gets a new one.

    The subject must have come through a door of access. Raises what `custody_rules.check` refuses with.
    """
    if details.kind is CustodyKind.LABELLED and not details.code:
        details = replace(details, code=new_label(prefix="IT"))
    with transaction.atomic():
        return append_custody_event(officer=officer, subject=subject, details=details, recorded_at=recorded_at)
