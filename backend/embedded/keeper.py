"""Runs servers for as long as another process lives, then removes their folder: what the tests stand on."""

import argparse
import os
import shutil
import sys
from pathlib import Path

import psutil

from backend.embedded.data_folder import DataFolder, held, open_data_folder, remove_socket_folder
from backend.embedded.errors import EmbeddedServerError
from backend.embedded.processes import is_alive
from backend.embedded.servers import start_postgres, start_redis, tell_running
from backend.embedded.stop_signals import StopRequested, StopSignals
from backend.embedded.supervisor import Supervisor


def keep(folder: DataFolder, owner: psutil.Process, servers: list[str], redis_port: int) -> None:
    """Run the named servers until told to stop or until `owner` is gone; nothing in them outlives either."""
    with StopSignals() as stop, held(folder, f"for process {owner.pid}"):
        supervisor = Supervisor(folder, stop, _say)
        try:
            if "postgres" in servers:
                start_postgres(supervisor, folder, durable=False)
            if "redis" in servers:
                start_redis(supervisor, folder, os.environ, durable=False, choose_port=lambda: redis_port)
            tell_running(folder, {})
            while is_alive(owner) and not stop.wait(0.3):
                supervisor.tick()
        except StopRequested:
            pass
        finally:
            folder.running.unlink(missing_ok=True)
            supervisor.stop_all()
            remove_socket_folder(folder)
    shutil.rmtree(folder.path, ignore_errors=True)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> int:
    """Read the command line and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--owner", type=int, required=True)
    parser.add_argument("--redis-port", type=int, default=0)
    parser.add_argument("--servers", nargs="*", default=[])
    given = parser.parse_args()
    try:
        keep(open_data_folder(given.folder), psutil.Process(given.owner), given.servers, given.redis_port)
    except (EmbeddedServerError, psutil.NoSuchProcess) as error:
        _say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
