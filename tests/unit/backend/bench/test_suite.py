import orjson
import pytest
from typer.testing import CliRunner

from backend.bench.figures import Figure, Plan
from backend.bench.suite import BENCHES, NoSuchBench, run_bench
from backend.cli import BAD_USAGE, app

TINY = Plan(rounds=1, size=12)


def lines(bench: str) -> list[dict]:
    return [orjson.loads(figure.line()) for figure in run_bench(bench, TINY)]


@pytest.mark.parametrize(
    ("bench", "metrics"),
    [
        (
            "screening",
            {"screening.incidents_per_s_core", "screening.single_p99_ms", "screening.ndjson_per_s_core"},
        ),
        ("names", {"names.us_per_pair", "names.list_ms_per_party", "names.list_ms_per_party_p99"}),
    ],
)
def test_a_bench_gives_its_metrics_with_value_and_unit(bench, metrics):
    figures = lines(bench)

    assert {figure["metric"] for figure in figures} == metrics
    for figure in figures:
        assert figure["value"] > 0
        assert figure["unit"]
        assert figure["size"] > 0


def test_figures_say_which_list_they_were_reached_with():
    assert {figure["list"] for figure in lines("names") if "list" in figure} == {"made-up"}


def test_a_bench_that_does_not_exist_names_those_that_do():
    with pytest.raises(NoSuchBench, match="screening"):
        list(run_bench("nothing", TINY))


def test_every_bench_of_the_contract_is_there():
    assert {"screening", "names", "locate", "rescreen", "referrals"} <= set(BENCHES)


def test_a_line_is_one_json_object():
    line = Figure("names.us_per_pair", 12.5, "us", {"rounds": 3}).line()

    assert line.count(b"\n") == 1
    assert orjson.loads(line) == {"metric": "names.us_per_pair", "value": 12.5, "unit": "us", "rounds": 3}


def test_the_command_prints_figures_on_standard_output_alone():
    done = CliRunner().invoke(app, ["bench", "names", "--rounds", "1", "--size", "5"])

    assert done.exit_code == 0
    assert [orjson.loads(line)["unit"] for line in done.stdout.splitlines()] == ["us", "ms", "ms"]


def test_a_wrong_name_is_bad_usage():
    assert CliRunner().invoke(app, ["bench", "nothing"]).exit_code == BAD_USAGE


def test_a_list_that_cannot_be_read_is_bad_usage_before_anything_is_measured(tmp_path):
    path = tmp_path / "list.xml"
    path.write_text("no list")
    done = CliRunner().invoke(app, ["bench", "names", "--size", "5", "--rounds", "1", "--list", str(path)])

    assert (done.exit_code, done.stdout) == (BAD_USAGE, "")
    assert "list.xml" in done.stderr
