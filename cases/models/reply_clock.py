"""The clock of replies: how an agency wants it set, and what it has said."""

from django.conf import settings
from django.db import models

from cases.choices import ReminderKind
from cases.models.agency import Agency
from cases.models.referral import Referral
from cases.models.vocabulary import WORD, choices_of, known


class ReplyClock(models.Model):
    """An agency's own days, in the place of those of the installation's settings."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="reply_clock")
    # Before the day on which a reply is requested.
    remind_before_days = models.PositiveSmallIntegerField()
    # From one opportunity to remind the addressee to the next, after that day.
    remind_again_days = models.PositiveSmallIntegerField()
    # After that day.
    escalate_after_days = models.PositiveSmallIntegerField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reply_clock_sensible",
                condition=models.Q(
                    remind_before_days__range=(1, 365),
                    remind_again_days__range=(1, 365),
                    escalate_after_days__range=(1, 730),
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.remind_before_days}, {self.remind_again_days}, {self.escalate_after_days}"


class ReplyReminder(models.Model):
    """One thing that the clock said of a referral; never changed, and said once."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=WORD, choices=choices_of(ReminderKind))
    # The day for which it was due, whenever the task came to it.
    due_on = models.DateField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            known("kind", ReminderKind, name="reply_reminder_kind_known", may_be_unknown=False),
            models.UniqueConstraint(fields=["referral", "kind", "due_on"], name="reply_reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"
