"""A reading of an item's marks as a reader gives it, and what settles two of them as a person says it."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from cases.choices import MarkCertainty, MarkingState, MarkKind
from cases.errors import InvalidSubmission
from cases.intake.fields import Line, Story, Verbatim
from cases.intake.problems import Problem
from cases.intake.pydantic_errors import validated
from cases.tracing.mark_text import LONGEST
from cases.tracing.reading_comparison import MarkAsRead

# More than any weapon bears; few enough to be set side by side, each with each.
MOST_MARKS: Final = 20


class MarkSubmission(BaseModel):
    """One mark as read: `?` is a position that could not be read, `*` any number of them.

    `photo` is the id of the photograph that it was read from.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: MarkKind | None = None
    text: Verbatim = None
    position: Line = None
    certainty: MarkCertainty | None = None
    photo: UUID | None = None

    def as_read(self) -> MarkAsRead:
        """Return it as readings are compared."""
        return MarkAsRead(**{name: value or "" for name, value in self.model_dump(mode="json").items()})


Marks = Annotated[tuple[MarkSubmission, ...], Field(max_length=MOST_MARKS)]


class ReadingSubmission(BaseModel):
    """Every mark that a reader sees, and how far they can be read; one of both at least."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    marks: Marks = ()
    marking_state: MarkingState | None = None

    def problems(self) -> Iterator[Problem]:
        """Yield what is missing in it."""
        if not self.marks and self.marking_state is None:
            yield Problem("/marks", "missing")
        yield from problems_of(self.marks)


class SettlementSubmission(BaseModel):
    """Which marks stand, and why; without `marks`, two readings that agree are taken over as they are."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    marks: Marks | None = None
    marking_state: MarkingState | None = None
    reason: Story = None

    def problems(self) -> Iterator[Problem]:
        """Yield what is missing in it."""
        if self.marks is not None and self.reason is None:
            yield Problem("/reason", "missing")
        yield from problems_of(self.marks or ())


def problems_of(marks: tuple[MarkSubmission, ...]) -> Iterator[Problem]:
    """Yield which marks say nothing, or more than a mark."""
    for place, mark in enumerate(marks):
        if not (mark.text or "").strip():
            yield Problem(f"/marks/{place}/text", "missing")
        elif len(mark.text or "") > LONGEST:
            yield Problem(f"/marks/{place}/text", "text_too_long", {"length": len(mark.text or ""), "limit": LONGEST})


def read_reading(document: Mapping[str, Any]) -> ReadingSubmission:
    """Return the reading that a document gives; InvalidSubmission names every place that does not hold."""
    stated = validated(ReadingSubmission, document)
    if problems := list(stated.problems()):
        raise InvalidSubmission(problems)
    return stated


def read_settlement(document: Mapping[str, Any]) -> SettlementSubmission:
    """Return what a document says to settle two readings; InvalidSubmission names every place that does not hold."""
    stated = validated(SettlementSubmission, document)
    if problems := list(stated.problems()):
        raise InvalidSubmission(problems)
    return stated
