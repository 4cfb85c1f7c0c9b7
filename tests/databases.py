"""Test databases made and migrated by the owner's role, used by the application's, which owns nothing.

Registered by `tests.servers` after pytest-django, so that this `django_db_setup` is the one used.
"""

import os
import time
from collections.abc import Generator
from contextlib import AbstractContextManager
from typing import Protocol
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from backend.embedded.postgres import DATABASE, grant_daily_work
from tests.servers import alone, superuser_url, worker_id

# How long whoever is still at work in a database may take to leave it.
FREE_WITHIN_S = 60.0
# Bit 5 of a trigger's type says that it fires on TRUNCATE.
TRUNCATE_TRIGGERS = """
SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND tgtype & 32 <> 0 AND relnamespace = 'public'::regnamespace
"""


class Blocker(Protocol):
    """What pytest-django gives to let set-up reach the database before a test may."""

    def unblock(self) -> AbstractContextManager[None]:
        """Let everything through while entered."""


@pytest.fixture(scope="session")
def django_db_setup(servers: None, django_test_environment: None, django_db_blocker: Blocker) -> Generator[None]:
    """Give this process a database of its own: a copy of one that was migrated once for all."""
    name = f"test_{DATABASE}_{worker_id()}"
    with django_db_blocker.unblock():
        template = f"test_{DATABASE}_migrated"
        with alone("migrate") as folder:
            if not (folder / "migrated").exists():
                _make_database(template)
                _migrate(template)
                _allow_emptying(template)
                (folder / "migrated").touch()
            _make_database(name, template=template)
        for alias in ("default", "owner"):
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        _drop_database(name)


def _database_url_of(variable: str, name: str) -> str:
    return urlsplit(os.environ[variable])._replace(path=f"/{name}").geturl()


def database_environment() -> dict[str, str]:
    """Return the variables that point another process at this process's test database."""
    name = str(connections["default"].settings_dict["NAME"])
    return {
        variable: _database_url_of(variable, name)
        for variable in ("DATABASE_URL", "DATABASE_APP_URL")
        if os.environ.get(variable)
    }


def as_superuser() -> psycopg.Connection[tuple[object, ...]]:
    """Return a connection to this process's test database that may do anything."""
    return _as_superuser_of(str(connections["default"].settings_dict["NAME"]))


def _as_superuser_of(database: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(urlsplit(superuser_url())._replace(path=f"/{database}").geturl(), autocommit=True)


def _as_owner(database: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(_database_url_of("DATABASE_URL", database), autocommit=True)


def _make_database(name: str, template: str = "template1") -> None:
    """Make a database afresh as its owner; the application's role may do what it may in production."""
    app_role = str(connections["default"].settings_dict["USER"])
    _drop_database(name)
    with _as_owner("postgres") as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
    with _as_owner(name) as connection:
        grant_daily_work(connection, app_role=app_role)


def _drop_database(name: str) -> None:
    """Drop a database and end whatever is connected to it, an autovacuum too: the superuser may do that to anybody.

    On a server that was given the owner may not, and waits until they have left.
    """
    deadline = time.monotonic() + FREE_WITHIN_S
    with _as_superuser_of("postgres") as connection:
        while True:
            try:
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            except (psycopg.errors.ObjectInUse, psycopg.errors.InsufficientPrivilege):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)
            else:
                return


def _allow_emptying(name: str) -> None:
    """Let the application's role empty tables, append-only ones too: Django does so after a test that really commits.

    Only in test databases. Elsewhere the role lacks the right, and triggers refuse it to the owner as well.
    """
    app_role = sql.Identifier(str(connections["default"].settings_dict["USER"]))
    with _as_owner(name) as connection:
        connection.execute(sql.SQL("GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {}").format(app_role))
        for table, trigger in connection.execute(TRUNCATE_TRIGGERS).fetchall():
            connection.execute(
                sql.SQL("ALTER TABLE {} DISABLE TRIGGER {}").format(
                    sql.Identifier(str(table)), sql.Identifier(str(trigger))
                )
            )


def _migrate(name: str) -> None:
    """Migrate as `make run` does: the owner's role behind the alias `default`."""
    default, owner = connections["default"], connections["owner"]
    usual = {key: default.settings_dict[key] for key in ("NAME", "USER", "PASSWORD")}
    default.close()
    default.settings_dict.update({key: owner.settings_dict[key] for key in ("USER", "PASSWORD")}, NAME=name)
    try:
        call_command("migrate", interactive=False, verbosity=0)
    finally:
        default.close()
        default.settings_dict.update(usual)
