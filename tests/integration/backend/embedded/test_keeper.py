"""The servers of the tests end with the session they belong to, whichever way it ends."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backend.embedded.data_folder import CHECKOUT
from backend.embedded.processes import ended_within
from backend.embedded.servers import free_port
from tests.integration.backend.embedded.conftest import WITHIN_S, gone_from

pytestmark = [pytest.mark.embedded, pytest.mark.timeout(120)]


@pytest.mark.parametrize("whose_end", ["the session's", "its own"])
def test_the_servers_and_their_folder_go_with_the_session_or_the_keeper(place: Path, whose_end: str) -> None:
    data = place / f"kept-{len(whose_end)}"
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as session:
        keeper = subprocess.Popen(
            [
                *(sys.executable, "-m", "backend.embedded.keeper", str(data), "--owner", str(session.pid)),
                *("--redis-port", str(free_port()), "--servers", "postgres", "redis"),
            ],
            cwd=CHECKOUT,
        )
        deadline = time.monotonic() + WITHIN_S
        while not (data / "running.json").exists() and time.monotonic() < deadline:
            assert not ended_within(keeper, 0.05)

        if whose_end == "its own":
            keeper.send_signal(signal.SIGTERM)
        else:
            session.kill()

        assert keeper.wait(WITHIN_S) == 0
        session.kill()
    assert gone_from(data)
    assert not data.exists()
