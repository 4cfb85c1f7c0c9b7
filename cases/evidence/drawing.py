"""Having pictures drawn by the process apart, and believing nothing of what it leaves but its pixels."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, Final

import cases
from cases.evidence.sniffing import JPEG, PNG, sniff

# Twice the processor time that the process gives itself: on a busy machine it waits for its turn.
PATIENCE_S: Final = 40.0
WIDTHS: Final = (320, 1280)
_LARGEST_REPORT: Final = 20_000
_LARGEST_PREVIEW: Final = 4_000_000
_ROOT: Final = Path(cases.__file__).resolve().parents[1]


class NotDrawn(Exception):
    """No picture came of it; the message says why."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Small pictures by width, and what the file states of itself."""

    previews: dict[int, bytes]
    stated: dict[str, Any] = field(default_factory=dict)


def draw_previews(source: IO[bytes], media_type: str, *, scratch: Path) -> Drawn:
    """Return small pictures of a picture, read from its beginning; raises NotDrawn."""
    with _left_by("preview", source, media_type, scratch) as (folder, report):
        previews = {width: _read(folder / f"{width}.jpg", _LARGEST_PREVIEW, JPEG) for width in WIDTHS}
        return Drawn(previews, _believable(report.get("stated")))


@contextmanager
def drawn_copy(source: IO[bytes], media_type: str, *, scratch: Path) -> Iterator[tuple[IO[bytes], str]]:
    """Give a copy of the picture with nothing but its pixels, and its media type; raises NotDrawn."""
    with _left_by("copy", source, media_type, scratch) as (folder, report):
        made = JPEG if report.get("media_type") == JPEG else PNG
        _check(folder / "copy", made)
        with (folder / "copy").open("rb") as copy:
            yield copy, made


@contextmanager
def _left_by(what: str, source: IO[bytes], media_type: str, scratch: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    with TemporaryDirectory(prefix="drawing-", dir=scratch) as name:
        folder = Path(name)
        source.seek(0)
        try:
            process = subprocess.run(  # noqa: S603 - our own program, with a word of ours and a known media type
                (sys.executable, "-P", "-s", "-m", "cases.evidence.preview", what, media_type),
                stdin=source,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env={"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PATH": os.defpath},
                timeout=PATIENCE_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise NotDrawn(f"it took longer than {PATIENCE_S:g} s") from None
        if process.returncode != 0:
            raise NotDrawn(f"the drawing process ended with {process.returncode}")
        report = _report(folder / "report.json")
        if problem := report.get("problem"):
            raise NotDrawn(str(problem)[:300])
        yield folder, report


def _report(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            report = json.loads(file.read(_LARGEST_REPORT))
    except (OSError, ValueError):
        report = None
    if not isinstance(report, dict):
        raise NotDrawn("the drawing process left no report")
    return report


def _read(path: Path, most: int, media_type: str) -> bytes:
    _check(path, media_type)
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise NotDrawn("a preview is too large")
    return content


def _check(path: Path, media_type: str) -> None:
    # A process that was taken over could leave a link to a file of ours.
    if path.is_symlink() or not path.is_file():
        raise NotDrawn("the drawing process left no picture")
    with path.open("rb") as file:
        if sniff(file.read(1024), b"").media_type != media_type:
            raise NotDrawn("the drawing process left something else than a picture")


def _believable(stated: Any) -> dict[str, Any]:
    """Return the statements in their known shape, and nothing else."""
    known = {
        "taken_at": ("text", "zone"),
        "changed_at": ("text", "zone"),
        "position": ("latitude", "longitude", "altitude_m", "heading_deg", "fixed_at"),
        "device": ("make", "model", "software", "serial_number", "lens"),
        "pixels": ("width", "height"),
    }
    if not isinstance(stated, dict):
        return {}
    parts = {name: stated[name] for name in known if isinstance(stated.get(name), dict)}
    return {name: {key: _plain(part[key]) for key in known[name] if key in part} for name, part in parts.items()}


def _plain(value: Any) -> str | int | float | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return value[:200].replace("\x00", "") if isinstance(value, str) else value
