"""Mailing officers that something waits: a count and a link, nothing of anybody."""

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from cases.models import MailCadence, Notification, NotificationKind, Officer

logger = logging.getLogger(__name__)

# What was never mailed within this time is stale: the officer finds it in the interface.
STALE_AFTER = timedelta(days=7)
SUBJECT: Final = "Cordon: something waits for you"
LINES: Final = {
    NotificationKind.FINDINGS_CHANGED: "Findings changed by a re-screening: {count}",
    NotificationKind.REPLY_RECORDED: "Replies to referrals: {count}",
    NotificationKind.REPLY_DUE: "Replies to referrals that are due soon: {count}",
    NotificationKind.REPLY_OVERDUE: "Replies to referrals that are overdue: {count}",
    NotificationKind.REPLY_ESCALATED: "Referrals long without an answer: {count}",
    NotificationKind.OBLIGATION_DUE: "Obligations that are due: {count}",
    NotificationKind.OBLIGATION_OVERDUE: "Obligations that are overdue: {count}",
    NotificationKind.OBLIGATION_ASSIGNED: "Obligations assigned to you: {count}",
    NotificationKind.OBLIGATION_DOUBTFUL: "Obligations to decide on again: {count}",
    NotificationKind.DISPATCH_FAILED: "Letters that could not be sent: {count}",
    NotificationKind.NEW_DEVICE: "Sign-ins from a new device: {count}",
    NotificationKind.HANDED_OVER: "Work handed over to you: {count}",
    NotificationKind.CONTACT_WANTED: "Points of contact to see to: {count}",
    NotificationKind.MARK_ASKED_ABOUT: "Questions of others about marks that you hold: {count}",
}


def mail_notifications(*, now: datetime) -> int:
    """Write to each officer whose turn it is; returns how many letters went out.

    An officer's notifications are noted as mailed in the transaction in which the server takes the letter: one that
    refuses it is tried again at the next round, and a crash between the two sends a letter twice rather than never.
    """
    waiting = Notification.objects.filter(
        mailed_at__isnull=True, read_at__isnull=True, created_at__gt=now - STALE_AFTER
    )
    turn = Q(mail_cadence=MailCadence.IMMEDIATE) | Q(mail_cadence=MailCadence.DAILY) & (
        Q(mailed_on__isnull=True) | Q(mailed_on__lt=now.date())
    )
    officers = Officer.objects.admitted().filter(turn, pk__in=waiting.values("officer")).exclude(email="")
    return sum(_mail(pk, now) for pk in officers.order_by("pk").values_list("pk", flat=True))


def _mail(officer_id: int, now: datetime) -> bool:
    try:
        with transaction.atomic():
            officer = Officer.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=officer_id).first()
            if officer is None:
                return False
            waiting = Notification.objects.filter(officer=officer, mailed_at__isnull=True, read_at__isnull=True)
            kinds = list(waiting.filter(created_at__gt=now - STALE_AFTER).values_list("kind", flat=True))
            waiting.update(mailed_at=now)
            officer.mailed_on = now.date()
            officer.save(update_fields=["mailed_on"])
            if kinds:
                EmailMessage(gettext(SUBJECT), _text(kinds), to=[officer.email]).send()
            return bool(kinds)
    except (SMTPException, OSError) as error:
        logger.warning("mail not sent", extra={"fields": {"officer": officer_id, "error": type(error).__name__}})
        return False


def _text(kinds: Sequence[str]) -> str:
    counts = Counter(kinds)
    lines = [gettext(line).format(count=counts[kind.value]) for kind, line in LINES.items() if counts[kind.value]]
    return "\n".join([*lines, "", f"{settings.SITE_URL}/notifications/", ""])
