"""What a PDF shows, for tests and for the sample pages: its text, and its pages as PNG files."""

import re
import struct
import zlib
from collections.abc import Iterator
from ctypes import c_double
from itertools import groupby

import pypdfium2

# Zero-width spaces, isolates and soft line ends that extraction leaves in; none of them is ink.
_NO_INK = re.compile("[\u200b\u2068\u2069\ufffe\u0002\u00ad]")


def text_of_pages(pdf: bytes) -> list[str]:
    """Return the text of each page, its line ends as spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return [re.sub(r"\s+", " ", _NO_INK.sub("", text)) for text in texts]


def text_of(pdf: bytes) -> str:
    """Return the text of the whole document."""
    return " ".join(text_of_pages(pdf))


def seen_in(pdf: bytes) -> str:
    """Return the ink of the document line by line from left to right, without spaces and brackets.

    Extraction takes numbers with strokes apart where they stand among Arabic, and turns brackets; on paper they are
    whole.
    """
    lines: list[str] = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            marks = sorted(_placed(text), key=lambda mark: (-mark[0], mark[1]))
            lines += ["".join(sign for _, _, sign in line) for _, line in groupby(marks, key=lambda mark: mark[0])]
    return "\n".join(lines)


def _placed(text: pypdfium2.PdfTextPage) -> Iterator[tuple[int, float, str]]:
    """Yield height of the line, place in it and the sign, of every sign that is ink."""
    for index in range(text.count_chars()):
        sign = chr(pypdfium2.raw.FPDFText_GetUnicode(text, index))
        if sign.strip("\0 \r\n()") and not _NO_INK.match(sign):
            x, y = c_double(), c_double()
            pypdfium2.raw.FPDFText_GetCharOrigin(text, index, x, y)
            yield round(y.value), x.value, sign


def pages_as_png(pdf: bytes, *, scale: float) -> list[bytes]:
    """Return each page as a PNG; 1.0 is 72 dots an inch."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_png(page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)) for page in document]


def _png(bitmap: pypdfium2.PdfBitmap) -> bytes:
    pixels = bitmap.to_numpy()[:, :, :3]
    height, width, _ = pixels.shape
    rows = b"".join(b"\0" + pixels[row].tobytes() for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
