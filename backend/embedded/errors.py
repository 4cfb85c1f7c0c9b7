"""What can go wrong with the servers that come along; each reads as the sentence a person needs."""

import errno
from pathlib import Path

DISK_FULL_WORDS = "No space left on device"


class EmbeddedServerError(Exception):
    """The embedded servers or the programs beside them cannot run."""

    code = "embedded_server"


class AlreadyRunning(EmbeddedServerError):
    """Another supervisor holds the data folder."""

    code = "already_running"

    def __init__(self, folder: Path, holder: str) -> None:
        super().__init__(
            f"Cordon is already running on the data in {folder} ({holder or 'it has not said where'}). "
            "Stop that one first, or give this one its own data: CORDON_DATA=/another/folder make run"
        )


class DataFolderUnreachable(EmbeddedServerError):
    """The data folder, or one above it, is closed to the account the servers run as."""

    code = "data_folder_unreachable"

    def __init__(self, folder: Path, closed: Path, uid: int) -> None:
        super().__init__(
            f"The data folder {folder} cannot be used: {closed} is closed to user {uid}, as whom the servers run. "
            "Choose another place: CORDON_DATA=/another/folder make run"
        )


class DataFolderForeign(EmbeddedServerError):
    """The folder named by CORDON_DATA holds something else."""

    code = "data_folder_foreign"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} (CORDON_DATA) is not empty and was not made by Cordon; name an empty or new folder."
        )


class DataFolderUnspeakable(EmbeddedServerError):
    """The path holds a character that PostgreSQL's own programs misread."""

    code = "data_folder_unspeakable"

    def __init__(self, folder: Path, character: str) -> None:
        super().__init__(
            f"PostgreSQL cannot work in a folder whose path contains {character!r}: {folder}. "
            "Choose another place: CORDON_DATA=/another/folder make run"
        )


class DiskFull(EmbeddedServerError):
    """There is no room left where the data lives."""

    code = "disk_full"

    def __init__(self, folder: Path, detail: str = DISK_FULL_WORDS) -> None:
        super().__init__(f"The disk that holds {folder} is full ({detail}). Make room there and start again.")


class ServerBinaryMissing(EmbeddedServerError):
    """A server program is neither installed nor brought along."""

    code = "server_binary_missing"


class ServerDidNotStart(EmbeddedServerError):
    """A server ended, or did not answer, while it was being started."""

    code = "server_did_not_start"

    def __init__(self, name: str, reason: str, log: Path) -> None:
        super().__init__(f"{name} did not start: {reason.strip() or 'it said nothing'}\nIts log: {log}")


class DataFromOtherVersion(EmbeddedServerError):
    """The stored database was written by another major version of PostgreSQL."""

    code = "data_from_other_version"

    def __init__(self, folder: Path, found: str, expected: int) -> None:
        super().__init__(
            f"The database in {folder} was written by PostgreSQL {found}; this version of Cordon brings {expected}. "
            "Start the version that wrote it, `cordon backup`, then restore here."
        )


class PortBusy(EmbeddedServerError):
    """The port asked for belongs to another program."""

    code = "port_busy"

    def __init__(self, port: int, why: str = "another program listens there") -> None:
        super().__init__(
            f"Port {port} on 127.0.0.1 cannot be used: {why}. Choose another: PORT={port % 65535 + 1} make run"
        )


def start_failure(name: str, output: str, *, folder: Path, log: Path) -> EmbeddedServerError:
    """Return the error that says best why a server with that output did not start."""
    if DISK_FULL_WORDS in output:
        return DiskFull(folder)
    return ServerDidNotStart(name, output, log)


def os_failure(error: OSError, folder: Path) -> EmbeddedServerError:
    """Return the error for a file operation in the data folder that failed."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(folder, error.strerror or DISK_FULL_WORDS)
    return EmbeddedServerError(f"The data folder {folder} cannot be used: {error}")
