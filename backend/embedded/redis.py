"""The embedded Redis (or Valkey): on a loopback port with a password.

A Unix socket would serve one client, not both: redis-py reads only `unix://`, Celery's transport only `redis+socket://`.
"""

import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import redis

from backend.embedded.data_folder import DataFolder
from backend.embedded.errors import start_failure
from backend.embedded.processes import Child
from backend.embedded.stop_signals import StopSignals

READY_WITHIN_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Redis:
    """One Redis server; its configuration goes in by standard input, so that no command line shows the password."""

    folder: DataFolder
    program: Path
    password: str
    port: int
    durable: bool = True

    @property
    def log(self) -> Path:
        """Return where the server writes what it does."""
        return self.folder.logs / "redis.log"

    @property
    def url(self) -> str:
        """Return the URL for redis-py and Celery alike."""
        return redis_url(self.password, self.port)

    def child(self) -> Child:
        """Return how the server is run."""
        return Child(
            name="redis",
            argv=(str(self.program), "-"),
            standard_input=self._configuration().encode(),
            log=self.log,
            folder=self.folder.redis,
            environment={"LC_ALL": "C", "TZ": "UTC"},
            account=self.folder.account,
            stops_within_s=8.0,
        )

    def wait_until_ready(self, process: subprocess.Popen[bytes], stop: StopSignals) -> bool:
        """Wait until the server answers; return False if another program took the port. Raise DiskFull."""
        began_at = self.log.stat().st_size
        deadline = time.monotonic() + READY_WITHIN_S
        with redis.Redis.from_url(self.url, socket_timeout=5) as client:
            while time.monotonic() < deadline:
                if process.poll() is not None:
                    said = self._said_since(began_at)
                    if "Address already in use" in said:
                        return False
                    raise start_failure("Redis", said, folder=self.folder.path, log=self.log)
                if self._answers(client):
                    return True
                stop.pause(0.03)
        raise start_failure("Redis", f"no answer in {READY_WITHIN_S:.0f} s", folder=self.folder.path, log=self.log)

    def _configuration(self) -> str:
        settings = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "requirepass": self.password,
            "dir": _quoted(str(self.folder.redis)),
            "appendonly": "yes" if self.durable else "no",
            # Snapshots would repeat what the log of writes holds.
            "save": '""',
            # A broker must refuse rather than forget.
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        return "".join(f"{key} {value}\n" for key, value in settings.items())

    def _answers(self, client: redis.Redis) -> bool:
        try:
            return client.ping()
        except (redis.ConnectionError, redis.TimeoutError):
            return False

    def _said_since(self, position: int) -> str:
        with self.log.open("rb") as log:
            log.seek(position)
            return log.read().decode(errors="replace")


def redis_url(password: str, port: int) -> str:
    """Return the URL of a Redis on this machine."""
    return f"redis://:{password}@127.0.0.1:{port}/0"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
