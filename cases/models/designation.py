"""Lists of designated parties as imported: every edition is kept, and a correction is a new edition."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.models.vocabulary import WORD


class DesignatedParty(models.Model):
    """One entry as one or more editions have it, word for word; what changes in an entry makes a new row."""

    list_name = models.CharField(max_length=50)
    reference_number = models.CharField(max_length=WORD)
    kind = models.CharField(max_length=WORD)
    list_type = models.CharField(max_length=WORD)
    name = models.TextField()
    listed_on = models.DateField(null=True, blank=True)
    # Every spelling, as an administrator looks for them.
    names = ArrayField(models.TextField(), default=list, blank=True)
    # The whole entry as parsed; its digest tells whether an edition says anything new of it.
    document = models.TextField()
    digest = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["list_name", "reference_number"], name="designated_reference")]
        constraints = [models.UniqueConstraint(fields=["list_name", "digest"], name="designated_party_once")]

    def __str__(self) -> str:
        return f"{self.reference_number} {self.name}"


class ListVersion(models.Model):
    """One edition of a list of designations, named by its own date and digest."""

    name = models.CharField(max_length=50)
    generated_on = models.DateField()
    # Where the list gives the moment; two editions may bear one day.
    generated_at = models.DateTimeField(null=True, blank=True)
    # What the day rests on: stated, file_name or newest_entry.
    dated_by = models.CharField(max_length=WORD, default="stated")
    # Of the file's own bytes.
    digest = models.CharField(max_length=80, unique=True)
    # Of this and every edition of the list imported before it: what a result names (see cases.lists.editions).
    state_digest = models.CharField(max_length=80, blank=True)
    loaded_at = models.DateTimeField()
    counts = models.JSONField(default=dict, blank=True)
    # Entries added, removed and changed since the edition before it in time.
    changes = models.JSONField(default=dict, blank=True)
    parties = models.ManyToManyField(DesignatedParty, related_name="versions")

    class Meta:
        indexes = [
            models.Index(fields=["name", "-generated_on"], name="list_newest"),
            models.Index(fields=["state_digest"], name="list_state"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.generated_on:%Y-%m-%d}"
