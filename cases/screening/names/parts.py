"""What is taken out of a name before words are compared."""

import re
from dataclasses import dataclass, field

# Letters set apart by dots are one word: A.B.C., S.A., L.X.C
_DOTTED = re.compile(r"(?<![a-z0-9])[a-z0-9](?:\. ?[a-z](?![a-z0-9]))+\.?|(?<![a-z0-9])[a-z](?:\.[a-z]\b)+\.?")
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(slots=True)
class Parts:
    """The words of a name with their weights, and what else the name says."""

    words: list[str]
    weights: list[float]
    exact: frozenset[str] = frozenset()
    fathers: frozenset[int] = frozenset()
    numbers: tuple[int, ...] = ()
    legal_forms: frozenset[str] = frozenset()
    remark: frozenset[str] = frozenset()
    is_inverted: bool = False
    others: tuple["Parts", ...] = field(default=())


def words_in(text: str) -> list[str]:
    """Return the words and numbers of a text in lower-case Latin letters."""
    return _WORD.findall(text)


def undotted(text: str) -> tuple[str, frozenset[str]]:
    """Return the text with dotted letters joined, and the words so made."""
    made: list[str] = []

    def joined(found: re.Match[str]) -> str:
        made.append("".join(_WORD.findall(found.group())))
        return f" {made[-1]} "

    if "." not in text:
        return text, frozenset()
    return _DOTTED.sub(joined, text), frozenset(made)
