"""The clock of replies: silence is noted, officers are reminded, focal points are told; done every night."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from cases.choices import ReferralState, ReminderKind
from cases.models import NotificationKind, Officer, Referral, ReplyReminder
from cases.queries.reply_clocks import clock_of, referrals_on_the_clock, told_of_delay
from cases.services.lock_referral import lock_referral
from cases.services.notify import notify
from cases.services.write_audit_entry import write_audit_entry
from cases.tracing.reply_clock import ClockDays, Due, day_that_counts, has_run_out, reminders_due


def watch_replies(*, now: datetime) -> int:
    """Say what is due of every referral that waits for its answer; returns of how many something was said.

    Each in a transaction of its own, and nothing twice: safe to be cut short, to come late, and to run twice at once.
    """
    today = day_that_counts(now)
    clocks: dict[int, ClockDays] = {}
    count = 0
    for referral in referrals_on_the_clock(today).iterator(chunk_size=200):
        if referral.agency_id not in clocks:
            clocks[referral.agency_id] = clock_of(referral.agency)
        with transaction.atomic():
            count += _watch(referral, today, clocks[referral.agency_id], now)
    return count


def _watch(referral: Referral, today: date, days: ClockDays, now: datetime) -> bool:
    # What was answered while this waited for the lock is answered.
    referral = lock_referral(referral)
    requested_by = referral.reply_requested_by
    if requested_by is None:
        return False
    fell_silent = has_run_out(referral.state, requested_by, today)
    if fell_silent:
        _fall_silent(referral, now)
    said = {Due(ReminderKind(row.kind), row.due_on) for row in referral.reminders.all()}
    due = list(reminders_due(referral.state, requested_by, today, days, said))
    for each in due:
        _remind(referral, requested_by, each, today, now)
    return fell_silent or bool(due)


def _fall_silent(referral: Referral, now: datetime) -> None:
    """Note that the clock ran out; the items count as asked until an answer comes or the request is taken back."""
    change = {"before": {"state": referral.state}, "after": {"state": ReferralState.NO_RESPONSE.value}}
    referral.state = ReferralState.NO_RESPONSE.value
    referral.save(update_fields=["state"])
    write_audit_entry(action="referral.fell_silent", subject=referral, at=now, by=None, change=change)


def _remind(referral: Referral, requested_by: date, due: Due, today: date, now: datetime) -> None:
    ReplyReminder.objects.create(referral=referral, kind=due.kind.value, due_on=due.on, said_at=now)
    change = {"after": {"kind": due.kind.value, "due_on": due.on.isoformat()}}
    write_audit_entry(action="referral.reminded", subject=referral, at=now, by=None, change=change)
    params: dict[str, str | int] = {"reference": referral.reference, "day": requested_by.isoformat()}
    kind, officers = NotificationKind.REPLY_OVERDUE, _responsible(referral)
    if due.kind is ReminderKind.DUE_SOON:
        kind = NotificationKind.REPLY_DUE
    elif due.kind is ReminderKind.ESCALATED:
        kind, officers = NotificationKind.REPLY_ESCALATED, told_of_delay(referral)
        params["days"] = (today - requested_by).days
    notify(officers=officers, kind=kind, subject=referral, params=params, at=now)


def _responsible(referral: Referral) -> QuerySet[Officer]:
    """Return who sees to the referral; whoever would be told of a long silence where that officer has left."""
    officers = Officer.objects.admitted().filter(pk=referral.responsible_id, agency=referral.agency_id)
    return officers if officers.exists() else told_of_delay(referral)
