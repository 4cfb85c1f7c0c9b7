"""Sharing: by what an agency sees more than its own records."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.choices import SharingLevel
from cases.models.agency import Agency
from cases.models.case import Case
from cases.models.incident import LINE, Incident
from cases.models.referral import Referral
from cases.models.vocabulary import WORD, choices_of, known


class Shared(models.Model):
    """An act of sharing: who, when, why, whether with nominal data, and whether it was taken back."""

    # Whether names, dates of birth, papers and addresses of persons are shared too.
    with_nominal = models.BooleanField(default=False)
    shared_at = models.DateTimeField()
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True


class Grant(Shared):
    """One incident, case or referral shown to another agency until a day; what a case joins of others is not in it."""

    grantee = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="grants")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    level = models.CharField(max_length=WORD, choices=choices_of(SharingLevel))
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["grantee", "incident"], name="grant_standing", condition=Q(ended_at__isnull=True)),
            models.Index(fields=["incident"], name="grant_of_incident", condition=Q(ended_at__isnull=True)),
        ]
        constraints = [
            known("level", SharingLevel, name="grant_level_known", may_be_unknown=False),
            models.CheckConstraint(
                name="grant_of_one_thing",
                condition=Q(incident__isnull=False, case__isnull=True, referral__isnull=True)
                | Q(incident__isnull=True, case__isnull=False, referral__isnull=True)
                | Q(incident__isnull=True, case__isnull=True, referral__isnull=False),
            ),
            models.CheckConstraint(
                name="grant_ends_after_it_begins", condition=Q(until_at__isnull=True) | Q(until_at__gt=F("shared_at"))
            ),
            models.CheckConstraint(name="grant_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"grant to {self.grantee_id}"


class Release(Shared):
    """A State's release of an incident to a panel; seen while a confirmed finding engages a regime of its mandate."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="releases")
    panel = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="releases")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "incident"], condition=Q(ended_at__isnull=True), name="release_standing_once"
            ),
            models.CheckConstraint(name="release_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"release to {self.panel_id}"


class JointOperation(models.Model):
    """Agencies that act together under a lead; each puts incidents of its own in."""

    # OPS-2026-04719283
    reference = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=LINE)
    lead = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="operations_led")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    members = models.ManyToManyField(Agency, through="OperationMember", related_name="operations")

    class Meta:
        constraints = [models.CheckConstraint(name="operation_has_name", condition=~Q(name=""))]

    def __str__(self) -> str:
        return self.reference


class OperationMember(models.Model):
    """An agency's part in an operation; it sees what the others put in while it takes part."""

    operation = models.ForeignKey(JointOperation, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "operation"], condition=Q(left_at__isnull=True), name="operation_member_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} in {self.operation_id}"


class OperationIncident(Shared):
    """An incident that its agency put into an operation: the lead may contribute to it, the others read it."""

    operation = models.ForeignKey(JointOperation, on_delete=models.PROTECT, related_name="entries")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="operation_entries")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "incident"], condition=Q(ended_at__isnull=True), name="operation_incident_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} in {self.operation_id}"


class SameEvent(models.Model):
    """Two records of one event, as two agencies made them: linked, never merged; each stays its agency's own."""

    # The one with the lower key first, so that a pair stands once.
    first = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["second"], name="same_event_second", condition=Q(withdrawn_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(name="same_event_in_order", condition=Q(first__lt=F("second"))),
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(withdrawn_at__isnull=True), name="same_event_once"
            ),
            models.CheckConstraint(name="same_event_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} = {self.second_id}"
