"""Child processes that end when we do, and the list from which a later start clears what outlived a killed one."""

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from backend.embedded.account import Account, current_account
from backend.embedded.data_folder import write_private

PR_SET_PDEATHSIG = 1
# `psutil` derives a start time from the boot time, which moves a little when the clock is set.
SAME_START_WITHIN_S = 2.0
# What a process left by a killed supervisor gets to end by itself.
LEFTOVER_ENDS_WITHIN_S = 8.0
KILLED_ENDS_WITHIN_S = 5.0

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A program to run beside us: what, as whom, how it is asked to end; without a log it shares our output."""

    name: str
    argv: tuple[str, ...]
    log: Path | None
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    account: Account = field(default_factory=current_account)
    stop_signal: signal.Signals = signal.SIGTERM
    stops_within_s: float = 10.0
    standard_input: bytes | None = None


class ProcessRecords:
    """The pids we started with their start times, on disk before anyone could need them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._started_at: dict[int, float] = {}

    def add(self, pid: int) -> None:
        """Record a process that has just been started."""
        try:
            self._started_at[pid] = psutil.Process(pid).create_time()
        except psutil.NoSuchProcess:
            return
        self._save()

    def forget(self, pid: int) -> None:
        """Take a process off the list: it is gone."""
        self._started_at.pop(pid, None)
        self._save()

    def clear_leftovers(self) -> list[int]:
        """End what a killed predecessor left running, and nothing else; return the pids."""
        leftovers = [process for pid, at in self._stored() for process in _family(pid, at)]
        end_processes(leftovers, LEFTOVER_ENDS_WITHIN_S)
        self._started_at.clear()
        self._save()
        return [process.pid for process in leftovers]

    def _stored(self) -> list[tuple[int, float]]:
        try:
            return [(int(pid), at) for pid, at in json.loads(self._path.read_text(encoding="utf-8")).items()]
        except (FileNotFoundError, ValueError):
            return []

    def _save(self) -> None:
        write_private(self._path, json.dumps(self._started_at))


def start(child: Child, records: ProcessRecords) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own, so that Ctrl-C in the terminal reaches only us and we stop it in order."""
    supervisor = os.getpid()
    with ExitStack() as opened:
        process = subprocess.Popen(  # noqa: S603 - command lines are ours
            child.argv,
            cwd=child.folder,
            env=dict(child.environment),
            stdin=subprocess.DEVNULL if child.standard_input is None else subprocess.PIPE,
            stdout=opened.enter_context(child.log.open("ab")) if child.log else None,
            stderr=subprocess.STDOUT if child.log else None,
            start_new_session=True,
            preexec_fn=lambda: tie_to_parent(supervisor, child.stop_signal),  # noqa: PLW1509 - we have one thread
            **child.account.switch,
        )
    records.add(process.pid)
    if process.stdin is not None:
        process.stdin.write(child.standard_input or b"")
        process.stdin.close()
    return process


def tie_to_parent(parent: int, stop_signal: signal.Signals) -> None:
    """Let the system send this process the signal when its parent dies; a change of user after this would undo it."""
    if _libc is None:
        return
    _libc.prctl(PR_SET_PDEATHSIG, int(stop_signal))
    if os.getppid() != parent:
        os._exit(1)


def stop(child: Child, process: subprocess.Popen[bytes], records: ProcessRecords) -> bool:
    """End a child and everything in its session; return whether it ended by itself in its time."""
    kept_time = True
    if process.poll() is None:
        process.send_signal(child.stop_signal)
        try:
            process.wait(child.stops_within_s)
        except subprocess.TimeoutExpired:
            kept_time = False
    kill_session(process)
    records.forget(process.pid)
    return kept_time


def ended_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Give a child that long to end; return whether it did."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def kill_session(process: subprocess.Popen[bytes]) -> None:
    """Kill a child and whatever it started that is still in its session."""
    _signal_all(_session_members(process.pid), signal.SIGKILL)
    if process.poll() is None:
        process.kill()
    process.wait(KILLED_ENDS_WITHIN_S)


def end_processes(processes: Iterable[psutil.Process], within_s: float) -> None:
    """Ask processes to end, wait, then kill those that did not."""
    living = [process for process in processes if is_alive(process)]
    _signal_all(living, signal.SIGTERM)
    _signal_all(_still_alive_after(living, within_s), signal.SIGKILL)
    _still_alive_after(living, KILLED_ENDS_WITHIN_S)


def is_alive(process: psutil.Process) -> bool:
    """Return whether a process runs; a zombie only waits for its parent to notice."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _family(pid: int, started_at: float) -> list[psutil.Process]:
    """Return a recorded process, if that pid is still it, with its descendants and what is left of its session."""
    try:
        leader = psutil.Process(pid)
        if abs(leader.create_time() - started_at) > SAME_START_WITHIN_S:
            return []
        return list({leader, *leader.children(recursive=True), *_session_members(pid)})
    except psutil.NoSuchProcess:
        return _session_members(pid)


def _session_members(leader: int) -> list[psutil.Process]:
    """Return the living processes of a session; the system gives no new process the number of a session in use."""
    return [process for process in psutil.process_iter() if _session_of(process.pid) == leader and is_alive(process)]


def _session_of(pid: int) -> int | None:
    try:
        return os.getsid(pid)
    except (ProcessLookupError, PermissionError):
        return None


def _still_alive_after(processes: list[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Wait for processes to end, which for one whose parent never looks means to become a zombie."""
    deadline = time.monotonic() + seconds
    living = [process for process in processes if is_alive(process)]
    while living and time.monotonic() < deadline:
        psutil.wait_procs(living, timeout=0.05)
        living = [process for process in living if is_alive(process)]
    return living


def _signal_all(processes: Iterable[psutil.Process], number: signal.Signals) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(number)
