"""Screening runs, what they found, and what officers decided on it."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cases.choices import MeasureStatus, ReviewDecision, ReviewState, RunStatus, Tie
from cases.models.incident import Incident
from cases.models.rulebook import RulebookVersion
from cases.models.vocabulary import WORD, choices_of, known
from cases.screening.findings import Outcome


class ScreeningRun(models.Model):
    """One evaluation of one incident; the queued row is the durable order, the message only a nudge."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="runs")
    status = models.CharField(max_length=WORD, choices=choices_of(RunStatus))
    queued_at = models.DateTimeField()
    # When the worker was last told, and how often.
    sent_at = models.DateTimeField()
    sends = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)

    # What the result rests on: the same inputs give the same bytes.
    facts_digest = models.CharField(max_length=80, blank=True)
    rulebook = models.ForeignKey(RulebookVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    zones_version = models.CharField(max_length=100, blank=True)
    zones_digest = models.CharField(max_length=80, blank=True)
    lists = models.JSONField(default=list, blank=True)
    # The engine's own bytes (contract section 4); not jsonb, which would reorder them.
    result = models.TextField(blank=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["incident", "-id"], name="run_newest_of_incident"),
            models.Index(
                fields=["status", "sent_at"], name="run_unfinished", condition=Q(status__in=["queued", "running"])
            ),
        ]
        constraints = [
            known("status", RunStatus, name="run_status_known", may_be_unknown=False),
            models.UniqueConstraint(
                fields=["incident"], condition=Q(status=RunStatus.QUEUED.value), name="run_queued_once"
            ),
            models.CheckConstraint(
                name="run_done_with_result",
                condition=~Q(status=RunStatus.DONE.value)
                | ~Q(result="") & Q(finished_at__isnull=False, rulebook__isnull=False),
            ),
            models.CheckConstraint(
                name="run_failed_with_error", condition=~Q(status=RunStatus.FAILED.value) | ~Q(error="")
            ),
        ]

    def __str__(self) -> str:
        return f"run {self.pk} {self.status}"


class Finding(models.Model):
    """What screening says of one measure: indicated, possible or exemption claimed; a lead, never a verdict.

    It stays the same row, under the same id, for as long as runs say it word for word; what an earlier run said
    stands in that run's own result.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The run that first found it so.
    run = models.ForeignKey(ScreeningRun, on_delete=models.PROTECT, related_name="findings")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="findings")
    regime = models.CharField(max_length=100)
    measure = models.CharField(max_length=200)
    outcome = models.CharField(max_length=WORD, choices=choices_of(Outcome))
    status = models.CharField(max_length=WORD, choices=choices_of(MeasureStatus))
    tie = models.CharField(max_length=WORD, choices=choices_of(Tie), blank=True)
    # Positions of the incident's items.
    items = ArrayField(models.PositiveIntegerField(), default=list, blank=True)
    # The finding in the contract's shape.
    document = models.JSONField()
    # Whether the incident's result in force says it.
    is_current = models.BooleanField()
    # Of the whole document, and of what in it a decision rests on (see cases.differences).
    digest = models.CharField(max_length=32, blank=True)
    substance = models.CharField(max_length=32, blank=True)
    # The place alone ties it: counted, and kept off work lists and letters until another fact joins (R2).
    place_only = models.BooleanField(default=False)
    review = models.CharField(max_length=WORD, choices=choices_of(ReviewState), default=ReviewState.OPEN.value)
    found_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["review", "found_at", "id"],
                name="finding_work_list",
                condition=Q(place_only=False, review__in=[state.value for state in ReviewState.waiting()]),
            ),
            models.Index(fields=["incident"], name="finding_current", condition=Q(is_current=True)),
            models.Index(fields=["regime", "outcome"], name="finding_regime", condition=Q(is_current=True)),
        ]
        constraints = [
            known("outcome", Outcome, name="finding_outcome_known", may_be_unknown=False),
            known("status", MeasureStatus, name="finding_status_known", may_be_unknown=False),
            known("tie", Tie, name="finding_tie_known"),
            known("review", ReviewState, name="finding_review_known"),
            models.CheckConstraint(name="finding_outcome_finds", condition=~Q(outcome=Outcome.NOT_INDICATED.value)),
            models.CheckConstraint(
                name="finding_non_binding_never_indicated",
                condition=~Q(status=MeasureStatus.NON_BINDING.value, outcome=Outcome.INDICATED.value),
            ),
            models.UniqueConstraint(fields=["run", "measure"], name="finding_measure_once_a_run"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.outcome}"


class FindingReview(models.Model):
    """An officer's decision on a finding; a later one stands beside it, none is edited.

    It holds for the measure on that incident, also in later runs, as long as what it rests on stays the same.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="reviews")
    decision = models.CharField(max_length=WORD, choices=choices_of(ReviewDecision))
    reason = models.TextField()
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()

    class Meta:
        constraints = [
            known("decision", ReviewDecision, name="review_decision_known", may_be_unknown=False),
            models.CheckConstraint(name="review_with_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.decision
