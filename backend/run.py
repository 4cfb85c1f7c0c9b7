"""The one command: servers, database, reference and demo data, then web, worker and scheduler until told to stop."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from backend.embedded.account import Account, current_account
from backend.embedded.data_folder import (
    CHECKOUT,
    DataFolder,
    data_folder_path,
    held,
    open_data_folder,
    refuse_full_disk,
    remove_socket_folder,
)
from backend.embedded.errors import EmbeddedServerError, PortBusy, os_failure
from backend.embedded.processes import Child
from backend.embedded.secrets_file import secrets_of
from backend.embedded.servers import start_postgres, start_redis, tell_running
from backend.embedded.stop_signals import StopRequested, StopSignals
from backend.embedded.supervisor import Supervisor

DEFAULT_PORT = 8000
# Django and its libraries take seconds to load, on a busy machine many.
READY_WITHIN_S = 120.0
# A program that ends this often before anything was ever ready will not get better.
HOPELESS_FAILURES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What a program of this installation needs to know to be started."""

    folder: DataFolder
    port: int
    environment: Mapping[str, str]
    account: Account

    @property
    def url(self) -> str:
        """Return where people reach it."""
        return f"http://127.0.0.1:{self.port}"

    def python(self, name: str, *arguments: str, stops_within_s: float = 10.0, **extra: str) -> Child:
        """Return a Python program of this checkout; `extra` adds to its environment."""
        return Child(
            name=name,
            argv=(sys.executable, *arguments),
            log=self.folder.logs / f"{name}.log",
            folder=CHECKOUT,
            environment={**self.environment, **extra},
            account=self.account,
            stops_within_s=stops_within_s,
        )


@dataclass(frozen=True, slots=True)
class Programs:
    """What runs on the servers: one that prepares and ends, then those that stay, in the order of their start."""

    prepare: Child
    staying: tuple[Child, ...]
    # Started once all is ready: each start takes a processor for seconds, and these are not missed at once.
    later: tuple[Child, ...] = ()


def cordon_programs(site: Site) -> Programs:
    """Return the programs of Cordon; they stop in the reverse order: scheduler, web, worker."""
    celery = ("-m", "celery", "-A", "workers.app")
    worker = (*celery, "worker", "-Q", "interactive,batch,outbound", "--concurrency", "2", "-n", "cordon@%h")
    schedule = str(site.folder.files / "schedule")
    web = ("-m", "gunicorn", "backend.wsgi:application", "--bind", f"127.0.0.1:{site.port}", "--workers", "2")
    return Programs(
        # Its output is the person's: it shows the steps of a first start and the sign-in links.
        prepare=replace(site.python("prepare", "-m", "backend.prepare", CORDON_DATABASE_ROLE="owner"), log=None),
        staying=(
            site.python("worker", *worker, "--loglevel", "INFO"),
            site.python(
                *("web", *web, "--threads", "4", "--preload", "--no-control-socket", "--graceful-timeout", "5"),
                stops_within_s=8.0,
            ),
        ),
        later=(site.python("scheduler", *celery, "beat", "--schedule", schedule, "--pidfile=", stops_within_s=4.0),),
    )


def run(port: int, programs: Callable[[Site], Programs] = cordon_programs) -> int:
    """Run everything until SIGINT or SIGTERM; return the exit code, leaving no process behind."""
    path = data_folder_path(os.environ)
    with StopSignals() as stop:
        try:
            folder = open_data_folder(path, may_hold_other_files="CORDON_DATA" not in os.environ)
            with held(folder, f"process {os.getpid()}, http://127.0.0.1:{port}"):
                _run_in(folder, port, programs, stop)
        except StopRequested:
            return 0
        except EmbeddedServerError as error:
            return _give_up(error)
        except OSError as error:
            return _give_up(os_failure(error, path))
    return 0


