"""PostgreSQL, Redis and a Celery worker for the tests: a pytest plugin, loaded before Django reads its settings.

The process that began the session decides where the servers will be and says so in the environment, which the workers
of xdist inherit. The first test that needs them has them started, once for all workers; they end with the session, or
with the process that began it, whichever way it ends.
"""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil
import pytest

from backend.embedded.data_folder import CHECKOUT, open_data_folder, socket_folder
from backend.embedded.postgres import APP, DATABASE, OWNER, SUPERUSER, database_url
from backend.embedded.processes import ended_within
from backend.embedded.redis import redis_url
from backend.embedded.secrets_file import secrets_of

PLAN = "CORDON_TEST_SERVERS"
STARTED_WITHIN_S = 60.0

# Held for the whole session, so that nobody else is given the port before Redis takes it.
_reserved_ports: list[socket.socket] = []
_keepers: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True, slots=True)
class Plan:
    """Where this session's servers will be, and whose session it is."""

    folder: str
    owner: int
    redis_port: int
    servers: list[str]

    @property
    def path(self) -> Path:
        """Return the folder that holds everything of this session."""
        return Path(self.folder)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """Name the servers in the environment before pytest-django reads the settings."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _decide()
    # Workers and checkouts that share one Redis never see one another's messages.
    os.environ["CELERY_KEY_PREFIX"] = f"{_plan().path.name}-{worker_id()}:"
    try:
        yield
    except BaseException:
        # Settings that cannot be read end the session before it is configured.
        pytest_unconfigure()
        raise


def pytest_configure(config: pytest.Config) -> None:
    """Load what must come after pytest-django, so that our fixture of the same name is the one used."""
    for plugin in ("tests.databases", "tests.celery_worker"):
        config.pluginmanager.import_plugin(plugin)


def pytest_unconfigure() -> None:
    """Stop the servers and remove what they left, in the process that decided on them."""
    if PLAN in os.environ and "PYTEST_XDIST_WORKER" not in os.environ:
        plan = _plan()
        _stop_keeper(plan)
        shutil.rmtree(plan.path, ignore_errors=True)
        del os.environ[PLAN]


@pytest.fixture(scope="session")
def servers() -> None:
    """Have PostgreSQL and Redis running; their addresses are in the environment and in the settings."""
    plan = _plan()
    if plan.servers:
        with alone("start"):
            if not (plan.path / "running.json").exists():
                _start_keeper(plan)


def superuser_url() -> str:
    """Return the test database server as its superuser reaches it; on a server that was given, as the owner does."""
    plan = _plan()
    if "postgres" not in plan.servers:
        return os.environ["DATABASE_URL"]
    folder = open_data_folder(plan.path, may_hold_other_files=True)
    return database_url(socket_folder(folder), SUPERUSER, secrets_of(folder).superuser, DATABASE)


def worker_id() -> str:
    """Return which of the session's processes this is: `gw0`, `gw1` … under xdist, else `main`."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@contextmanager
def alone(what: str) -> Iterator[Path]:
    """Let one process of the session do something while the others wait; gives the session's folder."""
    folder = _plan().path
    with (folder / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def _decide() -> None:
    """Choose the servers' places and passwords; servers that the environment names already are used as they are."""
    path = Path(tempfile.mkdtemp(prefix="cordon-test-"))
    folder = open_data_folder(path, may_hold_other_files=True)
    secrets, sockets, port = secrets_of(folder), socket_folder(folder), _reserved_port()
    wanted: list[str] = []
    if not os.environ.get("DATABASE_URL"):
        wanted.append("postgres")
        os.environ["DATABASE_URL"] = database_url(sockets, OWNER, secrets.owner, DATABASE)
        os.environ["DATABASE_APP_URL"] = database_url(sockets, APP, secrets.app, DATABASE)
    if not os.environ.get("REDIS_URL"):
        wanted.append("redis")
        os.environ["REDIS_URL"] = redis_url(secrets.redis, port)
    os.environ["CORDON_TEST_FILES"] = str(folder.path / "evidence")
    os.environ[PLAN] = json.dumps(asdict(Plan(str(folder.path), os.getpid(), port, wanted)))


def _plan() -> Plan:
    return Plan(**json.loads(os.environ[PLAN]))


def _reserved_port() -> int:
    """Return a free port that stays ours: Linux lets two share it as long as only one of them listens."""
    holder = socket.socket()
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holder.bind(("127.0.0.1", 0))
    port = int(holder.getsockname()[1])
    if sys.platform == "linux":
        _reserved_ports.append(holder)
    else:
        holder.close()
    return port


def _start_keeper(plan: Plan) -> None:
    log = plan.path / "keeper.log"
    with log.open("wb") as output:
        keeper = subprocess.Popen(
            [
                *(sys.executable, "-m", "backend.embedded.keeper", plan.folder, "--owner", str(plan.owner)),
                *("--redis-port", str(plan.redis_port), "--servers", *plan.servers),
            ],
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    _keepers.append(keeper)
    (plan.path / "keeper.pid").write_text(str(keeper.pid), encoding="utf-8")
    deadline = time.monotonic() + STARTED_WITHIN_S
    while not (plan.path / "running.json").exists():
        if ended_within(keeper, 0.05) or time.monotonic() > deadline:
            pytest.exit(f"the servers for the tests did not start: {log.read_text(encoding='utf-8')}", returncode=1)


def _stop_keeper(plan: Plan) -> None:
    pid_file = plan.path / "keeper.pid"
    if pid_file.exists():
        with suppress(psutil.NoSuchProcess):
            keeper = psutil.Process(int(pid_file.read_text(encoding="utf-8")))
            keeper.terminate()
            keeper.wait(STARTED_WITHIN_S)
