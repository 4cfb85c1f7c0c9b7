"""What the database shows to a request: nothing until it is known who calls, then what is the caller's."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TypeAlias

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponseBase

from backend.error_responses import error_page
from backend.session_guard import ANYBODYS, is_by_token
from cases import access
from cases.api.authentication import know_bearer
from cases.queries.officers import get_officer
from cases.row_scope import RowScope, nothing, scoped

GetResponse: TypeAlias = Callable[[HttpRequest], HttpResponseBase]


class ShowNothing:
    """Signing in, and whatever else comes before it is known who calls, reads no row of an agency."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; a database that does not answer is told as anywhere else."""
        if request.path.startswith(ANYBODYS):
            return self.get_response(request)
        try:
            with nothing():
                return self.get_response(request)
        except DatabaseError as error:
            return error_page(request, error)


class ShowOwn:
    """Gives a caller who is known one transaction, in which the database shows what the caller's agency may see.

    Services keep what they have done when a later step is refused, as without it: their transactions become
    savepoints in this one. Where the server itself fails, nothing is written. Sessions and tokens are seen to before,
    in transactions of their own, so that no request waits for another of the same caller.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on in its scope; a database that fails at the commit is told as anywhere else."""
        try:
            scope = _scope(request)
            return self.get_response(request) if scope is None else self._answer(request, scope)
        except DatabaseError as error:
            return error_page(request, error)

    def _answer(self, request: HttpRequest, scope: RowScope) -> HttpResponseBase:
        with scoped(scope):
            response = self.get_response(request)
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                transaction.set_rollback(True)
        return response


def _scope(request: HttpRequest) -> RowScope | None:
    """Return what the caller's requests are shown; None where nobody is known."""
    if request.path.startswith(ANYBODYS):
        return None
    if is_by_token(request):
        return know_bearer(request)
    return access.scope_of(get_officer(request.user)) if request.user.is_authenticated else None
