"""Every sentence that the letters say in English: the keys that each catalogue must translate."""

import ast
from collections.abc import Iterator
from pathlib import Path

from cases.documents.labels import LABELS
from cases.documents.letter.measures import _ASSESSMENTS as ASSESSMENTS
from cases.documents.letter.measures import UNKNOWNS
from cases.documents.letter.opening import _OPENINGS as OPENINGS
from cases.documents.letter.opening import _REASONS as REASONS
from cases.regimes.loader import load_rulebook
from cases.screening.sentences import SENTENCES
from cases.tracing.completeness import REMEDIES
from cases.tracing.legal_bases import BASES_BEYOND_THE_ITI, LEGAL_BASES
from cases.tracing.questions import QUESTION_SENTENCES

DOCUMENTS = Path(__file__).resolve().parent.parent / "cases" / "documents"


def spoken_sentences() -> list[str]:
    """Return every sentence once, sorted."""
    tables = (UNKNOWNS, ASSESSMENTS, OPENINGS, REASONS, SENTENCES, REMEDIES, QUESTION_SENTENCES, *LABELS.values())
    said = {sentence for table in tables for sentence in table.values()}
    said |= {LEGAL_BASES[key].citation for key in BASES_BEYOND_THE_ITI}
    said |= {regime.name for regime in load_rulebook().regimes}
    for path in DOCUMENTS.rglob("*.py"):
        said |= set(_literals(ast.parse(path.read_text())))
    return sorted(said)


def _literals(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
        first = node.args[0]
        if (
            called in {"say", "translated", "to_say"}
            and isinstance(first, ast.Constant)
            and isinstance(first.value, str)
        ):
            yield first.value
