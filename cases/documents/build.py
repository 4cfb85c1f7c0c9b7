"""Copies the fonts of the documents from the npm packages and records their digests and the signs they cover.

Run as ``python -m cases.documents.build`` by ``make setup``; a second run only compares digests.
"""

import hashlib
import json
import shutil
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from cases.documents.errors import FontsMissing
from cases.documents.font_coverage import covered_signs
from cases.documents.fonts import FACES, FONT_FOLDER

PACKAGES = Path(__file__).resolve().parent.parent.parent / "node_modules" / "@expo-google-fonts"


def build(packages: Path = PACKAGES, folder: Path = FONT_FOLDER) -> bool:
    """Copy the fonts and write manifest and coverage; return whether anything was to do. Raises FontsMissing."""
    sources = sorted(_sources(packages), key=lambda source: source.name)
    manifest = {source.name: _digest(source) for source in sources}
    if _is_current(folder, manifest):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    for source in sources:
        shutil.copyfile(source, folder / source.name)
    _write(folder / "coverage.json", {"ranges": _ranges(_signs(sources))})
    # Written last: a run that was cut short is done again.
    _write(folder / "manifest.json", manifest)
    return True


def _sources(packages: Path) -> Iterator[Path]:
    for package, faces in FACES.items():
        for face in faces:
            found = sorted((packages / package / face).glob("*.ttf"))
            if not found:
                raise FontsMissing(what=f"@expo-google-fonts/{package} {face}")
            yield found[0]


def _is_current(folder: Path, manifest: dict[str, str]) -> bool:
    try:
        recorded = json.loads((folder / "manifest.json").read_text())
    except FileNotFoundError:
        return False
    return bool(recorded == manifest) and all(
        (folder / name).is_file() and _digest(folder / name) == digest for name, digest in manifest.items()
    )


def _digest(path: Path) -> str:
    return "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()


def _signs(sources: list[Path]) -> set[int]:
    return set().union(*(covered_signs(source.read_bytes()) for source in sources))


def _ranges(signs: set[int]) -> list[list[int]]:
    runs = groupby(enumerate(sorted(signs)), key=lambda pair: pair[1] - pair[0])
    found = [[sign for _, sign in run] for _, run in runs]
    return [[run[0], run[-1]] for run in found]


def _write(path: Path, document: object) -> None:
    path.write_text(json.dumps(document, indent=None, separators=(",", ":")) + "\n")


def main() -> int:
    """Build the fonts and say so."""
    done = build()
    sys.stderr.write("document fonts: copied\n" if done else "document fonts: as recorded\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
