"""How alike two names are."""

from cases.screening.names.comparison import compare
from cases.screening.names.readings import read_name

KINDS = ("person", "organization", "vessel")


def similarity(a: str, b: str, kind: str) -> float:
    """Return how alike two names of that kind are, from 0 (nothing in common) to 1 (cannot be told apart)."""
    if a == b:
        return 1.0 if any(map(str.isalpha, a)) else 0.0
    score, _ = compare(read_name(a, kind), read_name(b, kind))
    # Sums of floats taken in another order differ in their last digit: which name comes first must not show.
    return round(score, 9)


def normalised(name: str, kind: str | None) -> str:
    """Return what is compared of a name: equal for names that cannot be told apart."""
    if kind is not None:
        return read_name(name, kind).key
    return "\n".join(read_name(name, each).key for each in KINDS)
