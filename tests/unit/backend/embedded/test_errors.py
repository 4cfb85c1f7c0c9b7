"""Each failure says what to do about it."""

import errno
from pathlib import Path

import pytest

from backend.embedded.errors import (
    AlreadyRunning,
    DataFolderForeign,
    DataFolderUnreachable,
    DataFolderUnspeakable,
    DataFromOtherVersion,
    DiskFull,
    EmbeddedServerError,
    PortBusy,
    ServerDidNotStart,
    os_failure,
    start_failure,
)

FOLDER = Path("/srv/data")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_file_operation_that_found_no_room_is_a_full_disk(number: int) -> None:
    assert isinstance(os_failure(OSError(number, "no room"), FOLDER), DiskFull)


def test_another_failed_file_operation_keeps_its_own_words() -> None:
    failure = os_failure(OSError(errno.EROFS, "Read-only file system"), FOLDER)

    assert "Read-only file system" in str(failure)
    assert not isinstance(failure, DiskFull)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ('PANIC:  could not write to file "pg_wal/xlogtemp.1": No space left on device', DiskFull),
        ("FATAL:  could not map anonymous shared memory", ServerDidNotStart),
        ("", ServerDidNotStart),
    ],
)
def test_what_a_server_said_decides_why_it_did_not_start(said: str, kind: type[EmbeddedServerError]) -> None:
    assert type(start_failure("PostgreSQL", said, folder=FOLDER, log=FOLDER / "postgres.log")) is kind


@pytest.mark.parametrize(
    ("error", "way_out"),
    [
        (AlreadyRunning(FOLDER, ""), "CORDON_DATA="),
        (DataFolderUnreachable(FOLDER, FOLDER.parent, 58000), "CORDON_DATA="),
        (DataFolderUnspeakable(FOLDER, "$"), "CORDON_DATA="),
        (DataFolderForeign(FOLDER), "empty or new folder"),
        (DataFromOtherVersion(FOLDER, "17", 18), "cordon backup"),
        (DiskFull(FOLDER), "Make room"),
        (PortBusy(65535), "PORT=1 make run"),
    ],
)
def test_each_message_names_the_folder_or_port_and_the_way_out(error: EmbeddedServerError, way_out: str) -> None:
    assert way_out in str(error)
    assert str(FOLDER) in str(error) or "65535" in str(error)
