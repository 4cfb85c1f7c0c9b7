#!/usr/bin/env python3
"""Check a Cordon case bundle offline.

    python3 -I verify_bundle.py BUNDLE.zip [--key PUBLIC_KEY]

One file, nothing but the standard library of Python 3.9 or later, no network. It checks that the ZIP is whole and
holds nothing but what its manifest lists, that every file is the one that was signed, the signature itself, the chains
of custody and the audit digests link by link, and that screening results rest on the facts enclosed. It names what is
wrong and ends with 1; with 0 when nothing is; with 2 when it was called wrongly.

Take this program and the public key from the issuing agency, not from the bundle: whoever could forge a bundle could
forge both. Without --key the signer is only whom the bundle claims.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import re
import struct
import sys
import zlib
from typing import Any, BinaryIO

FORMAT = "cordon-bundle/1"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
BEGINNING = "sha256:" + "0" * 64
# No dot at a beginning, no backslash, no drive, no ".."; what unpacks anywhere unpacks below the folder chosen.
SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
# What is read whole; evidence is only hashed.
LARGEST_TEXT = 512 * 1024 * 1024
CHUNK = 1024 * 1024


class Refused(Exception):
    """The file cannot be read as a bundle at all; the message says where it fails."""


class Report:
    """What was found wrong, and what was checked."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.checked: list[str] = []

    def blame(self, place: str, what: str) -> None:
        """Say what is wrong at that place."""
        self.wrong.append(f"{place}: {what}")


# --- Ed25519 (RFC 8032, 5.1) ---

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)
# A point in extended coordinates: x = X / Z, y = Y / Z, x * y = T / Z.
Point = tuple[int, int, int, int]


def _add(one: Point, two: Point) -> Point:
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c = 2 * one[3] * two[3] * D % P
    d = 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(scalar: int, point: Point) -> Point:
    total = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = _add(total, point)
        point = _add(point, point)
        scalar >>= 1
    return total


def _same(one: Point, two: Point) -> bool:
    return (one[0] * two[2] - two[0] * one[2]) % P == 0 and (one[1] * two[2] - two[1] * one[2]) % P == 0


