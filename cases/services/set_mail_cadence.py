"""Setting how often an officer is written to."""

from datetime import datetime

from django.db import transaction

from cases.models import MailCadence, Officer
from cases.services.write_audit_entry import write_audit_entry


def set_mail_cadence(*, officer: Officer, cadence: MailCadence, at: datetime) -> None:
    """Set it; whoever wants no mail finds everything in the interface."""
    change = {"before": {"mail_cadence": officer.mail_cadence}, "after": {"mail_cadence": cadence.value}}
    with transaction.atomic():
        officer.mail_cadence = cadence.value
        officer.save(update_fields=["mail_cadence"])
        write_audit_entry(action="officer.mail_cadence_set", subject=officer, at=at, by=officer, change=change)


def mail_cadence(word: str) -> MailCadence:
    """Return the cadence of that name; ValueError for another word."""
    return MailCadence(word)
