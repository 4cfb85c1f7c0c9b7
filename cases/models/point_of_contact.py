"""Points of contact: the desks that letters go to, the same for every agency of the installation."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.choices import ContactKind
from cases.models.incident import LINE
from cases.models.vocabulary import COUNTRY, WORD, choices_of, countries, known

KEY = 200


class PointOfContact(models.Model):
    """One desk of a State or a body; each change is a new version, and what stood before is in the audit trail."""

    # By which imports and officers mean the same desk.
    key = models.CharField(max_length=KEY, unique=True)
    kind = models.CharField(max_length=WORD, choices=choices_of(ContactKind))
    # Of a State's desk; empty for a committee or a regional office.
    country = models.CharField(max_length=COUNTRY, blank=True)
    body = models.CharField(max_length=LINE, blank=True)
    name = models.CharField(max_length=LINE, blank=True)
    office = models.CharField(max_length=LINE, blank=True)
    telephone = models.CharField(max_length=LINE, blank=True)
    email = models.CharField(max_length=254, blank=True)
    channel = models.CharField(max_length=LINE, blank=True)
    address = models.TextField(blank=True)
    languages = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    # The day after the last.
    valid_until = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=LINE)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # Null where a command did it and named nobody.
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["country", "kind"], name="contact_of_country"),
            models.Index(fields=["-recorded_at", "-id"], name="contact_newest"),
        ]
        constraints = [
            known("kind", ContactKind, name="contact_kind_known", may_be_unknown=False),
            countries("country", name="contact_country_is_a_code"),
            models.CheckConstraint(name="contact_of_state_or_body", condition=~Q(country="") | ~Q(body="")),
            models.CheckConstraint(name="contact_is_a_desk", condition=~Q(name="") | ~Q(office="")),
            models.CheckConstraint(name="contact_has_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="contact_ends_after_it_begins",
                condition=Q(valid_from__isnull=True) | Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.key
