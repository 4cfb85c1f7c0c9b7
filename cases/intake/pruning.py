"""Leaving parts out of a document, and knowing afterwards where the rest stood."""

from bisect import bisect_right
from collections.abc import Iterable
from math import isfinite
from typing import Any

from cases.intake.problems import Location
from cases.intake.rules import Issue
from cases.intake.text import storable

# The contract nests six deep; beyond this a document is no record, and costs stack.
DEEPEST = 64

Cuts = dict[str | int, Any]


def keepable(document: object) -> tuple[Any, list[Issue]]:
    """Return a copy that any JSON column stores: no NUL, stray surrogate or NaN, and not nested too deep."""
    issues: list[Issue] = []
    return _keepable(document, (), issues), issues


def without(document: Any, removed: Iterable[Location]) -> Any:
    """Return the document less the values at those places; shares what is untouched."""
    cuts: Cuts = {}
    for location in sorted(removed, key=len):
        _mark(cuts, location)
    return _pruned(document, cuts)


class Places:
    """Where values of a pruned document stood before entries of its lists were left out."""

    def __init__(self, removed: Iterable[Location]) -> None:
        gone: dict[Location, list[int]] = {}
        for location in removed:
            if isinstance(location[-1], int):
                gone.setdefault(location[:-1], []).append(location[-1])
        # The nth entry left out no longer shifts an index below (its own less n).
        self._shifts = {parent: [at - n for n, at in enumerate(sorted(ats))] for parent, ats in gone.items()}

    def before(self, location: Location) -> Location:
        """Return the place in the document as sent."""
        before: Location = ()
        for step in location:
            before = (*before, step + self._shift(before, step) if isinstance(step, int) else step)
        return before

    def _shift(self, parent: Location, index: int) -> int:
        return bisect_right(self._shifts.get(parent, ()), index)


def _keepable(value: object, location: Location, issues: list[Issue]) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, float):
        return value if isfinite(value) else str(value)
    if not isinstance(value, dict | list):
        return value
    if len(location) >= DEEPEST:
        issues.append(Issue(location, "too_deep", {"limit": DEEPEST}, "warning"))
        return None
    if isinstance(value, list):
        return [_keepable(entry, (*location, at), issues) for at, entry in enumerate(value)]
    named = ((storable(str(name)), entry) for name, entry in value.items())
    return {name: _keepable(entry, (*location, name), issues) for name, entry in named}


def _mark(cuts: Cuts, location: Location) -> None:
    """Note a cut, unless something around it is cut already."""
    branch = cuts
    for step in location[:-1]:
        if step in branch and branch[step] is None:
            return
        branch = branch.setdefault(step, {})
    branch[location[-1]] = None


def _pruned(value: Any, cuts: Cuts) -> Any:
    if isinstance(value, dict):
        return {
            name: _pruned(entry, cuts[name]) if cuts.get(name) else entry
            for name, entry in value.items()
            if name not in cuts or cuts[name]
        }
    return [
        _pruned(entry, cuts[at]) if cuts.get(at) else entry
        for at, entry in enumerate(value)
        if at not in cuts or cuts[at]
    ]
