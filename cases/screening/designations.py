"""The lists of designated parties against which an incident is compared."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ListUsed:
    """One version of one list, as a result names it."""

    name: str
    generated: date
    digest: str


@dataclass(frozen=True, slots=True)
class Designations:
    """The designated parties in force, by list version."""

    lists: tuple[ListUsed, ...]

    @classmethod
    def none(cls) -> "Designations":
        """Return the state of affairs before any list was loaded: nothing can be said of who was listed (R20)."""
        return cls(())
