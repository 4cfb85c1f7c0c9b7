"""Obligations: what follows by law from an incident, by when, who sees to it, and what was sent when."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.choices import ObligationReminderKind, ObligationState
from cases.models.agency import Agency
from cases.models.incident import Incident
from cases.models.vocabulary import COUNTRY, WORD, choices_of, known


class Obligation(models.Model):
    """A duty that an incident gives rise to, in the words of its paragraph; powers and appeals have no clock.

    What no result says any more stays, and asks to be decided on.
    """

    # OBL-2026-04719283, under which it is asked for, handed over and put into calendars.
    reference = models.CharField(max_length=20, unique=True)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="obligations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="obligations")
    regime = models.CharField(max_length=100)
    kind = models.CharField(max_length=WORD)
    what = models.TextField()
    resolution = models.CharField(max_length=100)
    paragraph = models.CharField(max_length=100, blank=True)
    paragraph_verified = models.BooleanField()
    # "shall" alone obliges.
    force = models.CharField(max_length=WORD)
    # Who owes it, the States that the facts show to be meant, and to whom.
    on = models.CharField(max_length=WORD)
    states = ArrayField(models.CharField(max_length=COUNTRY), default=list, blank=True)
    to = models.CharField(max_length=WORD, blank=True)

    # What starts the clock, and the days on one of which that was; null is an open end: not known.
    clock_from = models.CharField(max_length=WORD, blank=True)
    clock_first_day = models.DateField(null=True, blank=True)
    clock_last_day = models.DateField(null=True, blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    working_days = models.BooleanField()
    promptly = models.BooleanField()
    # As the paragraph gives it; an agency's own rule for "promptly" is added where it is read.
    due_on = models.DateField(null=True, blank=True)

    arisen_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # To whom it was assigned or handed over; null where whoever sees to the incident sees to it.
    handed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Whether the result in force, and what people decided on it, still says it.
    is_found = models.BooleanField(default=True)
    state = models.CharField(max_length=WORD, choices=choices_of(ObligationState), default=ObligationState.OPEN.value)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_reason = models.TextField(blank=True)

    # As `queries.obligations.with_due_day` adds it: by the text, else by the agency's own rule.
    due_day: date | None

    class Meta:
        indexes = [
            models.Index(fields=["agency", "due_on", "reference"], name="obligation_of_agency"),
            models.Index(fields=["due_on"], name="obligation_open", condition=Q(state=ObligationState.OPEN.value)),
        ]
        constraints = [
            known("state", ObligationState, name="obligation_state_known", may_be_unknown=False),
            models.UniqueConstraint(
                fields=["incident", "regime", "kind", "resolution", "paragraph", "on", "clock_from"],
                name="obligation_once_an_incident",
            ),
            models.CheckConstraint(
                name="obligation_due_as_the_text_says",
                condition=Q(due_on__isnull=True)
                | Q(force="shall", days__isnull=False, clock_first_day=F("clock_last_day"))
                & Q(due_on__gte=F("clock_first_day")),
            ),
            models.CheckConstraint(
                name="obligation_closed_by_somebody",
                condition=Q(state=ObligationState.OPEN.value, closed_at__isnull=True, closed_by__isnull=True)
                | ~Q(state=ObligationState.OPEN.value)
                & Q(closed_at__isnull=False, closed_by__isnull=False)
                & ~Q(closed_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def responsible_id(self) -> int:
        """Return the key of the officer who sees to it."""
        return self.handed_to_id or self.begun_by_id


class ObligationSending(models.Model):
    """What was sent, or done, on an obligation, when and to whom; never changed."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="sendings")
    what = models.TextField()
    sent_to = models.TextField()
    sent_on = models.DateField()
    # Under which it was sent, or its receipt was confirmed.
    reference = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.sent_on} {self.reference}"


class ObligationReminder(models.Model):
    """One thing said of an obligation as its day came; never changed, and said once."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=WORD, choices=choices_of(ObligationReminderKind))
    due_on = models.DateField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            known("kind", ObligationReminderKind, name="obligation_reminder_kind_known", may_be_unknown=False),
            models.UniqueConstraint(fields=["obligation", "kind", "due_on"], name="obligation_reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"
