"""How fast names are compared, in pairs and against a whole list."""

import time
from collections.abc import Iterator
from typing import NamedTuple

from backend.bench.figures import Figure, Notes, Plan
from backend.bench.material import designations, list_name
from backend.bench.measuring import measured, progress, quantile
from cases.generate.draws import Draw
from cases.generate.incidents import incidents
from cases.generate.listed import MadeUpName, made_up_list
from cases.screening.names import similarity

SIZE = 3_000


class Pair(NamedTuple):
    """Two names of one kind, and whether they are one party's."""

    first: str
    second: str
    kind: str
    is_same: bool


def names(plan: Plan) -> Iterator[Figure]:
    """Yield the figures of name matching."""
    yield _pairs(plan)
    yield from _against_the_list(plan)


def pairs(count: int, *, seed: int) -> list[Pair]:
    """Return pairs of names: half spellings of one name, half names of two parties of one kind."""
    draw, listed = Draw(seed), made_up_list()
    by_key: dict[int, list[MadeUpName]] = {}
    by_kind: dict[str, list[MadeUpName]] = {}
    for name in listed:
        by_key.setdefault(name.key, []).append(name)
        by_kind.setdefault(name.kind, []).append(name)
    drawn = []
    for number in range(count):
        name = draw.one(listed)
        other = draw.one(by_key[name.key] if number % 2 else by_kind[name.kind])
        drawn.append(Pair(name.text, other.text, name.kind, is_same=name.key == other.key))
    return drawn


def party_names(count: int, *, seed: int) -> list[tuple[str, str]]:
    """Return names with their kind as generated incidents state them for their parties, each once."""
    found: dict[tuple[str, str], None] = {}
    for incident in incidents(count * 4, seed=seed):
        parties = incident.get("parties", [])
        if isinstance(parties, list):
            found.update({(str(party["name"]), str(party["kind"])): None for party in parties})
        if len(found) >= count:
            break
    return list(found)[:count]


def _pairs(plan: Plan) -> Figure:
    drawn = pairs(plan.size or SIZE, seed=plan.seed)
    rounds = measured(
        "pairs", lambda: [similarity(pair.first, pair.second, pair.kind) for pair in drawn], rounds=plan.rounds
    )
    notes: Notes = {"median": _us(rounds.median, len(drawn)), "rounds": plan.rounds, "size": len(drawn)}
    return Figure("names.us_per_pair", _us(rounds.best, len(drawn)), "us", notes)


def _us(seconds: float, count: int) -> float:
    return round(seconds / count * 1_000_000, 2)


def _against_the_list(plan: Plan) -> Iterator[Figure]:
    """Measure names that were not met before, one by one, against a list with no memory of earlier ones."""
    designated = designations(plan)
    taken_ms = []
    for name, kind in progress(party_names(plan.size or SIZE, seed=plan.seed), "parties against the list"):
        begun = time.process_time()
        designated.named(name, kind)
        taken_ms.append((time.process_time() - begun) * 1000)
    notes: Notes = {"list": list_name(plan), "entries": len(designated.entries), "size": len(taken_ms)}
    yield Figure("names.list_ms_per_party", round(sum(taken_ms) / len(taken_ms), 4), "ms", notes)
    yield Figure("names.list_ms_per_party_p99", round(quantile(taken_ms, 0.99), 4), "ms", notes)
