"""What came back on a trace referral: replies with their supply-chain steps, and what was clarified in between."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.choices import (
    REPLY_STATES_NEEDING_REASON,
    ActorKind,
    ClarificationKind,
    Confidence,
    DatePrecision,
    ReplyReason,
    ReplyState,
    SupplyStepKind,
)
from cases.models.incident import LINE
from cases.models.referral import Referral
from cases.models.reply_link import ReplyLink
from cases.models.vocabulary import COUNTRY, WORD, choices_of, countries, known


def dated_or_not(name: str) -> models.CheckConstraint:
    """Return the constraint that a partial date is there with its days and precision, or not at all."""
    return models.CheckConstraint(
        name=name,
        condition=Q(on="", on_precision="", on_first_day__isnull=True, on_last_day__isnull=True)
        | ~Q(on="") & ~Q(on_precision="") & Q(on_first_day__isnull=False, on_last_day__gte=F("on_first_day")),
    )


class Reply(models.Model):
    """What came back on a referral; a later reply may correct an earlier one, none is edited."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="replies")
    state = models.CharField(max_length=WORD, choices=choices_of(ReplyState))
    reason = models.CharField(max_length=WORD, choices=choices_of(ReplyReason), blank=True)
    their_reference = models.CharField(max_length=LINE, blank=True)
    text = models.TextField(blank=True)
    # The State to which the request was forwarded, where another State's authority has it now.
    forwarded_to = models.CharField(max_length=COUNTRY, blank=True)
    # Evidence of the incident that came with it, by id; files may also name the reply themselves.
    documents = ArrayField(models.UUIDField(), default=list, blank=True)
    # The earlier answer that it takes the place of: of that one, no step counts any more.
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    received_at = models.DateTimeField()
    # The officer who entered it, or the link by which the addressee did.
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    via_link = models.ForeignKey(ReplyLink, on_delete=models.PROTECT, null=True, related_name="replies")

    class Meta:
        constraints = [
            known("state", ReplyState, name="reply_state_known", may_be_unknown=False),
            known("reason", ReplyReason, name="reply_reason_known"),
            models.CheckConstraint(
                name="reply_reason_where_needed",
                condition=~Q(state__in=sorted(state.value for state in REPLY_STATES_NEEDING_REASON)) | ~Q(reason=""),
            ),
            countries("forwarded_to", name="reply_forwarded_to_is_a_code"),
            models.CheckConstraint(
                name="reply_names_a_state_where_forwarded",
                condition=Q(state=ReplyState.FORWARDED.value) | Q(forwarded_to=""),
            ),
            models.CheckConstraint(
                name="reply_by_officer_or_link",
                condition=Q(recorded_by__isnull=False, via_link__isnull=True)
                | Q(recorded_by__isnull=True, via_link__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.state


class SupplyChainStep(models.Model):
    """One step of the supply chain as a reply tells of it; never changed, a later reply corrects."""

    step_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="steps")
    # From 1, as the reply lists them.
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=WORD, choices=choices_of(SupplyStepKind))
    actor = models.CharField(max_length=LINE, blank=True)
    actor_kind = models.CharField(max_length=WORD, choices=choices_of(ActorKind), blank=True)
    # Where it happened; of a movement also whence and whither.
    country = models.CharField(max_length=COUNTRY, blank=True)
    from_country = models.CharField(max_length=COUNTRY, blank=True)
    to_country = models.CharField(max_length=COUNTRY, blank=True)
    place = models.CharField(max_length=LINE, blank=True)
    # As stated; empty is not known.
    on = models.CharField(max_length=64, blank=True)
    on_precision = models.CharField(max_length=WORD, choices=choices_of(DatePrecision), blank=True)
    on_first_day = models.DateField(null=True, blank=True)
    on_last_day = models.DateField(null=True, blank=True)
    manner = models.TextField(blank=True)
    # What it rests on: licence, certificate, register entry.
    document = models.CharField(max_length=LINE, blank=True)
    confidence = models.CharField(max_length=WORD, choices=choices_of(Confidence), blank=True)
    # Numbers of the referral's lines that it is about; empty: of all.
    lines = ArrayField(models.PositiveIntegerField(), default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reply", "number"], name="step_number_once_a_reply"),
            known("kind", SupplyStepKind, name="step_kind_known", may_be_unknown=False),
            known("actor_kind", ActorKind, name="step_actor_kind_known"),
            known("confidence", Confidence, name="step_confidence_known"),
            known("on_precision", DatePrecision, name="step_precision_known"),
            countries("country", "from_country", "to_country", name="step_countries_are_codes"),
            dated_or_not("step_date_whole_or_absent"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


class Clarification(models.Model):
    """What the requesting side answered when more was asked of it, or asked about an answer; never changed."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="clarifications")
    kind = models.CharField(max_length=WORD, choices=choices_of(ClarificationKind))
    text = models.TextField()
    documents = ArrayField(models.UUIDField(), default=list, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            known("kind", ClarificationKind, name="clarification_kind_known", may_be_unknown=False),
            models.CheckConstraint(name="clarification_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.reply_id}"
