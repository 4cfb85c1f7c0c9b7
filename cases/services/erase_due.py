"""Erasing what is older than its agency wants it kept."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from django.db import transaction

from cases.choices import RecordClass
from cases.errors import OnHold
from cases.models import Agency, Evidence, Incident, Officer, RegisterEntry
from cases.queries.retention import (
    Due,
    due_for_erasure,
    holders_before,
    notifications_before,
    sessions_before,
    traces_before,
)
from cases.services.erase_evidence import erase_evidence
from cases.services.erase_nominal import erase_nominal
from cases.services.erase_officer import erase_officer
from cases.services.erase_rows import erase_from_entries
from cases.services.write_audit_entry import write_audit_entry

logger = logging.getLogger(__name__)
# Audit entries that one entry tells of.
AT_ONCE: Final = 1_000


def erase_due(*, now: datetime, tell: Callable[[Due], None] = lambda _due: None) -> int:
    """Erase all that is due, each record in a transaction of its own; returns how many. Safe to be cut short."""
    count = 0
    for due in list(due_for_erasure(now)):
        try:
            _ERASERS[due.record_class](due, now)
        except OnHold:
            # Somebody has placed a hold since the list was made.
            logger.info("erasure_held", extra={"what": due.document()})
            continue
        tell(due)
        count += 1
    return count


def _nominal(due: Due, now: datetime) -> None:
    if isinstance(due.subject, Incident):
        erase_nominal(incident=due.subject, erased_at=now)


def _evidence(due: Due, now: datetime) -> None:
    if isinstance(due.subject, Evidence):
        erase_evidence(evidence=due.subject, erased_at=now)


def _officer(due: Due, now: datetime) -> None:
    if isinstance(due.subject, Officer):
        erase_officer(officer=due.subject, erased_at=now)


def _traces(due: Due, now: datetime) -> None:
    """Drop old sessions, and from audit entries whence and with which device somebody acted."""
    while entries := list(traces_before(due.subject.pk, due.before)[:AT_ONCE]):
        with transaction.atomic():
            erase_from_entries(
                entries=entries,
                left_of=dict.fromkeys(("address", "user_agent", "on_behalf_of"), lambda _: ""),
                subject=due.subject,
                record_class=due.record_class,
                erased_at=now,
            )
    with transaction.atomic():
        dropped, _ = sessions_before(due.subject.pk, due.before).delete()
        _told(due, now, dropped)


def _notifications(due: Due, now: datetime) -> None:
    with transaction.atomic():
        dropped, _ = notifications_before(due.subject.pk, due.before).delete()
        _told(due, now, dropped)


def _holders(due: Due, now: datetime) -> None:
    """Take out who holds an arm, and the digest by which a guessed name could be tried; the piece itself stays."""
    gone = {"holder": "", "holder_address": "", "holder_paper": "", "digest": "", "holder_erased_on": now.date()}
    while keys := list(holders_before(due.subject.pk, due.before).values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            _told(due, now, RegisterEntry.objects.filter(pk__in=keys).update(**gone))


def _told(due: Due, now: datetime, count: int) -> None:
    if isinstance(due.subject, Agency) and count:
        change = {"after": {"class": due.record_class, "rows": count}}
        write_audit_entry(action="agency.erased", subject=due.subject, at=now, by=None, change=change)


_ERASERS: Final[Mapping[RecordClass, Callable[[Due, datetime], None]]] = {
    RecordClass.NOMINAL_DATA: _nominal,
    RecordClass.EVIDENCE: _evidence,
    RecordClass.OFFICERS: _officer,
    RecordClass.SIGN_IN_TRACES: _traces,
    RecordClass.NOTIFICATIONS: _notifications,
    RecordClass.REGISTER_HOLDERS: _holders,
}
