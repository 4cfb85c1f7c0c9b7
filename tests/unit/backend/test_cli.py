import os
import subprocess
import sys

import pytest

COMMANDS = (
    ["rescreen"],
    ["replay", "1"],
    ["token", "demo-officer"],
    ["verify"],
    ["import-list", "list.xml"],
    ["import-contacts", "desks.csv"],
    ["import-marking-practices"],
    ["import-register", "arms.csv", "--kind", "lost"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_settings_that_cannot_be_read_are_bad_usage_without_a_traceback(command):
    """As a shell calls it: in this process the settings are read already."""
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": "nonsense"}
    code = "from backend.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *command], env=environment, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("DATABASE_URL")
    assert "Traceback" not in done.stderr