def refuse_busy_port(port: int) -> None:
    """Raise PortBusy when the web server could not listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)
        except PermissionError as error:
            raise PortBusy(port, "only root may use ports below 1024") from error
        except (OSError, OverflowError) as error:
            raise PortBusy(
                port, "another program listens there" if isinstance(error, OSError) else str(error)
            ) from error


def _run_in(folder: DataFolder, port: int, programs: Callable[[Site], Programs], stop: StopSignals) -> None:
    supervisor = Supervisor(folder, stop, say)
    supervisor.clear_leftovers()
    refuse_busy_port(port)
    try:
        site = Site(
            folder=folder,
            port=port,
            environment=_start_servers(supervisor, folder, port),
            account=_application_account(folder),
        )
        ours = programs(site)
        _prepare(supervisor, ours.prepare)
        refuse_busy_port(port)
        say("Starting " + ", ".join(child.name for child in (*ours.staying, *ours.later)))
        for child in ours.staying:
            supervisor.add(child)
        _wait_until_ready(supervisor, site)
        for child in ours.later:
            supervisor.add(child)
        say(f"Cordon is ready: {site.url}   (Ctrl-C stops it; data and logs are in {folder.path})")
        while not stop.wait(0.5):
            supervisor.tick()
        say("Stopping")
    finally:
        folder.running.unlink(missing_ok=True)
        supervisor.stop_all()
        remove_socket_folder(folder)
    say("Stopped")


def _start_servers(supervisor: Supervisor, folder: DataFolder, port: int) -> dict[str, str]:
    """Start what the environment does not name; return the environment of the application."""
    servers: dict[str, str] = {}
    if not os.environ.get("DATABASE_URL"):
        refuse_full_disk(folder)
        say("Starting PostgreSQL" if folder.postgres.exists() else "Setting up PostgreSQL (first start)")
        servers |= start_postgres(supervisor, folder)
    if not os.environ.get("REDIS_URL"):
        say("Starting Redis")
        servers |= start_redis(supervisor, folder, os.environ)
    ours = {
        "DJANGO_SETTINGS_MODULE": "backend.settings.local",
        "DJANGO_SECRET_KEY": os.environ.get("DJANGO_SECRET_KEY") or secrets_of(folder).secret_key,
        "AUDIT_SEAL_KEY": os.environ.get("AUDIT_SEAL_KEY") or secrets_of(folder).audit_seal,
        "AUDIT_SIGNING_KEY": os.environ.get("AUDIT_SIGNING_KEY") or secrets_of(folder).audit_signing,
        "CORDON_DATA": str(folder.path),
        "CORDON_FILES": str(folder.files),
        "PORT": str(port),
        **servers,
    }
    tell_running(folder, ours)
    return {**os.environ, "PYTHONUNBUFFERED": "1", **ours}


def _application_account(folder: DataFolder) -> Account:
    """Return the servers' account if it can run this Python and read this checkout, else our own, and say so."""
    if not folder.account.switch:
        return folder.account
    if _can_run_us(folder.account):
        # What the application wrote while it had to run as root.
        for path in folder.files.rglob("*"):
            folder.account.own(path)
        return folder.account
    say(f"The application runs as root: {sys.executable} or {CHECKOUT} is closed to other users. The servers do not.")
    return current_account()


def _can_run_us(account: Account) -> bool:
    try:
        probe = subprocess.run(
            (sys.executable, "-c", "import backend.run, django"),
            cwd=CHECKOUT,
            capture_output=True,
            check=False,
            **account.switch,
        )
    except PermissionError:
        return False
    return probe.returncode == 0


def _prepare(supervisor: Supervisor, prepare: Child) -> None:
    say("Preparing the database")
    code = supervisor.run_to_end(prepare)
    if code != 0:
        raise EmbeddedServerError(f"Preparing the database failed (exit code {code}); what it said stands above.")


def _wait_until_ready(supervisor: Supervisor, site: Site) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while not _is_ready(site.port):
        supervisor.stop_signals.pause(0.2)
        supervisor.tick()
        for name, failures in supervisor.failures().items():
            if failures >= HOPELESS_FAILURES:
                raise EmbeddedServerError(
                    f"{name} does not stay up. The end of its log:\n{supervisor.last_words(name)}"
                )
        if time.monotonic() > deadline:
            raise EmbeddedServerError(f"{site.url}/health/ready did not become ready; logs are in {site.folder.logs}")


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def say(line: str) -> None:
    """Tell whoever started us what happens."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _give_up(error: EmbeddedServerError) -> int:
    sys.stderr.write(f"Cordon cannot run: {error}\n")
    sys.stderr.flush()
    return 1


def main() -> int:
    """Run on the port named by PORT."""
    asked = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not asked.isdecimal() or not 0 < int(asked) < 65536:
        sys.stderr.write(f"PORT must be a number from 1 to 65535, not {asked!r}\n")
        return 2
    return run(int(asked))


if __name__ == "__main__":
    raise SystemExit(main())
