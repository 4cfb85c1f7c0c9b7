"""What an officer is told: that something waits, never what it says of anybody."""

from enum import StrEnum

from django.db import models

from cases.models.officer import Officer
from cases.models.vocabulary import WORD, choices_of, known


class NotificationKind(StrEnum):
    """What has happened."""

    # A re-screening changed findings on incidents of the officer's agency.
    FINDINGS_CHANGED = "findings_changed"
    # A State answered a referral.
    REPLY_RECORDED = "reply_recorded"
    # The day on which a reply is requested comes near, or has passed.
    REPLY_DUE = "reply_due"
    REPLY_OVERDUE = "reply_overdue"
    # To focal points: it has long passed.
    REPLY_ESCALATED = "reply_escalated"
    # The day of an obligation comes near or is there, or has passed; it was assigned;
    # or no result says it any more.
    OBLIGATION_DUE = "obligation_due"
    OBLIGATION_OVERDUE = "obligation_overdue"
    OBLIGATION_ASSIGNED = "obligation_assigned"
    OBLIGATION_DOUBTFUL = "obligation_doubtful"
    # A task of a case was given to the officer.
    TASK_GIVEN = "task_given"
    # Somebody signed in as the officer from a device not seen before.
    NEW_DEVICE = "new_device"
    # A colleague has left, and what was begun is now the officer's.
    HANDED_OVER = "handed_over"
    # A letter could not be sent, and is not tried again.
    DISPATCH_FAILED = "dispatch_failed"
    # A letter is to go to a desk that is not on record, or was not confirmed for long.
    CONTACT_WANTED = "contact_wanted"
    # Another agency asked about a mark that it may not see here.
    MARK_ASKED_ABOUT = "mark_asked_about"


class Notification(models.Model):
    """One thing told to one officer; it names its subject by reference, so that it says nothing by itself."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=WORD, choices=choices_of(NotificationKind))
    # Such as referral REF-2026-00000001.
    subject_type = models.CharField(max_length=WORD)
    subject_reference = models.CharField(max_length=100)
    # Numbers and references that the sentence is filled with.
    params = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [known("kind", NotificationKind, name="notification_kind_known", may_be_unknown=False)]
        indexes = [
            models.Index(fields=["officer", "-created_at", "-id"], name="notification_newest"),
            models.Index(fields=["officer"], name="notification_unread", condition=models.Q(read_at__isnull=True)),
            models.Index(
                fields=["created_at"], name="notification_unmailed", condition=models.Q(mailed_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id}: {self.kind} {self.subject_reference}"
