"""How long an agency keeps what tells of persons, and what stops erasure."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.choices import RecordClass
from cases.models.agency import Agency
from cases.models.case import Case
from cases.models.incident import Incident
from cases.models.vocabulary import WORD, choices_of, known


class RetentionPeriod(models.Model):
    """After how many days an agency wants a class of records erased; without one nothing of it ever is."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="retention_periods")
    record_class = models.CharField(max_length=WORD, choices=choices_of(RecordClass))
    days = models.PositiveIntegerField()
    # On what the period rests: the law, rule or decision, in the agency's own words.
    basis = models.TextField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            known("record_class", RecordClass, name="retention_class_known", may_be_unknown=False),
            models.UniqueConstraint(fields=["agency", "record_class"], name="retention_period_once"),
            models.CheckConstraint(name="retention_has_basis", condition=~Q(basis="") & Q(days__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.record_class}: {self.days} days"


class LegalHold(models.Model):
    """Stops the erasure of an incident, or of all that a case joins, until it is lifted."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="legal_holds")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="legal_holds")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="legal_holds")
    reason = models.TextField()
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="hold_of_incident_or_case",
                condition=Q(incident__isnull=False, case__isnull=True) | Q(incident__isnull=True, case__isnull=False),
            ),
            models.CheckConstraint(name="hold_with_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="hold_lifted_by_somebody",
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["incident"], condition=Q(lifted_at__isnull=True), name="hold_standing_once_an_incident"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(lifted_at__isnull=True), name="hold_standing_once_a_case"
            ),
        ]

    def __str__(self) -> str:
        return f"hold since {self.placed_at:%Y-%m-%d}"
