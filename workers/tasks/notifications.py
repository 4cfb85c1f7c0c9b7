"""Letters to officers."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from cases import outbox
from cases.services.mail_notifications import mail_notifications

# A mail server may take its ten seconds for each officer.
LONGEST_ROUND_S = 240


@shared_task(name=outbox.MAIL_NOTIFICATIONS, soft_time_limit=LONGEST_ROUND_S, time_limit=LONGEST_ROUND_S + 30)
def mail(**_future: object) -> int:
    """Write to whom something waits for; returns how many letters went out, none where no mail server is named."""
    return mail_notifications(now=timezone.now()) if settings.EMAIL_HOST else 0
