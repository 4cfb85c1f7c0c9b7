"""The audit trail."""

from django.conf import settings
from django.db import models

from cases.models.agency import Agency
from cases.models.incident import Incident
from cases.models.vocabulary import WORD


class AuditEntry(models.Model):
    """Who did what to which object, when and why; rows are added and never changed, which the database enforces."""

    recorded_at = models.DateTimeField()
    # Null where the system itself acted.
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    # "incident.recorded", "finding.reviewed" …
    action = models.CharField(max_length=WORD)
    object_type = models.CharField(max_length=WORD)
    object_reference = models.CharField(max_length=64)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="audit_entries")
    reason = models.TextField(blank=True)
    request_id = models.CharField(max_length=WORD, blank=True)
    # Before and after as canonical JSON: kept as text, since these bytes are what a chain of hashes will cover.
    payload = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["incident", "id"], name="audit_of_incident"),
            models.Index(fields=["agency", "id"], name="audit_of_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_reference}"
