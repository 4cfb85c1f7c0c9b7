"""Readings of an item's marks from its photographs: by two readers apart, and what was settled from both."""

from typing import Final

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.choices import MarkingState
from cases.models.incident import Incident
from cases.models.seized_item import SeizedItem
from cases.models.vocabulary import WORD, choices_of, known

READERS: Final = 2


class MarkReading(models.Model):
    """What one reader read of an item's marks; never changed, and shown to nobody else until both have read."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="mark_readings")
    item = models.ForeignKey(SeizedItem, on_delete=models.PROTECT, related_name="mark_readings")
    # From 1. What was settled may be read anew, from better photographs: that is the next round.
    round = models.PositiveSmallIntegerField()
    # 1 for the first reader of the round, 2 for the second.
    place = models.PositiveSmallIntegerField()
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    # Each {kind, text, position, certainty, photo}; `?` and `*` stand for what could not be read.
    marks = models.JSONField(default=list, blank=True)
    marking_state = models.CharField(max_length=WORD, choices=choices_of(MarkingState), blank=True)
    # The evidence that there was to look at.
    photographs = ArrayField(models.UUIDField())

    class Meta:
        constraints = [
            known("marking_state", MarkingState, name="reading_marking_state_known"),
            models.UniqueConstraint(fields=["item", "round", "place"], name="reading_place_once"),
            models.UniqueConstraint(fields=["item", "round", "reader"], name="reading_two_readers"),
            models.CheckConstraint(
                name="reading_first_or_second", condition=Q(round__gte=1, place__gte=1, place__lte=READERS)
            ),
            models.CheckConstraint(name="reading_says_something", condition=~Q(marks=[]) | ~Q(marking_state="")),
        ]

    def __str__(self) -> str:
        return f"{self.round}.{self.place} of {self.item_id}"


class MarkSettlement(models.Model):
    """What was taken over into the record from the two readings of a round, by whom and why; never changed."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="mark_settlements")
    item = models.ForeignKey(SeizedItem, on_delete=models.PROTECT, related_name="mark_settlements")
    round = models.PositiveSmallIntegerField()
    # The readings agreed, and were taken over as they are.
    is_agreed = models.BooleanField()
    marks = models.JSONField(default=list, blank=True)
    marking_state = models.CharField(max_length=WORD, choices=choices_of(MarkingState), blank=True)
    reason = models.TextField(blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField()
    # Of the record that the marks were written to, and after.
    version_before = models.PositiveIntegerField()
    version_after = models.PositiveIntegerField()

    class Meta:
        constraints = [
            known("marking_state", MarkingState, name="settlement_marking_state_known"),
            models.UniqueConstraint(fields=["item", "round"], name="settlement_once_a_round"),
            models.CheckConstraint(
                name="settlement_agreed_or_with_reason", condition=Q(is_agreed=True) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="settlement_of_versions",
                condition=Q(version_before__gte=1, version_after__gte=F("version_before")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} of {self.item_id}"
