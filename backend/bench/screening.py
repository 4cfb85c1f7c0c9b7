"""How fast incidents are screened: facts in memory, lines to lines, and one alone."""

import time
from collections.abc import Iterator, Sequence

import orjson

from backend.bench.figures import Figure, Notes, Plan
from backend.bench.material import designations, facts, lines, list_name, places, rulebook
from backend.bench.measuring import measured, per_second, progress, quantile
from backend.screen_file import CHUNK_LINES, ReferenceData, screen_lines
from cases.collector import spare_the_collector
from cases.results import result_document
from cases.screening.designations import Designations
from cases.screening.engine import screener
from cases.screening.facts import IncidentFacts

SIZE = 4_000


def screening(plan: Plan) -> Iterator[Figure]:
    """Yield the figures of the engine."""
    known = facts(plan.size or SIZE, seed=plan.seed)
    spare_the_collector()  # as `cordon screen` does
    yield _batch(plan, known)
    yield _single(plan, known)
    yield _ndjson(plan)


def screen_all(known: Sequence[IncidentFacts], designated: Designations) -> int:
    """Screen the facts and return how many findings there are."""
    screen = screener(rulebook(), designated).screen
    return sum(len(screen(each).findings) for each in known)


def _batch(plan: Plan, known: list[IncidentFacts]) -> Figure:
    """Measure the engine alone: no names, nothing written."""
    nobody = Designations.none()
    rounds = measured("screening", lambda: screen_all(known, nobody), rounds=plan.rounds)
    return per_second("screening.incidents_per_s_core", len(known), rounds, "incidents/s")


def _single(plan: Plan, known: list[IncidentFacts]) -> Figure:
    """Measure each incident alone, facts to written result, with a list in which no name was looked up before."""
    designated, zones = designations(plan), places()
    prepared = screener(rulebook(), designated)
    taken_ms = []
    for each in progress(known, "single incidents"):
        begun = time.process_time()
        orjson.dumps(
            result_document(
                each,
                prepared.screen(each),
                rulebook=prepared.rulebook,
                designations=designated,
                geography=zones,
            )
        )
        taken_ms.append((time.process_time() - begun) * 1000)
    notes: Notes = {"mean": round(sum(taken_ms) / len(taken_ms), 3), "list": list_name(plan), "size": len(taken_ms)}
    return Figure("screening.single_p99_ms", round(quantile(taken_ms, 0.99), 3), "ms", notes)


def _ndjson(plan: Plan) -> Figure:
    """Measure lines in to lines out; the first call, which meets every name, does not count."""
    sent = lines(plan.size or SIZE, seed=plan.seed)
    data = ReferenceData(rulebook(), designations(plan), places())
    rounds = measured("lines to lines", lambda: screen_written(sent, data), rounds=plan.rounds)
    figure = per_second("screening.ndjson_per_s_core", len(sent), rounds, "incidents/s")
    return Figure(figure.metric, figure.value, figure.unit, {**figure.notes, "list": list_name(plan)})


def screen_written(sent: Sequence[bytes], data: ReferenceData) -> int:
    """Screen lines as `cordon screen` does in one process; return how many bytes the results have."""
    numbered = list(enumerate(sent, start=1))
    chunks = (numbered[at : at + CHUNK_LINES] for at in range(0, len(numbered), CHUNK_LINES))
    return sum(len(screen_lines(chunk, data)[0]) for chunk in chunks)
