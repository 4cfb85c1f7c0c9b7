"""`cordon screen`: incidents from a file through the engine, without database or server."""

import gc
import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

import orjson

from cases.collector import spare_the_collector
from cases.intake.problems import Problem
from cases.intake.reading import Reading, read_incident_line
from cases.lists.errors import ListRefused
from cases.lists.files import designations_of_files
from cases.regimes.loader import RegimeFilesInvalid, load_rulebook
from cases.results import screening_documents
from cases.screening.designations import Designations
from cases.screening.rulebook import Rulebook
from geo.errors import DomainError as GeoError
from geo.locate import Geography, geography

# Large enough that places are resolved together at full speed, small enough that results begin to flow at once.
CHUNK_LINES = 500
# A second process costs about a second to set up: what one core does in three is left to one.
CHUNKS_FOR_ONE_PROCESS = 16

Line = tuple[int, bytes]


class BadInput(Exception):
    """The call cannot be served: a file that cannot be read, or regime files that do not hold."""


class ReferenceData(NamedTuple):
    """What incidents are screened with."""

    rulebook: Rulebook
    designations: Designations
    geography: Geography


class Sources(NamedTuple):
    """Where the reference data come from; None is the package's own."""

    regimes: Path | None
    lists: tuple[Path, ...] = ()


def screen_file(file: str, out: BinaryIO, sources: Sources, *, processes: int | None = None) -> bool:
    """Write one result a line, or one error a bad line; return whether every line was read.

    Long input is shared among as many processes as there are cores, any input among as many as told; the bytes are
    the same.
    Raises BadInput before anything is screened when the file, the regimes, a list or the reference geography is
    missing or does not hold.
    """
    try:
        reference_data(sources)
    except (RegimeFilesInvalid, ListRefused, GeoError) as error:
        raise BadInput(str(error)) from error
    if file == "-":
        return _screen(sys.stdin.buffer, out, sources, processes)
    try:
        with Path(file).open("rb") as lines:
            return _screen(lines, out, sources, processes)
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}") from error


@lru_cache(maxsize=1)
def reference_data(sources: Sources) -> ReferenceData:
    """Return the reference data, loaded once in a process.

    Raises RegimeFilesInvalid, ListRefused or an error of geography.
    """
    data = ReferenceData(load_rulebook(sources.regimes), designations_of_files(sources.lists), geography())
    gc.collect()
    spare_the_collector()
    return data


def _screen(lines: Iterable[bytes], out: BinaryIO, sources: Sources, processes: int | None) -> bool:
    chunks = _chunks(lines)
    first = list(islice(chunks, CHUNKS_FOR_ONE_PROCESS + 1))
    every = chain(first, chunks)
    count = processes or os.cpu_count() or 1
    is_short = processes is None and len(first) <= CHUNKS_FOR_ONE_PROCESS
    if is_short or count == 1:
        screened: Iterable[tuple[bytes, bool]] = (screen_lines(chunk, reference_data(sources)) for chunk in every)
    else:
        screened = _shared_out(every, sources, count)
    all_read = True
    for results, are_read in screened:
        out.write(results)
        all_read = all_read and are_read
    out.flush()
    return all_read


def _chunks(lines: Iterable[bytes]) -> Iterator[list[Line]]:
    numbered = enumerate(lines, start=1)
    while chunk := list(islice(numbered, CHUNK_LINES)):
        yield chunk


def _shared_out(chunks: Iterable[list[Line]], sources: Sources, processes: int) -> Iterator[tuple[bytes, bool]]:
    """Yield the results of the chunks in order, with no more of them in memory than keep every process busy."""
    waiting: deque[Future[tuple[bytes, bool]]] = deque()
    # Spawned, not forked: the libraries in this process may run threads, which a fork would cut off.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        for chunk in chunks:
            waiting.append(pool.submit(_screen_apart, chunk, sources))
            if len(waiting) > 2 * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _screen_apart(chunk: list[Line], sources: Sources) -> tuple[bytes, bool]:
    return screen_lines(chunk, reference_data(sources))


def screen_lines(lines: Sequence[Line], data: ReferenceData) -> tuple[bytes, bool]:
    """Return the results of numbered lines, one a line, and whether every line was read."""
    readings = [(number, read_incident_line(line, unknown_fields="warning")) for number, line in lines if line.strip()]
    incidents = [
        (submission.reference or str(submission.client_id or f"line {number}"), submission)
        for number, reading in readings
        if (submission := reading.submission) is not None
    ]
    documents = screening_documents(
        incidents, rulebook=data.rulebook, designations=data.designations, geography=data.geography
    )
    # Written one by one, so that no more than one result is held as plain values.
    written = [
        _written(next(documents) if reading.submission is not None else _refused(number, reading))
        for number, reading in readings
    ]
    return b"".join(written), len(incidents) == len(readings)


def _written(result: dict[str, object]) -> bytes:
    return orjson.dumps(result, option=orjson.OPT_APPEND_NEWLINE)


def _refused(number: int, reading: Reading) -> dict[str, object]:
    return {"line": number, "error": {"code": "invalid", "errors": [_problem(each) for each in reading.errors]}}


def _problem(problem: Problem) -> dict[str, object]:
    return {"pointer": problem.pointer, "code": problem.code, "detail": problem.detail}
