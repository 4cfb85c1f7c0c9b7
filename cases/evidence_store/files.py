"""Putting files into the storage and reading them back, whichever it is; keys are random and say nothing."""

import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import storages


class _Storage(Protocol):
    def save(self, name: str, content: "File[Any]") -> str:
        """Keep the content under a name."""

    def delete(self, name: str) -> None:
        """Remove it; nothing happens where there is none."""

    def reading(self, name: str) -> AbstractContextManager[BinaryIO]:
        """Give it to read from."""


class _Pieces(File):  # type: ignore[type-arg]  # generic only in the stubs
    """Pieces that come one after another, as something a storage can keep."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__(None)
        self._pieces = pieces
        self._rest = b""

    def chunks(self, _chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield the pieces as they come."""
        return self._pieces

    def read(self, size: int = -1) -> bytes:
        """Return that many bytes, fewer only at the end: a bucket takes a short reading for the end of the file."""
        taken = [self._rest]
        missing = size - len(self._rest)
        while (size < 0 or missing > 0) and (piece := next(self._pieces, b"")):
            taken.append(piece)
            missing -= len(piece)
        whole = b"".join(taken)
        end = len(whole) if size < 0 else size
        self._rest = whole[end:]
        return whole[:end]

    def seekable(self) -> bool:
        """Return that it is read once."""
        return False

    def close(self) -> None:
        """Close nothing: the pieces are not ours."""


def new_key(room: str) -> str:
    """Return a free name in a room of the storage."""
    token = secrets.token_hex(16)
    return f"{room}/{token[:2]}/{token}"


def keep(key: str, pieces: Iterator[bytes]) -> None:
    """Keep a file under its key, whole or not at all; raises EvidenceStoreUnreachable."""
    _storage().save(key, _Pieces(pieces))


def remove(key: str) -> None:
    """Remove a file that belongs to nothing any more; raises EvidenceStoreUnreachable."""
    _storage().delete(key)


def reading(key: str) -> AbstractContextManager[BinaryIO]:
    """Give a file to read from; raises FileNotFoundError, or EvidenceStoreUnreachable."""
    return _storage().reading(key)


def scratch_folder() -> Path:
    """Return the folder for what is on its way through; on a disk, for a file in memory is what it must not become."""
    folder = Path(settings.EVIDENCE_SCRATCH)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _storage() -> _Storage:
    return cast("_Storage", storages["evidence"])
