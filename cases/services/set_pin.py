"""Setting the PIN that opens an officer's locked session."""

import re
from datetime import datetime
from itertools import pairwise

from django.contrib.auth.hashers import make_password
from django.db import transaction

from cases.errors import PinTooSimple
from cases.models import Officer
from cases.services.write_audit_entry import write_audit_entry

_DIGITS = re.compile(r"[0-9]{6,12}")
# 241231, 311224, 20241231: what people choose first, and what a colleague knows.
_YEAR, _MONTH, _DAY = "(?:19|20)?[0-9]{2}", "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"
_DATE = re.compile(f"{_YEAR}{_MONTH}{_DAY}|{_DAY}{_MONTH}{_YEAR}")


def set_pin(*, officer: Officer, pin: str, at: datetime) -> None:
    """Keep the PIN as a digest made for passwords; an empty one takes it away. Raises PinTooSimple."""
    if pin and not is_fit(pin):
        raise PinTooSimple
    with transaction.atomic():
        officer.pin_hash = make_password(pin) if pin else ""
        officer.save(update_fields=["pin_hash"])
        write_audit_entry(
            action="officer.pin_set" if pin else "officer.pin_removed", subject=officer, at=at, by=officer
        )


def is_fit(pin: str) -> bool:
    """Return whether the PIN is long enough and not among those that are guessed first."""
    if not _DIGITS.fullmatch(pin) or _DATE.fullmatch(pin):
        return False
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    # One step throughout: 111111, 123456, 975319. A repetition: 121212, 123123.
    repeats = any(pin == (pin[:length] * len(pin))[: len(pin)] for length in range(1, len(pin) // 2 + 1))
    return len(steps) > 1 and not repeats
