"""A bundle as a stream: a ZIP whose bytes follow from its files, with a signed manifest at its end."""

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cases.bundle.signing import public_key_hex

FORMAT: Final = "cordon-bundle/1"
VERIFIER: Final = Path(__file__).with_name("verify_bundle.py")
# As the verifier takes them; references, numbers and ids only, so that a name of a file names nobody.
SAFE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
# The first moment that a ZIP can tell: the clock leaves no trace in the bytes.
NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_MODE: Final = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class BundleFile:
    """One file of a bundle; its content is read when its turn comes."""

    name: str
    media_type: str
    size: int
    read: Callable[[], Iterable[bytes]]

    @classmethod
    def of_bytes(cls, name: str, content: bytes, media_type: str = "application/json") -> Self:
        """Return a file of content in memory."""
        return cls(name, media_type, len(content), lambda: (content,))

    @classmethod
    def of_text(cls, name: str, text: str, media_type: str = "application/json") -> Self:
        """Return a file of text in memory."""
        return cls.of_bytes(name, text.encode(), media_type)


class _Sink:
    """Where the ZIP is written to: holds what was not sent yet, and cannot go back."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: what was written goes out when it is taken."""

    def take(self) -> bytes:
        """Return what was written since the last call."""
        taken, self._parts = b"".join(self._parts), []
        return taken


def stream_bundle(files: Iterable[BundleFile], *, facts: Mapping[str, Any], key: Ed25519PrivateKey) -> Iterator[bytes]:
    """Yield the bytes of the bundle: the files by name, the manifest of them all with these facts, its signature.

    The same files, facts and key give the same bytes. A file that is not as long as it said ends the stream with an
    error, and so leaves a ZIP without an end rather than one that looks whole.
    """
    public_key = public_key_hex(key)
    ours = (
        BundleFile.of_text("README.txt", _readme(facts).format(**facts, public_key=public_key), "text/plain"),
        BundleFile.of_bytes(VERIFIER.name, VERIFIER.read_bytes(), "text/x-python"),
    )
    ordered = sorted((*files, *ours), key=lambda file: file.name)
    _refuse_names(ordered)
    sink, listed = _Sink(), []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[call-overload]  # a sink is all it needs
        for file in ordered:
            digest = hashlib.sha256()
            for chunk in _written(archive, file):
                digest.update(chunk)
                yield sink.take()
            listed.append(
                {"name": file.name, "size": file.size, "sha256": digest.hexdigest(), "media_type": file.media_type}
            )
        manifest = {"format": FORMAT, **facts, "public_key": public_key, "files": listed}
        text = json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n"
        signature = key.sign(text).hex().encode() + b"\n"
        for name, content in (("manifest.json", text), ("manifest.sig", signature)):
            for _ in _written(archive, BundleFile.of_bytes(name, content)):
                yield sink.take()
    yield sink.take()


def _written(archive: zipfile.ZipFile, file: BundleFile) -> Iterator[bytes]:
    """Write the file's chunks, yielding each once it is written."""
    entry = zipfile.ZipInfo(file.name, NO_TIME)
    entry.create_system, entry.external_attr, entry.file_size = _UNIX, _MODE, file.size
    written = 0
    with archive.open(entry, "w") as target:
        for chunk in file.read():
            target.write(chunk)
            written += len(chunk)
            yield chunk
    if written != file.size:
        raise ValueError(f"{file.name} has {written} bytes, not {file.size}")


def _readme(facts: Mapping[str, Any]) -> str:
    return RELEASED_README if "redaction" in facts else README


def _refuse_names(files: Iterable[BundleFile]) -> None:
    seen = {"manifest.json", "manifest.sig"}
    for file in files:
        if not SAFE_NAME.fullmatch(file.name) or file.name.lower() in seen:
            raise ValueError(f"{file.name} is no name for a file of a bundle, or there twice")
        seen.add(file.name.lower())


README: Final = """\
Case {case}, exported on {exported_at}.

This is a case of the Cordon system as it was kept at that moment: records, screening results byte for byte, chains of
custody, exhibits, referrals, evidence and the audit trail. manifest.json lists every file with its SHA-256 digest;
manifest.sig is its Ed25519 signature by the key

  {public_key}

To check it, without a network:

  python3 -I verify_bundle.py BUNDLE.zip --key PUBLIC_KEY

Take verify_bundle.py and the public key from the agency that issued the bundle, not from the bundle itself. The copy in
here is for convenience. Python 3.9 or later is all it needs.

  case.json                             the case
  audit.ndjson                          what was done to the case itself
  incidents/INC-.../record.json         the record
  incidents/INC-.../screening/          each result as kept, and the facts that it rests on
  incidents/INC-.../custody/            one chain for each item and exhibit: each event, and the digest that links it
  incidents/INC-.../exhibits.json       packages and samples
  incidents/INC-.../referrals/          each referral: what it says, the letter as issued, the replies
  incidents/INC-.../audit.ndjson        every act on the incident
  evidence/                             evidence files and what is known of each

The system finds, a person decides: nothing in here says that anybody broke an embargo.
"""

RELEASED_README: Final = """\
A released copy of case {case}, made on {exported_at} by {agency} for {recipient}.

Its redaction level is {redaction}. What that level withholds stands nowhere in it; released.json and manifest.json
name the kinds of facts that are left out. manifest.json lists every file with its SHA-256 digest; manifest.sig is its
Ed25519 signature by the key

  {public_key}

To check it, without a network:

  python3 -I verify_bundle.py BUNDLE.zip --key PUBLIC_KEY

Take verify_bundle.py and the public key from the agency that issued the copy, not from the copy itself.

  released.json                         the level, and what is left out
  incidents/INC-.../record.json         the record
  incidents/INC-.../referrals/          letters that were issued
  evidence/                             pictures, drawn anew from what is seen in them

The system finds, a person decides: nothing in here says that anybody broke an embargo.
"""
