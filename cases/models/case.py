"""Cases: investigations that join incidents."""

from django.conf import settings
from django.db import models

from cases.models.agency import Agency
from cases.models.incident import LINE, Incident


class Case(models.Model):
    """An investigation of one agency that joins incidents; closing it hides nothing."""

    # CASE-2026-04719283
    reference = models.CharField(max_length=20, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="cases")
    title = models.CharField(max_length=LINE)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The colleague to whom the work on it was handed over; null where whoever opened it still sees to it.
    handed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_reason = models.TextField(blank=True)
    # The case that goes on in its place; everything else of it stays where it is.
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    incidents = models.ManyToManyField(
        Incident, through="CaseIncident", through_fields=("case", "incident"), related_name="cases"
    )

    class Meta:
        indexes = [models.Index(fields=["agency", "-id"], name="case_newest_of_agency")]
        constraints = [
            models.CheckConstraint(name="case_has_title", condition=~models.Q(title="")),
            models.CheckConstraint(
                name="case_open_or_closed",
                condition=models.Q(closed_at__isnull=False)
                | models.Q(closed_by__isnull=True, closed_reason="", merged_into__isnull=True),
            ),
            models.CheckConstraint(name="case_merged_into_another", condition=~models.Q(merged_into=models.F("pk"))),
        ]

    def __str__(self) -> str:
        return self.reference


class CaseIncident(models.Model):
    """An incident's place in a case, and who put it there."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    joined_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The case with which it came here: to whom this case is shown, such an incident is not.
    merged_from = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "incident"], name="case_incident_once")]

    def __str__(self) -> str:
        return f"{self.incident_id} in {self.case_id}"
