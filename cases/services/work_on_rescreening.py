"""Working through a re-screening with every core of the machine."""

import logging
import multiprocessing
import os
from collections.abc import Callable, Sequence
from datetime import datetime
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Final

from django.db import connections

from cases.collector import spare_the_collector
from cases.models import Rescreening
from cases.queries.earlier_versions import designations_of, rulebook_of
from cases.queries.geographies import current_geography
from cases.queries.remembered_names import preload_names
from cases.queries.rescreenings import incidents_done
from cases.screening.engine import screener
from cases.services.rescreen_chunk import begin_rescreening, finish_rescreening, rescreen_chunk

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]

# How often progress is looked up.
LOOK_EVERY_S: Final = 0.5


def work_on_rescreening(
    *, rescreening: Rescreening, processes: int, clock: Clock, tell_done: Callable[[int], None]
) -> bool:
    """Screen the chunks that are left, tell how many incidents are done, and return whether none is left.

    Chunks are taken one by one under a lock, so that any number of workers may help, and killing any of them loses
    only the chunk it held.
    """
    begin_rescreening(rescreening_id=rescreening.pk, now=clock())
    _prepare(rescreening)
    workers = _started(rescreening.pk, processes, clock)
    while running := [worker for worker in workers if worker.is_alive()]:
        tell_done(incidents_done(rescreening))
        wait([worker.sentinel for worker in running], timeout=LOOK_EVERY_S)
    tell_done(incidents_done(rescreening))
    finish_rescreening(rescreening_id=rescreening.pk, now=clock())
    rescreening.refresh_from_db()
    return rescreening.finished_at is not None and all(worker.exitcode == 0 for worker in workers)


def _prepare(rescreening: Rescreening) -> None:
    """Build once what every process needs: they share it."""
    designations = designations_of(rescreening.lists)
    for index in screener(rulebook_of(rescreening.rulebook), designations).name_indexes:
        preload_names(index)
    current_geography()


def _started(rescreening_id: int, processes: int, clock: Clock) -> Sequence[BaseProcess]:
    # A connection cannot be shared between processes.
    connections.close_all()
    context = multiprocessing.get_context("fork")
    workers = [
        context.Process(target=_work, args=(rescreening_id, os.getpid(), clock), daemon=True) for _ in range(processes)
    ]
    for worker in workers:
        worker.start()
    return workers


def _work(rescreening_id: int, parent: int, clock: Clock) -> None:
    """Screen chunks until none is left, or until whoever asked for it is gone."""
    spare_the_collector()
    while os.getppid() == parent and rescreen_chunk(rescreening_id=rescreening_id, now=clock()) is not None:
        pass
