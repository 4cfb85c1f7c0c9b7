"""A file as blocks, each with its SHA-256: no byte leaves the storage unchecked, and none waits for the whole."""

import hashlib
from collections.abc import Iterator
from typing import Final, Protocol

# Held in memory one at a time; 2 GB have 512 of them.
BLOCK_BYTES: Final = 4 * 1024 * 1024
DIGEST_BYTES: Final = 32
# What a type is told from, at either end of the file.
END_BYTES: Final = 64 * 1024


class Readable(Protocol):
    """Anything that gives its bytes one piece after another."""

    def read(self, size: int, /) -> bytes:
        """Return at most that many bytes; none at the end."""


class StoredBytesDiffer(Exception):
    """What is stored is not what was received; the message says where."""


class Intake:
    """Digests a file while it passes, block by block, and keeps its two ends."""

    def __init__(self) -> None:
        self.size = 0
        self.head = b""
        self.tail = b""
        self._whole = hashlib.sha256()
        self._block = hashlib.sha256()
        self._in_block = 0
        self._digests = bytearray()

    def take(self, piece: bytes) -> None:
        """Take the next bytes of the file."""
        self.size += len(piece)
        self._whole.update(piece)
        if len(self.head) < END_BYTES:
            self.head += piece[: END_BYTES - len(self.head)]
        self.tail = (self.tail + piece[-END_BYTES:])[-END_BYTES:]
        rest = memoryview(piece)
        while rest:
            part = rest[: BLOCK_BYTES - self._in_block]
            self._block.update(part)
            self._in_block += len(part)
            rest = rest[len(part) :]
            if self._in_block == BLOCK_BYTES:
                self._close_block()

    @property
    def sha256(self) -> str:
        """Return the digest of all that passed."""
        return self._whole.hexdigest()

    def block_digests(self) -> bytes:
        """Return the digests of the blocks, one after another; the file has ended."""
        if self._in_block:
            self._close_block()
        return bytes(self._digests)

    def _close_block(self) -> None:
        self._digests += self._block.digest()
        self._block = hashlib.sha256()
        self._in_block = 0


def checked_blocks(stream: Readable, *, size: int, sha256: str, block_digests: bytes) -> Iterator[bytes]:
    """Yield the blocks of a stored file, each only once its digest is right, the last only once the whole is.

    Raises StoredBytesDiffer before the first byte that should not leave.
    """
    whole = hashlib.sha256()
    last = (size - 1) // BLOCK_BYTES
    for number in range(last + 1):
        wanted = min(BLOCK_BYTES, size - number * BLOCK_BYTES)
        block = read_fully(stream, wanted)
        if len(block) < wanted:
            raise StoredBytesDiffer(f"it ends in block {number}")
        whole.update(block)
        if hashlib.sha256(block).digest() != block_digests[number * DIGEST_BYTES : (number + 1) * DIGEST_BYTES]:
            raise StoredBytesDiffer(f"block {number} differs")
        if number == last and (whole.hexdigest() != sha256 or stream.read(1)):
            raise StoredBytesDiffer("the whole differs")
        yield block


def read_fully(stream: Readable, size: int) -> bytes:
    """Return that many bytes, fewer only at the end of the stream: a socket may give them in pieces."""
    pieces: list[bytes] = []
    missing = size
    while missing and (piece := stream.read(missing)):
        pieces.append(piece)
        missing -= len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


class BlockReader:
    """Blocks as something to read from; what reads in small pieces costs no more memory than one block."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._rest = memoryview(b"")

    def read(self, size: int = -1, /) -> bytes:
        """Return at most that many bytes; none at the end."""
        if not self._rest:
            self._rest = memoryview(next(self._blocks, b""))
        size = len(self._rest) if size < 0 else size
        piece, self._rest = self._rest[:size], self._rest[size:]
        return bytes(piece)
