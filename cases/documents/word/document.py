"""The blocks of a letter set as a Word document, in their order."""

import io
from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from cases.documents.typesetting import drawing_as_png
from cases.documents.word.runs import GREY, RED, Look, Writer
from cases.documents.word.steady import saved

Composed = dict[str, Any]

_TEXT_WIDTH_MM: Final = 164.0
_MARGIN_MM: Final = 23.0
_TEXT, _SMALL, _LABEL = Look(), Look(size=9), Look(size=8.5, colour=GREY)
_STRONG, _NOTE = Look(bold=True), Look(size=8, colour=GREY)
_MARK, _MARK_NOTE = Look(size=8.5, is_mark=True), Look(size=8, italic=True, colour=GREY)


def word_document(letter: Composed, *, dated: date) -> bytes:
    """Return the letter as the bytes of a Word file; the same for the same letter and day, in any process."""
    setter = _Setter(docx.Document(), Writer(letter["language"], letter["right_to_left"]))
    setter.page(letter)
    setter.letterhead(letter)
    for block in letter["blocks"]:
        setter.block(block)
    return saved(setter.document, title=letter["title"], dated=dated)


@dataclass(frozen=True, slots=True)
class _Setter:
    document: Document
    writer: Writer

    def page(self, letter: Composed) -> None:
        """Set up the sheet, with what stands at head and foot of each page."""
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(_MARGIN_MM)
        section.top_margin = section.bottom_margin = Mm(24)
        head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
        if letter["draft_note"]:
            self.writer.write(head, letter["draft_note"], Look(size=9, bold=True, colour=RED))
        if letter["classification"]:
            below = section.header.add_paragraph() if letter["draft_note"] else head
            self.writer.write(below, letter["classification"], Look(size=9, bold=True, colour=GREY))
        self.writer.write(foot, f"{letter['running_reference']} · {letter['redaction']} · ", _NOTE)
        before, _, rest = letter["page_of"].partition("{page}")
        between, _, after = rest.partition("{pages}")
        for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, None)):
            if text:
                self.writer.write(foot, text, _NOTE)
            if field:
                _add_field(foot, field)
        if letter["footer"]:
            self.writer.write(section.footer.add_paragraph(), letter["footer"], _NOTE)

    def letterhead(self, letter: Composed) -> None:
        """Set name and office of the sender, addressee, reference lines and subject."""
        head, logo = letter["letterhead"], letter["logo"]
        if logo:
            width = logo["high_mm"] * logo["width"] / logo["height"]
            self.picture(b64decode(logo["jpeg"]), logo["alternative"], width_mm=width)
        self.paragraph(head["name"], Look(size=14, bold=True))
        for below in (head["office"], head["country"]):
            if below:
                self.paragraph(below, _LABEL)
        self.paragraph("\n".join(letter["addressee"]), _TEXT)
        self.table([44, 120], [(name, value) for name, value in letter["meta"]], looks=(_LABEL, _SMALL))
        self.paragraph(f"{letter['subject_label']}: {letter['subject']}", _STRONG)

    def paragraph(self, text: str, look: Look, *, indent_mm: float = 0, hanging_mm: float = 0) -> Paragraph:
        """Add a paragraph; the indent is from where lines begin."""
        paragraph = self.document.add_paragraph()
        form = paragraph.paragraph_format
        form.space_after, form.left_indent, form.first_line_indent = Mm(2), Mm(indent_mm), Mm(-hanging_mm)
        self.writer.write(paragraph, text, look)
        return paragraph

    def block(self, it: Composed) -> None:
        """Add one block of the letter."""
        _BLOCKS[it["block"]](self, it)

    def annex(self, it: Composed) -> None:
        """Begin an annex, the first on a new page."""
        if it["first"]:
            self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        self.heading(f"{it['title']} — {it['text']}", level=1)

    def points(self, it: Composed) -> None:
        """Add lettered points."""
        for letter, text in it["points"]:
            self.paragraph(f"{letter}  {text}", _TEXT, indent_mm=16, hanging_mm=8)

    def plain_table(self, it: Composed) -> None:
        """Add a table whose widths are shares of the text width."""
        whole = sum(it["widths"])
        self.table([_TEXT_WIDTH_MM * share / whole for share in it["widths"]], it["rows"], header=it["header"])

    def map(self, it: Composed) -> None:
        """Add the map with its caption."""
        self.picture(drawing_as_png(it["svg"]), it["alternative"])
        self.paragraph(it["caption"], _NOTE)

    def heading(self, text: str, *, level: int) -> None:
        """Add a heading that the reader's outline shows."""
        paragraph = self.document.add_paragraph(style=f"Heading {level}")
        self.writer.write(paragraph, text, Look(size={1: 12, 2: 10.5, 3: 9.5}[level], bold=True))

    def photograph(self, it: Composed) -> None:
        """Add a photograph with its caption."""
        high = min(80.0, _TEXT_WIDTH_MM * it["height"] / it["width"])
        self.picture(b64decode(it["jpeg"]), it["alternative"], width_mm=high * it["width"] / it["height"])
        self.paragraph(it["caption"], _NOTE)

    def picture(self, content: bytes, alternative: str, *, width_mm: float = _TEXT_WIDTH_MM) -> None:
        """Add a picture with the words that stand for it."""
        paragraph = self.paragraph("", _TEXT)
        shape = paragraph.add_run().add_picture(io.BytesIO(content), width=Mm(width_mm))
        shape._inline.docPr.set("descr", alternative)  # noqa: SLF001 - python-docx has no word for it

    def table(
        self,
        widths_mm: Sequence[float],
        rows: Sequence[Sequence[str]],
        *,
        header: Sequence[str] = (),
        looks: Sequence[Look] = (),
    ) -> Table:
        """Add a table whose header is repeated on each page and whose rows stay whole."""
        table: Table = self.document.add_table(rows=0, cols=len(widths_mm))
        table.autofit = False
        for column, width in zip(table.columns, widths_mm, strict=True):
            column.width = Mm(width)
        if self.writer.is_right_to_left:
            properties = table._tblPr  # noqa: SLF001 - python-docx has no word for it
            properties.insert_element_before(OxmlElement("w:bidiVisual"), "w:tblW", "w:jc", "w:tblLayout", "w:tblLook")
        if header:
            table.style = "Table Grid"
            self._row(table, widths_mm, header, [Look(size=8.5, bold=True)] * len(header))
            _mark_row(table, "w:tblHeader")
        for row in rows:
            self._row(table, widths_mm, row, looks or [_SMALL] * len(row))
            _mark_row(table, "w:cantSplit")
        self.document.add_paragraph().paragraph_format.space_after = Mm(1)
        return table

    def items(self, it: Composed) -> None:
        """Add the table of items, each with its markings sign by sign."""
        table = self.table([10, 70, 27, 57], [], header=it["header"])
        for row in it["rows"]:
            cells = _new_row(table)
            _set_widths(cells, [10, 70, 27, 57])
            self._fill(cells[0], [(row["number"], _STRONG)])
            self._fill(cells[1], [(row["title"], _STRONG), *((detail, _SMALL) for detail in row["details"])])
            self._fill(cells[2], [(text, _SMALL) for text in row["quantity"]])
            statement = [(row["statement"], _MARK_NOTE)] if row["statement"] else []
            marks = [line for mark in (*row["marks"], *row["wide"]) for line in _lines_of_mark(mark)]
            self._fill(cells[3], [*statement, *marks])

    def _row(self, table: Table, widths_mm: Sequence[float], texts: Sequence[str], looks: Sequence[Look]) -> None:
        cells = _new_row(table)
        _set_widths(cells, widths_mm)
        for cell, text, look in zip(cells, texts, looks, strict=True):
            self._fill(cell, [(text, look)])

    def _fill(self, cell: _Cell, lines: Sequence[tuple[str, Look]]) -> None:
        for number, (text, look) in enumerate(lines):
            paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Mm(0.5)
            self.writer.write(paragraph, text, look)