def _point(text: bytes) -> Point | None:
    """Return the point that 32 bytes encode, None where they encode none."""
    y = int.from_bytes(text, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * SQRT_M1 % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE_X = 15112221349535400772501151409588531511454012693041857206046113283949847762202
BASE_Y = 4 * pow(5, -1, P) % P
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether the Ed25519 signature of the message is that key's."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    key, commitment = _point(public_key), _point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or scalar >= L:
        return False
    digest = hashlib.sha512(signature[:32] + public_key + message).digest()
    challenge = int.from_bytes(digest, "little") % L
    return _same(_times(scalar, BASE), _add(commitment, _times(challenge, key)))


# --- The ZIP: every byte of it is accounted for ---

ZIP64_LIMIT = (1 << 31) - 1
# The 1st of January 1980, midnight: a bundle's times stand in its manifest.
DOS_TIME, DOS_DATE = 0, 33
DESCRIPTOR_FOLLOWS = 0x08
UNIX = 3
MODE = 0o100644 << 16


class Entry:
    """One file in the ZIP, as the central directory has it."""

    def __init__(self, name: bytes, crc: int, size: int, offset: int) -> None:
        self.name, self.crc, self.size, self.offset = name, crc, size, offset
        self.is_large = size * 1.05 > ZIP64_LIMIT
        self.sha256 = ""

    def local_header(self) -> bytes:
        """Return what must stand before the content."""
        extra = struct.pack("<HHQQ", 1, 16, 0, 0) if self.is_large else b""
        size = 0xFFFFFFFF if self.is_large else 0
        version = 45 if self.is_large else 20
        fields = (b"PK\3\4", version, 0, DESCRIPTOR_FOLLOWS, 0, DOS_TIME, DOS_DATE, 0, size, size)
        return struct.pack("<4s2B4HL2L2H", *fields, len(self.name), len(extra)) + self.name + extra

    def descriptor(self) -> bytes:
        """Return what must stand after the content."""
        form = "<4sLQQ" if self.is_large else "<4sLLL"
        return struct.pack(form, b"PK\7\x08", self.crc, self.size, self.size)

    def central_header(self) -> bytes:
        """Return what must stand in the directory."""
        large = [self.size, self.size] if self.size > ZIP64_LIMIT else []
        size = 0xFFFFFFFF if large else self.size
        offset = self.offset
        if offset > ZIP64_LIMIT:
            large.append(offset)
            offset = 0xFFFFFFFF
        extra = struct.pack(f"<HH{len(large)}Q", 1, 8 * len(large), *large) if large else b""
        version = 45 if large or self.is_large else 20
        fields = (b"PK\1\2", version, UNIX, version, 0, DESCRIPTOR_FOLLOWS, 0, DOS_TIME, DOS_DATE, self.crc, size, size)
        tail = (len(self.name), len(extra), 0, 0, 0, MODE, offset)
        return struct.pack("<4s4B4HL2L5H2L", *fields, *tail) + self.name + extra


def directory_of(file: BinaryIO, length: int) -> tuple[list[Entry], bytes, int]:
    """Return the entries, the central directory's offset and where it ends; raises Refused."""
    if length < 22:
        raise Refused("it is too short to be a ZIP file")
    count, size, offset, end = _end_of(file, length)
    if offset + size != end or end > length:
        raise Refused("the end record does not point at the directory: cut off, altered, or something was added")
    file.seek(offset)
    listing = file.read(size)
    entries, at = [], 0
    for _ in range(count):
        if len(listing) - at < 46 or listing[at : at + 4] != b"PK\1\2":
            raise Refused("the directory is damaged")
        fields = struct.unpack("<4s4B4HL2L5H2L", listing[at : at + 46])
        crc, file_size, name_length, extra_length, comment, header_at = (fields[i] for i in (9, 11, 12, 13, 14, 18))
        name = listing[at + 46 : at + 46 + name_length]
        extra = listing[at + 46 + name_length : at + 46 + name_length + extra_length]
        large = list(struct.unpack(f"<{(len(extra) - 4) // 8}Q", extra[4:])) if len(extra) in (12, 20, 28) else []
        if file_size == 0xFFFFFFFF and large:
            file_size = large[0]
        if header_at == 0xFFFFFFFF and large:
            header_at = large[-1]
        entries.append(Entry(name, crc, file_size, header_at))
        at += 46 + name_length + extra_length + comment
    if at != len(listing):
        raise Refused("the directory holds something else than its entries")
    return entries, listing, offset


def _end_of(file: BinaryIO, length: int) -> tuple[int, int, int, int]:
    """Return count, size and offset of the directory, and where it ends, from an end record exactly as we write it."""
    file.seek(length - 22)
    record = file.read(22)
    signature, disk, start, here, count, size, offset, comment = struct.unpack("<4s4H2LH", record)
    if signature != b"PK\5\6" or disk or start or here != count or comment:
        raise Refused("the end record is not there, or not as a bundle ends: cut off, altered, or something was added")
    if count != 0xFFFF and 0xFFFFFFFF not in (size, offset):
        return count, size, offset, length - 22
    if length < 98:
        raise Refused("the large end record is missing")
    file.seek(length - 98)
    large = file.read(76)
    *_, total, real_size, real_offset = struct.unpack("<4sQ2H2L4Q", large[:56])
    expected = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, total, total, real_size, real_offset)
    expected += struct.pack("<4sLQL", b"PK\6\7", 0, length - 98, 1)
    short = (min(total, 0xFFFF), min(real_size, 0xFFFFFFFF), min(real_offset, 0xFFFFFFFF))
    if large != expected or short != (count, size, offset):
        raise Refused("the large end record is altered")
    return total, real_size, real_offset, length - 98


