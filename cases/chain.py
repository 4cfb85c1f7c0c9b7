"""Hash links: what is digested covers its own text and the digest before it, so that nothing changes unseen."""

import hashlib
from typing import Final

# What the first link of every chain follows.
BEGINNING: Final = "sha256:" + "0" * 64


def linked(previous: str, text: str) -> str:
    """Return the digest of a canonical text that follows another digest."""
    return "sha256:" + hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()
