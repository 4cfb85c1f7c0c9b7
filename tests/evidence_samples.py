"""Files made for tests: pictures with metadata, bombs, and bytes that mean something to a scanner."""

import hashlib
import io
import struct
import zipfile
import zlib
from typing import Any, Final

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

# The standard test of scanners, written in two parts so that no scanner takes this file for it.
EICAR: Final = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()
DEVICE: Final = "Secret Camera Works"
SERIAL: Final = "SN-0451-7734"
REMARK: Final = "taken by officer Nobody"


def sha256(content: bytes) -> str:
    """Return the digest as it is stated."""
    return hashlib.sha256(content).hexdigest()


def picture(size: tuple[int, int] = (640, 480), format: str = "JPEG", **options: Any) -> bytes:
    """Return a picture of stripes, which no compression makes vanish."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.paste((200, 30, 30), (0, 0, size[0] // 3, size[1] // 3))
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def photograph(format: str = "JPEG", size: tuple[int, int] = (640, 480)) -> bytes:
    """Return a picture that says when, where and by which device it was taken, as a telephone's does."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0131] = DEVICE, "Model Nine", "Firmware 3"
    exif[0x010E] = REMARK
    exif[0x0112] = 6
    details = exif.get_ifd(0x8769)
    details[0x9003], details[0xA431], details[0x9286] = "2013:01:23 05:10:00", SERIAL, b"ASCII\0\0\0" + REMARK.encode()
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (IFDRational(15), IFDRational(12), IFDRational(0))
    gps[3], gps[4] = "E", (IFDRational(52), IFDRational(18), IFDRational(0))
    gps[29], gps[7] = "2013:01:23", (IFDRational(2), IFDRational(10), IFDRational(0))
    options: dict[str, Any] = {"exif": exif.tobytes(), "icc_profile": REMARK.encode() * 20}
    if format == "JPEG":
        options["comment"] = REMARK.encode()
    return picture(size, format, **options)


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """Return a PNG of a few hundred bytes that claims nine hundred million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def zip_bomb() -> bytes:
    """Return an archive that unpacks to a thousand times its size."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../escape.txt", b"\0" * 20_000_000)
    return buffer.getvalue()


def office_file(main_part: str) -> bytes:
    """Return the least that looks like a Word or Excel file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(main_part, "<document/>")
    return buffer.getvalue()
