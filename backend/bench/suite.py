"""The benches by name; `all` runs one after the other."""

from collections.abc import Callable, Iterator, Mapping

from backend.bench.figures import Figure, Plan
from backend.bench.generating import generating
from backend.bench.locate import locate
from backend.bench.map import map_bench
from backend.bench.marks import marks_bench
from backend.bench.material import designations
from backend.bench.names import names
from backend.bench.referrals import referrals
from backend.bench.rescreen import rescreen
from backend.bench.screening import screening

Bench = Callable[[Plan], Iterator[Figure]]

ALL = "all"
BENCHES: Mapping[str, Bench] = {
    "generate": generating,
    "screening": screening,
    "names": names,
    "locate": locate,
    "rescreen": rescreen,
    "marks": marks_bench,
    "map": map_bench,
    "referrals": referrals,
}


class NoSuchBench(Exception):
    """There is no bench of that name; the message names those there are."""


def run_bench(name: str, plan: Plan) -> Iterator[Figure]:
    """Yield the figures of a bench, or of all.

    Raises NoSuchBench, BadList before anything is measured, and BenchCannotRun where something is missing.
    """
    if name not in (*BENCHES, ALL):
        raise NoSuchBench(f"There is no bench {name!r}; there are {', '.join((*BENCHES, ALL))}.")
    if plan.list_file is not None:
        designations(plan)
    for bench in BENCHES.values() if name == ALL else (BENCHES[name],):
        yield from bench(plan)
