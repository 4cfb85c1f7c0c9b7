"""Trace referrals: what is asked of which State about which items."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.choices import RedactionLevel, ReferralKind, ReferralPriority, ReferralState
from cases.models.agency import Agency
from cases.models.incident import Incident
from cases.models.seized_item import SeizedItem
from cases.models.vocabulary import COUNTRY, WORD, choices_of, countries, known
from cases.redaction_levels import default_level
from cases.tracing.referral_steps import WRITTEN

_WRITTEN = sorted(state.value for state in WRITTEN)

# The official languages of the United Nations.
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")


class Confidentiality(StrEnum):
    """Whether the undertaking to keep the answer confidential is given."""

    GIVEN = "given"
    CANNOT_BE_GIVEN = "cannot_be_given"


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Referrals by the incidents that they tell of."""

    def telling_of(self, incidents: models.QuerySet[Incident] | Iterable[Incident]) -> Self:
        """Return those that tell of any of the incidents, as the leading or as a further one; each once."""
        further = FurtherIncident.objects.filter(incident__in=incidents)
        return self.filter(Q(incident__in=incidents) | Q(pk__in=further.values("referral")))

    def telling_only_of(self, incidents: models.QuerySet[Incident] | Iterable[Incident]) -> Self:
        """Return those that tell of some of the incidents and of no other."""
        others = FurtherIncident.objects.exclude(incident__in=incidents)
        return self.filter(incident__in=incidents).exclude(pk__in=others.values("referral"))


class Referral(models.Model):
    """A request for a record holder to say where items were made, sold or imported."""

    # REF-2026-04719283; the letter's own number follows the agency's pattern once issued.
    reference = models.CharField(max_length=20, unique=True)
    letter_number = models.CharField(max_length=200, blank=True)
    # The leading one; a letter over several incidents has the others as further ones.
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="referrals")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="referrals")
    kind = models.CharField(max_length=WORD, choices=choices_of(ReferralKind))
    state = models.CharField(max_length=WORD, choices=choices_of(ReferralState))
    language = models.CharField(max_length=8, choices=[(code, code) for code in LANGUAGES])

    addressee_country = models.CharField(max_length=COUNTRY)
    # The addressee's point of contact or Permanent Mission: {name, office, telephone, email, channel, address}.
    addressee_contact = models.JSONField(default=dict, blank=True)
    # Why this State: manufacture, import mark, last known lawful holder.
    why_addressee = models.TextField(blank=True)
    priority = models.CharField(max_length=WORD, choices=choices_of(ReferralPriority), default=ReferralPriority.ROUTINE)
    priority_justification = models.TextField(blank=True)
    legal_justification = models.TextField(blank=True)
    intended_use = models.TextField(blank=True)
    # Empty: not said yet. Where the undertaking cannot be given, the letter says so (ITI 15).
    confidentiality = models.CharField(max_length=WORD, choices=choices_of(Confidentiality), blank=True)
    # To whom consent to pass the answer on is asked: the Committee, a panel, INTERPOL, WCO.
    onward_use = models.TextField(blank=True)
    reply_requested_by = models.DateField(null=True, blank=True)
    # For whom it is written; empty: as its kind says.
    redaction = models.CharField(max_length=WORD, choices=choices_of(RedactionLevel), blank=True)
    # An officer's own, after those chosen by kind and item.
    own_questions = ArrayField(models.TextField(), default=list, blank=True)

    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The colleague to whom the work on it was handed over; null where whoever opened it still sees to it.
    handed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Of what it said when it was checked: nothing else is approved and issued.
    checked_sha256 = models.CharField(max_length=64, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Why it is traced although it should not be, the codes of the reasons against it, and the supervisor who says so.
    override_reason = models.TextField(blank=True)
    overridden = ArrayField(models.CharField(max_length=WORD), default=list, blank=True)
    overridden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What was issued, as canonical JSON: a later correction of the incident does not change a letter that went out.
    issued_content = models.TextField(blank=True)
    issued_sha256 = models.CharField(max_length=64, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.TextField(blank=True)
    # The letter in whose place this one is issued.
    supersedes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseding")

    objects = ReferralQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["agency", "-id"], name="referral_newest_of_agency")]
        constraints = [
            known("kind", ReferralKind, name="referral_kind_known", may_be_unknown=False),
            known("state", ReferralState, name="referral_state_known", may_be_unknown=False),
            known("confidentiality", Confidentiality, name="referral_confidentiality_known"),
            known("redaction", RedactionLevel, name="referral_redaction_known"),
            known("priority", ReferralPriority, name="referral_priority_known", may_be_unknown=False),
            countries("addressee_country", name="referral_addressee_is_a_code"),
            models.CheckConstraint(name="referral_has_addressee", condition=~Q(addressee_country="")),
            models.CheckConstraint(name="referral_language_official", condition=Q(language__in=LANGUAGES)),
            models.CheckConstraint(
                name="referral_written_or_issued",
                condition=Q(
                    state__in=[*_WRITTEN, ReferralState.WITHDRAWN.value],
                    issued_at__isnull=True,
                    issued_by__isnull=True,
                    issued_content="",
                    issued_sha256="",
                )
                | ~Q(state__in=_WRITTEN)
                & Q(issued_at__isnull=False, issued_by__isnull=False, issued_at__gte=F("opened_at"))
                & ~Q(issued_content="")
                & ~Q(issued_sha256=""),
            ),
            models.CheckConstraint(
                name="referral_checked_by_somebody",
                condition=~Q(state__in=[ReferralState.CHECKED.value, ReferralState.APPROVED.value])
                | Q(checked_at__isnull=False, checked_by__isnull=False) & ~Q(checked_sha256=""),
            ),
            models.CheckConstraint(
                name="referral_approved_by_somebody",
                condition=~Q(state=ReferralState.APPROVED.value)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_withdrawn_with_reason",
                condition=~Q(state=ReferralState.WITHDRAWN.value)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason=""),
            ),
            models.CheckConstraint(name="referral_supersedes_another", condition=~Q(supersedes=F("pk"))),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def told_incidents(self) -> list[Incident]:
        """Return the incidents that it tells of, the leading one first."""
        further = sorted(self.further.all(), key=lambda row: row.incident_id)
        return [self.incident, *(row.incident for row in further)]

    @property
    def level(self) -> RedactionLevel:
        """Return the redaction level at which it goes out."""
        return RedactionLevel(self.redaction) if self.redaction else default_level(ReferralKind(self.kind))

    @property
    def responsible_id(self) -> int:
        """Return the key of the officer who sees to the referral."""
        return self.handed_to_id or self.opened_by_id


class ReferralItem(models.Model):
    """A seized item as one line of a referral."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="lines")
    item = models.ForeignKey(SeizedItem, on_delete=models.PROTECT, related_name="referral_lines")
    number = models.PositiveIntegerField()
    # Copied from the referral, so that the database itself refuses to ask one State twice at a time.
    addressee_country = models.CharField(max_length=COUNTRY)
    is_open = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "item"], name="referral_item_once"),
            models.UniqueConstraint(fields=["referral", "number"], name="referral_line_number_once"),
            models.UniqueConstraint(
                fields=["item", "addressee_country"], condition=Q(is_open=True), name="referral_item_open_once_a_state"
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.number}"


class FurtherIncident(models.Model):
    """An incident besides the leading one of which a letter tells; its items are lines of the letter."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="further")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["referral", "incident"], name="further_incident_once")]

    def __str__(self) -> str:
        return f"{self.incident_id} in {self.referral_id}"
