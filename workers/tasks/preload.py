"""Reference data, loaded before the first task and shared by the worker's processes."""

from celery.signals import worker_init

from cases.queries.rulebooks import current_rulebook
from geo.locate import geography


@worker_init.connect
def hold_reference_data(**_signal: object) -> None:
    """Load rulebook and geography before the pool forks: its processes then share one copy."""
    current_rulebook()
    geography()
