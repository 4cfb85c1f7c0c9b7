"""Zones by their stable ids, and the versions in which they were known."""

from django.db import models
from django.db.models import F, Q


class ZoneKind(models.TextChoices):
    """What a zone is."""

    TERRITORY = "territory"
    REGION = "region"
    TERRITORIAL_SEA = "territorial_sea"
    CONTIGUOUS_ZONE = "contiguous_zone"
    EXCLUSIVE_ECONOMIC_ZONE = "exclusive_economic_zone"
    BORDER_BELT = "border_belt"
    CUSTOM = "custom"


class Zone(models.Model):
    """A restricted or administrative area, a belt of the sea or along a border; its code never changes."""

    code = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=32, choices=ZoneKind.choices)
    # ISO 3166-1 alpha-3 of the present-day unit, or "" where views differ or the zone is of none.
    country = models.CharField(max_length=3, blank=True)
    name = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["kind", "country"], name="geo_zone_kind_country")]

    def __str__(self) -> str:
        return self.code


class ZoneVersion(models.Model):
    """A zone as one source drew it, in use on the days [valid_from, valid_until); two versions never overlap.

    A version that another replaced has an empty period; which periods a geography used stands with that geography.
    """

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="versions")
    # GeoJSON in UTF-8, or empty for what is computed from the reference geography when it is asked.
    geometry = models.BinaryField(default=b"", blank=True)
    source = models.CharField(max_length=200)
    licence = models.CharField(max_length=100)
    # SHA-256 of what the source says of the zone, in hexadecimal.
    checksum = models.CharField(max_length=64)
    # The first day there is where the source states no beginning.
    valid_from = models.DateField()
    # Exclusive; NULL while the version is in use. A version replaced on its first day has an empty period.
    valid_until = models.DateField(null=True, blank=True)
    computed = models.BooleanField(default=False)
    # Imported by an operator: answers instead of what the reference geography says.
    imported = models.BooleanField(default=False)
    # How far the source's lines may be off, in metres.
    accuracy_m = models.FloatField(default=0.0)
    note = models.CharField(max_length=300, blank=True)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="geo_zone_version_dates",
            ),
            models.UniqueConstraint(
                fields=["zone"], condition=Q(valid_until__isnull=True), name="geo_zone_version_one_in_use"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.zone_id} from {self.valid_from}"


class LoadedReference(models.Model):
    """A reference geography whose zones were loaded; the same again needs no second look at every zone."""

    digest = models.CharField(max_length=80)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest


class GeographyVersion(models.Model):
    """A geography that was put in use: the packaged reference with the imported zones of the time, each with its days.

    Nothing here is changed afterwards: a screening of any earlier day names the digest and can be done again.
    """

    version = models.CharField(max_length=120)
    digest = models.CharField(max_length=80)
    packaged_digest = models.CharField(max_length=80)
    belt_widths_m = models.JSONField(default=list)
    # [zone version, first day, day after the last or null], by zone version.
    zones = models.JSONField(default=list)
    composed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["digest"], name="geo_geography_digest")]

    def __str__(self) -> str:
        return self.version
