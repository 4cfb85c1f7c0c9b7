"""Links by which the addressee of one referral answers without an account."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.referral import Referral


class ReplyLink(models.Model):
    """A key to one referral, to read its letter and answer it until a day; only the key's digest is kept."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="reply_links")
    secret_sha256 = models.CharField(max_length=64, unique=True)
    # For whom it was made: an office, as the officer names it.
    recipient = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="reply_link_expires", condition=Q(expires_at__gt=F("made_at"))),
            models.CheckConstraint(
                name="reply_link_revoked_by_somebody",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} until {self.expires_at:%Y-%m-%d}"
