"""What changed from one rulebook version to another, measure by measure, and whom a re-screening under it touched."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from typing import Any, Final

from django.db.models import Count, QuerySet

from cases.models import RescreeningChange, RulebookVersion
from cases.queries.earlier_versions import rulebook_of
from cases.screening.facts import Period
from cases.screening.rulebook import Measure, Regime, Rulebook

Document = dict[str, Any]

# The latest loaded; a rulebook changes a few times a year.
MOST_VERSIONS: Final = 100
# What of a regime stands apart from its measures.
_OF_REGIMES: Final = ("name", "status", "countries", "groups", "duties", "inspection_areas", "committee", "experts")


def rulebook_versions() -> list[RulebookVersion]:
    """Return the versions that were loaded here, latest first."""
    return list(RulebookVersion.objects.order_by("-loaded_at", "-pk")[:MOST_VERSIONS])


def difference_of(before: RulebookVersion, after: RulebookVersion) -> Document:
    """Return what is new, gone or changed; raises VersionNotKept where one cannot be built again."""
    was, now = rulebook_of(before), rulebook_of(after)
    return {"regimes": list(_regimes(was, now)), "measures": list(_measures(was, now))}


def touched_by(changes: QuerySet[RescreeningChange], after: RulebookVersion) -> Mapping[str, int]:
    """Return how many findings re-screening under that version changed, by how, of the changes that one may know of."""
    counted = changes.filter(rescreening__rulebook=after).order_by().values("kind").annotate(count=Count("pk"))
    return dict(counted.order_by("kind").values_list("kind", "count"))


def _regimes(was: Rulebook, now: Rulebook) -> Iterator[Document]:
    before, after = ({regime.id: regime for regime in book.regimes} for book in (was, now))
    for code in sorted(before.keys() | after.keys()):
        yield from _compared(code, before.get(code), after.get(code), _OF_REGIMES)


def _measures(was: Rulebook, now: Rulebook) -> Iterator[Document]:
    before, after = ({measure.id: measure for measure in book.measures} for book in (was, now))
    names = [field.name for field in fields(Measure) if field.name not in {"id", "regime"}]
    for code in sorted(before.keys() | after.keys()):
        yield from _compared(code, before.get(code), after.get(code), names)


def _compared(
    code: str, was: Measure | Regime | None, now: Measure | Regime | None, names: Sequence[str]
) -> Iterator[Document]:
    if was == now:
        return
    regime = code.partition("/")[0]
    if was is None or now is None:
        yield {"id": code, "regime": regime, "kind": "gone" if now is None else "new", "parts": []}
        return
    parts = [
        {"name": name, "before": _said(getattr(was, name)), "after": _said(getattr(now, name))}
        for name in names
        if getattr(was, name) != getattr(now, name)
    ]
    if parts:
        yield {"id": code, "regime": regime, "kind": "changed", "parts": parts}


def _said(value: Any) -> str:
    """Return a value of the rulebook as one reads it; the same value, the same text."""
    if value is None or value in ((), frozenset()):
        return "–"
    if isinstance(value, Period):
        return f"{_said(value.first)} … {_said(value.until)}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, frozenset):
        return ", ".join(sorted(map(_said, value)))
    if isinstance(value, tuple):
        return "; ".join(map(_said, value))
    if hasattr(value, "__dataclass_fields__"):
        parts = ((field.name, getattr(value, field.name)) for field in fields(value))
        return ", ".join(f"{name}: {_said(part)}" for name, part in parts if part not in (None, (), frozenset()))
    return str(value)
