"""Brings roles, database, reference and demo data up to date in one process: each start of Django costs a second."""

import os
import sys
from collections.abc import Mapping
from typing import Any

import django
import psycopg
from django.conf import settings
from django.core.management import call_command

from backend.embedded.postgres import ensure_role, grant_daily_work
from cases.bundle.signing import signing_key

Step = tuple[str, str, dict[str, Any]]

STEPS: tuple[Step, ...] = (
    ("Bringing the database up to date", "migrate", {"interactive": False, "verbosity": 0}),
    ("Loading reference data", "load_reference", {}),
    ("Placing incidents on the map", "place_incidents", {}),
)
DEMO: Step = ("Loading demo data", "load_demo", {})
# What the steps recorded: the worker comes up later.
LINK: Step = ("Linking the audit trail", "link_audit", {})


def main() -> None:
    """Run every step; each changes nothing when there is nothing new."""
    # What migrations do to rows is noted by the database like any change, and with this as what it was for.
    os.environ["PGOPTIONS"] = f"{os.environ.get('PGOPTIONS', '')} -c cordon.purpose=prepare".strip()
    django.setup()
    ensure_application_role(os.environ)
    # So that a first export need not make it, on whichever host that comes to.
    signing_key(settings.BUNDLE_KEY_FILE)
    for line, command, options in (*STEPS, *((DEMO,) if settings.DEMO_ALLOWED else ()), LINK):
        sys.stdout.write(f"  {line}\n")
        sys.stdout.flush()
        call_command(command, **options)


def ensure_application_role(environ: Mapping[str, str]) -> None:
    """Make the role that DATABASE_APP_URL names where somebody else's server lacks it; grant it its daily work.

    The embedded server has made its roles itself. Elsewhere the owner must be allowed to create roles, or an
    administrator makes the role first; without DATABASE_APP_URL the owner is the only role and nothing is done.
    """
    owner_url, app_url = environ.get("DATABASE_URL"), environ.get("DATABASE_APP_URL")
    if not owner_url or not app_url or "CORDON_POSTGRES_PROGRAMS" in environ:
        return
    application = psycopg.conninfo.conninfo_to_dict(app_url)
    role, password = str(application["user"]), str(application.get("password", ""))
    with psycopg.connect(owner_url, autocommit=True) as connection:
        if role != connection.info.user:
            ensure_role(connection, role, password)
            grant_daily_work(connection, app_role=role)


if __name__ == "__main__":
    main()
