"""Evidence: files attached to an incident, byte for byte as received; withdrawn with a reason, never deleted."""

import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.choices import EvidenceKind, EvidenceState, MalwareVerdict, PhotoView, PreviewState
from cases.models.case import Case
from cases.models.incident import LINE, Incident
from cases.models.reply import Reply
from cases.models.seized_item import SeizedItem
from cases.models.vocabulary import WORD, choices_of, known

SHA256: Final = 64
# Random and free of content, with the two folders that keep a folder's listing short.
STORAGE_KEY: Final = 100
MEDIA_TYPE: Final = 100
NAME: Final = 200


class Evidence(models.Model):
    """One file attached to an incident: what was stated of it, what arrived, and what became of it."""

    # Shown in addresses: tells nothing of how many there are.
    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="evidence")
    # More closely to what it belongs, where that was said; an item cannot be taken out of the record under it.
    item = models.ForeignKey(SeizedItem, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    kind = models.CharField(max_length=WORD, choices=choices_of(EvidenceKind))
    # Of a photograph in a sequence; empty where nobody said.
    view = models.CharField(max_length=WORD, choices=choices_of(PhotoView), blank=True)
    # As given, made safe to show; never a path.
    name = models.CharField(max_length=NAME)
    size_bytes = models.BigIntegerField()
    stated_sha256 = models.CharField(max_length=SHA256)
    stated_media_type = models.CharField(max_length=MEDIA_TYPE, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    state = models.CharField(max_length=WORD, choices=choices_of(EvidenceState))
    # Of a refusal, a quarantine or damage; of a withdrawal there is one of its own.
    state_reason = models.TextField(blank=True)
    received_bytes = models.BigIntegerField(default=0)
    received_at = models.DateTimeField()

    # What the server found, once the last byte was there.
    completed_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=SHA256, blank=True)
    # The SHA-256 of each block of the content, one after another: no block leaves unchecked.
    block_digests = models.BinaryField(default=b"", blank=True)
    storage_key = models.CharField(max_length=STORAGE_KEY, blank=True)
    # By its own bytes, never by what was stated.
    media_type = models.CharField(max_length=MEDIA_TYPE, blank=True)
    # What a file outside the list of known types resembles, for the officer's eye.
    looks_like = models.CharField(max_length=LINE, blank=True)

    inspected_at = models.DateTimeField(null=True, blank=True)
    # What the file says of itself: {taken_at, position, device …}; a statement, not a fact.
    stated_by_file = models.JSONField(default=dict, blank=True)
    malware_verdict = models.CharField(
        max_length=WORD, choices=choices_of(MalwareVerdict), default=MalwareVerdict.PENDING.value
    )
    # The name of what was found, or why nothing could be looked for.
    malware_says = models.CharField(max_length=LINE, blank=True)
    malware_signatures = models.CharField(max_length=LINE, blank=True)
    malware_scanned_at = models.DateTimeField(null=True, blank=True)
    preview_state = models.CharField(
        max_length=WORD, choices=choices_of(PreviewState), default=PreviewState.PENDING.value
    )
    preview_problem = models.CharField(max_length=LINE, blank=True)

    damaged_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["incident", "-uploaded_at", "-id"], name="evidence_newest_of_incident"),
            models.Index(
                fields=["received_at"], name="evidence_coming_in", condition=Q(state=EvidenceState.RECEIVING.value)
            ),
            models.Index(
                fields=["id"],
                name="evidence_to_inspect",
                condition=Q(state=EvidenceState.COMPLETE.value)
                & Q(malware_verdict__in=[MalwareVerdict.PENDING.value, MalwareVerdict.UNSCANNED.value]),
            ),
        ]
        constraints = [
            known("kind", EvidenceKind, name="evidence_kind_known", may_be_unknown=False),
            known("view", PhotoView, name="evidence_view_known"),
            known("state", EvidenceState, name="evidence_state_known", may_be_unknown=False),
            known("malware_verdict", MalwareVerdict, name="evidence_verdict_known", may_be_unknown=False),
            known("preview_state", PreviewState, name="evidence_preview_state_known", may_be_unknown=False),
            models.CheckConstraint(name="evidence_has_name", condition=~Q(name="")),
            models.CheckConstraint(name="evidence_has_bytes", condition=Q(size_bytes__gte=1)),
            models.CheckConstraint(
                name="evidence_received_within_size",
                condition=Q(received_bytes__gte=0) & Q(received_bytes__lte=F("size_bytes")),
            ),
            models.CheckConstraint(
                name="evidence_hashes_are_hashes",
                condition=Q(stated_sha256__regex=r"^[0-9a-f]{64}$") & Q(sha256__regex=r"^([0-9a-f]{64})?$"),
            ),
            # Whole means: stored, and with the hash that was stated.
            models.CheckConstraint(
                name="evidence_whole_or_nothing",
                condition=(
                    Q(state__in=[EvidenceState.RECEIVING.value, EvidenceState.REFUSED.value])
                    & Q(storage_key="", completed_at__isnull=True, sha256="")
                )
                | (
                    ~Q(state__in=[EvidenceState.RECEIVING.value, EvidenceState.REFUSED.value])
                    & ~Q(storage_key="")
                    & Q(completed_at__isnull=False, sha256=F("stated_sha256"), received_bytes=F("size_bytes"))
                ),
            ),
            models.CheckConstraint(
                name="evidence_withdrawn_with_reason",
                condition=Q(
                    ~Q(state=EvidenceState.WITHDRAWN.value),
                    withdrawn_at__isnull=True,
                    withdrawn_by__isnull=True,
                    withdrawn_reason="",
                )
                | Q(state=EvidenceState.WITHDRAWN.value, withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_reason=""),
            ),
            # A withdrawal takes nothing back: what was infected stays closed under it.
            models.CheckConstraint(
                name="evidence_infected_is_not_given_out",
                condition=~Q(malware_verdict=MalwareVerdict.INFECTED.value)
                | Q(
                    state__in=[
                        EvidenceState.QUARANTINED.value,
                        EvidenceState.WITHDRAWN.value,
                        EvidenceState.DAMAGED.value,
                        EvidenceState.ERASED.value,
                    ]
                ),
            ),
            models.CheckConstraint(
                name="evidence_damaged_has_a_moment",
                condition=~Q(state=EvidenceState.DAMAGED.value) | Q(damaged_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["storage_key"], name="evidence_storage_key_once", condition=~Q(storage_key="")
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """Return what the evidence is called in addresses and in the audit trail."""
        return str(self.uuid)

    @property
    def is_given_out(self) -> bool:
        """Return whether its content may leave: whole, undamaged, and nothing found in it."""
        is_whole = self.state in {EvidenceState.COMPLETE, EvidenceState.WITHDRAWN}
        return is_whole and self.damaged_at is None and self.malware_verdict != MalwareVerdict.INFECTED


class EvidencePreview(models.Model):
    """A small picture of a piece of evidence, drawn anew from its pixels."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="previews")
    # The longer side of the box that it fills.
    width = models.PositiveIntegerField()
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=SHA256)
    storage_key = models.CharField(max_length=STORAGE_KEY, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evidence", "width"], name="evidence_preview_once"),
            models.CheckConstraint(
                name="evidence_preview_hash_is_a_hash", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.width} of {self.evidence_id}"


class UploadPart(models.Model):
    """A chunk of a file that is coming in; gone once the file is whole or refused."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="parts")
    starts_at = models.BigIntegerField()
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=SHA256)
    storage_key = models.CharField(max_length=STORAGE_KEY, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evidence", "starts_at"], name="upload_part_once"),
            models.CheckConstraint(name="upload_part_has_bytes", condition=Q(size_bytes__gte=1) & Q(starts_at__gte=0)),
            models.CheckConstraint(name="upload_part_hash_is_a_hash", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at} of {self.evidence_id}"
