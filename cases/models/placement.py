"""Incidents as maps and flows count them: one narrow row each, its legs, and sums that are kept.

Nothing here says anything that the incident, its items, its route and its findings do not; `keep_placements` writes
all of it with them.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.choices import Basis, LegKind
from cases.models.agency import Agency
from cases.models.incident import Incident
from cases.models.vocabulary import COUNTRY, WORD, choices_of, known


class Placement(models.Model):
    """Where an incident lies on the grid of cells, and what a map tells of it."""

    incident = models.OneToOneField(Incident, on_delete=models.CASCADE, primary_key=True, related_name="placement")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    # Without a handling caveat: only such incidents are in sums, which every officer of the agency is shown.
    is_open = models.BooleanField()
    # Null without a position.
    cell = models.BigIntegerField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    # Null is unknown accuracy, not 0 m.
    accuracy_m = models.FloatField(null=True, blank=True)
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    is_indicated = models.BooleanField()
    is_possible = models.BooleanField()
    is_exemption_claimed = models.BooleanField()
    # Screened, and nothing found.
    is_not_indicated = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["agency", "cell"], name="placement_cell"),
            models.Index(fields=["agency"], name="placement_closed", condition=Q(is_open=False)),
            # What the days of a question cut out of a year: all, those without a position, those of more than a day.
            models.Index(fields=["agency", "first_day"], name="placement_day"),
            models.Index(fields=["agency", "first_day"], name="placement_nowhere", condition=Q(cell__isnull=True)),
            models.Index(
                fields=["agency", "first_day"], name="placement_span", condition=Q(last_day__gt=F("first_day"))
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="placement_whole_or_absent",
                condition=Q(cell__isnull=True, longitude__isnull=True, latitude__isnull=True)
                | Q(cell__isnull=False, longitude__isnull=False, latitude__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"incident {self.pk} in {self.cell}"


class Leg(models.Model):
    """One leg of an incident's transfer, with what is counted along it."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="legs")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    is_open = models.BooleanField()
    kind = models.CharField(max_length=WORD, choices=choices_of(LegKind))
    start = models.CharField(max_length=COUNTRY)
    end = models.CharField(max_length=COUNTRY)
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    # On what the route rests.
    basis = models.CharField(max_length=WORD, blank=True)
    categories = ArrayField(models.CharField(max_length=WORD), default=list, blank=True)
    # Pieces of arms, null where none were counted; and whether there are arms without a count.
    arms = models.BigIntegerField(null=True, blank=True)
    lacks_count = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["agency", "kind", "start", "end", "first_day"], name="leg_first"),
            models.Index(fields=["agency", "kind", "start", "end", "last_day"], name="leg_last"),
            models.Index(fields=["agency", "first_day"], name="leg_day"),
        ]
        constraints = [
            known("kind", LegKind, name="leg_kind_known", may_be_unknown=False),
            models.UniqueConstraint(fields=["incident", "kind", "start", "end"], name="leg_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.start} → {self.end}"


class CellCount(models.Model):
    """How many open incidents of an agency lie in a cell: a sum, or what was added to or taken from one since.

    All rows of a cell together are the count. The box holds every position that was ever counted in the row, so that
    a view which holds the box, or does not meet it, need not ask for the positions.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    # The size of the cell; NOWHERE for incidents without a position.
    size = models.SmallIntegerField()
    # The year of the first day, ALL_YEARS, or NO_YEAR where no day is known (see cases.statistics.placed).
    year = models.SmallIntegerField()
    # Which strip of degrees its box begins in, or WIDE.
    strip = models.SmallIntegerField()
    cell = models.BigIntegerField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    # The days that the incidents may have been on, as a box in time; null where one of them is not known.
    first_from = models.DateField(null=True, blank=True)
    first_to = models.DateField(null=True, blank=True)
    last_from = models.DateField(null=True, blank=True)
    last_to = models.DateField(null=True, blank=True)
    # A sum; of others there may be many to a cell until they are added to it.
    is_sum = models.BooleanField()
    incidents = models.IntegerField()
    # Whose accuracy is coarser than the cells that this size of sums is shown as.
    uncertain = models.IntegerField()
    indicated = models.IntegerField()
    possible = models.IntegerField()
    exemption_claimed = models.IntegerField()
    not_indicated = models.IntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["agency", "size", "year", "strip", "south"], name="cell_count_place"),
            models.Index(fields=["id"], name="cell_count_unsummed", condition=Q(is_sum=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "size", "year", "cell"], condition=Q(is_sum=True), name="cell_count_sum_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.incidents} in {self.cell}"


class LegCount(models.Model):
    """How many open incidents of an agency share a leg: a sum, or what was added to or taken from one since.

    By what the route rests on, and once more by category; an incident has one basis and may have several categories.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=WORD, choices=choices_of(LegKind))
    start = models.CharField(max_length=COUNTRY)
    end = models.CharField(max_length=COUNTRY)
    # Of the first day, or NO_YEAR.
    year = models.SmallIntegerField()
    is_sum = models.BooleanField()
    # Empty in rows by basis.
    category = models.CharField(max_length=WORD, blank=True)
    basis = models.CharField(max_length=WORD, choices=choices_of(Basis), blank=True)
    incidents = models.IntegerField()
    # Pieces of arms, in how many incidents they were counted, and in how many not all were.
    arms = models.BigIntegerField()
    counted = models.IntegerField()
    without_count = models.IntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["agency", "year"], name="leg_count_year"),
            models.Index(fields=["id"], name="leg_count_unsummed", condition=Q(is_sum=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind", "start", "end", "year", "category", "basis"],
                condition=Q(is_sum=True),
                name="leg_count_sum_once",
            ),
            known("kind", LegKind, name="leg_count_kind_known", may_be_unknown=False),
        ]

    def __str__(self) -> str:
        return f"{self.incidents} {self.kind} {self.start} → {self.end}"
