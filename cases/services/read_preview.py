"""Giving out a small picture of a piece of evidence."""

import hashlib
from datetime import datetime

from cases import access
from cases.choices import PreviewState
from cases.errors import EvidenceDamaged, NotFound
from cases.evidence.blocks import read_fully
from cases.evidence_store import files
from cases.models import Evidence, EvidencePreview, Officer
from cases.row_scope import everything
from cases.services.read_evidence import refuse_closed
from cases.services.write_audit_entry import write_audit_entry


def read_preview(*, officer: Officer, evidence: Evidence, width: int, read_at: datetime) -> bytes:
    """Return a preview, checked, and record that the officer looked at it.

    Raises NotAllowed, EvidenceNotGivenOut, NotFound where there is none, and EvidenceDamaged where it was changed: the
    evidence itself is not touched by that, and its previews are drawn anew.
    """
    access.require_nominal(officer, evidence.incident)
    refuse_closed(evidence)
    preview = EvidencePreview.objects.filter(evidence=evidence, width=width).first()
    if preview is None:
        raise NotFound(thing="preview")
    content = _stored(preview)
    if content is None:
        _report(evidence, officer, read_at)
        raise EvidenceDamaged(stated=preview.sha256)
    write_audit_entry(
        action="evidence.previewed", subject=evidence, at=read_at, by=officer, change={"width": preview.width}
    )
    return content


def _stored(preview: EvidencePreview) -> bytes | None:
    try:
        with files.reading(preview.storage_key) as stream:
            content = read_fully(stream, preview.size_bytes + 1)
    except FileNotFoundError:
        return None
    return content if hashlib.sha256(content).hexdigest() == preview.sha256 else None


def _report(evidence: Evidence, officer: Officer, at: datetime) -> None:
    # Whoever may look at it may find it damaged; saying so of it is the system's doing.
    with everything():
        reason = "A stored preview differs from the one that was drawn."
        Evidence.objects.filter(pk=evidence.pk).update(preview_state=PreviewState.FAILED, preview_problem=reason)
        write_audit_entry(action="evidence.preview_damaged", subject=evidence, at=at, by=officer, reason=reason)
