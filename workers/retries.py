"""Which failures pass by themselves, and how patiently tasks try again."""

from typing import Any

from django.db import InterfaceError, OperationalError

# The database restarting; anything else is recorded where it arose and not repeated blindly.
TRANSIENT: dict[str, Any] = {
    "autoretry_for": (OperationalError, InterfaceError),
    "max_retries": 5,
    "retry_backoff": 2,
    "retry_backoff_max": 60,
    "retry_jitter": True,
}
