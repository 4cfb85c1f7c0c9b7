"""Making one file of the chunks that came in, if it is the file that was announced."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction

from cases.choices import EvidenceState
from cases.errors import EvidenceHashDiffers
from cases.evidence.blocks import Intake
from cases.evidence_store import files
from cases.models import Evidence, Officer, UploadPart
from cases.services.keep_evidence import keep_evidence
from cases.services.write_audit_entry import write_audit_entry

PIECE_BYTES = 1024 * 1024


def finish_evidence(*, evidence: Evidence, by: Officer | None, finished_at: datetime) -> Evidence:
    """Join the parts under a key of its own and keep the file; raises EvidenceHashDiffers, and keeps nothing then.

    Nothing is locked while bytes are copied: of two that finish at once the first counts, and the other's copy goes.
    """
    parts = list(UploadPart.objects.filter(evidence=evidence).order_by("starts_at"))
    key, intake = files.new_key("files"), Intake()
    is_kept = False
    try:
        files.keep(key, _joined(parts, intake))
        with transaction.atomic():
            evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
            if evidence.state == EvidenceState.RECEIVING and evidence.received_bytes == evidence.size_bytes:
                if is_kept := intake.sha256 == evidence.stated_sha256:
                    keep_evidence(evidence=evidence, intake=intake, storage_key=key, by=by, at=finished_at)
                else:
                    reason = f"What arrived has the SHA-256 {intake.sha256}."
                    refuse_evidence(evidence=evidence, reason=reason, by=by, refused_at=finished_at)
    finally:
        if not is_kept:
            files.remove(key)
    forget_parts(evidence)
    if evidence.state == EvidenceState.REFUSED:
        raise EvidenceHashDiffers(received=intake.sha256, stated=evidence.stated_sha256)
    return evidence


def refuse_evidence(*, evidence: Evidence, reason: str, by: Officer | None, refused_at: datetime) -> None:
    """Refuse what was coming in; called with the row locked. The row stays and says why, its bytes go."""
    evidence.state, evidence.state_reason = EvidenceState.REFUSED, reason
    evidence.save(update_fields=["state", "state_reason"])
    write_audit_entry(action="evidence.refused", subject=evidence, at=refused_at, by=by, reason=reason)


def forget_parts(evidence: Evidence) -> None:
    """Remove the parts of a file that is no longer coming in: first the bytes, then the row that knows of them."""
    for part in UploadPart.objects.filter(evidence=evidence).exclude(evidence__state=EvidenceState.RECEIVING):
        files.remove(part.storage_key)
        part.delete()


def _joined(parts: Sequence[UploadPart], intake: Intake) -> Iterator[bytes]:
    for part in parts:
        try:
            with files.reading(part.storage_key) as stream:
                while piece := stream.read(PIECE_BYTES):
                    intake.take(piece)
                    yield piece
        except FileNotFoundError:
            # Removed by whoever finished first; what is whole was told by the row, not by this copy.
            return
