"""Keeps children running: starts them again with growing pauses, stops them in the reverse order of their start."""

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from backend.embedded.data_folder import DataFolder
from backend.embedded.errors import DISK_FULL_WORDS, DiskFull, os_failure
from backend.embedded.processes import Child, ProcessRecords, kill_session, start, stop
from backend.embedded.stop_signals import StopSignals

LONGEST_PAUSE_S = 30.0
# A child that ran this long had started well: its next failure counts as the first.
STEADY_AFTER_S = 60.0
TAIL_BYTES = 3000
LOG_KEPT_BYTES = 10_000_000


def nothing() -> None:
    """Do nothing: what most children need before a start."""


@dataclass(slots=True)
class Supervised:
    """A child with what became of it."""

    child: Child
    before: Callable[[], None]
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    started_at: float = 0.0
    restart_at: float = field(default=0.0)


class Supervisor:
    """All children of one data folder; `say` receives a line for a person whenever something happens."""

    def __init__(self, folder: DataFolder, stop: StopSignals, say: Callable[[str], None]) -> None:
        self._folder = folder
        self.stop_signals = stop
        self._say = say
        self._records = ProcessRecords(folder.path / "processes.json")
        self._supervised: dict[str, Supervised] = {}

    def clear_leftovers(self) -> None:
        """End what a killed predecessor on the same data left running."""
        cleared = self._records.clear_leftovers()
        if cleared:
            self._say(f"Cleared {len(cleared)} processes that a killed predecessor had left")

    def add(self, child: Child, before: Callable[[], None] = nothing) -> subprocess.Popen[bytes]:
        """Start a child and look after it from now on; `before` is called ahead of each start."""
        _shorten_log(child.log)
        entry = Supervised(child, before)
        self._supervised[child.name] = entry
        return self._start(entry)

    def run_to_end(self, child: Child) -> int:
        """Run a child that ends by itself; return its exit code. Raise StopRequested, the child stopped first."""
        process = start(child, self._records)
        try:
            while process.poll() is None:
                self.stop_signals.pause(0.2)
            return process.returncode
        finally:
            stop(child, process, self._records)

    def tick(self) -> None:
        """Notice children that ended and start again those whose pause is over."""
        for entry in self._supervised.values():
            if entry.process is not None and entry.process.poll() is not None:
                self._note_end(entry, entry.process)
            if entry.process is None and time.monotonic() >= entry.restart_at:
                self._start_again(entry)

    def failures(self) -> dict[str, int]:
        """Return how often in a row each child has failed."""
        return {name: entry.failures for name, entry in self._supervised.items()}

    def last_words(self, name: str) -> str:
        """Return the end of a child's log."""
        return _tail(self._supervised[name].child.log)

    def stop(self, name: str) -> None:
        """Stop one child and no longer look after it."""
        entry = self._supervised.pop(name)
        if entry.process is not None and not stop(entry.child, entry.process, self._records):
            self._say(f"{name} did not end within {entry.child.stops_within_s:.0f} s and was killed")

    def stop_all(self) -> None:
        """Stop every child, the last started first."""
        for name in reversed(list(self._supervised)):
            self.stop(name)

    def _start(self, entry: Supervised) -> subprocess.Popen[bytes]:
        entry.before()
        entry.process = start(entry.child, self._records)
        entry.started_at = time.monotonic()
        return entry.process

    def _start_again(self, entry: Supervised) -> None:
        try:
            self._start(entry)
        except OSError as error:
            entry.restart_at = time.monotonic() + LONGEST_PAUSE_S
            self._say(str(os_failure(error, self._folder.path)))

    def _note_end(self, entry: Supervised, process: subprocess.Popen[bytes]) -> None:
        kill_session(process)
        lived_s = time.monotonic() - entry.started_at
        entry.failures = 1 if lived_s > STEADY_AFTER_S else entry.failures + 1
        pause_s = min(2.0 ** (entry.failures - 1), LONGEST_PAUSE_S)
        entry.process, entry.restart_at = None, time.monotonic() + pause_s
        name, log = entry.child.name, entry.child.log
        if DISK_FULL_WORDS in _tail(log):
            self._say(f"{name} ended. {DiskFull(self._folder.path)}")
        self._say(
            f"{name} ended unexpectedly ({_how(process.returncode)}); starting it again in {pause_s:.0f} s. Log: {log}"
        )


def _how(returncode: int) -> str:
    return f"signal {-returncode}" if returncode < 0 else f"exit code {returncode}"


def _tail(log: Path | None) -> str:
    if log is None or not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - TAIL_BYTES))
        return file.read().decode(errors="replace")


def _shorten_log(log: Path | None) -> None:
    """Set a log aside that has grown large; one earlier part is kept."""
    if log is not None and log.exists() and log.stat().st_size > LOG_KEPT_BYTES:
        log.replace(log.with_name(log.name + ".1"))
