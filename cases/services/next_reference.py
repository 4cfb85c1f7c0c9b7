"""References: numbers that are unique, short enough to say over a radio, and count nothing."""

import hashlib
import hmac

from django.conf import settings
from django.db import connection

# Eight digits: more records than any year will bring, so that a year's numbers never run out.
NUMBERS = 10**8
# Two halves of four digits each, mixed four times.
HALF = 10**4
ROUNDS = 4


def next_reference(*, prefix: str, year: int) -> str:
    """Return a new reference, e.g. INC-2026-04719283; gaps and order tell nothing of other agencies."""
    return next_references(prefix=prefix, year=year, count=1)[0]


def next_references(*, prefix: str, year: int, count: int) -> list[str]:
    """Return so many new references."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_reference_number') FROM generate_series(1, %s)", [count])
        numbers = [row[0] for row in cursor.fetchall()]
    key = settings.REFERENCE_KEY.encode()
    return [f"{prefix}-{year}-{shuffled(number % NUMBERS, key):08d}" for number in numbers]


def shuffled(number: int, key: bytes) -> int:
    """Return the number's place in a permutation of 0 … 99,999,999 that only the key's holder can follow."""
    left, right = divmod(number, HALF)
    for turn in range(ROUNDS):
        left, right = right, (left + _mixed(right, turn, key)) % HALF
    return left * HALF + right


def _mixed(half: int, turn: int, key: bytes) -> int:
    digest = hmac.digest(key, f"reference:{turn}:{half}".encode(), hashlib.sha256)
    return int.from_bytes(digest[:8], "big")
