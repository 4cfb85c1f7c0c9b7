"""Sessions of officers, and how often somebody has tried to come in."""

from django.db import models

from cases.models.officer import Officer

# A browser's own description of itself can be any length.
DEVICE = 300


class OfficerSession(models.Model):
    """A session in which an officer is signed in; it is known by the digest of its key, which opens nothing."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="sessions")
    key_sha256 = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)
    device = models.CharField(max_length=DEVICE, blank=True)
    # How the officer came in: password, link, socialaccount, mfa …, joined by commas.
    methods = models.CharField(max_length=200, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    wrong_pins = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["officer", "-started_at"], name="session_newest_of_officer")]
        constraints = [
            models.CheckConstraint(
                name="session_seen_after_start", condition=models.Q(last_seen_at__gte=models.F("started_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} since {self.started_at:%Y-%m-%d %H:%M}"


class AttemptCount(models.Model):
    """How often one account, address or session has tried within its window; it holds across processes and hosts."""

    # What is counted, as a digest: an attempted name may be a password typed into the wrong field.
    key_sha256 = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} until {self.ends_at:%Y-%m-%d %H:%M}"
