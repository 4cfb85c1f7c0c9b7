"""The installation's own list of what must not get through: SHA-256 digests and byte patterns, one a line.

    sha256 275a021b…    name of what it is
    bytes  58354f21…    name of what it is

Empty lines and those that begin with # say nothing.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_LINE: Final = re.compile(r"(sha256|bytes)\s+([0-9a-fA-F]+)\s+(\S.*)")
# Fewer would be found by chance in any photograph.
_SHORTEST_PATTERN: Final = 8


class SignaturesUnreadable(Exception):
    """A line of the file says nothing that can be looked for; better no verdict than one that rests on less."""


@dataclass(frozen=True, slots=True)
class Signatures:
    """What is looked for, and the version that a verdict names."""

    version: str
    digests: dict[str, str]
    patterns: tuple[tuple[bytes, str], ...]

    def find(self, pieces: Iterable[bytes]) -> str | None:
        """Return the name of the first that is found in a file, or None; the file is read through once."""
        overlap = max((len(pattern) for pattern, _ in self.patterns), default=1) - 1
        whole, before, found = hashlib.sha256(), b"", None
        for piece in pieces:
            whole.update(piece)
            if found is None:
                window = before + piece
                found = next((name for pattern, name in self.patterns if pattern in window), None)
                before = window[-overlap:] if overlap else b""
        return found or self.digests.get(whole.hexdigest())


def read_signatures(path: Path) -> Signatures:
    """Return the signatures in a file; raises SignaturesUnreadable naming the line."""
    try:
        content = path.read_bytes()
        lines = content.decode().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SignaturesUnreadable(f"the signature file cannot be read: {type(error).__name__}") from error
    digests: dict[str, str] = {}
    patterns: list[tuple[bytes, str]] = []
    for number, line in enumerate(lines, start=1):
        if not (text := line.strip()) or text.startswith("#"):
            continue
        match = _LINE.fullmatch(text)
        kind, hexadecimal, name = match.groups() if match else ("", "", "")
        if kind == "sha256" and len(hexadecimal) == 64:
            digests[hexadecimal.lower()] = name
        elif kind == "bytes" and len(hexadecimal) % 2 == 0 and len(hexadecimal) >= 2 * _SHORTEST_PATTERN:
            patterns.append((bytes.fromhex(hexadecimal), name))
        else:
            raise SignaturesUnreadable(f"line {number} of the signature file says nothing that can be looked for")
    return Signatures(f"own sha256:{hashlib.sha256(content).hexdigest()[:16]}", digests, tuple(patterns))
