"""The rulebook in use, read once a process, and the lists in use, read anew when an edition arrives."""

from functools import cache

from cases.models import RulebookVersion
from cases.queries.designations import current_designations
from cases.regimes.loader import load_rulebook
from cases.screening.rulebook import Rulebook

__all__ = ["current_designations", "current_rulebook", "find_rulebook_version"]


@cache
def current_rulebook() -> Rulebook:
    """Return the rulebook of this installation."""
    return load_rulebook()


def find_rulebook_version(digest: str) -> RulebookVersion | None:
    """Return the loaded version with that digest."""
    return RulebookVersion.objects.filter(digest=digest).first()
