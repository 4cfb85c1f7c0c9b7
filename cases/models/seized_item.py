"""Seized items: identifiable objects or lots, with their markings."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cases.choices import ItemCategory, MarkingState, MissileSubtype
from cases.models.incident import LINE, Incident
from cases.models.vocabulary import COUNTRY, WORD, choices_of, countries, known


class SeizedItem(models.Model):
    """One identifiable object, or one lot of them, taken or found at an incident."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    # The contract's `id` of an item; the device's where it gave one.
    item_uuid = models.UUIDField(default=uuid.uuid4)
    category = models.CharField(max_length=WORD, choices=choices_of(ItemCategory), blank=True)
    subtype = models.CharField(max_length=WORD, blank=True)
    description = models.TextField(blank=True)
    quantity = models.FloatField(null=True, blank=True)
    unit = models.CharField(max_length=LINE, blank=True)
    quantity_basis = models.CharField(max_length=WORD, blank=True)
    quantity_text = models.CharField(max_length=2 * LINE, blank=True)
    make = models.CharField(max_length=LINE, blank=True)
    model = models.CharField(max_length=LINE, blank=True)
    calibre = models.CharField(max_length=LINE, blank=True)
    manufacture = models.CharField(max_length=WORD, blank=True)
    lethality = models.CharField(max_length=WORD, blank=True)
    country_of_manufacture = models.CharField(max_length=COUNTRY, blank=True)
    year_of_manufacture = models.PositiveSmallIntegerField(null=True, blank=True)
    # Country and year.
    import_mark = models.JSONField(null=True, blank=True)
    hs_code = models.CharField(max_length=10, blank=True)
    serial_number = models.CharField(max_length=LINE, blank=True)
    marking_state = models.CharField(max_length=WORD, choices=choices_of(MarkingState), blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["category"], name="item_category"),
            models.Index(fields=["serial_number"], name="item_serial_number", condition=~Q(serial_number="")),
        ]
        constraints = [
            known("category", ItemCategory, name="item_category_known"),
            known("marking_state", MarkingState, name="item_marking_state_known"),
            models.CheckConstraint(
                name="item_missile_subtype_known",
                condition=~Q(category=ItemCategory.MISSILE.value)
                | Q(subtype__in=["", *(subtype.value for subtype in MissileSubtype)]),
            ),
            models.CheckConstraint(
                name="item_quantity_not_negative", condition=Q(quantity__isnull=True) | Q(quantity__gte=0)
            ),
            countries("country_of_manufacture", name="item_country_is_a_code"),
            models.UniqueConstraint(fields=["incident", "item_uuid"], name="item_uuid_once"),
            # Deferred, so that items can change places.
            models.UniqueConstraint(
                fields=["incident", "position"], name="item_position_once", deferrable=models.Deferrable.DEFERRED
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.description}".strip()


class AmmunitionDetail(models.Model):
    """What a lot of ammunition shows beside its markings."""

    item = models.OneToOneField(SeizedItem, on_delete=models.CASCADE, related_name="ammunition")
    # Each has text and clock.
    headstamp = models.JSONField(default=list, blank=True)
    lot = models.CharField(max_length=LINE, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    packaging_marks = ArrayField(models.CharField(max_length=LINE), default=list, blank=True)
    net_explosive_kg = models.FloatField(null=True, blank=True)
    hazard_division = models.CharField(max_length=LINE, blank=True)

    class Meta:
        indexes = [models.Index(fields=["lot"], name="ammunition_lot", condition=~Q(lot=""))]

    def __str__(self) -> str:
        return self.lot


class Disposition(models.Model):
    """Where a seized item is, or how it ended."""

    item = models.OneToOneField(SeizedItem, on_delete=models.CASCADE, related_name="disposition")
    status = models.CharField(max_length=WORD, blank=True)
    on = models.CharField(max_length=64, blank=True)
    place = models.CharField(max_length=LINE, blank=True)
    certificate = models.CharField(max_length=LINE, blank=True)

    def __str__(self) -> str:
        return self.status


class Marking(models.Model):
    """One marking read from an item, transcribed as it stands."""

    item = models.ForeignKey(SeizedItem, on_delete=models.CASCADE, related_name="marks")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=WORD, blank=True)
    text = models.CharField(max_length=LINE, blank=True)
    # Where on the item it stands.
    position = models.CharField(max_length=LINE, blank=True)
    state = models.CharField(max_length=WORD, choices=choices_of(MarkingState), blank=True)
    restored_by = models.CharField(max_length=LINE, blank=True)
    method = models.CharField(max_length=WORD, blank=True)
    certainty = models.CharField(max_length=WORD, blank=True)
    photo = models.CharField(max_length=LINE, blank=True)

    class Meta:
        indexes = [models.Index(fields=["text"], name="marking_text", condition=~Q(text=""))]
        constraints = [
            known("state", MarkingState, name="marking_state_known"),
            models.UniqueConstraint(fields=["item", "number"], name="marking_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.text}".strip()
