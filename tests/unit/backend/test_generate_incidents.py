import io

import orjson
from typer.testing import CliRunner

from backend.cli import FAILED, app
from backend.generate_incidents import write_incidents


def written(count: int, seed: int) -> bytes:
    out = io.BytesIO()
    write_incidents(out, count=count, seed=seed)
    return out.getvalue()


def test_the_command_writes_one_incident_a_line():
    done = CliRunner().invoke(app, ["generate", "3", "--seed", "7"])

    assert [orjson.loads(line)["reference"] for line in done.stdout.splitlines()] == [
        "GEN-7-0000001",
        "GEN-7-0000002",
        "GEN-7-0000003",
    ]


def test_the_same_seed_gives_the_same_bytes_and_another_others():
    assert written(20, 1) == written(20, 1)
    assert written(20, 1) != written(20, 2)


def test_fewer_lines_are_the_first_of_more():
    assert written(20, 1).startswith(written(5, 1))


def test_none_is_nothing():
    assert written(0, 1) == b""


def test_a_negative_number_is_bad_usage():
    assert CliRunner().invoke(app, ["generate", "-1"]).exit_code not in {0, FAILED}
