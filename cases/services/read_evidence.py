"""Giving out the content of a piece of evidence."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from cases import access
from cases.errors import EvidenceDamaged, EvidenceNotGivenOut
from cases.evidence.blocks import BLOCK_BYTES, StoredBytesDiffer
from cases.models import Evidence, Officer
from cases.queries.stored_blocks import stored_blocks
from cases.services.report_damage import report_damage
from cases.services.write_audit_entry import write_audit_entry

# Up to here the whole is checked before the first byte leaves, so that damage is an answer and not a broken line.
# Beyond, a second reading would double the wait; each block is checked before it leaves all the same.
CHECKED_FIRST_BYTES: Final = 16 * BLOCK_BYTES


def read_evidence(*, officer: Officer, evidence: Evidence, read_at: datetime) -> Iterator[bytes]:
    """Return the content in blocks, and record that the officer looked at it.

    Raises NotAllowed without the right to see what tells of persons, EvidenceNotGivenOut, and EvidenceDamaged, which
    may also come between two blocks: the answer then breaks off before the first byte that is not what was received.
    """
    access.require_nominal(officer, evidence.incident)
    refuse_closed(evidence)
    blocks = _watched(evidence, officer, read_at)
    if BLOCK_BYTES < evidence.size_bytes <= CHECKED_FIRST_BYTES:
        for _ in blocks:
            pass
        blocks = _watched(evidence, officer, read_at)
    first = next(blocks)
    write_audit_entry(
        action="evidence.viewed", subject=evidence, at=read_at, by=officer, change={"sha256": evidence.sha256}
    )
    return _from(first, blocks)


def refuse_closed(evidence: Evidence) -> None:
    """Raise EvidenceDamaged or EvidenceNotGivenOut for evidence whose content may not leave."""
    if evidence.damaged_at is not None:
        raise EvidenceDamaged(stated=evidence.sha256)
    if not evidence.is_given_out:
        raise EvidenceNotGivenOut(state=evidence.state)


def _watched(evidence: Evidence, officer: Officer, read_at: datetime) -> Iterator[bytes]:
    try:
        yield from stored_blocks(evidence)
    except StoredBytesDiffer as differs:
        report_damage(evidence=evidence, says=str(differs), noticed_by=officer, noticed_at=read_at)
        raise EvidenceDamaged(stated=evidence.sha256) from differs


def _from(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
