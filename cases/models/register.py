"""An agency's own registers, and the look-ups in them before anybody abroad is asked."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.choices import RegisterKind
from cases.models.agency import Agency
from cases.models.incident import LINE, Incident
from cases.models.point_of_contact import KEY
from cases.models.vocabulary import COUNTRY, WORD, choices_of, countries, known


class RegisterVersion(models.Model):
    """One import of a register: which file, how far it was taken in, and what it changed."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="register_versions")
    kind = models.CharField(max_length=WORD, choices=choices_of(RegisterKind))
    number = models.PositiveIntegerField()
    file_name = models.CharField(max_length=LINE)
    # Of the file's own bytes.
    digest = models.CharField(max_length=80)
    # Whether the file is the whole register: what it does not hold any more has left it.
    is_whole = models.BooleanField(default=False)
    # Rows taken in or refused so far; an import that was cut short goes on after them.
    rows_done = models.PositiveBigIntegerField(default=0)
    counts = models.JSONField(default=dict, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    # Null where the command named nobody.
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            known("kind", RegisterKind, name="register_version_kind_known", may_be_unknown=False),
            models.UniqueConstraint(fields=["agency", "kind", "number"], name="register_version_number_once"),
            models.UniqueConstraint(
                fields=["agency", "kind"], condition=Q(finished_at__isnull=True), name="register_import_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class RegisterEntry(models.Model):
    """What a register said of one piece from one version until another; content never changes, it is succeeded."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="register_entries")
    kind = models.CharField(max_length=WORD, choices=choices_of(RegisterKind))
    key = models.CharField(max_length=KEY)
    # Of all that the row says; it goes when the holder is erased, for a guessed name could be tried against it.
    digest = models.CharField(max_length=80, blank=True)
    imported_in = models.ForeignKey(RegisterVersion, on_delete=models.PROTECT, related_name="entries")
    # The last version whose file held it.
    seen_in = models.ForeignKey(RegisterVersion, on_delete=models.PROTECT, related_name="+")
    # The version that said otherwise, or no longer held it; null while it stands.
    ended_in = models.ForeignKey(RegisterVersion, on_delete=models.PROTECT, null=True, related_name="+")
    line = models.PositiveIntegerField()

    serial = models.CharField(max_length=LINE)
    serial_key = models.CharField(max_length=LINE)
    make = models.CharField(max_length=LINE, blank=True)
    model = models.CharField(max_length=LINE, blank=True)
    calibre = models.CharField(max_length=LINE, blank=True)
    country_of_manufacture = models.CharField(max_length=COUNTRY, blank=True)
    # Where the last lawful holder is.
    country = models.CharField(max_length=COUNTRY, blank=True)
    # Nominal data: read with the right to see it, and erased by its own class of records.
    holder = models.CharField(max_length=LINE, blank=True)
    holder_address = models.CharField(max_length=LINE, blank=True)
    holder_paper = models.CharField(max_length=LINE, blank=True)
    holder_erased_on = models.DateField(null=True, blank=True)
    unit = models.CharField(max_length=LINE, blank=True)
    status = models.CharField(max_length=LINE, blank=True)
    # As exactly as they are known: YYYY, YYYY-MM, YYYY-MM-DD.
    registered_on = models.CharField(max_length=64, blank=True)
    lost_on = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["agency", "serial_key"], condition=Q(ended_in__isnull=True), name="register_serial_of_agency"
            ),
            models.Index(fields=["seen_in"], name="register_seen_in"),
        ]
        constraints = [
            known("kind", RegisterKind, name="register_kind_known", may_be_unknown=False),
            countries("country", "country_of_manufacture", name="register_country_is_a_code"),
            models.CheckConstraint(name="register_serial_has_key", condition=~Q(serial_key="")),
            models.UniqueConstraint(
                fields=["agency", "kind", "key"], condition=Q(ended_in__isnull=True), name="register_entry_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class RegisterLookup(models.Model):
    """That an agency looked an item up in its own registers: when, in which versions, and what was there.

    Rows are added and never changed; of the entries they name keys and no holders.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="register_lookups")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="register_lookups")
    # The item's own id: an item may be taken out of a record that was looked up.
    item_uuid = models.UUIDField()
    looked_up_at = models.DateTimeField()
    looked_up_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Serial numbers looked for.
    marks = models.JSONField(default=list, blank=True)
    # [{kind, version, digest, imported_at}], and whether any register was there at all.
    registers = models.JSONField(default=list, blank=True)
    # [{kind, entry, version, line}].
    hits = models.JSONField(default=list, blank=True)
    # References of other incidents with the same serial number that the officer could know of.
    incidents = models.JSONField(default=list, blank=True)

    class Meta:
        indexes = [models.Index(fields=["incident", "item_uuid", "-id"], name="lookup_newest_of_item")]

    def __str__(self) -> str:
        return f"look-up of {self.item_uuid} at {self.looked_up_at:%Y-%m-%d %H:%M}"
