"""Files of zones as they arrive: four formats, each known by its first bytes, unpacked within limits, nothing fetched.

The libraries behind would open a hundred formats more, some of which name addresses on a network or other files. They
are handed only what was recognised here, from a folder of our own where it was packed.
"""

import shutil
import stat
import struct
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from geo.errors import ZoneFileInvalid

Format = Literal["GeoPackage", "Shapefile", "GeoJSON", "GeoParquet"]

FORMATS: dict[str, Format] = {
    ".gpkg": "GeoPackage",
    ".shp": "Shapefile",
    ".geojson": "GeoJSON",
    ".json": "GeoJSON",
    ".parquet": "GeoParquet",
    ".geoparquet": "GeoParquet",
}
# The economic zones of the whole world in full detail are some 150 MB.
MOST_BYTES = 1_000_000_000
MOST_UNPACKED_BYTES = 2_000_000_000
MOST_ENTRIES = 1_000
# Real archives of boundaries shrink three- to tenfold, their tables at most some fiftyfold.
MOST_RATIO = 100
# Below this a high ratio does no harm.
HARMLESS_BYTES = 10_000_000
CHUNK_BYTES = 1 << 20
SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
NEEDED_PARTS = (".shp", ".shx", ".dbf")
ARCHIVES = frozenset({".zip", ".gz", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz", ".kmz"})
SHAPEFILE_CODE = 9994
GEOPACKAGE_IDS = frozenset({b"GPKG", b"GP10", b"GP11"})


@dataclass(frozen=True, slots=True)
class ZoneFile:
    """A recognised file on this machine."""

    path: Path
    format: Format
    stem: str


@contextmanager
def opened_zone_file(path: Path) -> Iterator[ZoneFile]:
    """Yield the file once recognised, for as long as it is read; raise ZoneFileInvalid saying what to do."""
    _check_file(path)
    suffix = path.suffix.lower()
    if suffix != ".zip" and suffix not in FORMATS:
        raise ZoneFileInvalid(
            f"{path.name} is of no known format: send a GeoPackage (.gpkg), a Shapefile (.shp, or all its files as "
            ".zip), GeoJSON (.geojson) or GeoParquet (.parquet)."
        )
    with tempfile.TemporaryDirectory(prefix="cordon-zones-") as folder:
        ours = Path(folder)
        if suffix == ".zip":
            file = ZoneFile(_unzipped(path, ours), "Shapefile", path.stem)
        elif suffix == ".shp":
            file = ZoneFile(_gathered(path, ours), "Shapefile", path.stem)
        else:
            file = ZoneFile(path.resolve(), FORMATS[suffix], path.stem)
        _check_content(file, path.name)
        yield file


def _check_file(path: Path) -> None:
    if not path.is_file():
        raise ZoneFileInvalid(f"{path} is no file on this machine; addresses on a network are not opened.")
    size = path.stat().st_size
    if size == 0:
        raise ZoneFileInvalid(f"{path.name} is empty.")
    if size > MOST_BYTES:
        raise ZoneFileInvalid(
            f"{path.name} has {size:,} bytes, more than {MOST_BYTES:,}: send fewer zones, or simpler outlines."
        )


def _check_content(file: ZoneFile, name: str) -> None:
    with file.path.open("rb") as content:
        head = content.read(100)
        content.seek(max(file.path.stat().st_size - 4, 0))
        tail = content.read(4)
    if not _is_recognised(file.format, head, tail):
        raise ZoneFileInvalid(f"{name} is named like a {file.format} but does not begin like one.")


def _is_recognised(form: Format, head: bytes, tail: bytes) -> bool:
    if form == "GeoPackage":
        return head.startswith(b"SQLite format 3\x00") and head[68:72] in GEOPACKAGE_IDS
    if form == "Shapefile":
        return len(head) >= 100 and struct.unpack(">i", head[:4])[0] == SHAPEFILE_CODE
    if form == "GeoParquet":
        return head[:4] == b"PAR1" == tail
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def _gathered(path: Path, folder: Path) -> Path:
    """Copy the files of a Shapefile into a folder of its own, so that nothing else beside it is looked at."""
    beside = {part.suffix.lower(): part for part in path.parent.glob(f"{_literal(path.stem)}.*") if part.is_file()}
    beside[".shp"] = path
    _check_parts(set(beside), path.name)
    for suffix in SHAPEFILE_PARTS:
        if suffix in beside:
            _check_size(beside[suffix].stat().st_size, path.name)
            shutil.copyfile(beside[suffix], folder / f"zones{suffix}")
    return folder / "zones.shp"


def _literal(text: str) -> str:
    """Return text for a search by pattern in which nothing stands for anything else."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in text)


def _check_parts(suffixes: set[str], name: str) -> None:
    missing = [suffix for suffix in NEEDED_PARTS if suffix not in suffixes]
    if missing:
        raise ZoneFileInvalid(
            f"{name} lacks its {' and '.join(missing)}: a Shapefile is several files, send all of them."
        )
    if ".prj" not in suffixes:
        raise ZoneFileInvalid(
            f"{name} lacks its .prj, so nobody can tell what its coordinates mean: ask the source for it, or add it "
            "with a GIS once you know (`ogr2ogr -a_srs EPSG:4326 …`)."
        )


def _check_size(size: int, name: str) -> None:
    if size > MOST_UNPACKED_BYTES:
        raise ZoneFileInvalid(f"{name} holds more than {MOST_UNPACKED_BYTES:,} bytes.")


def _unzipped(path: Path, folder: Path) -> Path:
    """Unpack the one Shapefile of an archive under names of our own."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = _shapefile_parts(archive, path.name)
            for suffix, entry in parts.items():
                _unpack(archive, entry, folder / f"zones{suffix}")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, struct.error) as error:
        raise ZoneFileInvalid(f"{path.name} is no archive that can be read: {error}.") from error
    return folder / "zones.shp"


def _shapefile_parts(archive: zipfile.ZipFile, name: str) -> dict[str, zipfile.ZipInfo]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_ENTRIES:
        raise ZoneFileInvalid(f"{name} holds {len(entries):,} files, more than {MOST_ENTRIES:,}.")
    for entry in entries:
        _check_entry(entry, name)
    _check_size(sum(entry.file_size for entry in entries), name)
    shapes = [entry for entry in entries if _suffix(entry) == ".shp" and not _is_hidden(entry)]
    if len(shapes) != 1:
        raise ZoneFileInvalid(f"{name} holds {len(shapes)} Shapefiles; send one archive for each layer.")
    stem = shapes[0].filename[: -len(".shp")]
    parts: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        if entry.filename[: -len(_suffix(entry)) or None] == stem and _suffix(entry) in SHAPEFILE_PARTS:
            if _suffix(entry) in parts:
                raise ZoneFileInvalid(f"{name} holds {entry.filename} twice.")
            parts[_suffix(entry)] = entry
    _check_parts(set(parts), name)
    return parts


def _suffix(entry: zipfile.ZipInfo) -> str:
    return PurePosixPath(entry.filename).suffix.lower()


def _is_hidden(entry: zipfile.ZipInfo) -> bool:
    return any(part.startswith(("__MACOSX", ".")) for part in PurePosixPath(entry.filename).parts)


def _check_entry(entry: zipfile.ZipInfo, name: str) -> None:
    """Refuse what an archive of boundaries has no reason to hold."""
    inner = PurePosixPath(entry.filename.replace("\\", "/"))
    if inner.is_absolute() or ".." in inner.parts or ":" in inner.parts[0]:
        raise ZoneFileInvalid(f"{name} holds a path that leads out of it: {entry.filename!r}.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ZoneFileInvalid(f"{name} holds a link: {entry.filename!r}.")
    if entry.flag_bits & 1:
        raise ZoneFileInvalid(f"{name} is locked with a password: unlock it first.")
    if _suffix(entry) in ARCHIVES:
        raise ZoneFileInvalid(
            f"{name} holds another archive, {entry.filename!r}: unpack it and send the Shapefile alone."
        )
    if entry.file_size > HARMLESS_BYTES and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        raise ZoneFileInvalid(
            f"{name} would grow more than {MOST_RATIO}-fold ({entry.filename!r}): that is no map but a trap, or send "
            "it unpacked."
        )


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    """Write one entry, and stop where it holds more than it says."""
    left = entry.file_size
    with archive.open(entry) as packed, target.open("wb") as unpacked:
        while chunk := packed.read(CHUNK_BYTES):
            left -= len(chunk)
            if left < 0:
                raise ZoneFileInvalid(f"{entry.filename!r} holds more than it says.")
            unpacked.write(chunk)
