"""Statistics as they were published: each as everybody may hold it, with how it was counted."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.agency import Agency
from cases.models.vocabulary import WORD


class PublishedStatistic(models.Model):
    """One publication of one statistic for one year; never changed, a later one of the same year is a revision."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="published_statistics")
    reference = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=WORD)
    year = models.PositiveSmallIntegerField()
    # From 1, of that statistic and year.
    revision = models.PositiveSmallIntegerField()
    cut_off = models.DateTimeField()
    smallest_cell_shown = models.PositiveSmallIntegerField()
    # In use at that time.
    rulebook_version = models.CharField(max_length=50)
    rulebook_digest = models.CharField(max_length=80)
    # The bytes that were published, and the digests by which they are known.
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    workbook = models.BinaryField()
    workbook_sha256 = models.CharField(max_length=64)
    # See cases.statistics.publication: what is withheld and the lines behind each cell are the house's alone.
    counted = models.JSONField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "name", "year", "revision"], name="statistic_revision_once"),
            models.CheckConstraint(name="statistic_published_with_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="statistic_known_when_published", condition=Q(cut_off__lte=models.F("published_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.reference
