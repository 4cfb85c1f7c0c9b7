"""Counting attempts to come in, so that guessing ends early."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from cases.errors import TooManyAttempts
from cases.models import AttemptCount


@dataclass(frozen=True, slots=True)
class Limit:
    """How many attempts within a time, and how long the pause is once they are used up."""

    name: str
    attempts: int
    within: timedelta
    pause: timedelta


# Five wrong passwords are a person's bad day; a guesser gets some five hundred a day at most.
ACCOUNT: Final = Limit("account", 5, timedelta(minutes=15), timedelta(minutes=15))
# A whole post may stand behind one address.
ADDRESS: Final = Limit("address", 50, timedelta(minutes=15), timedelta(minutes=15))
SECOND_FACTOR: Final = Limit("second_factor", 5, timedelta(minutes=15), timedelta(minutes=15))
# Of 256 bits none is guessed; whoever tries so often is broken or hostile.
WRONG_TOKEN: Final = Limit("wrong_token", 20, timedelta(minutes=5), timedelta(minutes=5))
# Links to referrals: guesses by address, and how often whoever has one looks and answers.
WRONG_LINK: Final = Limit("wrong_link", 20, timedelta(minutes=5), timedelta(minutes=5))
LINK_USED: Final = Limit("link_used", 60, timedelta(minutes=15), timedelta(minutes=15))

Counted = tuple[Limit, str]


def take_attempt(*, counted: Sequence[Counted], at: datetime) -> None:
    """Count an attempt against each limit before it is tried; raises TooManyAttempts where one is used up.

    Counting first lets parallel guesses through no oftener than one after another. The counts are in the database:
    they hold for every process, and where it is down nobody comes in anyway.
    """
    with transaction.atomic():
        # In one order, so that two attempts never wait for each other.
        for key, limit in sorted(((_key(each), each[0]) for each in counted), key=lambda pair: pair[0]):
            _take(key, limit, at)


def give_back_attempt(*, counted: Sequence[Counted]) -> None:
    """Take back what was counted for an attempt that was right; earlier wrong ones stay counted."""
    with transaction.atomic():
        for key in sorted(_key(each) for each in counted):
            row = AttemptCount.objects.select_for_update().filter(pk=key, count__gt=0).first()
            if row is not None:
                row.count -= 1
                row.save(update_fields=["count"])


def _take(key: str, limit: Limit, at: datetime) -> None:
    AttemptCount.objects.get_or_create(pk=key, defaults={"count": 0, "ends_at": at + limit.within})
    row = AttemptCount.objects.select_for_update().get(pk=key)
    if row.ends_at <= at:
        row.count, row.ends_at = 0, at + limit.within
    if row.count >= limit.attempts:
        raise TooManyAttempts(wait_s=int((row.ends_at - at).total_seconds()) + 1)
    row.count += 1
    if row.count == limit.attempts:
        row.ends_at = at + limit.pause
    row.save(update_fields=["count", "ends_at"])


def _key(counted: Counted) -> str:
    limit, what = counted
    return hashlib.sha256(f"{limit.name}\x00{what.casefold()}".encode()).hexdigest()
