"""Benches that load and question a database of their own: they run to the end, on little."""

import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

pytestmark = pytest.mark.embedded

CORDON = Path(sys.executable).with_name("cordon")
METRICS = {
    "map": {
        *("map.cells_p95_ms", "map.cells_of_period_p95_ms", "map.flows_p95_ms", "map.flows_of_period_p95_ms"),
        *("map.every_position_ms", "map.every_route_ms"),
    },
    "marks": {"marks.search_p95_ms", "marks.every_mark_read_ms"},
}


@pytest.mark.parametrize("name", METRICS)
def test_a_bench_on_a_database_of_its_own_gives_its_metrics(name: str) -> None:
    own = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "DATABASE_APP_URL"}}

    done = subprocess.run(
        [CORDON, "bench", name, "--size", "300"], env=own, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr[-2000:]
    figures = [orjson.loads(line) for line in done.stdout.splitlines()]
    assert {figure["metric"] for figure in figures} == METRICS[name]
    assert all(figure["value"] > 0 for figure in figures)
