"""Evidence in a folder: written whole or not at all, readable by the application's account alone."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from cases.errors import EvidenceStoreUnreachable


class EvidenceFolder(FileSystemStorage):
    """Files below one folder; a name appears only once all its bytes are on the disk."""

    @contextmanager
    def reading(self, name: str) -> Iterator[BinaryIO]:
        """Give the file to read from; raises FileNotFoundError."""
        with Path(self.path(name)).open("rb") as file:
            yield file

    def _save(self, name: str, content: "File[Any]") -> str:
        target = Path(self.path(name))
        try:
            self._make_folders(target.parent)
            # Its mode is 0600 from the first moment.
            descriptor, unfinished = tempfile.mkstemp(dir=target.parent, prefix=".coming-")
        except OSError as error:
            raise EvidenceStoreUnreachable from error
        try:
            with os.fdopen(descriptor, "wb") as file:
                for piece in content.chunks(1 << 20):
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            Path(unfinished).rename(target)
            _sync(target.parent)
        except OSError as error:
            raise EvidenceStoreUnreachable from error
        finally:
            Path(unfinished).unlink(missing_ok=True)
        return name

    def _make_folders(self, folder: Path) -> None:
        root = Path(self.location)
        for step in reversed([folder, *folder.parents]):
            if step == root or root in step.parents:
                step.mkdir(mode=0o700, exist_ok=True)
            elif not step.exists():
                step.mkdir(mode=0o755, exist_ok=True)


def _sync(folder: Path) -> None:
    """Have the folder itself written: without it a power cut may forget the name."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