def read_files(file: BinaryIO, length: int, report: Report) -> tuple[dict[str, Entry], dict[str, bytes]]:
    """Check the structure and every check sum; return entries by name and the content of what is not evidence."""
    entries, listing, directory_at = directory_of(file, length)
    at = listed_at = 0
    by_name: dict[str, Entry] = {}
    texts: dict[str, bytes] = {}
    folded: set[str] = set()
    for entry in entries:
        shown = entry.name.decode("ascii", "replace")
        if not SAFE_NAME.fullmatch(shown):
            raise Refused(f"an entry has a name that no bundle has: {shown!r}")
        if shown.lower() in folded:
            raise Refused(f"two entries are called {shown}")
        folded.add(shown.lower())
        central = entry.central_header()
        if listing[listed_at : listed_at + len(central)] != central:
            report.blame(shown, "its entry in the ZIP directory was altered")
        listed_at += len(central)
        if entry.offset != at:
            raise Refused(f"{shown} does not begin where the file before it ends: something was added or removed")
        at, content = _read_entry(file, entry, directory_at, report)
        by_name[shown] = entry
        if content is not None:
            texts[shown] = content
    if listed_at != len(listing) or at != directory_at:
        raise Refused("there are bytes between the files and the directory that belong to neither")
    return by_name, texts


def _read_entry(file: BinaryIO, entry: Entry, limit: int, report: Report) -> tuple[int, bytes | None]:
    """Return where the entry ends, and its content unless it is evidence, which is only hashed."""
    shown = entry.name.decode("ascii")
    header, descriptor = entry.local_header(), entry.descriptor()
    end = entry.offset + len(header) + entry.size + len(descriptor)
    if end > limit:
        raise Refused(f"{shown} is said to be longer than the bundle")
    file.seek(entry.offset)
    if file.read(len(header)) != header:
        report.blame(shown, "its ZIP header was altered")
    is_text = entry.size <= LARGEST_TEXT and not shown.startswith("evidence/files/")
    left, crc, sha256, kept = entry.size, 0, hashlib.sha256(), []
    while left:
        chunk = file.read(min(CHUNK, left))
        if not chunk:
            raise Refused(f"{shown} is cut off")
        left -= len(chunk)
        crc = zlib.crc32(chunk, crc)
        sha256.update(chunk)
        if is_text:
            kept.append(chunk)
    if crc != entry.crc:
        report.blame(shown, "its content does not have the check sum that the ZIP gives it")
    if file.read(len(descriptor)) != descriptor:
        report.blame(shown, "what follows it in the ZIP was altered")
    entry.sha256 = sha256.hexdigest()
    return end, b"".join(kept) if is_text else None


# --- What the bundle says ---


def check_signature(texts: dict[str, bytes], pinned: bytes | None, report: Report) -> dict[str, Any]:
    """Return the manifest, checked against its signature; raises Refused where there is none."""
    for name in (MANIFEST, SIGNATURE):
        if name not in texts:
            raise Refused(f"{name} is missing")
    manifest = _json(texts[MANIFEST], MANIFEST)
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise Refused(f"{MANIFEST} is not that of a bundle of the form {FORMAT}")
    claimed = _hex(manifest.get("public_key"), 32)
    found = re.fullmatch(rb"([0-9a-f]{128})\n", texts[SIGNATURE])
    key = claimed if pinned is None else pinned
    if claimed is None:
        report.blame(MANIFEST, "it names no public key")
    if pinned is not None and pinned != claimed:
        report.blame(MANIFEST, f"it names the key {manifest.get('public_key')}, not the one given")
    if found is None:
        report.blame(SIGNATURE, "this is no signature")
    elif key is None or not is_signed(key, texts[MANIFEST], bytes.fromhex(found.group(1).decode())):
        report.blame(SIGNATURE, f"{MANIFEST} was not signed by {'the key given' if pinned else 'the key it names'}")
    return manifest


