"""How fast a mark is found among millions, on a server of the bench's own; against reading every mark."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from itertools import islice
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
from cases.generate.marks import MadeUpMark, Question, marks, questions
from cases.tracing.mark_search import sought_by
from cases.tracing.mark_text import read_pattern

SIZE = 200_000
QUESTIONS, WARMING_UP, OF_THE_RIVAL = 1_000, 100, 5
# About how many marks questions are asked.
ASKED_ABOUT = 20_000
WITHOUT_INDEXES = "-c enable_indexscan=off -c enable_bitmapscan=off -c enable_indexonlyscan=off -c cordon.scope=system"


def marks_bench(plan: Plan) -> Iterator[Figure]:
    """Yield how long searches take, access, row-level security and audit included; and reading every mark."""
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
        _run(owner, "migrate", "--verbosity", "0")
        _run(owner, "load_marks", str(count), "--seed", str(plan.seed))
        asked = list(_questions(count, plan.seed))
        answers = [
            orjson.loads(line)
            for line in _run(environment, "ask_marks", "--after", str(WARMING_UP), asked=asked).splitlines()
        ]
        yield from _figures(answers, count)
        yield _rival(environment["DATABASE_URL"], asked, count)
    finally:
        supervisor.stop_all()
        remove_socket_folder(folder)


def _questions(count: int, seed: int) -> Iterator[Question]:
    about: Iterator[MadeUpMark] = islice(marks(count, seed=seed), ASKED_ABOUT)
    whole = [mark.text for mark in about if not mark.breaks_off and "?" not in mark.text]
    return questions(whole, QUESTIONS + WARMING_UP, seed=seed + 1)


def _figures(answers: list[dict[str, Any]], count: int) -> Iterator[Figure]:
    times = [answer["ms"] for answer in answers]
    by_sort: dict[str, list[float]] = {}
    for answer in answers:
        by_sort.setdefault(answer["sort"], []).append(answer["ms"])
    notes: dict[str, str | int | float] = {
        "marks": count,
        "questions": len(times),
        "median": round(quantile(times, 0.5), 2),
        "p99": round(quantile(times, 0.99), 2),
        "load_average": round(os.getloadavg()[0], 2),
    }
    notes |= {f"p95_{sort}": round(quantile(found, 0.95), 2) for sort, found in sorted(by_sort.items())}
    yield Figure("marks.search_p95_ms", round(quantile(times, 0.95), 2), "ms", notes)


def _rival(address: str, asked: list[Question], count: int) -> Figure:
    """Return what the same questions cost as a regular expression that is held against every mark."""
    times = []
    with psycopg.connect(address, options=WITHOUT_INDEXES, autocommit=True) as connection:
        for question in asked[:OF_THE_RIVAL]:
            pattern = read_pattern(question.text)
            sought = None if pattern is None else sought_by(pattern)
            began = time.perf_counter()
            connection.execute(
                "SELECT id FROM cases_foldedmark WHERE folded ~ %s", ["" if sought is None else sought.pattern]
            ).fetchall()
            times.append((time.perf_counter() - began) * 1000)
    notes: Notes = {"marks": count, "questions": len(times), "rival": "sequential scan, regular expression"}
    return Figure("marks.every_mark_read_ms", round(quantile(times, 0.5), 2), "ms", notes)


def _run(environment: Mapping[str, str], *command: str, asked: list[Question] | None = None) -> str:
    """Run a management command, with questions on its standard input; its progress goes to our standard error."""
    lines = b"".join(orjson.dumps(question._asdict(), option=orjson.OPT_APPEND_NEWLINE) for question in asked or ())
    done = subprocess.run(  # noqa: S603 - our own program and commands
        [sys.executable, "-m", "django", *command],
        env=dict(environment),
        input=lines,
        stdout=subprocess.PIPE,
        check=False,
    )
    if done.returncode != 0:
        raise BenchCannotRun(f"{command[0]} ended with exit code {done.returncode}.")
    return done.stdout.decode()


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
