"""Names of tasks, and how they are sent: after commit, by name, with ids; the queued row is the durable record."""

import logging
from functools import partial
from time import monotonic
from typing import Final

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

RUN_SCREENING: Final = "screening.run"
SWEEP_SCREENINGS: Final = "screening.sweep"
RESCREEN: Final = "rescreening.work"
WATCH_VERSIONS: Final = "rescreening.watch"
INSPECT_EVIDENCE: Final = "evidence.inspect"
SWEEP_EVIDENCE: Final = "evidence.sweep"
FORGET_ANSWERS: Final = "upkeep.forget_answers"
LINK_AUDIT: Final = "upkeep.link_audit"
FORGET_ATTEMPTS: Final = "upkeep.forget_attempts"
ADD_UP_COUNTS: Final = "upkeep.add_up_counts"
ERASE_DUE: Final = "upkeep.erase_due"
WATCH_REPLIES: Final = "upkeep.watch_replies"
WATCH_OBLIGATIONS: Final = "upkeep.watch_obligations"
TELL_HOLDERS: Final = "marks.tell_holders"
MAIL_NOTIFICATIONS: Final = "notifications.mail"
SEND_LETTER: Final = "letters.send"
SWEEP_LETTERS: Final = "letters.sweep"

# Queues by patience.
INTERACTIVE: Final = "interactive"
BATCH: Final = "batch"
OUTBOUND: Final = "outbound"


class Patience:
    """How long nobody waits for a broker that has just failed: the sweeper sends what was left meanwhile."""

    # A stalled broker costs a request seconds; one request in this time is enough to find it back.
    PAUSE_S: Final = 10.0

    def __init__(self) -> None:
        self._spent_until = 0.0

    def is_spent(self) -> bool:
        """Return whether the broker failed within the pause."""
        return monotonic() < self._spent_until

    def spend(self) -> None:
        """Note that the broker failed now."""
        self._spent_until = monotonic() + self.PAUSE_S

    def renew(self) -> None:
        """Forget that it failed."""
        self._spent_until = 0.0


patience = Patience()


def send_on_commit(task: str, *, queue: str, **ids: int) -> None:
    """Have the task sent once this transaction is committed; a broker that is down costs delay, never data."""
    transaction.on_commit(partial(_nudge, task, queue=queue, **ids))


def _nudge(task: str, *, queue: str, **ids: int) -> None:
    if not patience.is_spent() and not send(task, queue=queue, **ids):
        patience.spend()


def send(task: str, *, queue: str, **ids: int) -> bool:
    """Send the task now; False, and a line in the log, when the broker does not answer."""
    try:
        # Not send_task: that ignores eager mode.
        current_app.signature(task, kwargs=ids).apply_async(queue=queue, retry=False)
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("broker unreachable", extra={"fields": {"task": task, **ids, "error": type(error).__name__}})
        return False
    return True
