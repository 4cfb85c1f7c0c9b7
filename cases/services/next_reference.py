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
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_reference_number')")
        (number,) = cursor.fetchone()
    return f"{prefix}-{year}-{shuffled(number % NUMBERS, settings.REFERENCE_KEY.encode()):08d}"


def shuffled(number: int, key: bytes) -> int:
    """Return the number's place in a permutation of 0 … 99,999,999 that only the key's holder can follow."""
    left, right = divmod(number, HALF)
    for turn in range(ROUNDS):
        left, right = right, (left + _mixed(right, turn, key)) % HALF
    return left * HALF + right


def _mixed(half: int, turn: int, key: bytes) -> int:
    digest = hmac.digest(key, f"reference:{turn}:{half}".encode(), hashlib.sha256)
    return int.from_bytes(digest[:8], "big")
