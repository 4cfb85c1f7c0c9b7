"""Rulebooks as loaded: one set of rows a version, never edited; a correction is a new version."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.choices import MeasureStatus
from cases.models.vocabulary import COUNTRY, WORD, choices_of, known


class RulebookVersion(models.Model):
    """One reading of all regime files, named by version and digest."""

    version = models.CharField(max_length=50)
    digest = models.CharField(max_length=80, unique=True)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.version


class Regime(models.Model):
    """A sanctions framework as one rulebook version has it."""

    rulebook = models.ForeignKey(RulebookVersion, on_delete=models.PROTECT, related_name="regimes")
    code = models.CharField(max_length=100)
    name = models.CharField(max_length=300)
    status = models.CharField(max_length=WORD)
    countries = ArrayField(models.CharField(max_length=COUNTRY), default=list, blank=True)
    # Each has name, aliases, from, until, how and verified.
    groups = models.JSONField(default=list, blank=True)
    # Each has area, from and until.
    inspection_areas = models.JSONField(default=list, blank=True)
    committee = models.TextField(blank=True)
    experts = models.TextField(blank=True)
    refresh_after = models.DateField(null=True, blank=True)
    as_of = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rulebook", "code"], name="regime_code_once")]

    def __str__(self) -> str:
        return self.code


class Measure(models.Model):
    """One binding restriction of a regime in one phase, half-open in time."""

    rulebook = models.ForeignKey(RulebookVersion, on_delete=models.PROTECT, related_name="measures")
    regime = models.ForeignKey(Regime, on_delete=models.PROTECT, related_name="measures")
    # The published id: "<regime>/<resolution number>-<paragraph or x>[@<start>]".
    code = models.CharField(max_length=200)
    resolution = models.CharField(max_length=100)
    paragraph = models.CharField(max_length=100, blank=True)
    paragraph_verified = models.BooleanField()
    in_force_from = models.DateField(null=True, blank=True)
    in_force_until = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=WORD, choices=choices_of(MeasureStatus))
    direction = models.CharField(max_length=WORD)
    goods = ArrayField(models.CharField(max_length=WORD), default=list, blank=True)
    services = ArrayField(models.CharField(max_length=WORD), default=list, blank=True)
    recipient = models.CharField(max_length=WORD)
    target_countries = ArrayField(models.CharField(max_length=COUNTRY), default=list, blank=True)
    target_regions = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    # Each has resolution, paragraph, effect and the day it counts from.
    amendments = models.JSONField(default=list, blank=True)
    readings = ArrayField(models.TextField(), default=list, blank=True)
    verified = models.BooleanField()

    class Meta:
        constraints = [
            known("status", MeasureStatus, name="measure_status_known", may_be_unknown=False),
            models.UniqueConstraint(fields=["rulebook", "code"], name="measure_code_once"),
            models.CheckConstraint(
                name="measure_ends_after_it_starts",
                condition=models.Q(in_force_from__isnull=True)
                | models.Q(in_force_until__isnull=True)
                | models.Q(in_force_until__gt=models.F("in_force_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Exemption(models.Model):
    """A stated exception to a measure, with the procedure that must have been followed."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="exemptions")
    what = models.TextField()
    resolution = models.CharField(max_length=100)
    paragraph = models.CharField(max_length=100, blank=True)
    paragraph_verified = models.BooleanField()
    procedure = models.CharField(max_length=WORD)
    in_force_from = models.DateField(null=True, blank=True)
    in_force_until = models.DateField(null=True, blank=True)
    recipients = ArrayField(models.CharField(max_length=WORD), default=list, blank=True)
    goods = ArrayField(models.CharField(max_length=WORD), default=list, blank=True)
    verified = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.resolution} {self.paragraph} {self.procedure}"


class Duty(models.Model):
    """What follows by law from a finding or an inspection; days only where the text gives a number."""

    regime = models.ForeignKey(Regime, on_delete=models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=WORD)
    what = models.TextField()
    resolution = models.CharField(max_length=100)
    paragraph = models.CharField(max_length=100, blank=True)
    paragraph_verified = models.BooleanField()
    force = models.CharField(max_length=WORD)
    on = models.CharField(max_length=WORD)
    to = models.CharField(max_length=100, blank=True)
    clock_from = models.CharField(max_length=WORD, blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    working_days = models.BooleanField()
    promptly = models.BooleanField()
    in_force_from = models.DateField(null=True, blank=True)
    in_force_until = models.DateField(null=True, blank=True)
    verified = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.kind}: {self.resolution} {self.paragraph}"
