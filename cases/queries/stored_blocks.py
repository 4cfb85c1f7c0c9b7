"""The content of a piece of evidence as stored, checked block by block against what was received."""

from collections.abc import Iterator

from cases.evidence.blocks import StoredBytesDiffer, checked_blocks
from cases.evidence_store import files
from cases.models import Evidence


def stored_blocks(evidence: Evidence) -> Iterator[bytes]:
    """Yield the content; raises StoredBytesDiffer before the first byte that is not what was received.

    Raises EvidenceStoreUnreachable where the storage does not answer, which says nothing of the content.
    """
    try:
        with files.reading(evidence.storage_key) as stream:
            yield from checked_blocks(
                stream,
                size=evidence.size_bytes,
                sha256=evidence.sha256,
                block_digests=bytes(evidence.block_digests),
            )
    except FileNotFoundError:
        raise StoredBytesDiffer("it is not there") from None
