"""Marks in the form in which they are searched, and who asked about a mark that another holds."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from cases.models.agency import Agency
from cases.models.incident import LINE, Incident
from cases.models.officer import Officer
from cases.models.seized_item import SeizedItem
from cases.models.vocabulary import WORD


class FoldedMark(models.Model):
    """One mark of an item as it is searched: a marking, a serial or lot number, a headstamp, a packing mark.

    Made anew with the rows of its item, and of no use without them: it holds nothing that they do not.
    """

    item = models.ForeignKey(SeizedItem, on_delete=models.CASCADE, related_name="folded_marks")
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="folded_marks")
    kind = models.CharField(max_length=WORD, blank=True)
    # As it was transcribed.
    text = models.TextField()
    # Whether it is on record as not read whole, so that it may go on where it ends.
    is_partial = models.BooleanField()
    folded = models.CharField(max_length=LINE)
    # Where it ends in a number, and whether it stands for several: "AB 1001 – AB 1050".
    stem = models.CharField(max_length=LINE, blank=True)
    first_number = models.BigIntegerField(null=True, blank=True)
    last_number = models.BigIntegerField(null=True, blank=True)
    # See cases.tracing.mark_search.
    keys = ArrayField(models.IntegerField(), default=list)

    class Meta:
        indexes = [
            # Kept without a list of what is still to be sorted in, which each search would have to read through.
            GinIndex(fields=["keys"], name="folded_mark_keys", fastupdate=False),
            models.Index(fields=["folded"], name="folded_mark_folded"),
            models.Index(
                fields=["stem", "first_number"],
                name="folded_mark_number",
                condition=Q(first_number__isnull=False),
            ),
            models.Index(
                fields=["stem", "first_number"],
                name="folded_mark_range",
                condition=Q(last_number__gt=F("first_number")),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="folded_mark_numbers_whole_or_absent",
                condition=Q(first_number__isnull=True, last_number__isnull=True)
                | Q(first_number__isnull=False, last_number__gte=F("first_number")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.text}".strip()


class MarkEnquiry(models.Model):
    """That an agency asked on a day about a mark which it may not see: its holder was told, and is told once."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="mark_enquiries")
    folded = models.CharField(max_length=LINE)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="mark_enquiries")
    asked_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "folded", "agency", "asked_on"], name="mark_enquiry_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.folded} {self.asked_on}"


class MarkQuestion(models.Model):
    """A search after which those who hold what the asker may not see are still to be told; gone once they are.

    They are told apart from the answer, so that how long it takes says nothing of what was met.
    """

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    # As they were typed, by parameter.
    words = models.JSONField()
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.agency_id} {self.asked_at:%Y-%m-%d %H:%M}"
