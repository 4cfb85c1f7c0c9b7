"""Incidents: one interdiction each, as the agency recorded it."""

from enum import StrEnum

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q

from cases.choices import Basis, BoardingAuthority, DatePrecision, IncidentKind
from cases.models.agency import Agency
from cases.models.position import PointField
from cases.models.vocabulary import COUNTRY, WORD, choices_of, countries, known

# Text limits follow cases.intake.text: what intake takes, the table holds.
LINE = 500


class IncidentState(StrEnum):
    """Whether the record counts, is kept as far as written, or was recorded in error."""

    FINAL = "final"
    DRAFT = "draft"
    VOID = "void"


class Incident(models.Model):
    """A stop, boarding, inspection or discovery at a time and place; empty text means unknown."""

    # INC-2026-04719283: the year of recording and a number that counts nothing (see cases.services.next_reference).
    reference = models.CharField(max_length=20, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="incidents")
    agency_reference = models.CharField(max_length=LINE, blank=True)
    # Made on the device, so that a record sent twice is one record.
    client_id = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=WORD, choices=choices_of(IncidentState))
    kind = models.CharField(max_length=WORD, choices=choices_of(IncidentKind), blank=True)
    basis = models.CharField(max_length=WORD, choices=choices_of(Basis), blank=True)

    # As typed: YYYY, YYYY-MM, YYYY-MM-DD or a timestamp; the other columns are read from it.
    occurred_on = models.CharField(max_length=64, blank=True)
    occurred_precision = models.CharField(max_length=WORD, choices=choices_of(DatePrecision), blank=True)
    occurred_first_day = models.DateField(null=True, blank=True)
    occurred_last_day = models.DateField(null=True, blank=True)
    occurred_at = models.DateTimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)

    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    position = models.GeneratedField(
        expression=Func(F("longitude"), F("latitude"), function="point"), output_field=PointField(), db_persist=True
    )
    # Null is unknown accuracy, not 0 m.
    location_accuracy_m = models.FloatField(null=True, blank=True)
    location_source = models.CharField(max_length=WORD, blank=True)
    location_text = models.CharField(max_length=LINE, blank=True)
    place = models.CharField(max_length=LINE, blank=True)
    at_sea = models.BooleanField(null=True, blank=True)

    # {name, kind, country, role} of the agency that acted, as sent; the recording agency is `agency`.
    acting_agency = models.JSONField(null=True, blank=True)
    agencies = models.JSONField(default=list, blank=True)
    operation = models.CharField(max_length=LINE, blank=True)
    detection = models.CharField(max_length=WORD, blank=True)
    concealment = models.TextField(blank=True)
    context = ArrayField(models.CharField(max_length=WORD), default=list, blank=True)
    illicit_grounds = ArrayField(models.CharField(max_length=WORD), default=list, blank=True)
    legal_justification = models.TextField(blank=True)
    circumstances = models.TextField(blank=True)

    # Handling caveats, all of which a reader must be cleared for.
    caveats = ArrayField(models.CharField(max_length=WORD), default=list, blank=True)
    # The document as received; what of a draft could not be read is only here.
    as_sent = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The colleague to whom the work on it was handed over; null where whoever recorded it still sees to it.
    handed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    changed_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.TextField(blank=True)
    # The day on which names, papers and addresses of persons were erased from it.
    nominal_erased_on = models.DateField(null=True, blank=True)

    # As geography resolved the place at the last screening; for search, never for the engine.
    located_country = models.CharField(max_length=COUNTRY, blank=True)
    nearest_country = models.CharField(max_length=COUNTRY, blank=True)
    zone_ids = ArrayField(models.CharField(max_length=200), default=list, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "recorded_at", "id"], name="incident_newest_of_agency"),
            models.Index(fields=["agency", "occurred_first_day"], name="incident_agency_day"),
            models.Index(fields=["located_country"], name="incident_located_country"),
            # Comparing numbers is leakproof, a point in a box is not: behind row-level security only this one answers.
            models.Index(fields=["latitude", "longitude"], name="incident_place"),
            GinIndex(fields=["zone_ids"], name="incident_zone_ids"),
            models.Index(fields=["handed_to"], name="incident_handed_to", condition=Q(handed_to__isnull=False)),
        ]
        constraints = [
            known("state", IncidentState, name="incident_state_known", may_be_unknown=False),
            known("kind", IncidentKind, name="incident_kind_known"),
            known("basis", Basis, name="incident_basis_known"),
            known("occurred_precision", DatePrecision, name="incident_precision_known"),
            countries("located_country", "nearest_country", name="incident_countries_are_codes"),
            models.UniqueConstraint(
                fields=["agency", "agency_reference"],
                # A record made in error gives its number back.
                condition=~Q(agency_reference="") & ~Q(state=IncidentState.VOID.value),
                name="incident_agency_reference_once",
            ),
            models.UniqueConstraint(fields=["agency", "client_id"], name="incident_client_id_once"),
            models.CheckConstraint(
                name="incident_final_has_kind_and_date",
                condition=~Q(state=IncidentState.FINAL.value) | (~Q(kind="") & ~Q(occurred_on="")),
            ),
            models.CheckConstraint(
                name="incident_date_whole_or_absent",
                condition=Q(
                    occurred_on="",
                    occurred_precision="",
                    occurred_first_day__isnull=True,
                    occurred_last_day__isnull=True,
                    occurred_at__isnull=True,
                )
                | (
                    ~Q(occurred_on="")
                    & ~Q(occurred_precision="")
                    & Q(occurred_first_day__isnull=False, occurred_last_day__gte=F("occurred_first_day"))
                ),
            ),
            models.CheckConstraint(
                name="incident_position_whole_and_on_earth",
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(
                    longitude__isnull=False,
                    latitude__isnull=False,
                    longitude__gte=-180,
                    longitude__lte=180,
                    latitude__gte=-90,
                    latitude__lte=90,
                ),
            ),
            models.CheckConstraint(
                name="incident_accuracy_not_negative",
                condition=Q(location_accuracy_m__isnull=True) | Q(location_accuracy_m__gte=0),
            ),
            models.CheckConstraint(
                name="incident_void_with_reason",
                condition=Q(state=IncidentState.VOID.value, voided_at__isnull=False) & ~Q(void_reason="")
                | ~Q(state=IncidentState.VOID.value) & Q(voided_at__isnull=True, void_reason=""),
            ),
            models.CheckConstraint(name="incident_version_from_one", condition=Q(version__gte=1)),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def responsible_id(self) -> int:
        """Return the key of the officer who sees to the record."""
        return self.handed_to_id or self.recorded_by_id


class Boarding(models.Model):
    """On what ground the conveyance was stopped, and how far those aboard cooperated."""

    incident = models.OneToOneField(Incident, on_delete=models.CASCADE, related_name="boarding")
    authority = models.CharField(max_length=WORD, choices=choices_of(BoardingAuthority), blank=True)
    resolution = models.CharField(max_length=LINE, blank=True)
    paragraph = models.CharField(max_length=LINE, blank=True)
    grounds = models.TextField(blank=True)
    flag_state_consent = models.CharField(max_length=WORD, blank=True)
    cooperation = models.CharField(max_length=WORD, blank=True)

    class Meta:
        constraints = [known("authority", BoardingAuthority, name="boarding_authority_known")]

    def __str__(self) -> str:
        return f"boarding {self.authority}"
