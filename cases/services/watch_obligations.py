"""The clock of obligations: officers are told before the day, on it and after it; done every day."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from cases.choices import ObligationReminderKind, ObligationState
from cases.models import NotificationKind, Obligation, ObligationReminder, Officer, OfficerRole
from cases.queries.obligations import due_by, with_due_day
from cases.queries.reply_clocks import EARLIEST, clock_of
from cases.services.notify import notify
from cases.services.write_audit_entry import write_audit_entry
from cases.tracing.obligations import Saying, is_owed_by, saying_due


def watch_obligations(*, now: datetime) -> int:
    """Say what is due of every open obligation of the recording agency's own State; returns of how many.

    Each in a transaction of its own, and nothing twice: safe to be cut short, to come late, and to run twice at once.
    """
    today, count = now.date(), 0
    remind_before: dict[int, int] = {}
    waiting = due_by(Obligation.objects.filter(state=ObligationState.OPEN), today + EARLIEST)
    for row in waiting.select_related("agency").order_by("pk").iterator(chunk_size=200):
        days = remind_before.setdefault(row.agency_id, clock_of(row.agency).remind_before)
        if is_owed_by(row.on, row.states, row.agency.country):
            with transaction.atomic():
                count += _say(row.pk, today, days, now)
    return count


def _say(key: int, today: date, remind_before: int, now: datetime) -> bool:
    # What was closed while this waited for the lock is closed.
    if not Obligation.objects.select_for_update().filter(pk=key, state=ObligationState.OPEN).exists():
        return False
    row = with_due_day(Obligation.objects.filter(pk=key)).select_related("incident").get()
    if row.due_day is None:
        return False
    said = {Saying(ObligationReminderKind(each.kind), each.due_on) for each in row.reminders.all()}
    saying = saying_due(row.due_day, today, remind_before, said)
    if saying is None:
        return False
    ObligationReminder.objects.create(obligation=row, kind=saying.kind.value, due_on=saying.due_on, said_at=now)
    change = {"after": {"kind": saying.kind.value, "due_on": saying.due_on.isoformat()}}
    write_audit_entry(action="obligation.reminded", subject=row, at=now, by=None, change=change)
    is_late = saying.kind is ObligationReminderKind.OVERDUE
    kind = NotificationKind.OBLIGATION_OVERDUE if is_late else NotificationKind.OBLIGATION_DUE
    params = {"reference": row.reference, "day": row.due_day.isoformat()}
    notify(officers=_told(row), kind=kind, subject=row, params=params, at=now)
    return True


def _told(row: Obligation) -> QuerySet[Officer]:
    """Return who sees to it; the supervisors cleared for the incident where that officer has left."""
    admitted = Officer.objects.admitted().filter(agency=row.agency_id)
    responsible = admitted.filter(pk=row.responsible_id)
    if responsible.exists():
        return responsible
    return admitted.filter(role=OfficerRole.SUPERVISOR.value, caveats__contains=row.incident.caveats)
