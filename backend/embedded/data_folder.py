"""The folder that holds the embedded servers' data: one for each checkout, closed to everyone else."""

import fcntl
import hashlib
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from backend.embedded.account import Account, current_account, unused_account
from backend.embedded.errors import (
    AlreadyRunning,
    DataFolderForeign,
    DataFolderUnreachable,
    DataFolderUnspeakable,
    DiskFull,
)

CHECKOUT = Path(__file__).resolve().parents[2]
MARKER = "cordon-data.json"
# sockaddr_un holds 108 bytes on Linux (104 on macOS), the last of which is the closing zero.
SOCKET_PATH_BYTES = 103 if os.uname().sysname == "Darwin" else 107
POSTGRES_SOCKET = ".s.PGSQL.5432"
# `initdb` hands the path of its programs to a shell, in double quotes.
SHELL_CHARACTERS = '"$`\\\n'
# The server programs take 40 MB, a new database 40 MB, its first log 16 MB; with less, a start would fail half-way.
ROOM_NEEDED_MB = 150


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Where everything of one installation lives; the folders that servers write belong to `account`.

    Under root the folder itself stays root's, so that nothing a server writes is ever trusted as ours.
    """

    path: Path
    account: Account

    @property
    def postgres(self) -> Path:
        """Return the database's own folder."""
        return self.path / "postgres" / "data"

    @property
    def redis(self) -> Path:
        """Return where Redis keeps its log of writes."""
        return self.path / "redis"

    @property
    def files(self) -> Path:
        """Return where the application itself may write."""
        return self.path / "files"

    @property
    def programs(self) -> Path:
        """Return where the copies of the server programs lie."""
        return self.path / "programs"

    @property
    def logs(self) -> Path:
        """Return where each child's output goes."""
        return self.path / "logs"

    @property
    def running(self) -> Path:
        """Return the file that tells, while the servers run, how to reach them."""
        return self.path / "running.json"


def data_folder_path(environ: Mapping[str, str], checkout: Path = CHECKOUT) -> Path:
    """Return where the data of that checkout belongs: CORDON_DATA, else in it, else for root below /var/lib."""
    if environ.get("CORDON_DATA"):
        return Path(environ["CORDON_DATA"]).expanduser().absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/cordon") / hashlib.sha256(os.fsencode(checkout)).hexdigest()[:16]
    return checkout / ".cordon"


def open_data_folder(path: Path, *, may_hold_other_files: bool = False) -> DataFolder:
    """Return the data folder at that path, made if need be.

    Raises DataFolderForeign, DataFolderUnreachable or DataFolderUnspeakable.
    """
    for character in SHELL_CHARACTERS:
        if character in str(path):
            raise DataFolderUnspeakable(path, character)
    try:
        _make_with_parents(path)
        path = path.resolve()
        if not may_hold_other_files and not (path / MARKER).exists() and any(path.iterdir()):
            raise DataFolderForeign(path)
    except (PermissionError, NotADirectoryError) as error:
        raise DataFolderUnreachable(path, Path(error.filename or path), os.geteuid()) from error
    folder = DataFolder(path, _account_of(path))
    _refuse_closed_ancestors(folder)
    _make_rooms(folder)
    return folder


def refuse_full_disk(folder: DataFolder) -> None:
    """Raise DiskFull when a first start could not be finished."""
    free_mb = shutil.disk_usage(folder.path).free // 1_000_000
    if not folder.postgres.exists() and free_mb < ROOM_NEEDED_MB:
        raise DiskFull(folder.path, f"{free_mb} MB free, a first start needs {ROOM_NEEDED_MB} MB")


@contextmanager
def held(folder: DataFolder, note: str) -> Iterator[None]:
    """Keep the folder to ourselves; the system lets go when we end, however we end. Raise AlreadyRunning."""
    with (folder.path / "lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise AlreadyRunning(folder.path, lock.read().strip()) from error
        lock.truncate(0)
        lock.write(note)
        lock.flush()
        yield


def socket_folder(folder: DataFolder) -> Path:
    """Return a closed folder of the account's whose sockets the system and the clients can name."""
    inside = folder.path / "sockets"
    # Clients read a comma as the end of one host's name.
    if len(os.fsencode(inside / POSTGRES_SOCKET)) <= SOCKET_PATH_BYTES and "," not in str(inside):
        return _make_room(inside, folder.account)
    note = folder.path / "socket_folder"
    if note.exists() and _is_private(Path(note.read_text(encoding="utf-8")), folder.account):
        return Path(note.read_text(encoding="utf-8"))
    outside = Path(tempfile.mkdtemp(prefix="cordon-", dir=_short_temporary_folder()))
    folder.account.own(outside)
    write_private(note, str(outside))
    return outside


def remove_socket_folder(folder: DataFolder) -> None:
    """Remove the folder that a long data path made necessary elsewhere, if there is one."""
    note = folder.path / "socket_folder"
    if note.exists():
        shutil.rmtree(note.read_text(encoding="utf-8"), ignore_errors=True)
        note.unlink()


def write_private(path: Path, text: str) -> None:
    """Replace the file at once by one only we can read."""
    unfinished = path.with_name(path.name + ".new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    unfinished.replace(path)


def _make_with_parents(path: Path) -> None:
    """Make what is missing, open for passage whatever the umask; what exists keeps its rights."""
    if path.is_dir():
        return
    _make_with_parents(path.parent)
    path.mkdir()
    path.chmod(0o755)


def _account_of(path: Path) -> Account:
    marker = path / MARKER
    if os.geteuid() != 0:
        write_private(marker, json.dumps({"layout": 1, "uid": os.geteuid(), "gid": os.getegid()}))
        return current_account()
    if marker.exists():
        stored = json.loads(marker.read_text(encoding="utf-8"))
        return Account(stored["uid"], stored["gid"])
    account = unused_account(path)
    write_private(marker, json.dumps({"layout": 1, "uid": account.uid, "gid": account.gid}))
    return account


def _refuse_closed_ancestors(folder: DataFolder) -> None:
    """Servers that run as another user than we must be let through; opening someone's folder is not ours to do."""
    if not folder.account.switch:
        return
    for ancestor in folder.path.parents:
        found = ancestor.stat()
        if not found.st_mode & stat.S_IXOTH and found.st_uid != folder.account.uid:
            raise DataFolderUnreachable(folder.path, ancestor, folder.account.uid)


def _make_rooms(folder: DataFolder) -> None:
    folder.path.chmod(0o711 if folder.account.switch else 0o700)
    for room in (folder.postgres.parent, folder.redis, folder.files):
        _make_room(room, folder.account)
    for room, mode in ((folder.programs, 0o755), (folder.logs, 0o700)):
        room.mkdir(exist_ok=True)
        room.chmod(mode)


def _make_room(room: Path, account: Account) -> Path:
    if not room.exists():
        room.mkdir(mode=0o700)
        account.own(room)
    return room


def _is_private(path: Path, account: Account) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == account.uid and stat.S_IMODE(found.st_mode) == 0o700


def _short_temporary_folder() -> str:
    usual = tempfile.gettempdir()
    longest = Path(usual) / "cordon-12345678" / POSTGRES_SOCKET
    return usual if len(os.fsencode(longest)) <= SOCKET_PATH_BYTES else "/tmp"  # noqa: S108  # nosec B108
