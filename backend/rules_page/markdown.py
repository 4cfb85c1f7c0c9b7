"""Markdown pieces: tables whose cells never break them, spans of days, words of a vocabulary."""

from collections.abc import Iterable, Sequence

from cases.screening.facts import Period
from cases.screening.rulebook import LegalBasis

NOTHING = "–"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table; none where there are no rows."""
    lines = [_row(cells) for cells in rows]
    return [_row(head), _row(["---"] * len(head)), *lines, ""] if lines else []


def words(names: Iterable[str]) -> str:
    """Return the words of a vocabulary, sorted and readable."""
    return ", ".join(name.replace("_", " ") for name in sorted(names)) or NOTHING


def days(period: Period) -> str:
    """Return a half-open span: the first day, and the first day on which it no longer holds."""
    first = period.first.isoformat() if period.first else "…"
    return f"{first} – {period.until.isoformat()}" if period.until else f"{first} –"


def cited(basis: LegalBasis) -> str:
    """Return a paragraph as it is cited, marked where nobody read it."""
    paragraph = f" ¶{basis.paragraph}" if basis.paragraph else ""
    return f"{basis.resolution}{paragraph}{'' if basis.paragraph_verified else ' (unverified)'}"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
