"""How fast incidents are screened again, from PostgreSQL to PostgreSQL, on a server of the bench's own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from backend.bench.figures import BenchCannotRun, Figure, Notes, Plan
from backend.bench.made_up_list import made_up_file
from backend.bench.material import LIST_DAY, list_name
from backend.embedded.data_folder import DataFolder, held, open_data_folder, remove_socket_folder
from backend.embedded.errors import EmbeddedServerError
from backend.embedded.servers import start_postgres
from backend.embedded.stop_signals import StopRequested, StopSignals
from backend.embedded.supervisor import Supervisor

SIZE = 20_000
# Nothing listens there: the bench screens by itself, and tells no worker.
NO_BROKER = "redis://127.0.0.1:1/0"


def rescreen(plan: Plan) -> Iterator[Figure]:
    """Yield the rates of a first and of a second screening of everything; never touches the running installation."""
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
        _run({**environment, "CORDON_DATABASE_ROLE": "owner"}, "migrate", "--verbosity", "0")
        _run({**environment, "CORDON_DATABASE_ROLE": "owner"}, "load_reference")
        _import_list(plan, folder, environment)
        _run(environment, "load_generated", str(count), "--seed", str(plan.seed))
        for metric in ("rescreen.first_incidents_per_s", "rescreen.incidents_per_s"):
            yield _figure(metric, _rescreened(environment), list_name(plan))
    finally:
        supervisor.stop_all()
        remove_socket_folder(folder)


def _import_list(plan: Plan, folder: DataFolder, environment: Mapping[str, str]) -> None:
    """Import the list that names are compared with."""
    file = plan.list_file
    if file is None:
        file = folder.path / "made-up-list.xml"
        file.write_bytes(made_up_file(LIST_DAY))
    _run(environment, "import_list", str(file))


def _rescreened(environment: Mapping[str, str]) -> dict[str, Any]:
    """Screen everything again with every core and return the totals that the command reports."""
    report = _run(environment, "rescreen").splitlines()
    totals: dict[str, Any] = json.loads(report[0])
    return totals


def _figure(metric: str, totals: Mapping[str, Any], list_used: str) -> Figure:
    notes: Notes = {
        "list": list_used,
        "size": totals["screened"],
        "failed": totals["failed"],
        "seconds": totals["seconds"],
        "processes": os.cpu_count() or 1,
        "load_average": round(os.getloadavg()[0], 2),
    }
    return Figure(metric, float(totals["incidents_per_s"]), "incidents/s", notes)


def _run(environment: Mapping[str, str], *command: str) -> str:
    """Run a management command; its progress goes to our standard error, its output is returned."""
    done = subprocess.run(  # noqa: S603 - our own program and commands
        [sys.executable, "-m", "django", *command],
        env=dict(environment),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BenchCannotRun(f"{command[0]} ended with exit code {done.returncode}.")
    return done.stdout


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