def check_listed(manifest: dict[str, Any], entries: dict[str, Entry], report: Report) -> None:
    """Check that the ZIP holds the files that the manifest lists, each as it was, and no other."""
    files = manifest.get("files")
    listed: dict[str, dict[str, Any]] = {}
    for each in files if isinstance(files, list) else []:
        name = each.get("name") if isinstance(each, dict) else None
        if not isinstance(name, str) or name in listed:
            report.blame(MANIFEST, f"it lists {name!r} twice or without a name")
            continue
        listed[name] = each
    for name in sorted(set(listed) - set(entries)):
        report.blame(name, "it is listed in the manifest, and missing")
    for name in sorted(set(entries) - set(listed) - {MANIFEST, SIGNATURE}):
        report.blame(name, "it is not listed in the manifest: added, or renamed")
    for name in sorted(set(listed) & set(entries)):
        said, entry = listed[name], entries[name]
        if said.get("sha256") != entry.sha256:
            digests = f"SHA-256 is {entry.sha256}, the manifest says {said.get('sha256')}"
            report.blame(name, f"its content was altered: {digests}")
        elif said.get("size") != entry.size:
            report.blame(name, f"it has {entry.size} bytes, the manifest says {said.get('size')}")
    report.checked.append(f"{len(listed)} files")


def linked(previous: str, text: str) -> str:
    """Return the digest of a text that follows another digest."""
    return "sha256:" + hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def check_custody(texts: dict[str, bytes], report: Report) -> dict[tuple[str, int], str]:
    """Compute every chain of custody again; return the digests by subject and number."""
    digests: dict[tuple[str, int], str] = {}
    events = 0
    for name in sorted(texts):
        if not re.fullmatch(r"incidents/[^/]+/custody/[^/]+\.json", name):
            continue
        chain = _json(texts[name], name)
        previous = BEGINNING
        for number, event in enumerate(chain["events"], start=1):
            place = f"{name}, event {number}"
            said = _json(event["text"].encode(), place)
            if said.get("number") != number or said.get("subject") != chain["subject"]:
                report.blame(place, "it is not the event that belongs here: one was removed, inserted or moved")
            if event["previous"] != previous:
                report.blame(place, "it does not follow the event before it")
            if linked(event["previous"], event["text"]) != event["digest"]:
                report.blame(place, "its digest is not that of what it says")
            names = event.get("names")
            if names is not None and linked(names["salt"], names["text"]) != said.get("names"):
                report.blame(place, "its names or its note are not those that were recorded")
            previous = event["digest"]
            digests[(chain["subject"], number)] = previous
            events += 1
    report.checked.append(f"{events} custody events")
    return digests


def check_audit(texts: dict[str, bytes], custody: dict[tuple[str, int], str], report: Report) -> None:
    """Compute the audit digests again, and hold the custody events against what the audit trail says of them."""
    entries = unlinked = erased = 0
    for name in sorted(texts):
        if not re.fullmatch(r"(?:incidents/[^/]+/)?audit\.ndjson", name):
            continue
        for number, line in enumerate(texts[name].splitlines(), start=1):
            place = f"{name}, line {number}"
            entry = _json(line, place)
            entries += 1
            if entry["digest"] is None:
                unlinked += 1
            elif linked(entry["previous"], entry["text"]) != entry["digest"]:
                report.blame(place, "its digest is not that of what it says")
            said = _json(entry["text"].encode(), place)
            erased += check_covered(said, entry, place, report)
            _check_told(said, entry["payload"], place, custody, report)
    waiting = f", {unlinked} of them without a link of the audit chain" if unlinked else ""
    gone = f", from {erased} of them something was erased" if erased else ""
    report.checked.append(f"{entries} audit entries{waiting}{gone}")


def check_covered(said: dict[str, Any], entry: dict[str, Any], place: str, report: Report) -> bool:
    """Check the values that stand beside an entry against their digests in it; return whether any were erased."""
    covered = entry.get("covered") or {}
    if covered.get("is_erased"):
        # Their salt is gone, so that nobody can guess them; the digests still hold the chain.
        return True
    salt = covered.get("salt")
    for name, value in covered["values"].items() if salt else ():
        digest = "sha256:" + hashlib.sha256(f"{salt}\n{name}\n{value}".encode()).hexdigest() if value else ""
        if said.get(name) != digest:
            report.blame(place, f"its {name} is not the one that it was recorded with")
    plain = "sha256:" + hashlib.sha256(entry["payload"].encode()).hexdigest()
    if entry["payload"] != covered["values"]["payload"] if salt else said.get("payload") != plain:
        report.blame(place, "its payload is not the one that it was recorded with")
    return False


