"""Looking for malware: the installation's own signatures, and ClamAV where one is named."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from clamav_client.clamd import ClamdError
from clamav_client.scanner import ClamdScanner

from cases.choices import MalwareVerdict
from cases.evidence.blocks import BlockReader
from cases.evidence.signatures import SignaturesUnreadable, read_signatures

CLAMAV_TIMEOUT_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the scanners say, by which signatures."""

    verdict: MalwareVerdict
    says: str = ""
    signatures: str = ""


@dataclass(frozen=True, slots=True)
class Scanners:
    """What this installation looks with; either may be absent."""

    signature_file: Path | None
    clamav_address: str

    def judge(self, open_blocks: Callable[[], Iterator[bytes]]) -> Verdict:
        """Return the verdict on a file; each scanner reads it anew, and every one that is set up must answer."""
        verdicts = []
        if self.signature_file is not None:
            verdicts.append(_by_own(self.signature_file, open_blocks()))
        if self.clamav_address and not any(each.verdict is MalwareVerdict.INFECTED for each in verdicts):
            verdicts.append(_by_clamav(self.clamav_address, open_blocks()))
        if not verdicts:
            return Verdict(MalwareVerdict.UNSCANNED, "no scanner is set up")
        return _together(verdicts)


def _together(verdicts: list[Verdict]) -> Verdict:
    signatures = "; ".join(each.signatures for each in verdicts if each.signatures)
    for worst in (MalwareVerdict.INFECTED, MalwareVerdict.UNSCANNED, MalwareVerdict.CLEAN):
        for each in verdicts:
            if each.verdict is worst:
                return Verdict(worst, each.says, signatures)
    return Verdict(MalwareVerdict.UNSCANNED)


def _by_own(path: Path, blocks: Iterator[bytes]) -> Verdict:
    try:
        signatures = read_signatures(path)
    except SignaturesUnreadable as error:
        return Verdict(MalwareVerdict.UNSCANNED, str(error))
    found = signatures.find(blocks)
    return Verdict(MalwareVerdict.INFECTED if found else MalwareVerdict.CLEAN, (found or "")[:200], signatures.version)


def _by_clamav(address: str, blocks: Iterator[bytes]) -> Verdict:
    try:
        client = ClamdScanner({"backend": "clamd", "address": address, "timeout": CLAMAV_TIMEOUT_S}).client
        version = client.version().strip()[:200]
        answer = client.instream(BlockReader(blocks))  # type: ignore[arg-type]  # it only reads
    except (ClamdError, OSError, ValueError) as error:
        # Too long for its limits, unreachable, or gone half-way: not scanned, which is not clean.
        return Verdict(MalwareVerdict.UNSCANNED, f"ClamAV did not judge it: {error}"[:200])
    state, name = answer.get("stream", ("", None))
    if state == "FOUND":
        return Verdict(MalwareVerdict.INFECTED, (name or "found by ClamAV")[:200], version)
    if state == "OK":
        return Verdict(MalwareVerdict.CLEAN, "", version)
    return Verdict(MalwareVerdict.UNSCANNED, f"ClamAV did not judge it: {state} {name or ''}".strip()[:200], version)
