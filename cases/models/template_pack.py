"""Template packs: how an agency dresses its letters, version by version."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.agency import Agency

_DIGEST = 64


class TemplatePack(models.Model):
    """One version of an agency's pack; never changed, the latest dresses what is not issued yet."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="template_packs")
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    # The whole pack as canonical JSON, its emblem drawn anew.
    content = models.TextField()
    # Of that text; letters name it.
    sha256 = models.CharField(max_length=_DIGEST)
    recorded_at = models.DateTimeField()
    # Null where the command named nobody.
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "version"], name="template_pack_version_once"),
            models.CheckConstraint(name="template_pack_says_something", condition=~Q(content="") & ~Q(sha256="")),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"
