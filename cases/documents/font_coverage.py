"""Which signs a TrueType font has glyphs for, read from its character map (formats 4 and 12 of the `cmap` table).

A font library would be a dependency for this one table; the faces we copy use these two formats alone.
"""

from collections.abc import Iterator
from struct import unpack_from

from cases.documents.errors import FontsMissing

_UNICODE_FULL, _UNICODE_BASIC = 12, 4


def covered_signs(font: bytes) -> set[int]:
    """Return the code points with a glyph; raises FontsMissing where the font has no map that we read."""
    start = _table(font, b"cmap")
    (count,) = unpack_from(">H", font, start + 2)
    offsets = [start + unpack_from(">HHI", font, start + 4 + 8 * index)[2] for index in range(count)]
    by_format = {unpack_from(">H", font, offset)[0]: offset for offset in offsets}
    if _UNICODE_FULL in by_format:
        return set(_full(font, by_format[_UNICODE_FULL]))
    if _UNICODE_BASIC in by_format:
        return set(_basic(font, by_format[_UNICODE_BASIC]))
    raise FontsMissing(what="a character map")


def _table(font: bytes, tag: bytes) -> int:
    (count,) = unpack_from(">H", font, 4)
    for index in range(count):
        name, _, offset, _ = unpack_from(">4sIII", font, 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise FontsMissing(what=tag.decode())


def _full(font: bytes, at: int) -> Iterator[int]:
    (groups,) = unpack_from(">I", font, at + 12)
    for index in range(groups):
        first, last, glyph = unpack_from(">III", font, at + 16 + 12 * index)
        # Glyph 0 is the box of a missing sign.
        yield from (sign for sign in range(first, last + 1) if glyph + sign - first)


def _basic(font: bytes, at: int) -> Iterator[int]:
    segments = unpack_from(">H", font, at + 6)[0] // 2
    lasts = unpack_from(f">{segments}H", font, at + 14)
    firsts = unpack_from(f">{segments}H", font, at + 16 + 2 * segments)
    deltas = unpack_from(f">{segments}H", font, at + 16 + 4 * segments)
    offsets_at = at + 16 + 6 * segments
    for index, (first, last, delta) in enumerate(zip(firsts, lasts, deltas, strict=True)):
        (offset,) = unpack_from(">H", font, offsets_at + 2 * index)
        for sign in range(first, min(last, 0xFFFE) + 1):
            glyph = sign
            if offset:
                (glyph,) = unpack_from(">H", font, offsets_at + 2 * index + offset + 2 * (sign - first))
            if glyph and (glyph + delta) % 0x10000:
                yield sign
