"""Measuring work: CPU time of this process, several rounds, the best one counts."""

import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tqdm import tqdm

from backend.bench.figures import Figure

Work = Callable[[], object]
Step = TypeVar("Step")


@dataclass(frozen=True, slots=True)
class Rounds:
    """CPU seconds of each round of the same work."""

    seconds: tuple[float, ...]

    @property
    def best(self) -> float:
        """The fastest round: what the machine can do when nobody else disturbs its caches."""
        return min(self.seconds)

    @property
    def median(self) -> float:
        """The middle round."""
        return sorted(self.seconds)[len(self.seconds) // 2]


def cpu_seconds(work: Work) -> float:
    """Return the CPU seconds that one call of the work takes in this process, on all its threads."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def measured(what: str, work: Work, *, rounds: int) -> Rounds:
    """Return the rounds of the work, with progress on standard error; a first call that warms up does not count."""
    work()
    return Rounds(tuple(cpu_seconds(work) for _ in progress(range(rounds), what)))


def per_second(metric: str, count: int, rounds: Rounds, unit: str) -> Figure:
    """Return a rate a core: the best round, with the median as a note."""
    notes = {"median": round(count / rounds.median, 1), "rounds": len(rounds.seconds), "size": count}
    return Figure(metric, round(count / rounds.best, 1), unit, notes)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the smallest of the values that at least this share of them does not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def progress(steps: Iterable[Step], what: str) -> Iterable[Step]:
    """Return the steps, counted on standard error while they are taken."""
    return tqdm(steps, desc=what, leave=False, disable=None)
