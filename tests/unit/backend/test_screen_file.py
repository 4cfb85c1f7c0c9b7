"""`cordon screen`: the same bytes whatever the number of processes, bad lines at their places."""

import io
from pathlib import Path

import orjson
import pytest

from backend.screen_file import CHUNK_LINES, BadInput, Sources, reference_data, screen_file, screen_lines
from cases.canonical import canonical_json
from cases.generate.incidents import incidents
from cases.intake.reading import read_incident_line
from cases.results import screening_document

PACKAGED = Sources(None)


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    lines = [orjson.dumps(document) for document in incidents(40, seed=5)]
    lines[7:7] = [b"", b"{not json", b'{"kind": "seizure"}']
    file = tmp_path / "incidents.ndjson"
    file.write_bytes(b"\n".join(lines) + b"\n")
    return file


def screened(file: Path, **how: int) -> tuple[bool, list[bytes]]:
    out = io.BytesIO()
    return screen_file(str(file), out, PACKAGED, **how), out.getvalue().splitlines()


def test_bad_lines_are_answered_at_their_places_and_the_rest_still_run(sent):
    all_read, results = screened(sent)

    documents = [orjson.loads(line) for line in results]
    assert not all_read
    assert len(documents) == 42
    assert [(at, each["line"]) for at, each in enumerate(documents) if "error" in each] == [(7, 9), (8, 10)]


def test_each_result_is_what_the_incident_gives_alone_on_the_server(sent):
    data = reference_data(PACKAGED)
    lines = [line for line in sent.read_bytes().splitlines() if read_incident_line(line).submission is not None]

    together, all_read = screen_lines(list(enumerate(lines, start=1)), data)

    assert all_read
    for line, written in zip(lines, together.splitlines(), strict=True):
        submission = read_incident_line(line).submission
        assert submission is not None
        alone = screening_document(submission, reference=submission.reference or "", **data._asdict())
        assert written.decode() == canonical_json(alone)


def test_several_processes_give_the_same_bytes_in_the_same_order(sent):
    """It takes seconds: each process reads the rulebook and the map for itself."""
    sent.write_bytes(sent.read_bytes() * (CHUNK_LINES // 40 + 2))

    assert screened(sent, processes=2) == screened(sent, processes=1)


def test_missing_file_is_bad_input():
    with pytest.raises(BadInput, match="cannot be read"):
        screened(Path("/nowhere/at/all.ndjson"))
