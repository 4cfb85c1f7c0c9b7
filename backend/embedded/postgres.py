"""The embedded PostgreSQL: made once, run as our child, with an owner's role and an unprivileged one."""

import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from signal import Signals
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from backend.embedded.account import nobody
from backend.embedded.data_folder import POSTGRES_SOCKET, DataFolder, write_private
from backend.embedded.errors import DataFromOtherVersion, os_failure, start_failure
from backend.embedded.processes import Child, end_processes, is_alive
from backend.embedded.programs import POSTGRES_MAJOR
from backend.embedded.secrets_file import Secrets
from backend.embedded.stop_signals import StopSignals

SUPERUSER = "cordon_superuser"
OWNER = "cordon_owner"
APP = "cordon_app"
DATABASE = "cordon"
# Replaying the write-ahead log after a crash; it is bounded by max_wal_size.
READY_WITHIN_S = 120.0
# A killed predecessor's backends notice its death within moments; until then the new server finds their memory in use.
OLD_BACKENDS_END_WITHIN_S = 15.0

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "1GB",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_duration_statement": "1s",
    "logging_collector": "off",
}
# Tests lose nothing when the machine fails, and run several times faster.
NOT_DURABLE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_connections": "200",
    "log_min_duration_statement": "-1",
}
_MEBIBYTE = 2**20


