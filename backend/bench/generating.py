"""How fast incidents are made up and written as lines."""

from collections.abc import Iterator

from backend.bench.figures import Figure, Plan
from backend.bench.material import lines
from backend.bench.measuring import measured, per_second

SIZE = 20_000


def generating(plan: Plan) -> Iterator[Figure]:
    """Yield the rate at which `cordon generate` writes."""
    count = plan.size or SIZE
    rounds = measured("generating", lambda: lines(count, seed=plan.seed), rounds=plan.rounds)
    yield per_second("generate.incidents_per_s_core", count, rounds, "incidents/s")