def _check_told(said: dict[str, Any], payload: str, place: str, custody: dict[Any, str], report: Report) -> None:
    if not str(said.get("action", "")).startswith("custody."):
        return
    after = _json(payload.encode(), place).get("after") or {}
    subject, number, digest = after.get("subject"), after.get("number"), after.get("digest")
    if custody.get((subject, number)) != digest:
        report.blame(place, f"custody event {number} of {subject}, of which it tells, is missing or another")


def check_screening(texts: dict[str, bytes], report: Report) -> None:
    """Check that each screening result rests on the facts enclosed."""
    results = 0
    for name in sorted(texts):
        found = re.fullmatch(r"(incidents/[^/]+/screening/run-[0-9]+)\.json", name)
        if found is None:
            continue
        results += 1
        facts = texts.get(found.group(1) + ".facts.json")
        said = _json(texts[name], name).get("facts_digest")
        if facts is not None and said != "sha256:" + hashlib.sha256(facts).hexdigest():
            report.blame(name, "the facts enclosed are not those that the result rests on")
    report.checked.append(f"{results} screening results")


def _json(text: bytes, place: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise Refused(f"{place} is not JSON") from None


def _hex(text: object, size: int) -> bytes | None:
    if isinstance(text, str) and re.fullmatch("[0-9a-f]+", text) and len(text) == 2 * size:
        return bytes.fromhex(text)
    return None


def verify(path: str, pinned: bytes | None = None) -> tuple[Report, dict[str, Any] | None]:
    """Return the report on the bundle at that path; `pinned` is the public key that must have signed it."""
    report = Report()
    try:
        with open(path, "rb") as file:
            length = file.seek(0, 2)
            entries, texts = read_files(file, length, report)
            manifest = check_signature(texts, pinned, report)
            check_listed(manifest, entries, report)
            # What follows reads what was signed; on other content it would only repeat what was said.
            if not report.wrong:
                check_audit(texts, check_custody(texts, report), report)
                check_screening(texts, report)
    except Refused as refused:
        report.blame("bundle", str(refused))
        return report, None
    except (AttributeError, KeyError, TypeError, UnicodeError) as error:
        report.blame("bundle", f"something in it is not of the form {FORMAT} ({error!r})")
        return report, None
    return report, manifest


def read_key(text: str) -> bytes:
    """Return the key given as 64 hexadecimal digits, or as a file that holds them or a PEM; raises ValueError."""
    if re.fullmatch("[0-9A-Fa-f]{64}", text):
        return bytes.fromhex(text)
    with open(text, encoding="ascii") as file:
        held = file.read().strip()
    if held.startswith("-----BEGIN PUBLIC KEY-----"):
        der = base64.b64decode("".join(held.splitlines()[1:-1]))
        if len(der) == 44 and der[:12] == bytes.fromhex("302a300506032b6570032100"):
            return der[12:]
    if re.fullmatch("[0-9A-Fa-f]{64}", held):
        return bytes.fromhex(held)
    raise ValueError("this is no Ed25519 public key")


def main(arguments: list[str] | None = None) -> int:
    """Check the bundle that the command line names; return the exit code."""
    parser = argparse.ArgumentParser(description="Check a Cordon case bundle offline.")
    parser.add_argument("bundle", help="the ZIP file")
    parser.add_argument("--key", help="the signer's public key: 64 hexadecimal digits, or a file with them or a PEM")
    given = parser.parse_args(arguments)
    try:
        pinned = None if given.key is None else read_key(given.key)
        report, manifest = verify(given.bundle, pinned)
    except (OSError, ValueError, binascii.Error) as error:
        print(f"cannot be read: {error}", file=sys.stderr)
        return 2
    for line in report.wrong:
        print(f"WRONG  {line}")
    if report.wrong or manifest is None:
        print(f"The bundle is not as it was issued: {len(report.wrong)} things are wrong.")
        return 1
    print(f"Case {manifest.get('case')}, exported {manifest.get('exported_at')} by {manifest.get('exported_by')}")
    print(f"Checked: {', '.join(report.checked)}. Nothing is wrong.")
    print(f"Signed by the key {manifest['public_key']}")
    if pinned is None:
        print("That is only what the bundle claims: give the key that the agency published with --key.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
