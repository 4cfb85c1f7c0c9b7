"""Sendings of letters: each a row that waits until it has left, whatever becomes of brokers and workers."""

import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.choices import DispatchChannel, DispatchState, DispatchWait
from cases.models.referral import Referral
from cases.models.vocabulary import WORD, choices_of, known

LONGEST_ADDRESS: Final = 500
FORMATS: Final = ("pdf", "json")


class Dispatch(models.Model):
    """One letter on its way to whom it asks, by one channel."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="dispatches")
    # Told to the receiving end, by which the same sending is known should it come twice.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    channel = models.CharField(max_length=WORD, choices=choices_of(DispatchChannel))
    # Empty where the channel itself says whither.
    address = models.CharField(max_length=LONGEST_ADDRESS, blank=True)
    format = models.CharField(max_length=8, choices=[(name, name) for name in FORMATS], default="pdf")
    # Of the document as it was queued: this goes, or nothing.
    document_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=WORD, choices=choices_of(DispatchState), default=DispatchState.QUEUED.value)
    queued_at = models.DateTimeField()
    queued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Not before this moment, and why not.
    due_at = models.DateTimeField()
    waits_for = models.CharField(max_length=WORD, choices=choices_of(DispatchWait), blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # When a worker was last told of it, and until when one has it in hand.
    nudged_at = models.DateTimeField()
    taken_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # Why the last attempt failed.
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="dispatch_queued", condition=Q(state=DispatchState.QUEUED.value))
        ]
        constraints = [
            known("channel", DispatchChannel, name="dispatch_channel_known", may_be_unknown=False),
            known("state", DispatchState, name="dispatch_state_known", may_be_unknown=False),
            known("waits_for", DispatchWait, name="dispatch_wait_known"),
            models.CheckConstraint(name="dispatch_format_known", condition=Q(format__in=FORMATS)),
            models.CheckConstraint(
                name="dispatch_sent_at_some_time",
                condition=Q(sent_at__isnull=False)
                ^ ~Q(state__in=[DispatchState.SENT.value, DispatchState.DELIVERED.value]),
            ),
            models.UniqueConstraint(
                fields=["referral", "channel", "address"],
                condition=Q(state=DispatchState.QUEUED.value),
                name="dispatch_queued_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.key}"
