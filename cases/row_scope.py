"""What the database shows to the transaction at hand: the settings that its row-level security goes by.

The backstop of `cases.access`, not its substitute (docs/decisions/0015). A connection of the web process begins with
nobody's scope, one of a worker or a command with the system's.
"""

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple, TypeVar

from django.conf import settings
from django.db import connection, transaction

from cases.canonical import canonical_json
from cases.errors import DomainError

Piece = TypeVar("Piece")


class RowScope(NamedTuple):
    """Whose rows are shown: everybody's, an agency's own and what is shared with it, or none."""

    scope: str
    agency: int | None = None
    # What the officer is cleared for.
    caveats: tuple[str, ...] = ()
    officer: int | None = None


SYSTEM: Final = RowScope("system")
NOBODY: Final = RowScope("nobody")

_SETTINGS: Final = ("cordon.scope", "cordon.agency", "cordon.caveats", "cordon.caller")
_BEFORE: Final = ", ".join(f"current_setting('{name}', true)" for name in _SETTINGS)
_AFTER: Final = ", ".join(f"set_config('{name}', %s, true)" for name in _SETTINGS)
# Local to the transaction: whichever way it ends, the connection is as it was.
_TAKE: Final = f"WITH before AS MATERIALIZED (SELECT {_BEFORE}) SELECT before.*, {_AFTER} FROM before"  # noqa: S608  # nosec B608

Values = tuple[str | None, ...]


@contextmanager
def scoped(scope: RowScope) -> Generator[None]:
    """Show what the scope shows for the length of a transaction, or of a savepoint in one, and then what was before.

    Taking the scope back also shows a transaction that failed unnoticed: it raises instead of committing nothing.
    """
    with transaction.atomic():
        before = _take(_values(scope))
        yield
        if not connection.needs_rollback:
            _take(before)


@contextmanager
def everything() -> Generator[None]:
    """Show a service or query every row where the officer's own sight does not reach and may not decide.

    What is read so is not the officer's to see: whoever uses it says for what.
    """
    with scoped(SYSTEM):
        yield


@contextmanager
def nothing() -> Generator[None]:
    """Show nothing until it is known who asks, also in a process whose connections begin by showing everything."""
    if NOBODY.scope == settings.ROW_SCOPE:
        yield
        return
    _begin_with(NOBODY.scope)
    try:
        yield
    finally:
        # A connection that was lost begins anew by itself, and what a transaction set goes with its failure.
        if connection.connection is not None and not connection.needs_rollback:
            _begin_with(settings.ROW_SCOPE)


def through(scope: RowScope, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces of an answer that is still being read when the request is over, in the request's scope.

    What a service recorded before it refused to go on is kept.
    """
    refusal: DomainError | None = None
    with scoped(scope):
        try:
            yield from pieces
        except DomainError as error:
            refusal = error
    if refusal is not None:
        raise refusal


def _take(values: Values) -> Values:
    """Set the settings until the transaction ends, and return what they were."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [value or "" for value in values])
        return tuple(cursor.fetchone()[: len(_SETTINGS)])


def _values(scope: RowScope) -> Values:
    agency, officer = (None if key is None else str(key) for key in (scope.agency, scope.officer))
    return scope.scope, agency, canonical_json(scope.caveats), officer


def _begin_with(scope: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('cordon.scope', %s, false)", [scope])
