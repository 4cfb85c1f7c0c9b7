"""Answering a handover."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from cases.choices import CustodyKind, HolderKind
from cases.custody_rules import ANSWERS
from cases.models import CustodyEvent, Officer
from cases.queries.custody_holders import NamedHolder
from cases.services.append_custody_event import CustodyDetails, append_custody_event


def answer_handover(
    *, officer: Officer, handover: CustodyEvent, details: CustodyDetails, answered_at: datetime
) -> CustodyEvent:
    """Accept what was offered, and hold it from now on; or decline, and it stays with who gave it.

    Who gave it may decline too, and so takes it back. Raises NoOpenHandover or NotOfferedToYou.
    """
    if details.kind not in ANSWERS:
        raise ValueError(details.kind)
    subject = handover.exhibit or handover.item
    if subject is None:
        raise ValueError(handover)
    holder = _receiver(officer, handover) if details.kind is CustodyKind.ACCEPTED else None
    answer = replace(details, answers=handover, holder=holder, expires_at=None)
    with transaction.atomic():
        return append_custody_event(officer=officer, subject=subject, details=answer, recorded_at=answered_at)


def _receiver(officer: Officer, handover: CustodyEvent) -> NamedHolder:
    """Return who holds it now: the store it was meant for, else the officer who took it."""
    if handover.holder_store is not None:
        return NamedHolder(HolderKind.STORE, agency=handover.holder_agency, store=handover.holder_store)
    return NamedHolder(HolderKind.OFFICER, agency=officer.agency, officer=officer)
