"""Brings database, reference data and demo data up to date in one process: each start of Django costs a second."""

import sys
from typing import Any

import django
from django.core.management import call_command

STEPS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("Bringing the database up to date", "migrate", {"interactive": False, "verbosity": 0}),
    ("Loading reference data", "load_reference", {}),
    ("Loading demo data", "load_demo", {}),
)


def main() -> None:
    """Run every step; each changes nothing when there is nothing new."""
    django.setup()
    for line, command, options in STEPS:
        sys.stdout.write(f"  {line}\n")
        sys.stdout.flush()
        call_command(command, **options)


if __name__ == "__main__":
    main()
