"""A copy of a piece of evidence that may leave the agency: the picture without anything that was not seen in it."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO

from cases import access
from cases.choices import EvidenceState
from cases.errors import CopyNotMade, EvidenceDamaged, EvidenceNotGivenOut, ReleaseNeedsSupervisor
from cases.evidence.blocks import StoredBytesDiffer
from cases.evidence.drawing import NotDrawn, drawn_copy
from cases.evidence.sniffing import CSV, DICOM, DOCX, HEIC, JPEG, MP4, PDF, PICTURES, PNG, TEXT, XLSX, ZIP
from cases.evidence_store import files
from cases.models import Evidence, Officer
from cases.queries.stored_blocks import stored_blocks
from cases.services.inspect_evidence import copied
from cases.services.read_evidence import refuse_closed
from cases.services.report_damage import report_damage
from cases.services.write_audit_entry import write_audit_entry

_ENDINGS = {
    JPEG: "jpg",
    PNG: "png",
    HEIC: "heic",
    PDF: "pdf",
    TEXT: "txt",
    CSV: "csv",
    MP4: "mp4",
    DICOM: "dcm",
    DOCX: "docx",
    XLSX: "xlsx",
    ZIP: "zip",
}


@dataclass(frozen=True, slots=True)
class ReleasedCopy:
    """A file for somebody else: its name says nothing, its digest is its own."""

    name: str
    media_type: str
    sha256: str
    content: IO[bytes]
    # False where a supervisor let it go with whatever it carries.
    is_free_of_metadata: bool


@contextmanager
def released_copy(
    *, evidence: Evidence, by: Officer, released_at: datetime, with_metadata: bool = False
) -> Iterator[ReleasedCopy]:
    """Give a copy for release, and record it: pictures are drawn anew from their pixels alone.

    Of other files nothing can be taken out, so they go only `with_metadata`, on a supervisor's word: else
    ReleaseNeedsSupervisor. Raises CopyNotMade, EvidenceNotGivenOut (also when withdrawn), EvidenceDamaged, NotAllowed.
    """
    access.require(by, access.EXPORT)
    access.require_nominal(by, evidence.incident)
    refuse_closed(evidence)
    if evidence.state == EvidenceState.WITHDRAWN:
        raise EvidenceNotGivenOut(state=evidence.state)
    try:
        if evidence.media_type in PICTURES:
            with (
                copied(evidence) as source,
                drawn_copy(source, evidence.media_type, scratch=files.scratch_folder()) as (copy, media_type),
            ):
                yield _recorded(evidence, copy, media_type, by, released_at)
            return
        if not with_metadata or access.OVERRIDE not in by.rights:
            raise ReleaseNeedsSupervisor(media_type=evidence.media_type)
        with TemporaryFile(dir=files.scratch_folder()) as whole:
            for block in stored_blocks(evidence):
                whole.write(block)
            yield _recorded(evidence, whole, evidence.media_type, by, released_at)
    except NotDrawn as not_drawn:
        raise CopyNotMade(why=str(not_drawn)) from not_drawn
    except StoredBytesDiffer as differs:
        report_damage(evidence=evidence, says=str(differs), noticed_by=by, noticed_at=released_at)
        raise EvidenceDamaged(stated=evidence.sha256) from differs


def _recorded(evidence: Evidence, content: IO[bytes], media_type: str, by: Officer, at: datetime) -> ReleasedCopy:
    content.seek(0)
    sha256 = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]  # any binary file will do
    content.seek(0)
    is_free = media_type in PICTURES
    write_audit_entry(
        action="evidence.released",
        subject=evidence,
        at=at,
        by=by,
        change={"sha256": sha256, "original_sha256": evidence.sha256, "with_metadata": not is_free},
    )
    # A name of its own: the evidence's number leads back into the system only for those who may enter it.
    name = f"exhibit-{sha256[:12]}.{_ENDINGS.get(media_type, 'bin')}"
    return ReleasedCopy(name, media_type, sha256, content, is_free)
