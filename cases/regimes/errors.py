"""What can be wrong with regime files, as sentences that name the file, the place in it and the remedy."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.errors import DomainError


@dataclass(frozen=True, slots=True)
class RegimeProblem:
    """One thing wrong in one regime file: where, what, and what to do about it."""

    file: str
    path: str  # place in the file: "measures[0].in_force.from"; empty where it is the file as a whole
    detail: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.path}" if self.path else self.file
        return f"{where}: {self.detail}. {self.remedy}"


class RegimeFilesInvalid(DomainError):
    """Regime files that cannot become a rulebook; `problems` names each place in each file."""

    code = "regime_files_invalid"
    sentence = "The regime files do not make a rulebook:\n{listing}"

    def __init__(self, problems: Sequence[RegimeProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(listing="\n".join(str(problem) for problem in self.problems))
