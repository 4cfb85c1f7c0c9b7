"""Ctrl-C, SIGTERM and a vanished `make`, as one question: whether to stop."""

import os
import select
import signal
import socket
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any, Self

import psutil

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(Exception):
    """Someone asked us to stop while we were waiting for something else."""


class StopSignals:
    """While entered, signals that ask to stop are remembered and end any wait; children that end wake us too."""

    def __init__(self) -> None:
        self.requested = False
        self._make = _parent_make()
        # A shell script starts its background jobs with SIGINT ignored, and `make` keeps it so.
        self._make_minds_interrupt = self._make is not None and _catches_interrupt(self._make.pid)
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        self._wakes, self._wake = socket.socketpair()
        for end in (self._wakes, self._wake):
            end.settimeout(0)
        self._previous_wake = signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)
        handlers: dict[signal.Signals, Callable[[int, FrameType | None], None]] = {
            **dict.fromkeys(STOPPING, self._on_stop),
            signal.SIGCHLD: lambda _number, _frame: None,
        }
        self._before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._previous_wake)
        self._wake.close()
        self._wakes.close()

    def wait(self, seconds: float) -> bool:
        """Wait at most that long, less if something happens; return whether we should stop."""
        if not self.requested and select.select([self._wakes], [], [], seconds)[0]:
            self._wakes.recv(4096)
        if self._make is not None and self._has_given_up(self._make):
            self.requested = True
        return self.requested

    def pause(self, seconds: float) -> None:
        """Wait like `wait`; raise StopRequested if we should stop."""
        if self.wait(seconds):
            raise StopRequested

    def _has_given_up(self, make: psutil.Process) -> bool:
        """Return whether `make` is gone, or was interrupted alone.

        GNU make hands SIGTERM on to what it runs, but not SIGINT: it trusts the terminal to have told everyone, takes
        its own handler away and waits for us.
        """
        try:
            if make.status() == psutil.STATUS_ZOMBIE or not make.is_running():
                return True
        except psutil.NoSuchProcess:
            return True
        return self._make_minds_interrupt and not _catches_interrupt(make.pid)

    def _on_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.requested = True


def _parent_make() -> psutil.Process | None:
    """Return the `make` that started us, if one did."""
    parent = psutil.Process(os.getpid()).parent()
    return parent if parent is not None and parent.name() in ("make", "gmake") else None


def _catches_interrupt(pid: int) -> bool:
    """Return whether a process has a handler for SIGINT, as Linux tells it; True where that cannot be known."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as status:  # noqa: PTH123 - not a real file
            caught = next((line for line in status if line.startswith("SigCgt:")), None)
    except OSError:
        return True
    return caught is None or bool(int(caught.split()[1], 16) >> (signal.SIGINT - 1) & 1)