_BLOCKS: Final[Mapping[str, Callable[[_Setter, Composed], object]]] = {
    "heading": lambda setter, it: setter.heading(it["text"], level=2),
    "subheading": lambda setter, it: setter.heading(it["text"], level=3),
    "annex": _Setter.annex,
    "numbered": lambda setter, it: setter.paragraph(f"{it['number']}.  {it['text']}", _TEXT, indent_mm=8, hanging_mm=8),
    "plain": lambda setter, it: setter.paragraph(it["text"], _TEXT),
    "note": lambda setter, it: setter.paragraph(it["text"], _NOTE),
    "points": _Setter.points,
    "facts": lambda setter, it: setter.table([32, 94, 38], it["rows"], header=it["header"]),
    "table": _Setter.plain_table,
    "items": _Setter.items,
    "map": _Setter.map,
    "picture": _Setter.photograph,
    "signature": lambda setter, it: setter.paragraph("\n" + "\n".join(it["lines"]), _TEXT, indent_mm=82),
}


def _lines_of_mark(mark: Composed) -> list[tuple[str, Look]]:
    notes = [(mark["notes"], _MARK_NOTE)] if mark["notes"] else []
    return [(mark["kind"], _NOTE), *((text, _MARK) for text in mark["texts"]), *notes]


def _new_row(table: Table) -> tuple[_Cell, ...]:
    cells: tuple[_Cell, ...] = table.add_row().cells  # type: ignore[no-untyped-call]  # python-docx has no types here
    return cells


def _set_widths(cells: Sequence[_Cell], widths_mm: Sequence[float]) -> None:
    for cell, width in zip(cells, widths_mm, strict=True):
        cell.width = Emu(Mm(width))


def _mark_row(table: Table, what: str) -> None:
    table.rows[-1]._tr.get_or_add_trPr().append(OxmlElement(what))  # noqa: SLF001 - python-docx has no word for it


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    """Add a field that the word processor fills in: a page's number, or how many there are."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no word for it
