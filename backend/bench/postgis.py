"""Debian's PostgreSQL 15 with PostGIS 3.3 on a scratch folder, for one comparison: the same points, the same land."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import psutil
import psycopg

from backend.bench.figures import BenchCannotRun
from backend.embedded.account import Account, current_account, nobody

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
EXTENSION = Path("/usr/share/postgresql/15/extension/postgis.control")
HOW_TO_GET_IT = "PostGIS is not here: apt-get install postgresql-15-postgis-3 (Debian 12), then run it again."
STARTS_WITHIN_S = 30.0
# As good as PostGIS gets on one core: everything in memory, no second worker, no compiling of queries.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "shared_buffers": "512MB",
    "work_mem": "64MB",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "autovacuum": "off",
}
COUNTRY_OF_EACH = (
    "SELECT p.id, l.unit FROM points p JOIN land l ON ST_Intersects(l.outline, p.place) ORDER BY p.id, l.unit"
)
COUNTED = "SELECT count(*), sum(l.unit) FROM points p JOIN land l ON ST_Intersects(l.outline, p.place)"


@dataclass(frozen=True, slots=True)
class PostGis:
    """A connection to a server of our own, and its process there."""

    connection: psycopg.Connection[tuple[object, ...]]
    backend: psutil.Process

    def version(self) -> str:
        """Return the version of PostGIS."""
        row = self.connection.execute("SELECT postgis_lib_version()").fetchone()
        return str(row[0]) if row else ""

    def load_land(self, outlines: list[bytes]) -> None:
        """Load one outline (WKB) for each unit, cut to 128 points a piece and indexed."""
        self.connection.execute("CREATE TABLE whole (unit int, outline geometry(MultiPolygon, 4326))")
        with self.connection.cursor() as cursor, cursor.copy("COPY whole FROM STDIN") as copy:
            for unit, outline in enumerate(outlines):
                copy.write_row((unit, outline.hex()))
        self.connection.execute("CREATE TABLE land AS SELECT unit, ST_Subdivide(outline, 128) AS outline FROM whole")
        self.connection.execute("CREATE INDEX ON land USING gist (outline)")
        self.connection.execute("ANALYZE land")

    def load_points(self, lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]) -> None:
        """Load the points, numbered from 0."""
        self.connection.execute("CREATE TABLE given (id int, lon float8, lat float8)")
        with self.connection.cursor() as cursor, cursor.copy("COPY given FROM STDIN") as copy:
            for number, (east, north) in enumerate(zip(lon.tolist(), lat.tolist(), strict=True)):
                copy.write_row((number, east, north))
        self.connection.execute(
            "CREATE TABLE points AS SELECT id, ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS place FROM given ORDER BY id"
        )
        self.connection.execute("ANALYZE points")

    def answers(self) -> list[tuple[int, int]]:
        """Return (point, unit) pairs, ascending; a point on a border has several."""
        rows = self.connection.execute(COUNTRY_OF_EACH).fetchall()
        return [(int(str(point)), int(str(unit))) for point, unit in rows]

    def cpu_seconds(self) -> float:
        """Return the CPU seconds that the server's process takes to find the country of every point once."""
        before = self.backend.cpu_times()
        self.connection.execute(COUNTED)
        after = self.backend.cpu_times()
        return (after.user - before.user) + (after.system - before.system)


@contextmanager
def running_postgis() -> Iterator[PostGis]:
    """Run a server of our own for as long as it is needed; raise BenchCannotRun, saying how to get it, without one."""
    if not (PROGRAMS / "initdb").exists() or not EXTENSION.exists():
        raise BenchCannotRun(HOW_TO_GET_IT)
    account = nobody() if os.geteuid() == 0 else current_account()
    folder = Path(tempfile.mkdtemp(prefix="cordon-postgis-"))
    try:
        account.own(folder)
        _run_initdb(folder, account)
        with _server(folder, account), _connected(folder) as postgis:
            yield postgis
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run_initdb(folder: Path, account: Account) -> None:
    subprocess.run(  # noqa: S603 - Debian's own program, our own paths
        (str(PROGRAMS / "initdb"), "-D", str(folder / "data"), "-U", "bench", "-A", "trust", "--no-sync", "-E", "UTF8"),
        cwd=folder,
        env={"LC_ALL": "C"},
        capture_output=True,
        check=True,
        **account.switch,
    )


@contextmanager
def _server(folder: Path, account: Account) -> Iterator[None]:
    settings = {**SETTINGS, "unix_socket_directories": str(folder)}
    arguments = (part for key, value in settings.items() for part in ("-c", f"{key}={value}"))
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - Debian's own program, our own paths
            (str(PROGRAMS / "postgres"), "-D", str(folder / "data"), *arguments),
            cwd=folder,
            env={"LC_ALL": "C"},
            stdout=log,
            stderr=log,
            **account.switch,
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait(STARTS_WITHIN_S)


@contextmanager
def _connected(folder: Path) -> Iterator[PostGis]:
    # The folder is readable by its account and root alone, so that trusting whoever reaches the socket is safe.
    address = psycopg.conninfo.make_conninfo(host=str(folder), user="bench", dbname="postgres")
    with _first_connection(address) as connection:
        connection.execute("CREATE EXTENSION postgis")
        yield PostGis(connection, psutil.Process(connection.info.backend_pid))


def _first_connection(address: str) -> psycopg.Connection[tuple[object, ...]]:
    deadline = time.monotonic() + STARTS_WITHIN_S
    while True:
        try:
            return psycopg.connect(address, autocommit=True)
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                raise BenchCannotRun(f"PostgreSQL 15 did not start: {error}") from error
