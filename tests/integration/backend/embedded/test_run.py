"""`backend.run` from outside: what a person sees who starts, stops and maltreats it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from backend.embedded.processes import ended_within, is_alive
from tests.integration.backend.embedded.conftest import STAND_IN, Starter, gone_from, processes_on

pytestmark = [pytest.mark.embedded, pytest.mark.timeout(120)]

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="about what root must not do")


@pytest.fixture(autouse=True)
def _open_sockets(socket_enabled: None) -> None:
    """These tests are about sockets."""


def visits(environment: dict[str, str]) -> int:
    with psycopg.connect(environment["DATABASE_APP_URL"]) as app:
        row = app.execute("SELECT count(*) FROM visits").fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_every_process_and_the_next_start_is_quick_and_finds_the_data(
    start_cordon: Starter, number: signal.Signals
) -> None:
    first = start_cordon()
    first.wait_until_answering()
    seen = visits(first.environment())

    assert first.end(number) == 0
    assert processes_on(first.data) == []
    began_at = time.monotonic()
    second = start_cordon()

    assert time.monotonic() - began_at < 10
    assert visits(second.environment()) >= seen
    with redis.Redis.from_url(second.environment()["REDIS_URL"]) as client:
        assert int(client.get("visits") or 0) >= seen


def test_a_second_instance_on_the_same_data_is_told_where_the_first_is(start_cordon: Starter) -> None:
    first = start_cordon()

    second = start_cordon(ready=False)

    assert second.process.wait(20) == 1
    assert f"already running on the data in {first.data}" in second.said
    assert f"http://127.0.0.1:{first.port}" in second.said
    first.wait_until_answering()


def test_two_instances_on_data_of_their_own_run_side_by_side(start_cordon: Starter, place: Path) -> None:
    first = start_cordon()
    second = start_cordon(data=place / "other")

    first.wait_until_answering()
    second.wait_until_answering()


def test_servers_named_in_the_environment_replace_the_embedded_ones(start_cordon: Starter, place: Path) -> None:
    named = start_cordon().environment()
    addresses = {key: named[key] for key in ("DATABASE_URL", "DATABASE_APP_URL", "REDIS_URL")}
    seen = visits(named)

    second = start_cordon(data=place / "without-servers", **addresses)
    second.wait_until_answering()

    assert visits(named) > seen
    assert not (second.data / "postgres" / "data").exists()
    assert list((second.data / "programs").iterdir()) == []


def test_a_busy_port_is_named_with_the_way_out(start_cordon: Starter) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        refused = start_cordon(port=port, ready=False)

        assert refused.process.wait(20) == 1
    assert f"Port {port} on 127.0.0.1 cannot be used" in refused.said
    assert "PORT=" in refused.said
    assert processes_on(refused.data) == []


def test_a_killed_database_server_comes_back(start_cordon: Starter) -> None:
    running = start_cordon()
    old = running.postmaster()

    old.kill()
    running.wait_for("postgres ended unexpectedly (signal 9)")

    running.wait_until_answering()
    assert running.postmaster() != old


def test_a_killed_supervisor_leaves_nothing_that_hinders_the_next_start(start_cordon: Starter) -> None:
    killed = start_cordon()
    killed.process.kill()
    killed.process.wait()

    following = start_cordon()

    following.wait_until_answering()
    assert following.end() == 0
    assert processes_on(following.data) == []


def test_what_outlives_a_killed_supervisor_is_cleared_and_nothing_else(start_cordon: Starter) -> None:
    killed = start_cordon()
    # A stopped process cannot act on the signal that the supervisor's death sends it.
    stopped = [process for process in processes_on(killed.data) if process.pid != killed.process.pid]
    for process in stopped:
        process.suspend()
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"]) as bystander:
        killed.process.kill()
        killed.process.wait()

        following = start_cordon()

        assert "a killed predecessor had left" in following.said
        assert [process for process in stopped if is_alive(process)] == []
        assert bystander.poll() is None
        bystander.kill()


def test_a_pid_file_whose_number_now_belongs_to_another_program_is_no_hindrance(start_cordon: Starter) -> None:
    first = start_cordon()
    first.end()
    pid_file = first.data / "postgres" / "data" / "postmaster.pid"

    pid_file.write_text(f"{os.getpid()}\n{pid_file.parent}\n0\n5432\n\n\n\n", encoding="utf-8")

    start_cordon().wait_until_answering()


def test_a_signal_during_preparation_ends_everything(start_cordon: Starter) -> None:
    running = start_cordon(ready=False, STAND_IN_PREPARES_FOR_S="60")
    running.wait_for("Preparing the database")

    assert running.end(signal.SIGINT) == 0
    assert processes_on(running.data) == []


def test_a_failed_preparation_ends_everything_and_says_so(start_cordon: Starter) -> None:
    running = start_cordon(ready=False, STAND_IN_PREPARES_FOR_S="nonsense")

    assert running.process.wait(30) == 1
    assert "Preparing the database failed" in running.said
    assert processes_on(running.data) == []


def test_a_program_that_never_stays_up_is_named_with_its_last_words(start_cordon: Starter) -> None:
    running = start_cordon(ready=False, STAND_IN_WEB_FAILS="the web server lacks something")

    assert running.process.wait(60) == 1
    assert "web does not stay up" in running.said
    assert "the web server lacks something" in running.said
    assert processes_on(running.data) == []


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_make_interrupted_or_killed_alone_takes_everything_with_it(
    start_cordon: Starter, place: Path, number: signal.Signals
) -> None:
    makefile = place / "Makefile"
    makefile.write_text(f"run:\n\t@{sys.executable} {STAND_IN} $(STAND_IN_PORT)\n", encoding="utf-8")
    running = start_cordon(wrapper=("make", "-f", str(makefile), "run"))

    running.end(number)

    assert gone_from(running.data)


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
def test_make_in_the_background_of_a_script_runs_until_it_is_told_to_stop(start_cordon: Starter, place: Path) -> None:
    makefile = place / "Makefile"
    makefile.write_text(f"run:\n\t@{sys.executable} {STAND_IN} $(STAND_IN_PORT)\n", encoding="utf-8")

    running = start_cordon(wrapper=("sh", "-c", f"trap '' INT; exec make -f {makefile} run"))

    assert not ended_within(running.process, 2)
    running.wait_until_answering()
    running.end()
    assert gone_from(running.data)


def test_the_application_role_is_no_superuser_and_makes_nothing(start_cordon: Starter) -> None:
    environment = start_cordon().environment()

    with psycopg.connect(environment["DATABASE_APP_URL"], autocommit=True) as app:
        row = app.execute(
            "SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert row == (False,)
        for forbidden in (
            "CREATE TABLE mine ()",
            "CREATE TEMPORARY TABLE mine ()",
            "ALTER TABLE visits ADD mine int",
            "DROP TABLE visits",
            "TRUNCATE visits",
            "CREATE SCHEMA mine",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(forbidden)


def test_neither_server_lets_anyone_in_without_the_password(start_cordon: Starter) -> None:
    environment = start_cordon().environment()

    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(environment["DATABASE_APP_URL"].replace("cordon_app:", "cordon_app:wrong"))
    with (
        redis.Redis.from_url("redis://" + environment["REDIS_URL"].split("@")[1]) as client,
        pytest.raises(redis.AuthenticationError),
    ):
        client.ping()


def test_passwords_are_readable_by_us_alone_and_stand_in_no_command_line(start_cordon: Starter) -> None:
    running = start_cordon()
    password = running.environment()["REDIS_URL"].split(":")[2].split("@")[0]

    assert all(password not in " ".join(process.cmdline()) for process in processes_on(running.data))
    for name in ("secrets.json", "running.json"):
        assert (running.data / name).stat().st_mode & 0o077 == 0


def test_a_data_path_too_long_for_a_socket_works_and_leaves_nothing_elsewhere(
    start_cordon: Starter, place: Path
) -> None:
    running = start_cordon(data=place / ("long-" * 12) / ("longer-" * 12) / "data")
    running.wait_until_answering()
    elsewhere = Path((running.data / "socket_folder").read_text(encoding="utf-8"))

    assert elsewhere.stat().st_mode & 0o777 == 0o700
    running.end()
    assert not elsewhere.exists()


def test_a_data_path_that_postgresql_cannot_take_is_refused(start_cordon: Starter, place: Path) -> None:
    refused = start_cordon(data=place / "costs $HOME", ready=False)

    assert refused.process.wait(20) == 1
    assert "PostgreSQL cannot work in a folder whose path contains '$'" in refused.said


def test_a_data_path_with_spaces_apostrophes_and_commas_works(start_cordon: Starter, place: Path) -> None:
    start_cordon(data=place / "it's, data & ü").wait_until_answering()


def test_a_folder_that_holds_something_else_is_left_alone(start_cordon: Starter, place: Path) -> None:
    (place / "mine").mkdir()
    (place / "mine" / "letter.txt").write_text("dear", encoding="utf-8")

    refused = start_cordon(data=place / "mine", ready=False)

    assert refused.process.wait(20) == 1
    assert "was not made by Cordon" in refused.said
    assert [path.name for path in (place / "mine").iterdir()] == ["letter.txt"]


@as_root
def test_root_changes_the_rights_of_no_folder_above_and_adds_no_user(start_cordon: Starter, place: Path) -> None:
    users = Path("/etc/passwd").read_bytes()
    before = {
        folder: folder.stat().st_mode for folder in (*place.parents, place, Path(sys.prefix), *Path(sys.prefix).parents)
    }

    running = start_cordon()
    server = running.postmaster()

    assert server.uids().effective not in (0, os.geteuid())
    assert {folder: folder.stat().st_mode for folder in before} == before
    assert Path("/etc/passwd").read_bytes() == users


@as_root
def test_root_is_told_of_a_folder_that_is_closed_to_the_servers(start_cordon: Starter, place: Path) -> None:
    closed = place / "closed"
    closed.mkdir(mode=0o700)

    refused = start_cordon(data=closed / "data", ready=False)

    assert refused.process.wait(20) == 1
    assert f"{closed} is closed to user" in refused.said
    assert closed.stat().st_mode & 0o777 == 0o700


@pytest.fixture
def small_disk(place: Path) -> Iterator[Path]:
    """Give a file system of 250 MB."""
    folder = place / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=250m,mode=755", "none", folder], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def fill(disk: Path, *, leaving_mb: int) -> None:
    """Take up all room but that, to the last byte when nothing is to be left."""
    with (disk / "ballast").open("ab") as ballast:
        size = shutil.disk_usage(disk).free - leaving_mb * 1_000_000
        os.posix_fallocate(ballast.fileno(), 0, size)


@as_root
def test_a_full_disk_is_called_a_full_disk_at_the_first_start_and_later(
    start_cordon: Starter, small_disk: Path
) -> None:
    data = small_disk / "data"
    fill(small_disk, leaving_mb=20)

    first = start_cordon(data=data, ready=False)

    assert first.process.wait(40) == 1
    assert f"The disk that holds {data} is full" in first.said
    (small_disk / "ballast").unlink()
    start_cordon(data=data).end()
    fill(small_disk, leaving_mb=0)

    later = start_cordon(data=data, ready=False)

    assert later.process.wait(40) == 1
    assert f"The disk that holds {data} is full" in later.said
    assert processes_on(data) == []
    (small_disk / "ballast").unlink()
    start_cordon(data=data).wait_until_answering()
