"""Text in a Word document: paragraphs and runs, each told its direction, its language and its fonts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

# Isolates keep directions apart in print; here runs do. Places where a line may end are Word's own affair.
_ISOLATES = re.compile("[\u2066-\u2069]")
_NOT_KEPT = re.compile("[\u2066-\u2069\u200b]")
# From the first to the last Latin letter or digit that stand together, with what stands between.
_LATIN = re.compile(r"[+\w(]*[A-Za-z0-9][!-~°×′–█ ]*[\w)%°′█]|[A-Za-z0-9]", re.ASCII)
# The format keeps its elements in order.
_AFTER_BIDI = (
    "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
    "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl",
    "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
GREY, RED = RGBColor(0x50, 0x50, 0x50), RGBColor(0x9B, 0x1C, 0x1C)


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks; what stays unsaid is as the paragraph's style has it."""

    size: float = 10.0
    bold: bool = False
    italic: bool = False
    is_mark: bool = False
    colour: RGBColor | None = None


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes texts in one language."""

    language: str
    is_right_to_left: bool

    def write(self, paragraph: Paragraph, text: str, look: Look) -> None:
        """Add the text to the paragraph; its line ends become line breaks."""
        if self.is_right_to_left:
            paragraph._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)  # noqa: SLF001
        for number, line in enumerate(text.split("\n")):
            if number:
                paragraph.add_run().add_break()
            for piece, is_arabic in self._pieces(line, look):
                self._dress(paragraph.add_run(piece), look, is_arabic=is_arabic)

    def _pieces(self, line: str, look: Look) -> Iterator[tuple[str, bool]]:
        """Yield the runs of a line; within Arabic what is Latin stands in runs of its own."""
        if not self.is_right_to_left or look.is_mark:
            yield _NOT_KEPT.sub("", line), False
            return
        for part in filter(None, _ISOLATES.split(line.replace("\u200b", ""))):
            at = 0
            for found in _LATIN.finditer(part):
                if at < found.start():
                    yield part[at : found.start()], True
                yield found.group(), False
                at = found.end()
            if at < len(part):
                yield part[at:], True

    def _dress(self, run: Run, look: Look, *, is_arabic: bool) -> None:
        run.font.size, run.bold, run.italic = Pt(look.size), look.bold, look.italic
        if look.colour is not None:
            run.font.color.rgb = look.colour
        properties = run._r.get_or_add_rPr()  # noqa: SLF001 - python-docx has no word for these
        fonts = properties.get_or_add_rFonts()
        for script in ("ascii", "hAnsi"):
            fonts.set(qn(f"w:{script}"), "Noto Sans Mono" if look.is_mark else "Noto Serif")
        fonts.set(qn("w:cs"), "Amiri")
        fonts.set(qn("w:eastAsia"), "Noto Sans SC")
        if self.is_right_to_left:
            # Digits among Arabic take the size of Arabic, also in runs of their own.
            size = OxmlElement("w:szCs")
            size.set(qn("w:val"), str(int(look.size * 2)))
            properties.find(qn("w:sz")).addnext(size)
        if is_arabic:
            run.font.rtl, run.font.cs_bold, run.font.cs_italic = True, look.bold, look.italic
