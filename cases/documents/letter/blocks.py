"""The blocks a letter is made of. Every text in them is finished: said in the reader's language and safe to print."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count

from cases.documents.wording import Wording

Block = dict[str, object]


@dataclass(slots=True)
class Paragraphs:
    """Builds blocks in order and numbers the paragraphs of a letter through all its sections."""

    wording: Wording
    blocks: list[Block] = field(default_factory=list)
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def heading(self, text: str) -> None:
        """Add a section heading."""
        self.blocks.append({"block": "heading", "text": text})

    def subheading(self, text: str) -> None:
        """Add a heading inside a section."""
        self.blocks.append({"block": "subheading", "text": text})

    def annex(self, title: str, text: str) -> None:
        """Begin an annex, the first on a new page."""
        is_first = all(block["block"] != "annex" for block in self.blocks)
        self.blocks.append({"block": "annex", "title": title, "text": text, "first": is_first})

    def numbered(self, text: str) -> None:
        """Add a numbered paragraph."""
        self.blocks.append({"block": "numbered", "number": next(self.numbers), "text": text})

    def plain(self, text: str) -> None:
        """Add a paragraph without a number."""
        self.blocks.append({"block": "plain", "text": text})

    def points(self, texts: Iterable[str]) -> None:
        """Add lettered points under the last paragraph."""
        lettered = [[self.wording.point(number), text] for number, text in enumerate(texts, start=1)]
        self.blocks.append({"block": "points", "points": lettered})

    def note(self, text: str) -> None:
        """Add a small note."""
        self.blocks.append({"block": "note", "text": text})

    def facts(self, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Add a table of label, value and basis."""
        self.blocks.append({"block": "facts", "header": list(header), "rows": [list(row) for row in rows]})

    def table(self, header: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[str]]) -> None:
        """Add a plain table; widths are shares of the text width."""
        self.blocks.append(
            {"block": "table", "header": list(header), "widths": list(widths), "rows": [list(row) for row in rows]}
        )

    def items(self, header: Sequence[str], rows: Iterable[Block], continued: str) -> None:
        """Add a table of items with their markings; ``continued`` is said of a mark longer than any line."""
        self.blocks.append({"block": "items", "header": list(header), "rows": list(rows), "continued": continued})

    def picture(self, jpeg: bytes, size: tuple[int, int], alternative: str, caption: str) -> None:
        """Add a photograph with the text that stands for it where it cannot be seen."""
        width, height = size
        self.blocks.append(
            {
                "block": "picture",
                "jpeg": b64encode(jpeg).decode(),
                "width": width,
                "height": height,
                "alternative": alternative,
                "caption": caption,
            }
        )

    def map(self, svg: str, alternative: str, caption: str) -> None:
        """Add a map with the text that stands for it where it cannot be seen."""
        self.blocks.append({"block": "map", "svg": svg, "alternative": alternative, "caption": caption})
