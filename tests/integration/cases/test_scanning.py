"""ClamAV as its protocol has it: a daemon on loopback that the test plays, over the client that the program uses."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from cases.evidence.scanning import Scanners
from tests.evidence_samples import EICAR

VERSION = b"ClamAV 1.4.1/27500/Sat Nov 21 08:00:00 2026\n"
LIMIT = 100_000


class _Clamd(socketserver.StreamRequestHandler):
    """Answers VERSION and INSTREAM as clamd does, its limit on length included."""

    def handle(self) -> None:
        command = self.rfile.readline().strip().lstrip(b"n")
        if command == b"VERSION":
            self.wfile.write(VERSION)
        elif command == b"INSTREAM":
            self.wfile.write(self._judged())

    def _judged(self) -> bytes:
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
            if len(content) > LIMIT:
                return b"INSTREAM size limit exceeded. ERROR\n"
        return b"stream: Win.Test.EICAR_HDB-1 FOUND\n" if EICAR in content else b"stream: OK\n"


@pytest.fixture
def clamav() -> Iterator[str]:
    """The address of a daemon that runs as long as the test."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Clamd) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("content", "verdict", "says"),
    [
        (b"harmless", "clean", ""),
        (b"x" * 5000 + EICAR, "infected", "Win.Test.EICAR_HDB-1"),
    ],
)
def test_clamav_judges(clamav: str, content: bytes, verdict: str, says: str) -> None:
    found = Scanners(None, clamav).judge(lambda: iter([content]))

    assert (found.verdict, found.says) == (verdict, says)
    assert found.signatures == VERSION.decode().strip()


def test_what_is_too_long_for_clamav_is_not_clean(clamav: str) -> None:
    found = Scanners(None, clamav).judge(lambda: iter([b"x" * (2 * LIMIT)]))

    assert found.verdict == "unscanned"
    assert "ClamAV did not judge it" in found.says


@pytest.mark.parametrize("address", ["127.0.0.1:1", "no-such-host.invalid:3310", "/no/such/socket", "127.0.0.1:port"])
def test_an_address_that_does_not_answer_is_not_clean(address: str) -> None:
    assert Scanners(None, address).judge(lambda: iter([b"x"])).verdict == "unscanned"


def test_both_scanners_must_say_clean(clamav: str, tmp_path: Path) -> None:
    ours = tmp_path / "signatures"
    ours.write_text(f"bytes {b'our own secret'.hex()} ours\n", encoding="utf-8")

    clean = Scanners(ours, clamav).judge(lambda: iter([b"harmless"]))
    own = Scanners(ours, clamav).judge(lambda: iter([b"our own secret"]))
    silent = Scanners(ours, "127.0.0.1:1").judge(lambda: iter([b"harmless"]))

    assert (clean.verdict, own.verdict, own.says, silent.verdict) == ("clean", "infected", "ours", "unscanned")
    assert "own sha256:" in clean.signatures
    assert "ClamAV" in clean.signatures


def test_a_signature_file_that_cannot_be_read_is_no_verdict(tmp_path: Path) -> None:
    ours = tmp_path / "signatures"
    ours.write_text("nonsense\n", encoding="utf-8")

    assert Scanners(ours, "").judge(lambda: iter([b"x"])).verdict == "unscanned"
    assert Scanners(tmp_path / "absent", "").judge(lambda: iter([b"x"])).verdict == "unscanned"
