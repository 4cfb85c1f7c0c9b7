"""Declared, found, authorised: what of the three does not go together, by rule, and what is to be found out first.

An unknown fact never makes a mismatch, only a question: the rules compare what is stated on both sides, and each pair
by itself, so that forgetting a fact can take a mismatch away and never bring one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.intake.incident import DraftSubmission
from cases.screening.rulebook import Rulebook
from cases.tracing.claimed_approvals import approval_results
from cases.tracing.declared_goods import goods_results
from cases.tracing.mismatches import Inquiry, Mismatch
from cases.tracing.shown_papers import PaperUse, paper_results


@dataclass(frozen=True, slots=True)
class PapersCheck:
    """What does not go together, and what is not known."""

    mismatches: tuple[Mismatch, ...]
    inquiries: tuple[Inquiry, ...]

    def on_paper(self, index: int) -> tuple[Mismatch, ...]:
        """Return what does not go together with one of the papers."""
        return tuple(mismatch for mismatch in self.mismatches if mismatch.paper == index)


def check_papers(record: DraftSubmission, rulebook: Rulebook, uses: Sequence[PaperUse] = ()) -> PapersCheck:
    """Compare what was declared, found and authorised; `uses` are other incidents with the same papers."""
    results = (
        *goods_results(record),
        *paper_results(record, uses),
        *approval_results(record, rulebook, uses),
    )
    return PapersCheck(
        mismatches=tuple(result for result in results if isinstance(result, Mismatch)),
        inquiries=tuple(result for result in results if isinstance(result, Inquiry)),
    )