def caches_for(memory_bytes: int) -> dict[str, str]:
    """Return how much a server that is not alone on a machine of so much memory keeps of its pages.

    An eighth, half of what PostgreSQL's manual gives a machine of its own; the system is taken to keep as much as half.
    """
    kept = min(max(memory_bytes // 8, 128 * _MEBIBYTE), 4096 * _MEBIBYTE)
    return {
        "shared_buffers": f"{kept // _MEBIBYTE}MB",
        "effective_cache_size": f"{max(memory_bytes // 2, kept) // _MEBIBYTE}MB",
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Postgres:
    """One database server on one data folder, reached through a socket only its account may touch."""

    folder: DataFolder
    programs: Path
    sockets: Path
    secrets: Secrets
    durable: bool = True

    @property
    def log(self) -> Path:
        """Return where the server writes what it does."""
        return self.folder.logs / "postgres.log"

    def url(self, role: str, password: str, database: str = DATABASE) -> str:
        """Return a URL that psycopg, libpq's own programs and dj-database-url all read."""
        return database_url(self.sockets, role, password, database)

    def make_database_folder(self) -> None:
        """Run `initdb` unless it has been; an interrupted one leaves nothing that counts. Raise DiskFull."""
        if self.folder.postgres.exists():
            self._refuse_other_version()
            return
        unfinished = self.folder.postgres.with_name("unfinished")
        _remove_folder(unfinished)
        try:
            self._run_initdb(unfinished)
        except OSError as error:
            raise os_failure(error, self.folder.path) from error
        for path in (unfinished, *unfinished.rglob("*"), self.folder.postgres.parent):
            self.folder.account.own(path)
        unfinished.rename(self.folder.postgres)

    def child(self) -> Child:
        """Return how the server is run."""
        settings = SETTINGS | caches_for(psutil.virtual_memory().total) | ({} if self.durable else NOT_DURABLE)
        settings["unix_socket_directories"] = '"' + str(self.sockets).replace('"', '""') + '"'
        return Child(
            name="postgres",
            argv=(
                str(self.programs / "postgres"),
                "-D",
                str(self.folder.postgres),
                *(part for key, value in settings.items() for part in ("-c", f"{key}={value}")),
            ),
            log=self.log,
            folder=self.folder.postgres.parent,
            environment={"LC_ALL": "C", "TZ": "UTC"},
            account=self.folder.account,
            # "Fast" shutdown: ends sessions, writes everything, exits.
            stop_signal=Signals.SIGINT,
            stops_within_s=15.0,
        )

    def clear_killed_predecessor(self) -> None:
        """End a server that still runs on this data; take away the lock files of one that no longer does."""
        for lock in (self.folder.postgres / "postmaster.pid", self.sockets / f"{POSTGRES_SOCKET}.lock"):
            if lock.exists():
                first_line = lock.read_text(encoding="utf-8").split("\n", 1)[0]
                old = _server_on(self.folder.postgres, int(first_line)) if first_line.isdecimal() else None
                end_processes([old] if old else [], OLD_BACKENDS_END_WITHIN_S)
                lock.unlink(missing_ok=True)

    def wait_until_ready(self, process: subprocess.Popen[bytes], stop: StopSignals) -> bool:
        """Wait until the server answers a real connection; return False if it must be started again. Raise DiskFull."""
        began_at = self.log.stat().st_size
        deadline = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < deadline:
            stop.pause(0.03)
            if process.poll() is not None:
                said = self._said_since(began_at)
                if "shared memory block" in said or "lock file" in said:
                    return False
                raise start_failure("PostgreSQL", said, folder=self.folder.path, log=self.log)
            if self._answers():
                return True
        raise start_failure("PostgreSQL", f"no answer in {READY_WITHIN_S:.0f} s", folder=self.folder.path, log=self.log)

    def ensure_roles(self, *, may_create_databases: bool = False) -> None:
        """Make the two roles and the database, or leave them as they are; safe at each start."""
        with self._connect("postgres") as connection:
            for role, password in ((OWNER, self.secrets.owner), (APP, self.secrets.app)):
                ensure_role(connection, role, password)
            if may_create_databases:
                connection.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(sql.Identifier(OWNER)))
            if connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
                )
        with psycopg.connect(self.url(OWNER, self.secrets.owner), autocommit=True) as connection:
            grant_daily_work(connection, app_role=APP)

    def _run_initdb(self, target: Path) -> None:
        account = nobody() if self.folder.account.switch else self.folder.account
        password_file = self.folder.postgres.parent / "password"
        write_private(password_file, self.secrets.superuser)
        for path in (password_file, self.folder.postgres.parent):
            account.own(path)
        finished = subprocess.run(  # noqa: S603 - our own program and paths
            (
                *(str(self.programs / "initdb"), "--pgdata", str(target), "--username", SUPERUSER),
                *("--pwfile", str(password_file), "--auth", "scram-sha-256", "--encoding", "UTF8"),
                # The same order and case rules on every machine, without the system's locales.
                *("--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
                *(() if self.durable else ("--no-sync",)),
            ),
            cwd=self.folder.postgres.parent,
            env={"LC_ALL": "C", "TZ": "UTC"},
            capture_output=True,
            check=False,
            **account.switch,
        )
        password_file.unlink()
        if finished.returncode != 0:
            _remove_folder(target)
            said = (finished.stderr or finished.stdout).decode(errors="replace")
            self.log.write_text(said, encoding="utf-8")
            raise start_failure("PostgreSQL", said, folder=self.folder.path, log=self.log)

    def _refuse_other_version(self) -> None:
        found = (self.folder.postgres / "PG_VERSION").read_text(encoding="utf-8").strip()
        if found != str(POSTGRES_MAJOR):
            raise DataFromOtherVersion(self.folder.path, found, POSTGRES_MAJOR)

    def _answers(self) -> bool:
        try:
            self._connect("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def _connect(self, database: str) -> psycopg.Connection[tuple[object, ...]]:
        url = self.url(SUPERUSER, self.secrets.superuser, database)
        return psycopg.connect(url, autocommit=True, connect_timeout=5)

    def _said_since(self, position: int) -> str:
        with self.log.open("rb") as log:
            log.seek(position)
            return log.read().decode(errors="replace")


def database_url(sockets: Path, role: str, password: str, database: str) -> str:
    """Return the URL of a database behind a Unix socket; the folder takes the place of the host."""
    return f"postgresql://{role}:{password}@{quote(str(sockets), safe='')}/{database}"


def grant_daily_work(connection: psycopg.Connection[tuple[object, ...]], *, app_role: str) -> None:
    """Let the application's role read and write what the owner will make, and make nothing itself."""
    app = sql.Identifier(app_role)
    database = sql.Identifier(connection.info.dbname)
    for statement in (
        sql.SQL("REVOKE ALL ON DATABASE {database} FROM PUBLIC"),
        sql.SQL("GRANT CONNECT ON DATABASE {database} TO {app}"),
        sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC"),
        sql.SQL("GRANT USAGE ON SCHEMA public TO {app}"),
        sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}"),
        sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}"),
    ):
        connection.execute(statement.format(app=app, database=database))


def ensure_role(connection: psycopg.Connection[tuple[object, ...]], role: str, password: str) -> None:
    """Make a role that may sign in and nothing else, or leave the one of that name as it is."""
    known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    if known is None:
        connection.execute(
            sql.SQL(
                "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD {}"
            ).format(sql.Identifier(role), sql.Literal(password))
        )


def _server_on(data: Path, pid: int) -> psutil.Process | None:
    """Return the living server of that data folder, if that pid is it; a zombie's pid is a dead one's."""
    try:
        process = psutil.Process(pid)
        if is_alive(process) and process.name() == "postgres" and Path(process.cwd()) == data:
            return process
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return None
    return None


def _remove_folder(path: Path) -> None:
    if path.exists():
        shutil.rmtree(path)
