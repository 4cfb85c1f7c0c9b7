"""Marking practices as rows of a file: how a State marks at manufacture or import (ITI 7, 8, 31(b))."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from cases.choices import MarkingEvent, MarkKind
from cases.intake.fields import CountryCode, Line, Story, Verbatim
from cases.intake.problems import Problem
from cases.registers.fields import LONGEST_KEY, Key, Stated, Year, YesNo
from cases.registers.serials import register_key
from cases.tables.columns import Columns
from cases.tracing.marking_practices import PatternRefused, compiled_pattern

# What public rules say; each row names the paragraph.
SHIPPED: Final = Path(__file__).with_name("marking_practices.csv")
COLUMNS: Final = Columns(
    {
        "country": ("state", "iso3"),
        "event": ("marked at", "stage"),
        "source": ("reference",),
        "key": ("id",),
        "manufacturer": ("make", "maker"),
        "stock": ("held by", "service"),
        "mark_kind": ("kind of mark", "mark"),
        "pattern": ("regular expression", "regex"),
        "position": ("place on the arm",),
        "meaning": ("parts", "meaning of parts"),
        "elements": ("what is marked", "description"),
        "year_from": ("from year", "from"),
        "year_until": ("until year", "until", "to"),
        "verified": ("checked",),
    },
    required=("country", "event", "source"),
)


class PracticeRow(BaseModel):
    """One practice; without a pattern it tells officers what to look for, and reads no mark by itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    country: CountryCode
    event: MarkingEvent
    source: Stated
    key: Key | None = None
    manufacturer: Line = None
    stock: Line = None
    mark_kind: MarkKind | None = None
    # RE2 syntax; a named group is a part of the mark.
    pattern: Verbatim = None
    position: Line = None
    # What the named groups mean: "year=last two digits of the year; factory=code of the factory".
    meaning: Line = None
    elements: Story = None
    year_from: Year | None = None
    # The last year.
    year_until: Year | None = None
    verified: YesNo = False

    @property
    def practice_key(self) -> str:
        """Return by which key it is told apart: its own, else State, event, maker, stock and pattern."""
        told = (self.country, self.event, register_key(self.manufacturer or ""), register_key(self.stock or ""))
        return self.key or "/".join((*told, self.mark_kind or "", self.pattern or ""))[:LONGEST_KEY]

    def parts(self) -> dict[str, str]:
        """Return what each named part of the mark means."""
        pairs = (part.partition("=") for part in (self.meaning or "").split(";"))
        return {name.strip(): said.strip() for name, _, said in pairs if name.strip() and said.strip()}


def practice_problems(practice: PracticeRow) -> Iterator[Problem]:
    """Yield what is wrong with a practice as a whole."""
    groups: frozenset[str] = frozenset()
    if practice.pattern is not None:
        try:
            groups = frozenset(compiled_pattern(practice.pattern).groupindex)
        except PatternRefused as error:
            yield Problem("/pattern", "not_a_pattern", {"why": str(error)})
            return
    elif practice.elements is None:
        yield Problem("/pattern", "pattern_or_elements")
    if unnamed := sorted(practice.parts().keys() - groups):
        yield Problem("/meaning", "no_such_part", {"names": ", ".join(unnamed)})
    first, last = practice.year_from, practice.year_until
    if first is not None and last is not None and last < first:
        yield Problem("/year_until", "ends_before_it_begins", {"first": first, "last": last})
