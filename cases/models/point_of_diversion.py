"""Where and when an item left lawful hands, as an officer has decided from what the trace shows."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cases.choices import ActorKind, Confidence, DatePrecision, DiversionKind
from cases.models.agency import Agency
from cases.models.incident import LINE, Incident
from cases.models.reply import dated_or_not
from cases.models.seized_item import SeizedItem
from cases.models.vocabulary import COUNTRY, WORD, choices_of, countries, known


class PointOfDiversion(models.Model):
    """One version of an agency's conclusion on one item; never edited, the latest counts."""

    item = models.ForeignKey(SeizedItem, on_delete=models.PROTECT, related_name="points_of_diversion")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # From 1, of that agency on that item.
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=WORD, choices=choices_of(DiversionKind))
    actor = models.CharField(max_length=LINE, blank=True)
    actor_kind = models.CharField(max_length=WORD, choices=choices_of(ActorKind), blank=True)
    country = models.CharField(max_length=COUNTRY, blank=True)
    place = models.CharField(max_length=LINE, blank=True)
    on = models.CharField(max_length=64, blank=True)
    on_precision = models.CharField(max_length=WORD, choices=choices_of(DatePrecision), blank=True)
    on_first_day = models.DateField(null=True, blank=True)
    on_last_day = models.DateField(null=True, blank=True)
    manner = models.TextField(blank=True)
    # Of a point that is not established there is none.
    confidence = models.CharField(max_length=WORD, choices=choices_of(Confidence), blank=True)
    # What it rests on: steps of replies, evidence of the incident, and words.
    steps = ArrayField(models.UUIDField(), default=list, blank=True)
    documents = ArrayField(models.UUIDField(), default=list, blank=True)
    words = models.TextField(blank=True)
    reason = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "agency", "version"], name="diversion_version_once"),
            known("kind", DiversionKind, name="diversion_kind_known", may_be_unknown=False),
            known("actor_kind", ActorKind, name="diversion_actor_kind_known"),
            known("confidence", Confidence, name="diversion_confidence_known"),
            known("on_precision", DatePrecision, name="diversion_precision_known"),
            countries("country", name="diversion_country_is_a_code"),
            dated_or_not("diversion_date_whole_or_absent"),
            models.CheckConstraint(name="diversion_with_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="diversion_established_with_confidence_and_evidence",
                condition=Q(kind=DiversionKind.NOT_ESTABLISHED.value, confidence="")
                | ~Q(kind=DiversionKind.NOT_ESTABLISHED.value)
                & ~Q(confidence="")
                & (~Q(steps=[]) | ~Q(documents=[]) | ~Q(words="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.kind}"

    @property
    def incident(self) -> Incident:
        """Return the incident that the item was taken at."""
        return self.item.incident
