"""Fixtures that every tier may use.

The servers, test databases and the real Celery worker come from the plugin `tests.servers`, which pytest loads by
`-p tests.servers` before Django reads its settings. A test names what it takes from here; nothing is autouse.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import hypothesis
import pytest
from celery import Celery
from django.conf import settings
from django.db import connections
from pytest_django import DjangoDbBlocker

from cases import outbox
from cases.models import Officer, RulebookVersion
from cases.queries.rulebooks import current_rulebook
from cases.services.load_rulebook_version import load_rulebook_version
from tests.factories import OfficerFactory
from workers.app import app as celery_app

# A busy machine is slow, not wrong. What lands is judged by the same examples each time; other runs try others.
hypothesis.settings.register_profile("local", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.register_profile("ci", hypothesis.settings.get_profile("local"), derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")

# What each request pays in statements for its scope: the connection lowered and raised again, which the web process is
# spared, a savepoint set and released, which is its transaction there, and the scope taken and given back.
OF_SCOPE = 6
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Let tests that really commit empty the append-only tables after them; changing a row stays refused."""
    with django_db_blocker.unblock(), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass, tgname FROM pg_trigger WHERE tgname LIKE '%\\_no\\_truncate'")
        for table, trigger in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")


@pytest.fixture
def now() -> datetime:
    """The moment at which the tests act."""
    return NOW


@pytest.fixture
def officer(db: None) -> Officer:
    """An officer of an agency."""
    return OfficerFactory.create()


@pytest.fixture
def rulebook_version(db: None) -> RulebookVersion:
    """The package's rulebook, loaded into the database."""
    version, _ = load_rulebook_version(rulebook=current_rulebook(), loaded_at=NOW)
    return version


@pytest.fixture
def no_broker() -> Iterator[None]:
    """A broker that refuses connections, as Redis does while it is stopped."""
    stranded = Celery("stranded", broker="redis://127.0.0.1:1/0", set_as_current=False)
    stranded.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    stranded.set_current()
    outbox.patience.renew()
    yield
    celery_app.set_current()
    outbox.patience.renew()
