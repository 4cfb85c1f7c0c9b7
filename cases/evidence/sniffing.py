"""What a file is, told from its bytes; what it is said to be decides nothing."""

import codecs
import re
from typing import Final, NamedTuple
from unicodedata import category

import puremagic

from cases.evidence.names import OPAQUE

JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
WEBP: Final = "image/webp"
TIFF: Final = "image/tiff"
HEIC: Final = "image/heic"
PDF: Final = "application/pdf"
TEXT: Final = "text/plain"
CSV: Final = "text/csv"
MP4: Final = "video/mp4"
DICOM: Final = "application/dicom"
ZIP: Final = "application/zip"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# Those of which previews and copies without metadata are made.
PICTURES: Final = frozenset({JPEG, PNG, WEBP, TIFF})
# What a media type stands for, where an officer reads it.
_PROBED_BYTES: Final = 8192
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_MP4_BRANDS: Final = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash"}
)
# A page or a drawing runs scripts; whatever begins like markup is not plain text.
_MARKUP: Final = re.compile(r"\s*<[!?a-z]", re.IGNORECASE)
_SEPARATED: Final = re.compile(r"[^,;\t\n]*[,;\t]")
_NOT_IN_USE: Final = frozenset({"Cn", "Co", "Cs"})
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


class Sniffed(NamedTuple):
    """A type of the list or the opaque one; for an opaque file, what it resembles."""

    media_type: str
    looks_like: str = ""


def sniff(head: bytes, tail: bytes) -> Sniffed:
    """Return what a file is from its first and last bytes; what is not on the list is opaque, archives stay shut."""
    media_type = _by_signature(head) or _archive(head, tail) or _text(head)
    if media_type:
        return Sniffed(media_type)
    return Sniffed(OPAQUE, _resembled(head[:_PROBED_BYTES]))


def _by_signature(head: bytes) -> str | None:
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[:4] in {b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"}:
        return TIFF
    if head.startswith(b"%PDF-"):
        return PDF
    if head[128:132] == b"DICM":
        return DICOM
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    return None


def _by_brand(head: bytes) -> str | None:
    length = min(int.from_bytes(head[:4], "big"), 256)
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, length, 4))}
    if head[8:12] in _HEIC_BRANDS:
        return HEIC
    return MP4 if brands & _MP4_BRANDS else None


def _archive(head: bytes, tail: bytes) -> str | None:
    """Tell office files from other archives by the names in the directory, read as bytes: nothing is unpacked."""
    if head[:4] not in {b"PK\x03\x04", b"PK\x05\x06"}:
        return None
    names = head + tail
    if b"[Content_Types].xml" in names:
        if b"word/document.xml" in names:
            return DOCX
        if b"xl/workbook.xml" in names:
            return XLSX
    return ZIP


def _text(head: bytes) -> str | None:
    """Return plain text or CSV for what reads as text throughout and is no markup."""
    text = _decoded(head)
    if text is None or _CONTROLS.search(text) or _MARKUP.match(text):
        return None
    lines = [line for line in text.splitlines()[:5] if line.strip()]
    return CSV if len(lines) > 1 and all(_SEPARATED.match(line) for line in lines) else TEXT


def _decoded(head: bytes) -> str | None:
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        # The last character may be cut off.
        text = codecs.getincrementaldecoder("utf-16" if wide else "utf-8-sig")().decode(head)
    except UnicodeDecodeError:
        return None
    # Nearly any bytes are some characters in UTF-16, but seldom ones that are in use.
    return None if wide and any(category(letter) in _NOT_IN_USE or letter == "\ufffd" for letter in text) else text


def _resembled(head: bytes) -> str:
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return ""
    return found[0].name[:200] if found else ""
