"""Chains of custody: what happened to items and exhibits, who held them, and where each one is."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.choices import CustodyKind, DatePrecision, DispositionStatus, ExhibitKind, HolderKind
from cases.custody_rules import ANSWERS, FEWEST_WITNESSES
from cases.models.agency import Agency
from cases.models.incident import LINE, Incident
from cases.models.seized_item import SeizedItem
from cases.models.vocabulary import WORD, choices_of, known

# "sha256:" and 64 digits, with room.
DIGEST = 80
# Exactly one of the two.
ONE_SUBJECT = Q(item__isnull=False, exhibit__isnull=True) | Q(item__isnull=True, exhibit__isnull=False)


class Store(models.Model):
    """A place in which an agency keeps what it holds: an armoury, an exhibit room, a bonded shed."""

    store_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="stores")
    name = models.CharField(max_length=LINE)
    place = models.CharField(max_length=LINE, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="store_name_once"),
            models.CheckConstraint(name="store_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class Exhibit(models.Model):
    """A labelled package of items, or a sample taken from one; the row is never changed."""

    # On the label, and in its QR code: an opaque number that tells a finder nothing.
    code = models.CharField(max_length=24, unique=True)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="exhibits")
    kind = models.CharField(max_length=WORD, choices=choices_of(ExhibitKind))
    description = models.TextField(blank=True)
    # Of the evidence that shows it, where there is some.
    evidence_id = models.CharField(max_length=WORD, blank=True)
    # The items packed, or the one that was sampled.
    items = models.ManyToManyField(SeizedItem, through="ExhibitItem", related_name="exhibits")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["incident", "-recorded_at"], name="exhibit_newest_of_incident")]
        constraints = [known("kind", ExhibitKind, name="exhibit_kind_known", may_be_unknown=False)]

    def __str__(self) -> str:
        return self.code


class ExhibitItem(models.Model):
    """A seized item in an exhibit, or the source of a sample."""

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(SeizedItem, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exhibit", "item"], name="exhibit_item_once")]

    def __str__(self) -> str:
        return f"{self.item_id} in {self.exhibit_id}"


class CustodyEvent(models.Model):
    """One link in the chain of custody of an item or an exhibit; rows are added and never changed.

    `digest` covers `text`, the whole event in canonical JSON, and the digest of the event before it. Names of persons
    and the free note stand apart (`CustodyNominal`), and the text holds their digest only, so that they can be
    withheld or erased and the chain still be proved.
    """

    event_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="custody_events")
    item = models.ForeignKey(SeizedItem, on_delete=models.PROTECT, null=True, related_name="custody")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, null=True, related_name="custody")
    # From 1, without gaps; a trigger holds it.
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=WORD, choices=choices_of(CustodyKind))

    # When it happened, as stated; empty is not known.
    at = models.CharField(max_length=64, blank=True)
    at_precision = models.CharField(max_length=WORD, choices=choices_of(DatePrecision), blank=True)
    at_first_day = models.DateField(null=True, blank=True)
    at_last_day = models.DateField(null=True, blank=True)
    at_instant = models.DateTimeField(null=True, blank=True)
    # When the system was told, and by whom.
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    # Who holds it from here on; of a handover, whom it is offered to. A person's name is nominal data.
    holder_kind = models.CharField(max_length=WORD, choices=choices_of(HolderKind), blank=True)
    holder_officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    holder_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    holder_store = models.ForeignKey(Store, on_delete=models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=LINE, blank=True)
    seal = models.CharField(max_length=LINE, blank=True)
    code = models.CharField(max_length=LINE, blank=True)
    certificate = models.CharField(max_length=LINE, blank=True)
    witness_count = models.PositiveSmallIntegerField(default=0)

    # Of a handover: when it lapses. Of an answer: the handover. Of a correction: the event that was wrong.
    expires_at = models.DateTimeField(null=True, blank=True)
    answers = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="answer")
    corrects = models.PositiveIntegerField(null=True, blank=True)
    # The exhibit that a sample made, or that the item was packed into.
    into = models.ForeignKey(Exhibit, on_delete=models.PROTECT, null=True, related_name="+")

    text = models.TextField()
    previous = models.CharField(max_length=DIGEST)
    digest = models.CharField(max_length=DIGEST)

    class Meta:
        indexes = [
            models.Index(fields=["incident", "id"], name="custody_of_incident"),
            models.Index(
                fields=["holder_agency", "expires_at"],
                name="custody_handovers",
                condition=Q(kind=CustodyKind.HANDED_OVER.value),
            ),
        ]
        constraints = [
            known("kind", CustodyKind, name="custody_kind_known", may_be_unknown=False),
            known("holder_kind", HolderKind, name="custody_holder_kind_known"),
            known("at_precision", DatePrecision, name="custody_precision_known"),
            models.CheckConstraint(name="custody_of_item_or_exhibit", condition=ONE_SUBJECT),
            models.UniqueConstraint(fields=["item", "number"], name="custody_number_once_an_item"),
            models.UniqueConstraint(fields=["exhibit", "number"], name="custody_number_once_an_exhibit"),
            models.CheckConstraint(
                name="custody_seal_named",
                condition=~Q(kind__in=[CustodyKind.SEALED.value, CustodyKind.OPENED.value]) | ~Q(seal=""),
            ),
            models.CheckConstraint(
                name="custody_destruction_witnessed",
                condition=~Q(kind=CustodyKind.DESTROYED.value)
                | Q(witness_count__gte=FEWEST_WITNESSES) & ~Q(certificate=""),
            ),
            models.CheckConstraint(
                name="custody_handover_to_somebody_for_a_time",
                condition=Q(kind=CustodyKind.HANDED_OVER.value, holder_agency__isnull=False, expires_at__isnull=False)
                | ~Q(kind=CustodyKind.HANDED_OVER.value) & Q(expires_at__isnull=True),
            ),
            models.CheckConstraint(
                name="custody_answer_to_a_handover",
                condition=Q(kind__in=sorted(kind.value for kind in ANSWERS), answers__isnull=False)
                | ~Q(kind__in=sorted(kind.value for kind in ANSWERS)) & Q(answers__isnull=True),
            ),
            models.CheckConstraint(
                name="custody_correction_names_the_event",
                condition=Q(kind=CustodyKind.CORRECTED.value, corrects__isnull=False)
                | ~Q(kind=CustodyKind.CORRECTED.value) & Q(corrects__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


class CustodyNominal(models.Model):
    """The nominal part of a custody event: the person who holds, the witnesses, the note.

    Never changed; erasing the row leaves the chain whole, for the event holds the salted digest.
    """

    event = models.OneToOneField(CustodyEvent, on_delete=models.PROTECT, primary_key=True, related_name="nominal")
    # Without it a name could be guessed from the digest.
    salt = models.CharField(max_length=64)
    # Canonical JSON: {"holder", "note", "witnesses": [{"name", "role"}]}.
    text = models.TextField()

    def __str__(self) -> str:
        return f"names of {self.event_id}"


class Holding(models.Model):
    """Where an item or an exhibit is: its chain summed up, rewritten with each event and never the proof."""

    holding_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="holdings")
    item = models.OneToOneField(SeizedItem, on_delete=models.PROTECT, null=True, related_name="holding")
    exhibit = models.OneToOneField(Exhibit, on_delete=models.PROTECT, null=True, related_name="holding")
    # In the contract's words; empty while no event says.
    status = models.CharField(max_length=WORD, choices=choices_of(DispositionStatus), blank=True)
    holder_kind = models.CharField(max_length=WORD, choices=choices_of(HolderKind), blank=True)
    holder_officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    holder_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    holder_store = models.ForeignKey(Store, on_delete=models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=LINE, blank=True)
    packed_in = models.ForeignKey(Exhibit, on_delete=models.PROTECT, null=True, related_name="packed")
    # When the event was recorded by which it came there.
    since = models.DateTimeField()
    last_event = models.ForeignKey(CustodyEvent, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["incident", "-since", "-id"], name="holding_of_incident"),
            models.Index(fields=["holder_agency", "-since", "-id"], name="holding_of_agency"),
            models.Index(fields=["holder_store", "-since"], name="holding_in_store"),
        ]
        constraints = [
            known("status", DispositionStatus, name="holding_status_known"),
            known("holder_kind", HolderKind, name="holding_holder_kind_known"),
            models.CheckConstraint(name="holding_of_item_or_exhibit", condition=ONE_SUBJECT),
        ]

    def __str__(self) -> str:
        return f"{self.status} since {self.since:%Y-%m-%d}"
