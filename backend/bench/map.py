"""How fast maps and flows answer among very many incidents, on a server of the bench's own; against no kept sums."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
import psycopg

from backend.bench.figures import BenchCannotRun, Figure, Notes, Plan
from backend.bench.measuring import quantile
from backend.bench.rescreen import NO_BROKER
from backend.embedded.data_folder import DataFolder, held, open_data_folder, remove_socket_folder
from backend.embedded.errors import EmbeddedServerError
from backend.embedded.servers import start_postgres
from backend.embedded.stop_signals import StopRequested, StopSignals
from backend.embedded.supervisor import Supervisor

SIZE = 100_000
OF_THE_RIVAL = 3
# What would be asked if no sums were kept: every position, every route.
EVERY_POSITION = """
SELECT floor(longitude), floor(latitude), count(*) FROM cases_incident
WHERE longitude IS NOT NULL GROUP BY 1, 2
"""
EVERY_ROUTE = """
SELECT r.origin, r.destination, i.located_country, count(*), min(i.occurred_first_day), max(i.occurred_last_day)
FROM cases_incident i JOIN cases_route r ON r.incident_id = i.id GROUP BY 1, 2, 3
"""


def map_bench(plan: Plan) -> Iterator[Figure]:
    """Yield how long views and flows take, access, row-level security and JSON included; and every row grouped."""
    with TemporaryDirectory(prefix="cordon-bench-") as place:
        try:
            folder = open_data_folder(Path(place), may_hold_other_files=True)
            with StopSignals() as stop, held(folder, f"bench, process {os.getpid()}"):
                yield from _measured(plan, folder, Supervisor(folder, stop, _say))
        except (EmbeddedServerError, StopRequested) as error:
            raise BenchCannotRun(str(error) or "stopped") from error


def _measured(plan: Plan, folder: DataFolder, supervisor: Supervisor) -> Iterator[Figure]:
    count = plan.size or SIZE
    try:
        environment = {**os.environ, **start_postgres(supervisor, folder), "REDIS_URL": NO_BROKER}
        environment["DJANGO_SETTINGS_MODULE"] = "backend.settings.local"
        owner = {**environment, "CORDON_DATABASE_ROLE": "owner"}
        _run(owner, "django", "migrate", "--verbosity", "0")
        _run(owner, "django", "load_map", str(count), "--seed", str(plan.seed))
        answers = [orjson.loads(line) for line in _run(environment, "backend.bench.map_asking").splitlines()]
        yield from _figures(answers, count)
        yield from _rivals(environment["DATABASE_URL"], count)
    finally:
        supervisor.stop_all()
        remove_socket_folder(folder)


def _figures(answers: list[dict[str, Any]], count: int) -> Iterator[Figure]:
    by_sort: dict[str, list[float]] = {}
    for answer in answers:
        by_sort.setdefault(answer["sort"], []).append(answer["ms"])
    for sort, times in by_sort.items():
        notes: Notes = {
            "incidents": count,
            "questions": len(times),
            "median": round(quantile(times, 0.5), 2),
            "slowest": round(max(times), 2),
            "load_average": round(os.getloadavg()[0], 2),
        }
        yield Figure(f"{sort}_p95_ms", round(quantile(times, 0.95), 2), "ms", notes)


def _rivals(address: str, count: int) -> Iterator[Figure]:
    """Yield what grouping every row costs the tables' owner, whom no policy holds up."""
    with psycopg.connect(address, options="-c cordon.scope=system", autocommit=True) as connection:
        for metric, statement in (("map.every_position_ms", EVERY_POSITION), ("map.every_route_ms", EVERY_ROUTE)):
            times = []
            for _ in range(OF_THE_RIVAL):
                began = time.perf_counter()
                connection.execute(statement).fetchall()
                times.append((time.perf_counter() - began) * 1000)
            notes: Notes = {"incidents": count, "questions": len(times), "rival": "GROUP BY over every row"}
            yield Figure(metric, round(quantile(times, 0.5), 2), "ms", notes)


def _run(environment: Mapping[str, str], *module: str) -> str:
    """Run a module of ours or a management command; its progress goes to our standard error."""
    done = subprocess.run(  # noqa: S603 - our own program and commands
        [sys.executable, "-m", *module],
        env=dict(environment),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BenchCannotRun(f"{' '.join(module[:2])} ended with exit code {done.returncode}.")
    return done.stdout


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
