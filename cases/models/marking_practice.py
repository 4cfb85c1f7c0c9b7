"""How States mark arms at manufacture and import (ITI 7, 8, 31(b)), the same for every agency of the installation."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.choices import MarkingEvent
from cases.models.incident import LINE
from cases.models.point_of_contact import KEY
from cases.models.vocabulary import COUNTRY, WORD, choices_of, countries, known


class MarkingPractice(models.Model):
    """One way of marking; each change is a new version, and what stood before is in the audit trail."""

    key = models.CharField(max_length=KEY, unique=True)
    country = models.CharField(max_length=COUNTRY)
    event = models.CharField(max_length=WORD, choices=choices_of(MarkingEvent))
    manufacturer = models.CharField(max_length=LINE, blank=True)
    stock = models.CharField(max_length=LINE, blank=True)
    mark_kind = models.CharField(max_length=WORD, blank=True)
    # In RE2's syntax, which no mark can keep busy; empty where only elements are known.
    pattern = models.CharField(max_length=LINE, blank=True)
    position = models.CharField(max_length=LINE, blank=True)
    # Named part of the pattern → what it means.
    parts = models.JSONField(default=dict, blank=True)
    elements = models.TextField(blank=True)
    year_from = models.PositiveSmallIntegerField(null=True, blank=True)
    # The last year.
    year_until = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=LINE)
    is_verified = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # Null where a command did it and named nobody.
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["-recorded_at", "-id"], name="practice_newest")]
        constraints = [
            known("event", MarkingEvent, name="practice_event_known", may_be_unknown=False),
            countries("country", name="practice_country_is_a_code"),
            models.CheckConstraint(name="practice_has_country", condition=~Q(country="")),
            models.CheckConstraint(name="practice_has_source", condition=~Q(source="")),
            models.CheckConstraint(name="practice_says_something", condition=~Q(pattern="") | ~Q(elements="")),
            models.CheckConstraint(
                name="practice_ends_after_it_begins",
                condition=Q(year_from__isnull=True) | Q(year_until__isnull=True) | Q(year_until__gte=F("year_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.key
