"""A real Celery worker for the tests that need one: a process on the test database and the test broker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pytest

from backend.embedded.data_folder import CHECKOUT
from backend.embedded.processes import Child, ProcessRecords, ended_within, kill_session, start, stop
from tests.databases import database_environment
from tests.servers import worker_id

# Loading Django and its libraries, on a machine that is busy with other tests.
CELERY_READY_WITHIN_S = 60.0


@dataclass(slots=True)
class CeleryWorker:
    """A real worker process on the test database and the test broker, which a test may kill and start again."""

    child: Child
    records: ProcessRecords
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it takes messages."""
        began_at = len(self.log_text())
        self.process = start(self.child, self.records)
        deadline = time.monotonic() + CELERY_READY_WITHIN_S
        while " ready." not in self.log_text()[began_at:]:
            if ended_within(self.process, 0.1) or time.monotonic() > deadline:
                pytest.fail(f"the Celery worker did not start:\n{self.log_text()[began_at:]}")

    def stop(self) -> None:
        """End it as an operator would: it finishes what it has begun."""
        if self.process is not None:
            stop(self.child, self.process, self.records)
            self.process = None

    def kill(self) -> None:
        """End it as a power failure would, with the processes below it."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            kill_session(self.process)
            self.process = None

    def restart(self) -> None:
        """Start it again, ended or not."""
        self.stop()
        self.start()

    def log_text(self) -> str:
        """Return everything it has written."""
        log = self.child.log
        return log.read_text(encoding="utf-8", errors="replace") if log is not None and log.exists() else ""


@pytest.fixture(scope="session")
def celery_worker_process(
    django_db_setup: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., CeleryWorker]]:
    """Return a function that starts a real worker: `celery_worker_process(queues=("interactive",), concurrency=1)`."""
    folder = tmp_path_factory.mktemp("celery")
    started: list[CeleryWorker] = []

    def start_worker(
        *,
        queues: tuple[str, ...] = ("interactive", "batch", "outbound"),
        concurrency: int = 1,
        environment: Mapping[str, str] | None = None,
    ) -> CeleryWorker:
        name = f"worker{len(started)}"
        worker = CeleryWorker(
            Child(
                name=name,
                argv=(
                    *(sys.executable, "-m", "celery", "-A", "workers.app", "worker", "-Q", ",".join(queues)),
                    *("--concurrency", str(concurrency), "-n", f"{name}-{worker_id()}@%h", "--loglevel", "INFO"),
                    *("--without-gossip", "--without-mingle"),
                ),
                log=folder / f"{name}.log",
                folder=CHECKOUT,
                environment={**os.environ, **database_environment(), **(environment or {})},
                stops_within_s=20.0,
            ),
            ProcessRecords(folder / f"{name}.json"),
        )
        started.append(worker)
        worker.start()
        return worker

    yield start_worker
    for worker in started:
        worker.stop()
