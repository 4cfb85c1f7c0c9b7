"""The rulebook and lists in use, read once a process."""

from functools import cache

from cases.models import RulebookVersion
from cases.regimes.loader import load_rulebook
from cases.screening.designations import Designations
from cases.screening.rulebook import Rulebook

_NO_LISTS = Designations.none()


@cache
def current_rulebook() -> Rulebook:
    """Return the rulebook of this installation."""
    return load_rulebook()


def current_designations() -> Designations:
    """Return the designated parties of the lists loaded; one object, as the engine prepares itself for it."""
    return _NO_LISTS


def find_rulebook_version(digest: str) -> RulebookVersion | None:
    """Return the loaded version with that digest."""
    return RulebookVersion.objects.filter(digest=digest).first()
