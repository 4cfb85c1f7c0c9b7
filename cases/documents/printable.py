"""Text as recorded, made safe to print: nothing invisible, nothing reordered, no glyph silently missing."""

import json
import re
import unicodedata
from functools import cache
from itertools import chain

from cases.documents.errors import FontsMissing
from cases.documents.fonts import FONT_FOLDER

# Arabic and Persian spelling uses the joiners; everything else of class Cf would hide or reorder what is printed.
_JOINERS = {"\u200c", "\u200d"}
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
# Line ends of typed text stay; the template turns them into line breaks.
_KEPT_CONTROLS = {"\n"}
# A longer run without a space gets places where a line may end; markings never do.
_LONGEST_WORD, _PIECE = 32, 6
_ZERO_WIDTH_SPACE = "\u200b"
_LONG_WORD = re.compile(rf"\S{{{_LONGEST_WORD},}}")


@cache
def covered() -> frozenset[int]:
    """Return every code point for which one of the document fonts has a glyph; raises FontsMissing."""
    try:
        ranges = json.loads((FONT_FOLDER / "coverage.json").read_text())["ranges"]
    except FileNotFoundError as missing:
        raise FontsMissing(what="coverage.json") from missing
    return frozenset(chain.from_iterable(range(first, last + 1) for first, last in ranges))


def printable(text: str) -> str:
    """Return the text with every sign that cannot be seen, or that the fonts lack, written out as [U+XXXX]."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _LONG_WORD.sub(_with_breaks, _visible(unified))


def _visible(text: str) -> str:
    return "".join(sign if _is_visible(sign) else _written_out(sign) for sign in text)


def _with_breaks(word: re.Match[str]) -> str:
    return _ZERO_WIDTH_SPACE.join(re.findall(f".{{1,{_PIECE}}}", word.group()))


def can_print(sign: str) -> bool:
    """Return whether a sign of one line is printed as it is."""
    return sign not in _KEPT_CONTROLS and _is_visible(sign)


def printable_mark(text: str) -> str:
    """Return a marking sign by sign: line ends and joiners are written out too, since a mark is one line."""
    return "".join(_written_out(sign) if sign in _JOINERS or sign == "\n" else sign for sign in _visible(text))


def isolated(text: str, *, within_right_to_left: bool = False) -> str:
    """Return the text so that, where it runs against the sentence around it, neither reorders the other."""
    # Digits have no direction of their own: within Arabic a number with a stroke or a space would be turned round.
    against = {"L", "EN"} if within_right_to_left else {"R", "AL", "AN"}
    if any(unicodedata.bidirectional(sign) in against for sign in text):
        return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"
    return text


def _is_visible(sign: str) -> bool:
    if sign in _KEPT_CONTROLS or sign in _JOINERS:
        return True
    category = unicodedata.category(sign)
    # Control, format, surrogate, private use, unassigned; line and paragraph separators.
    return category[0] != "C" and category not in {"Zl", "Zp"} and ord(sign) in covered()


def _written_out(sign: str) -> str:
    return f"[U+{ord(sign):04X}]"
