"""`cordon screen`: incidents from a file through the engine, without database or server."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import orjson

from cases.intake.problems import Problem
from cases.intake.reading import read_incident_line
from cases.regimes.loader import RegimeFilesInvalid, load_rulebook
from cases.results import screening_document
from cases.screening.designations import Designations
from cases.screening.rulebook import Rulebook
from geo.errors import DomainError as GeoError
from geo.locate import Geography, geography


class BadInput(Exception):
    """The call cannot be served: a file that cannot be read, or regime files that do not hold."""


def screen_file(file: str, out: BinaryIO, *, regimes: Path | None) -> bool:
    """Write one result a line, or one error a bad line; return whether every line was read.

    Raises BadInput before anything is screened when the file, the regimes or the reference geography are missing.
    """
    try:
        rulebook = load_rulebook(regimes)
        places = geography()
    except (RegimeFilesInvalid, GeoError) as error:
        raise BadInput(str(error)) from error
    if file == "-":
        return _screen_lines(sys.stdin.buffer, out, rulebook, places)
    try:
        with Path(file).open("rb") as lines:
            return _screen_lines(lines, out, rulebook, places)
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}") from error


def _screen_lines(lines: Iterable[bytes], out: BinaryIO, rulebook: Rulebook, places: Geography) -> bool:
    designations, all_read = Designations.none(), True
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        reading = read_incident_line(line, unknown_fields="warning")
        if reading.submission is None:
            all_read = False
            result: dict[str, object] = {"line": number, "error": _error(reading.errors)}
        else:
            result = screening_document(
                reading.submission,
                reference=reading.submission.reference or str(reading.submission.client_id or f"line {number}"),
                rulebook=rulebook,
                designations=designations,
                geography=places,
            )
        out.write(orjson.dumps(result, option=orjson.OPT_APPEND_NEWLINE))
    out.flush()
    return all_read


def _error(problems: Iterable[Problem]) -> dict[str, object]:
    return {
        "code": "invalid",
        "errors": [
            {"pointer": problem.pointer, "code": problem.code, "detail": problem.detail} for problem in problems
        ],
    }
