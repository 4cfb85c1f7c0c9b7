"""`cordon screen --list`: what is read, what is refused, and what a result then says."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backend.cli import app
from tests.factories import incident_document
from tests.list_samples import BRIGADE, PERSON, SAMPLE, VESSELS, consolidated, vessel_csv


@pytest.fixture
def incidents(tmp_path: Path) -> Path:
    """A file with one incident: a listed recipient and a designated vessel."""
    document = incident_document(
        occurred_on="2024-03-10",
        conveyance={"mode": "sea", "name": "Test Dhow", "imo": "9074729"},
        recipient={"kind": "private", "name": "Torvald Exemplum Brannigan"},
    )
    file = tmp_path / "incidents.ndjson"
    file.write_text(json.dumps(document))
    return file


def written(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


def test_lists_of_both_kinds_are_compared_with(incidents: Path, tmp_path: Path) -> None:
    xml = written(tmp_path, "list.xml", SAMPLE)
    csv = written(tmp_path, "vessels-2024-01-01.csv", vessel_csv(*VESSELS))

    done = CliRunner().invoke(app, ["screen", str(incidents), "--list", xml, "--list", csv])

    assert done.exit_code == 0
    result = json.loads(done.stdout)
    assert [(used["name"], used["generated"]) for used in result["lists"]] == [
        ("un-1718-vessels", "2024-01-01"),
        ("un-sc", "2024-03-01"),
    ]
    assert {match["reference_number"] for match in result["designations"]} == {"QDi.901", "T-1"}


def test_two_editions_tell_of_the_days_between(incidents: Path, tmp_path: Path) -> None:
    old = written(tmp_path, "old.xml", consolidated(PERSON, BRIGADE, generated="2020-01-01T00:00:00Z"))
    new = written(tmp_path, "new.xml", consolidated(BRIGADE, generated="2024-06-01T00:00:00Z"))

    done = CliRunner().invoke(app, ["screen", str(incidents), "--list", new, "--list", old, "--list", old])

    (match,) = json.loads(done.stdout)["designations"]
    assert (match["reference_number"], match["listed_on_day"], match["list_covers_day"]) == ("QDi.901", None, True)


@pytest.mark.parametrize(
    "content",
    [SAMPLE[:-30], b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", b"<x/>", b"", b"a,b\n1,2\n", None],
    ids=["truncated", "entities", "wrong root", "empty", "other csv", "missing"],
)
def test_a_bad_list_is_bad_input_and_nothing_is_screened(
    content: bytes | None, incidents: Path, tmp_path: Path
) -> None:
    file = str(tmp_path / "list.xml") if content is None else written(tmp_path, "list.xml", content)

    done = CliRunner().invoke(app, ["screen", str(incidents), "--list", file])

    assert (done.exit_code, done.stdout) == (2, "")
    assert "The list was refused" in done.stderr
    assert "list.xml" in done.stderr
