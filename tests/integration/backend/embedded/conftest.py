"""A Cordon with small programs of its own in place of the application's, run and observed from outside."""

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from backend.embedded.data_folder import CHECKOUT
from backend.embedded.processes import ended_within
from backend.embedded.servers import free_port

STAND_IN = Path(__file__).with_name("stand_in.py")
WITHIN_S = 40.0


@dataclass
class Running:
    """One start of the program, with what it said."""

    process: subprocess.Popen[bytes]
    data: Path
    port: int
    output: Path

    @property
    def said(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def wait_for(self, text: str) -> None:
        deadline = time.monotonic() + WITHIN_S
        while text not in self.said:
            if ended_within(self.process, 0.05) and text not in self.said:
                pytest.fail(f"ended without saying {text!r}:\n{self.said}")
            if time.monotonic() > deadline:
                pytest.fail(f"never said {text!r}:\n{self.said}")

    def wait_until_answering(self) -> str:
        deadline = time.monotonic() + WITHIN_S
        while time.monotonic() < deadline:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/health/ready")
                answer = connection.getresponse()
                if answer.status == http.HTTPStatus.OK:
                    return answer.read().decode()
            except (OSError, http.client.HTTPException):
                ended_within(self.process, 0.1)
        pytest.fail(f"no answer on port {self.port}:\n{self.said}")

    def environment(self) -> dict[str, str]:
        return dict(json.loads((self.data / "running.json").read_text(encoding="utf-8")))

    def postmaster(self) -> psutil.Process:
        pid_file = self.data / "postgres" / "data" / "postmaster.pid"
        return psutil.Process(int(pid_file.read_text(encoding="utf-8").split("\n", 1)[0]))

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(WITHIN_S)


Starter = Callable[..., Running]


def gone_from(data: Path) -> bool:
    """Return whether no process knows of that data folder any more, or soon none does."""
    deadline = time.monotonic() + WITHIN_S
    while (left := processes_on(data)) and time.monotonic() < deadline:
        psutil.wait_procs(left, timeout=0.2)
    return not left


def processes_on(data: Path) -> list[psutil.Process]:
    """Return the living processes that know of that data folder, by their environment, folder or command line."""
    found = []
    for process in psutil.process_iter():
        try:
            known_by = [process.environ().get("CORDON_DATA", ""), process.cwd(), *process.cmdline()]
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue
        if process.pid != os.getpid() and any(str(data) in text for text in known_by):
            found.append(process)
    return found


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """Give a folder every account may pass through: pytest's own is closed to the one the servers have under root."""
    folder = Path(tempfile.mkdtemp(prefix="cordon-embedded-"))
    folder.chmod(0o755)
    yield folder
    for process in processes_on(folder):
        process.kill()
    shutil.rmtree(folder)


@pytest.fixture
def start_cordon(place: Path) -> Iterator[Starter]:
    """Return a function that starts the program, by default on data that the module's tests share."""
    started: list[Running] = []

    def start(
        *,
        data: Path | None = None,
        port: int | None = None,
        wrapper: tuple[str, ...] = (),
        ready: bool = True,
        **extra: str,
    ) -> Running:
        data = data or place / "data"
        port = port or free_port()
        output = place / f"output-{port}"
        ours = {
            key: value
            for key, value in os.environ.items()
            if key not in ("DATABASE_URL", "DATABASE_APP_URL", "REDIS_URL", "PORT")
        }
        with output.open("wb") as file:
            process = subprocess.Popen(
                [*wrapper, *(() if wrapper else (sys.executable, str(STAND_IN), str(port)))],
                cwd=CHECKOUT,
                env={**ours, "CORDON_DATA": str(data), "STAND_IN_PORT": str(port), **extra},
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        running = Running(process, data, port, output)
        started.append(running)
        if ready:
            running.wait_for("Cordon is ready")
        return running

    yield start
    for running in started:
        if running.process.poll() is None:
            running.end()
