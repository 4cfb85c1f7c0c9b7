"""Many names, ready to be looked up."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from cases.screening.names.comparison import REVIEW_THRESHOLD, compare
from cases.screening.names.kind_index import KindIndex
from cases.screening.names.readings import read_name

# The better spelling of a listed name goes first where two are as like.
_QUALITIES = {"primary": 0, "good": 1, "original": 2, "low": 3}
# Raised whenever names compare in another way: what was remembered under an older edition is matched again.
EDITION = 3
# Names remembered with their matches; the oldest is forgotten first.
_MOST_REMEMBERED = 1 << 18


@dataclass(frozen=True, slots=True)
class IndexedName:
    """One spelling of a listed name; `key` says whose it is, `quality` how sure the list is of it."""

    key: int
    kind: str
    text: str
    quality: str


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A listed name that a stated one resembles, and why; the same for all names that are `normalised` alike."""

    key: int
    score: float
    listed: str
    rule: str
    params: Mapping[str, str | float]


class NameIndex:
    """The spellings of a list, found by name; what was found once is remembered."""

    def __init__(self, names: Iterable[IndexedName]) -> None:
        by_kind: dict[str, list[IndexedName]] = {}
        for name in names:
            by_kind.setdefault(name.kind, []).append(name)
        self._names = {kind: tuple(by_kind[kind]) for kind in sorted(by_kind)}
        self._kinds = {kind: KindIndex(kind, [name.text for name in named]) for kind, named in self._names.items()}
        self._memo: dict[str, tuple[NameMatch, ...]] = {}
        # What of it nobody has kept yet, oldest first.
        self._new: dict[str, tuple[NameMatch, ...]] = {}

    @cached_property
    def digest(self) -> str:
        """Return the digest of the spellings: what was found in an index of the same digest holds for this one."""
        lines = (f"{each.key}\t{each.kind}\t{each.quality}\t{each.text}" for of in self._names.values() for each in of)
        return "sha256:" + hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def __bool__(self) -> bool:
        """Whether there is any name to be found."""
        return bool(self._names)

    def find(self, name: str, kind: str | None, *, threshold: float = REVIEW_THRESHOLD) -> tuple[NameMatch, ...]:
        """Return whose names resemble this one, best first, with the best spelling of each; no kind asks all."""
        kinds = tuple(self._kinds) if kind is None else (kind,)
        asked = "\n".join((f"{EDITION}:{threshold}", *(f"{each}:{read_name(name, each).key}" for each in kinds)))
        known = self._memo.get(asked)
        if known is None:
            known = self._found(name, kinds, threshold)
            self._remember(asked, known)
            self._new[asked] = known
        return known

    def memo(self) -> dict[str, tuple[NameMatch, ...]]:
        """Return what was found so far, to be kept with the list and given back to `preload`."""
        return dict(self._memo)

    def preload(self, memo: Mapping[str, tuple[NameMatch, ...]]) -> None:
        """Take up what an index over the same names has found before."""
        for asked, known in memo.items():
            self._remember(asked, known)

    def not_kept(self) -> dict[str, tuple[NameMatch, ...]]:
        """Return what was found here and neither given by `preload` nor named to `note_kept`, to be kept."""
        return dict(self._new)

    def note_kept(self, asked: Iterable[str]) -> None:
        """Take note that what was found for these is kept with the list."""
        for each in asked:
            self._new.pop(each, None)

    def _remember(self, asked: str, known: tuple[NameMatch, ...]) -> None:
        if len(self._memo) >= _MOST_REMEMBERED:
            oldest = next(iter(self._memo))
            self._memo.pop(oldest, None)
            self._new.pop(oldest, None)
        self._memo[asked] = known

    def _found(self, name: str, kinds: tuple[str, ...], threshold: float) -> tuple[NameMatch, ...]:
        best: dict[int, tuple[tuple[float, int, str], NameMatch]] = {}
        for kind in kinds:
            for spelling, score, rule in self._compared(name, kind):
                rank = (-score, _QUALITIES.get(spelling.quality, len(_QUALITIES)), spelling.text)
                if score >= threshold and (spelling.key not in best or rank < best[spelling.key][0]):
                    params: dict[str, str | float] = {"listed": spelling.text, "score": score}
                    best[spelling.key] = rank, NameMatch(spelling.key, score, spelling.text, rule, params)
        return tuple(match for _, match in sorted(best.values(), key=lambda found: (found[0][0], found[1].key)))

    def _compared(self, name: str, kind: str) -> Iterable[tuple[IndexedName, float, str]]:
        index = self._kinds.get(kind)
        if index is None:
            return
        reading = read_name(name, kind)
        for place in index.candidates(reading):
            spelling = self._names[kind][place]
            score, rule = compare(reading, index.readings[place])
            yield spelling, round(score, 3), rule
