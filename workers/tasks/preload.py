"""Reference data, loaded before the first task and shared by the worker's processes."""

from celery.signals import worker_init
from django.db import DatabaseError, connections

from cases.queries.geographies import current_geography
from cases.queries.remembered_names import preload_names
from cases.queries.rulebooks import current_designations, current_rulebook
from cases.screening.engine import screener
from geo.locate import geography


@worker_init.connect
def hold_reference_data(**_signal: object) -> None:
    """Load rulebook, geography and lists before the pool forks: its processes then share one copy."""
    current_rulebook()
    try:
        current_geography()
        for index in screener(current_rulebook(), current_designations()).name_indexes:
            preload_names(index)
    except DatabaseError:
        # Each process asks again; the packaged part is most of the work.
        geography()
    finally:
        # A connection must not be inherited by several processes.
        connections.close_all()
