"""Keeping signed heads where the database cannot reach."""

import fcntl
import os
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from cases.queries.audit_heads import LONGEST_LINE, heads_after, read_head
from cases.signing import signer_of

PUBLIC_KEY_FILE = "audit-public-key.pem"


def copy_heads_out(*, path: Path) -> int:
    """Append to the file the heads that are committed and not in it yet; returns how many, once they are on disk.

    Whoever was killed between the commit and the file, or could not reach the disk, is caught up with by the next.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    copied = 0
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        for head in heads_after(_last_position(file)):
            file.write(head.line.encode() + b"\n")
            copied += 1
        if copied:
            file.flush()
            os.fsync(file.fileno())
            _show_public_key(path.with_name(PUBLIC_KEY_FILE))
    return copied


def _last_position(file: BinaryIO) -> int:
    """Return how far the file's last head reaches; a line that a power failure cut short is taken away."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - LONGEST_LINE))
    tail = file.read()
    end = size - len(tail) + tail.rfind(b"\n") + 1
    file.truncate(end)
    file.seek(end)
    whole = tail[: tail.rfind(b"\n") + 1].splitlines()
    head = read_head(whole[-1]) if whole else None
    return 0 if head is None else head.position


def _show_public_key(path: Path) -> None:
    pem = signer_of(settings.AUDIT_SIGNING_KEY).public_pem
    if not path.exists() or path.read_text(encoding="utf-8") != pem:
        path.write_text(pem, encoding="utf-8")
