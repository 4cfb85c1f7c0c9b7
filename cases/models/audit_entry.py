"""The audit trail."""

from django.conf import settings
from django.db import models

from cases.models.agency import Agency
from cases.models.case import Case
from cases.models.incident import Incident
from cases.models.vocabulary import WORD

# What is kept of a browser's or device's name for itself, and of words sent from outside.
SHORTENED = 200


class AuditEntry(models.Model):
    """Who did what to which object, for whom, from where, when and why.

    Rows are added and never changed, which the database enforces; `AuditLink` makes a change visible all the same. What
    tells of persons may be erased from one, and its link still holds: it covers digests of what may be (see
    docs/decisions/0016).
    """

    recorded_at = models.DateTimeField()
    # Null where the system itself acted.
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    # "incident.recorded", "finding.reviewed" …
    action = models.CharField(max_length=WORD)
    object_type = models.CharField(max_length=WORD)
    object_reference = models.CharField(max_length=64)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="audit_entries")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="audit_entries")
    reason = models.TextField(blank=True)
    request_id = models.CharField(max_length=WORD, blank=True)
    # By which key the officer came in, "token 17"; empty for a session, a console command and the system.
    through = models.CharField(max_length=WORD, blank=True)
    # For whom the officer says to act: a colleague at a shared device, another system's user. Stated, not proved.
    on_behalf_of = models.CharField(max_length=SHORTENED, blank=True)
    address = models.CharField(max_length=WORD, blank=True)
    user_agent = models.CharField(max_length=SHORTENED, blank=True)
    # Before and after as canonical JSON: kept as text, since these bytes are what the chain covers.
    payload = models.TextField()
    # Without it a name could be guessed from the digests of what is erased; it goes with the first of them.
    # Empty in entries from before erasure existed: of those only the payload can be erased.
    salt = models.CharField(max_length=32, blank=True)
    # Of an entry from which something was erased: the digests by which its link still holds, and the entry that tells.
    digests = models.JSONField(null=True, blank=True)
    erased_in = models.BigIntegerField(null=True, blank=True)
    # "nonce:mac" by a key that the database does not know, so that nobody but the application can write an entry.
    # Empty in entries from before seals existed.
    seal = models.CharField(max_length=100, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["incident", "id"], name="audit_of_incident"),
            models.Index(fields=["agency", "id"], name="audit_of_agency"),
            models.Index(fields=["case", "id"], name="audit_of_case", condition=models.Q(case__isnull=False)),
            # Of registers the versions are read from here.
            models.Index(
                fields=["object_reference", "id"],
                name="audit_of_contact",
                condition=models.Q(object_type="pointofcontact"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_reference}"
