"""Filters of the list of incidents that officers keep under a name."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.agency import Agency


class SavedFilter(models.Model):
    """What one officer asked of the list of incidents, for that officer alone or for the whole agency."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="saved_filters")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_filters")
    name = models.CharField(max_length=100)
    # The parameters of the list, by name: what was typed may name somebody, so erasure reads it.
    asked = models.JSONField()
    is_shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["agency", "name"], name="saved_filter_of_agency")]
        constraints = [
            models.UniqueConstraint(fields=["officer", "name"], name="saved_filter_name_once"),
            models.CheckConstraint(name="saved_filter_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name
