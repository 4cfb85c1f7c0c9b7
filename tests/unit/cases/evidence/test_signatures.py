from pathlib import Path

import pytest

from cases.evidence.signatures import SignaturesUnreadable, read_signatures
from tests.evidence_samples import EICAR, sha256


def written(folder: Path, text: str) -> Path:
    path = folder / "signatures"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_digest_or_a_pattern_is_found(tmp_path: Path) -> None:
    path = written(
        tmp_path, f"# ours\n\nsha256 {sha256(b'bad file')} a bad file\nbytes {EICAR.hex().upper()}  EICAR test file\n"
    )
    signatures = read_signatures(path)

    assert signatures.find(iter([b"bad ", b"file"])) == "a bad file"
    assert signatures.find(iter([b"x" * 100 + EICAR])) == "EICAR test file"
    assert signatures.find(iter([b"harmless"])) is None


@pytest.mark.parametrize("cut", range(1, len(EICAR)))
def test_a_pattern_is_found_across_two_blocks(tmp_path: Path, cut: int) -> None:
    signatures = read_signatures(written(tmp_path, f"bytes {EICAR.hex()} EICAR"))

    assert signatures.find(iter([b"ab" + EICAR[:cut], EICAR[cut:] + b"cd"])) == "EICAR"


def test_a_pattern_is_found_across_many_small_pieces(tmp_path: Path) -> None:
    signatures = read_signatures(written(tmp_path, f"bytes {EICAR.hex()} EICAR"))

    assert signatures.find(EICAR[at : at + 1] for at in range(len(EICAR))) == "EICAR"


@pytest.mark.parametrize("line", ["sha256 abcd too short", "bytes 00 chance", "bytes 0 odd", "md5 00 no", "sha256"])
def test_a_line_that_says_nothing_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(SignaturesUnreadable, match="line 2"):
        read_signatures(written(tmp_path, f"# a remark\n{line}\n"))


def test_the_version_changes_with_the_file(tmp_path: Path) -> None:
    one = read_signatures(written(tmp_path, f"bytes {EICAR.hex()} EICAR")).version
    two = read_signatures(written(tmp_path, f"bytes {EICAR.hex()} another name")).version

    assert one != two
