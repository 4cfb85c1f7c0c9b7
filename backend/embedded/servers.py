"""Starts the servers that the environment does not already name, and tells other processes how to reach them."""

import fcntl
import json
import socket
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from backend.embedded.data_folder import DataFolder, data_folder_path, socket_folder, write_private
from backend.embedded.errors import ServerDidNotStart
from backend.embedded.postgres import APP, OLD_BACKENDS_END_WITHIN_S, OWNER, Postgres
from backend.embedded.programs import postgres_programs, redis_program
from backend.embedded.redis import Redis
from backend.embedded.secrets_file import secrets_of
from backend.embedded.supervisor import Supervisor

# Between choosing a free port and Redis binding it, another program may take it.
PORT_ATTEMPTS = 5


def start_postgres(supervisor: Supervisor, folder: DataFolder, *, durable: bool = True) -> dict[str, str]:
    """Start PostgreSQL and make its roles; return the environment that names it. Tests' owner may create databases."""
    secrets = secrets_of(folder)
    server = Postgres(
        folder=folder,
        programs=postgres_programs(folder),
        sockets=socket_folder(folder),
        secrets=secrets,
        durable=durable,
    )
    server.make_database_folder()
    _start_until_ready(supervisor, server)
    server.ensure_roles(may_create_databases=not durable)
    return {
        "DATABASE_URL": server.url(OWNER, secrets.owner),
        "DATABASE_APP_URL": server.url(APP, secrets.app),
        "CORDON_POSTGRES_PROGRAMS": str(server.programs),
    }


def start_redis(
    supervisor: Supervisor,
    folder: DataFolder,
    environ: Mapping[str, str],
    *,
    durable: bool = True,
    choose_port: Callable[[], int] | None = None,
) -> dict[str, str]:
    """Start Redis on a free port; return the environment that names it."""
    program = redis_program(folder, environ)
    password = secrets_of(folder).redis
    for _ in range(PORT_ATTEMPTS):
        port = (choose_port or free_port)()
        server = Redis(folder=folder, program=program, password=password, port=port, durable=durable)
        if server.wait_until_ready(supervisor.add(server.child()), supervisor.stop_signals):
            return {"REDIS_URL": server.url}
        supervisor.stop("redis")
    raise ServerDidNotStart("Redis", f"no free port in {PORT_ATTEMPTS} attempts", folder.logs / "redis.log")


def free_port() -> int:
    """Return a port on 127.0.0.1 that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def tell_running(folder: DataFolder, environment: Mapping[str, str]) -> None:
    """Leave the way to the running servers where `running_environment` finds it."""
    write_private(folder.running, json.dumps(dict(environment)))


def running_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of this checkout's running servers, for commands beside them; empty if none run."""
    path = data_folder_path(environ)
    try:
        if not _is_held(path / "lock"):
            return {}
        stored: dict[str, str] = json.loads((path / "running.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, PermissionError, NotADirectoryError):
        return {}
    return stored


def _start_until_ready(supervisor: Supervisor, server: Postgres) -> None:
    deadline = time.monotonic() + OLD_BACKENDS_END_WITHIN_S
    while True:
        process = supervisor.add(server.child(), before=server.clear_killed_predecessor)
        if server.wait_until_ready(process, supervisor.stop_signals):
            return
        supervisor.stop("postgres")
        if time.monotonic() > deadline:
            raise ServerDidNotStart("PostgreSQL", "a killed predecessor's processes do not end", server.log)


def _is_held(lock: Path) -> bool:
    with lock.open(encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
