"""Looking into a file that came in: malware first, then previews and what the file states of itself."""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

from django.conf import settings
from django.db import transaction

from cases.choices import EvidenceState, MalwareVerdict, PreviewState
from cases.evidence.blocks import StoredBytesDiffer
from cases.evidence.drawing import Drawn, NotDrawn, draw_previews
from cases.evidence.scanning import Scanners, Verdict
from cases.evidence_store import files
from cases.models import Evidence, EvidencePreview
from cases.queries.stored_blocks import stored_blocks
from cases.services.report_damage import report_damage
from cases.services.write_audit_entry import write_audit_entry

logger = logging.getLogger(__name__)

# A picture larger than this is none that a camera made.
LARGEST_PICTURE_BYTES: Final = 300_000_000


def scanners() -> Scanners:
    """Return what this installation looks for malware with."""
    path = settings.EVIDENCE_SIGNATURES
    return Scanners(Path(path) if path else None, settings.CLAMAV_ADDRESS)


def inspect_evidence(*, evidence_id: int, inspected_at: datetime) -> str:
    """Inspect what is whole and not judged yet; returns the state it is in then. Safe to do twice.

    A scanner that does not answer leaves the evidence as it is, unscanned and said so; a picture that breaks the
    process that draws it costs its previews, never the evidence.
    """
    evidence = Evidence.objects.get(pk=evidence_id)
    if evidence.state != EvidenceState.COMPLETE:
        return evidence.state
    try:
        verdict = _judged(evidence)
        if verdict.verdict is not MalwareVerdict.INFECTED and evidence.preview_state == PreviewState.PENDING:
            _draw(evidence)
    except StoredBytesDiffer as differs:
        return report_damage(evidence=evidence, says=str(differs), noticed_by=None, noticed_at=inspected_at).state
    return _written(evidence, verdict, inspected_at).state


def _judged(evidence: Evidence) -> Verdict:
    if evidence.malware_verdict == MalwareVerdict.CLEAN:
        return Verdict(MalwareVerdict.CLEAN, evidence.malware_says, evidence.malware_signatures)
    return scanners().judge(lambda: stored_blocks(evidence))


def _draw(evidence: Evidence) -> None:
    """Draw previews and read what the file states, into the row at hand."""
    try:
        with copied(evidence) as source:
            drawn = draw_previews(source, evidence.media_type, scratch=files.scratch_folder())
    except NotDrawn as not_drawn:
        evidence.preview_state, evidence.preview_problem = PreviewState.FAILED, str(not_drawn)[:500]
        return
    _keep_previews(evidence, drawn)
    evidence.preview_state, evidence.stated_by_file = PreviewState.MADE, drawn.stated


@contextmanager
def copied(evidence: Evidence) -> Iterator[IO[bytes]]:
    """Give a checked copy of a picture on the disk, for a process that has to jump about in it; raises NotDrawn."""
    if evidence.size_bytes > LARGEST_PICTURE_BYTES:
        raise NotDrawn(f"it has more than {LARGEST_PICTURE_BYTES} bytes")
    with TemporaryFile(dir=files.scratch_folder()) as copy:
        for block in stored_blocks(evidence):
            copy.write(block)
        copy.flush()
        copy.seek(0)
        yield copy


def _keep_previews(evidence: Evidence, drawn: Drawn) -> None:
    earlier = set(EvidencePreview.objects.filter(evidence=evidence).values_list("storage_key", flat=True))
    for width, picture in drawn.previews.items():
        key = files.new_key("previews")
        files.keep(key, iter([picture]))
        fields = {
            "size_bytes": len(picture),
            "sha256": hashlib.sha256(picture).hexdigest(),
            "storage_key": key,
        }
        EvidencePreview.objects.update_or_create(evidence=evidence, width=width, defaults=fields)
    for key in earlier:
        files.remove(key)


def _written(drafted: Evidence, verdict: Verdict, at: datetime) -> Evidence:
    with transaction.atomic():
        evidence = Evidence.objects.select_for_update().get(pk=drafted.pk)
        evidence.preview_state, evidence.preview_problem = drafted.preview_state, drafted.preview_problem
        evidence.stated_by_file = drafted.stated_by_file
        evidence.malware_verdict, evidence.malware_says = verdict.verdict, verdict.says
        evidence.malware_signatures = verdict.signatures[:500]
        evidence.malware_scanned_at = None if verdict.verdict is MalwareVerdict.UNSCANNED else at
        evidence.inspected_at = at
        is_infected = verdict.verdict is MalwareVerdict.INFECTED
        if is_infected and evidence.state == EvidenceState.COMPLETE:
            evidence.state, evidence.state_reason = EvidenceState.QUARANTINED, f"Malware: {verdict.says}."
        evidence.save(
            update_fields=[
                *("preview_state", "preview_problem", "stated_by_file", "inspected_at", "state", "state_reason"),
                *("malware_verdict", "malware_says", "malware_signatures", "malware_scanned_at"),
            ]
        )
        write_audit_entry(
            action="evidence.quarantined" if is_infected else "evidence.inspected",
            subject=evidence,
            at=at,
            by=None,
            reason=evidence.state_reason,
            change={"verdict": verdict.verdict, "says": verdict.says, "signatures": verdict.signatures},
        )
    if is_infected:
        logger.error("malware in evidence", extra={"fields": {"evidence": evidence.reference, "says": verdict.says}})
    return evidence
