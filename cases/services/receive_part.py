"""Taking one chunk of a file that was announced."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from cases import access
from cases.choices import EvidenceState
from cases.errors import ChunkTooLarge, ChunkTooLong, ChunkTooSmall, IllegalTransition, WrongOffset
from cases.evidence.blocks import Readable
from cases.evidence_store import files
from cases.models import Evidence, Officer, UploadPart
from cases.services.finish_evidence import finish_evidence

# What is held in memory of a chunk.
PIECE_BYTES: Final = 256 * 1024


class _Arrival:
    """The bytes of a chunk as they arrive; a line that breaks ends them, and what came before it counts."""

    def __init__(self, stream: Readable, length: int) -> None:
        self.size = 0
        self.digest = hashlib.sha256()
        self._stream = stream
        self._length = length

    def pieces(self) -> Iterator[bytes]:
        """Yield what arrives, at most as much as was said."""
        while missing := self._length - self.size:
            try:
                piece = self._stream.read(min(missing, PIECE_BYTES))
            except OSError:
                return
            if not piece:
                return
            self.size += len(piece)
            self.digest.update(piece)
            yield piece


def receive_part(
    *, officer: Officer, evidence: Evidence, offset: int, length: int, stream: Readable, received_at: datetime
) -> Evidence:
    """Keep a chunk that begins where the upload stands; with the last one the file becomes evidence.

    The bytes are written before anything is locked, so a slow line keeps nobody waiting; of two that send the same
    chunk one is kept, and the other is told that it is there. Raises WrongOffset with the place to go on from,
    ChunkTooLarge, ChunkTooSmall, ChunkTooLong, IllegalTransition, and EvidenceHashDiffers with the last chunk.
    """
    access.require(officer, access.RECORD)
    _refuse_unfit(evidence, offset, length)
    if length:
        _refuse_elsewhere(evidence, offset, length)
        evidence = _kept(evidence, offset, _Arrival(stream, length), received_at)
    elif offset != evidence.received_bytes:
        raise WrongOffset(offset=evidence.received_bytes)
    if evidence.received_bytes == evidence.size_bytes and evidence.state == EvidenceState.RECEIVING:
        return finish_evidence(evidence=evidence, by=officer, finished_at=received_at)
    return evidence


def _refuse_unfit(evidence: Evidence, offset: int, length: int) -> None:
    if evidence.state == EvidenceState.REFUSED:
        raise IllegalTransition(state=evidence.state, wanted=EvidenceState.COMPLETE)
    if evidence.state != EvidenceState.RECEIVING:
        raise WrongOffset(offset=evidence.received_bytes)
    if length > settings.EVIDENCE_LARGEST_CHUNK_BYTES:
        raise ChunkTooLarge(size=length, limit=settings.EVIDENCE_LARGEST_CHUNK_BYTES)
    if offset + length > evidence.size_bytes:
        raise ChunkTooLong(end=offset + length, size=evidence.size_bytes)
    if length < settings.EVIDENCE_SMALLEST_CHUNK_BYTES and offset + length < evidence.size_bytes:
        raise ChunkTooSmall(size=length, limit=settings.EVIDENCE_SMALLEST_CHUNK_BYTES)


def _refuse_elsewhere(evidence: Evidence, offset: int, length: int) -> None:
    """Before a byte is read, refuse what can neither go on from here nor be a chunk sent again."""
    is_next = offset == evidence.received_bytes
    if not is_next and not UploadPart.objects.filter(evidence=evidence, starts_at=offset, size_bytes=length).exists():
        raise WrongOffset(offset=evidence.received_bytes)


def _kept(evidence: Evidence, offset: int, arrival: _Arrival, at: datetime) -> Evidence:
    key, is_kept = files.new_key("parts"), False
    try:
        files.keep(key, arrival.pieces())
        with transaction.atomic():
            evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
            part = UploadPart(
                evidence=evidence,
                starts_at=offset,
                size_bytes=arrival.size,
                sha256=arrival.digest.hexdigest(),
                storage_key=key,
            )
            is_kept = _joined(evidence, part, at)
    finally:
        if not is_kept:
            files.remove(key)
    return evidence


def _joined(evidence: Evidence, part: UploadPart, at: datetime) -> bool:
    """Return whether the part was added; False where it is there already, or is too little to keep."""
    if evidence.state != EvidenceState.RECEIVING:
        raise WrongOffset(offset=evidence.received_bytes)
    if part.starts_at != evidence.received_bytes:
        again = UploadPart.objects.filter(
            evidence=evidence, starts_at=part.starts_at, size_bytes=part.size_bytes, sha256=part.sha256
        )
        if again.exists():
            return False
        raise WrongOffset(offset=evidence.received_bytes)
    end = part.starts_at + part.size_bytes
    if part.size_bytes < min(settings.EVIDENCE_SMALLEST_CHUNK_BYTES, evidence.size_bytes - part.starts_at):
        return False
    part.save(force_insert=True)
    evidence.received_bytes, evidence.received_at = end, at
    evidence.save(update_fields=["received_bytes", "received_at"])
    return True
