"""Marks kept in the form in which they are searched; called inside the services that write items."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from cases.choices import MarkingState, MarkKind
from cases.intake.incident import Item
from cases.models import FoldedMark, Incident, SeizedItem
from cases.tracing.mark_search import keys_of
from cases.tracing.mark_text import ReadMark, read_mark

_PARTIAL = frozenset({MarkingState.PARTIAL.value, MarkingState.OBLITERATED.value})


class _Borne(NamedTuple):
    """A mark that an item bears."""

    kind: str
    text: str
    is_partial: bool


def fold_marks(*, incident: Incident, pairs: Iterable[tuple[SeizedItem, Item]]) -> None:
    """Keep the marks of an incident's items for search, each with the row of its item; those before are gone."""
    FoldedMark.objects.bulk_create(
        FoldedMark(item=row, incident=incident, **columns) for row, item in pairs for columns in columns_of_marks(item)
    )


def columns_of_marks(item: Item) -> Iterator[dict[str, Any]]:
    """Yield the columns of each mark of an item that can be searched."""
    for borne in dict.fromkeys(_borne(item)):
        read = read_mark(borne.text, is_partial=borne.is_partial)
        if read is not None:
            yield {**borne._asdict(), **folded_columns(read)}


def folded_columns(read: ReadMark) -> dict[str, Any]:
    """Return the columns by which a mark is found."""
    numbers = read.numbers
    return {
        "folded": read.folded,
        "stem": "" if numbers is None else numbers.stem,
        "first_number": None if numbers is None else numbers.first,
        "last_number": None if numbers is None else numbers.last,
        "keys": keys_of(read.folded),
    }


def _borne(item: Item) -> Iterator[_Borne]:
    if item.serial_number:
        yield _Borne(MarkKind.SERIAL.value, item.serial_number, item.marking_state in _PARTIAL)
    for mark in item.marks:
        if mark.text:
            yield _Borne(mark.kind or "", mark.text, mark.state in _PARTIAL)
    ammunition = item.ammunition
    if ammunition is None:
        return
    if ammunition.lot:
        yield _Borne(MarkKind.LOT.value, ammunition.lot, is_partial=False)
    # Read around the base, from twelve.
    parts = sorted(ammunition.headstamp, key=lambda part: (part.clock or 0) % 12)
    if stamped := " ".join(part.text for part in parts if part.text):
        yield _Borne(MarkKind.HEADSTAMP.value, stamped, is_partial=False)
    for text in ammunition.packaging_marks:
        yield _Borne(MarkKind.PACKAGING.value, text, is_partial=False)
