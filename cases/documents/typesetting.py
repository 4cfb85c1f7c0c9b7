"""Typst: templates and data in, PDF bytes out. Data are data, never markup; nothing comes from the network."""

import tempfile
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import typst

from cases.documents.errors import DocumentNotMade, FontsMissing, TemplateRefused
from cases.documents.fonts import FONT_FOLDER

TEMPLATE_FOLDER = Path(__file__).resolve().parent / "templates"


# Drawn for paper: twice what a screen shows.
_DRAWING_PPI = 160.0
# A page as wide as half a desk's screen, its small print readable.
_PAGE_PPI = 110.0


def typeset(template: str, *, data: object, dated: date) -> bytes:
    """Return the PDF of a template of ours with its data; the same bytes for the same data and day, in any process."""
    pdf = _compiled(
        template,
        data,
        # For archives and for screen readers. Under either a missing glyph is an error, never a gap.
        pdf_standards=["a-2a", "ua-1"],
        # The document's own day, so that the clock leaves no trace in the bytes.
        timestamp=datetime(dated.year, dated.month, dated.day, tzinfo=UTC),
    )
    # It tells of facing pages alone, but what extracts text takes it for that of every line and turns marks round.
    return pdf.replace(b"/Direction/R2L", b"/Direction/L2R")


def drawing_as_png(svg: str) -> bytes:
    """Return a drawing of ours as a picture."""
    return _compiled("drawing.typ", {"svg": svg}, format="png", ppi=_DRAWING_PPI)


def typeset_pages(template: str, *, data: object) -> list[bytes]:
    """Return each page of a template of ours with its data as a PNG, for screens."""
    return _pages(template, data, format="png", ppi=_PAGE_PPI)


def _compiled(template: str, data: object, **options: Any) -> bytes:
    return b"".join(_pages(template, data, **options))


def _pages(template: str, data: object, **options: Any) -> list[bytes]:
    root = checked_templates(TEMPLATE_FOLDER)
    # An empty package folder: whatever a template might import by name is not there.
    with tempfile.TemporaryDirectory(prefix="cordon-typst-") as nowhere:
        try:
            made = typst.compile(
                root / template,
                root=root,
                font_paths=_fonts(),
                ignore_system_fonts=True,
                sys_inputs={"letter": msgspec.json.encode(data).decode()},
                package_path=nowhere,
                package_cache_path=nowhere,
                **options,
            )
        except typst.TypstError as refused:
            raise DocumentNotMade(why=refused.message) from refused
    # One document, or one picture, comes by itself; the pages of several come in a row.
    return list(made) if isinstance(made, list) else [bytes(made)]


@cache
def checked_templates(folder: Path) -> Path:
    """Return the folder once every file in it is fit to run; raises TemplateRefused.

    Typst follows links out of its root, and fetches packages named with an @ from the network.
    """
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            raise TemplateRefused(template=path.name, why="it is a link")
        if path.is_file() and any(name in path.read_text() for name in ("@preview", "@local")):
            raise TemplateRefused(template=path.name, why="it imports a package")
    return folder


@cache
def _fonts() -> typst.Fonts:
    if not (FONT_FOLDER / "manifest.json").is_file():
        raise FontsMissing(what="manifest.json")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_FOLDER)])
