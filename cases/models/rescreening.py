"""What screenings rest on, the one result in force of each incident, and re-screenings with what they changed."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from cases.choices import ChangeKind, RescreeningCause, RescreeningStatus
from cases.models.incident import Incident
from cases.models.rulebook import RulebookVersion
from cases.models.screening import ScreeningRun
from cases.models.vocabulary import WORD, choices_of, known


class ScreenedFacts(models.Model):
    """The facts that one or more runs weighed, kept under their digest and never changed."""

    digest = models.CharField(max_length=80, unique=True)
    # The text that the digest was taken of (see cases.facts_document); jsonb would reorder it.
    text = models.TextField()

    def __str__(self) -> str:
        return self.digest


class RulebookFiles(models.Model):
    """The regime files that a rulebook version was built from, so that it can be built again."""

    rulebook = models.OneToOneField(RulebookVersion, on_delete=models.PROTECT, primary_key=True, related_name="files")
    # A zlib-compressed JSON object: file name to text.
    packed = models.BinaryField()

    def __str__(self) -> str:
        return f"files of {self.rulebook_id}"


class RememberedName(models.Model):
    """What a name was found to resemble among the names of lists or groups, so that it is compared with them once."""

    # Of the names that it was compared with.
    names_digest = models.CharField(max_length=80)
    # See cases.screening.names.index: equal for names that cannot be told apart.
    asked = models.TextField()
    # JSON: key, score, listed, rule and params of each match.
    matches = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["names_digest", "asked"], name="remembered_name_once")]

    def __str__(self) -> str:
        return self.asked


class CurrentScreening(models.Model):
    """The one result of an incident that is in force, and the terms by which changes of law and lists find it."""

    incident = models.OneToOneField(
        Incident, on_delete=models.PROTECT, primary_key=True, related_name="current_screening"
    )
    run = models.ForeignKey(ScreeningRun, on_delete=models.PROTECT, related_name="+", db_index=False)
    facts = models.ForeignKey(ScreenedFacts, on_delete=models.PROTECT, related_name="+", db_index=False)
    # Of the record whose facts these are: where it has moved on, they are taken from the record again.
    incident_version = models.PositiveIntegerField()
    # The days on which the transfer or the find can have happened; null is not known.
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    # See cases.search_terms.
    terms = ArrayField(models.TextField(), default=list, blank=True)
    # Names and numbers that are compared with lists, as stated.
    names = ArrayField(models.TextField(), default=list, blank=True)
    # The listed parties that the result names (see cases.list_changes.listed_reference).
    designated = ArrayField(models.TextField(), default=list, blank=True)

    class Meta:
        indexes = [
            GinIndex(fields=["terms"], name="current_screening_terms"),
            GinIndex(fields=["names"], name="current_screening_names"),
            GinIndex(fields=["designated"], name="current_screening_designated"),
        ]

    def __str__(self) -> str:
        return f"result in force of {self.incident_id}"


class Rescreening(models.Model):
    """One re-screening: the incidents that a change of rulebook, lists or zones can touch, screened anew."""

    cause = models.CharField(max_length=WORD, choices=choices_of(RescreeningCause))
    status = models.CharField(max_length=WORD, choices=choices_of(RescreeningStatus))
    # What the results rested on before, one entry for each combination met; and what they rest on after.
    before = models.JSONField(default=list, blank=True)
    rulebook = models.ForeignKey(RulebookVersion, on_delete=models.PROTECT, related_name="+")
    lists = models.JSONField(default=list, blank=True)
    zones_version = models.CharField(max_length=100)
    zones_digest = models.CharField(max_length=80)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    # When the workers were last told.
    sent_at = models.DateTimeField()
    # Of all agencies.
    incidents = models.PositiveIntegerField()
    chunk_count = models.PositiveIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["-id"], name="rescreening_open", condition=Q(finished_at__isnull=True)),
        ]
        constraints = [
            known("cause", RescreeningCause, name="rescreening_cause_known", may_be_unknown=False),
            known("status", RescreeningStatus, name="rescreening_status_known", may_be_unknown=False),
            models.CheckConstraint(
                name="rescreening_ended_with_moment",
                condition=Q(status__in=["planned", "running"], finished_at__isnull=True)
                | Q(status__in=["done", "superseded"], finished_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"re-screening {self.pk}"


class RescreeningChunk(models.Model):
    """Some of the incidents of a re-screening: done whole, in one transaction, or not at all."""

    rescreening = models.ForeignKey(Rescreening, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    incidents = ArrayField(models.BigIntegerField())
    finished_at = models.DateTimeField(null=True, blank=True)
    # Agency id to counts: screened, new, lost, changed, failed, passed_over.
    counts = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["rescreening", "number"], name="chunk_waiting", condition=Q(finished_at__isnull=True))
        ]
        constraints = [models.UniqueConstraint(fields=["rescreening", "number"], name="chunk_number_once")]

    def __str__(self) -> str:
        return f"chunk {self.number} of re-screening {self.rescreening_id}"


class RescreeningChange(models.Model):
    """What a re-screening changed on one measure of one incident."""

    rescreening = models.ForeignKey(Rescreening, on_delete=models.PROTECT, related_name="changes")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="rescreening_changes")
    run_before = models.ForeignKey(ScreeningRun, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    run_after = models.ForeignKey(ScreeningRun, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=WORD, choices=choices_of(ChangeKind))
    regime = models.CharField(max_length=100)
    measure = models.CharField(max_length=200)
    outcome_before = models.CharField(max_length=WORD, blank=True)
    outcome_after = models.CharField(max_length=WORD, blank=True)
    # See cases.differences.
    reasons = models.JSONField(default=list, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["rescreening", "changed_at", "id"], name="change_of_rescreening")]
        constraints = [
            known("kind", ChangeKind, name="change_kind_known", may_be_unknown=False),
            models.UniqueConstraint(fields=["run_after", "measure"], name="change_once_a_run"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.measure}"
