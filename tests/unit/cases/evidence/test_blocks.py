import hashlib
import io
import os

import pytest

from cases.evidence.blocks import BLOCK_BYTES, BlockReader, Intake, StoredBytesDiffer, checked_blocks

CONTENT = os.urandom(2 * BLOCK_BYTES + 5)


def taken(content: bytes, step: int = 100_001) -> Intake:
    intake = Intake()
    for start in range(0, len(content), step):
        intake.take(content[start : start + step])
    return intake


def blocks_of(stored: bytes, received: bytes = CONTENT, **changes: object) -> list[bytes]:
    intake = taken(received)
    stated = {"size": intake.size, "sha256": intake.sha256, "block_digests": intake.block_digests(), **changes}
    return list(checked_blocks(io.BytesIO(stored), **stated))  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [1, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, 2 * BLOCK_BYTES])
def test_what_was_received_comes_back_whole(size: int) -> None:
    assert b"".join(blocks_of(CONTENT[:size], CONTENT[:size])) == CONTENT[:size]


def test_digests_do_not_depend_on_how_the_bytes_came() -> None:
    assert taken(CONTENT, 7919).block_digests() == taken(CONTENT, BLOCK_BYTES).block_digests()
    assert taken(CONTENT).sha256 == hashlib.sha256(CONTENT).hexdigest()


def test_both_ends_are_kept() -> None:
    intake = taken(CONTENT)

    assert (intake.head, intake.tail) == (CONTENT[:65536], CONTENT[-65536:])


@pytest.mark.parametrize("place", [0, BLOCK_BYTES - 1, BLOCK_BYTES, len(CONTENT) - 1])
def test_a_flipped_byte_stops_the_reading_before_its_block(place: int) -> None:
    stored = bytearray(CONTENT)
    stored[place] ^= 1
    intake = taken(CONTENT)
    given: list[bytes] = []
    blocks = checked_blocks(
        io.BytesIO(stored), size=intake.size, sha256=intake.sha256, block_digests=intake.block_digests()
    )

    with pytest.raises(StoredBytesDiffer):
        given.extend(blocks)

    assert b"".join(given) == CONTENT[: place // BLOCK_BYTES * BLOCK_BYTES]


@pytest.mark.parametrize(
    "stored",
    [
        pytest.param(CONTENT[:-1], id="a byte less"),
        pytest.param(CONTENT + b"x", id="a byte more"),
        pytest.param(b"", id="nothing"),
        pytest.param(CONTENT[BLOCK_BYTES : 2 * BLOCK_BYTES] + CONTENT[:BLOCK_BYTES], id="blocks exchanged"),
    ],
)
def test_another_length_or_order_is_not_what_was_received(stored: bytes) -> None:
    with pytest.raises(StoredBytesDiffer):
        blocks_of(stored)


def test_blocks_that_fit_do_not_make_another_whole_right() -> None:
    with pytest.raises(StoredBytesDiffer, match="the whole"):
        blocks_of(CONTENT, sha256="0" * 64)


def test_blocks_can_be_read_in_small_pieces() -> None:
    reader, pieces = BlockReader(iter([b"abc", b"defg"])), []
    while piece := reader.read(2):
        pieces.append(piece)

    assert b"".join(pieces) == b"abcdefg"
