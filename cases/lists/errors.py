"""Why a file is not taken as a list: in sentences, each with the place and the remedy."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.errors import DomainError

# Whoever mends a file wants the first few; a wrong file has thousands.
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ListProblem:
    """One thing wrong at one place of a list."""

    place: str  # "line 12", "entry 3 (QDe.001)"; empty where it is the file as a whole
    detail: str

    def __str__(self) -> str:
        return f"{self.place}: {self.detail}" if self.place else self.detail


class ListRefused(DomainError):
    """A file that cannot become an edition of a list; nothing of it is kept, and the edition before stays in force."""

    code = "list_refused"
    sentence = "The list was refused: {listing}"

    def __init__(self, problems: Sequence[ListProblem]) -> None:
        self.problems = tuple(problems)
        shown = [str(problem) for problem in self.problems[:MOST_SHOWN]]
        if len(self.problems) > MOST_SHOWN:
            shown.append(f"and {len(self.problems) - MOST_SHOWN} more")
        super().__init__(listing="\n".join(shown))

    def of_file(self, name: str) -> "ListRefused":
        """Return the refusal with the file named at each place, for whoever gave several."""
        places = [", ".join(filter(None, (name, problem.place))) for problem in self.problems]
        return ListRefused([ListProblem(place, each.detail) for place, each in zip(places, self.problems, strict=True)])


def refused(detail: str, *, place: str = "") -> ListRefused:
    """Return the refusal for one problem."""
    return ListRefused([ListProblem(place, detail)])
