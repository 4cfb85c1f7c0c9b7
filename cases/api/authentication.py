"""Who calls: an officer, by bearer token."""

from typing import Final

from django.http import HttpRequest
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from cases import access
from cases.api.caller import address_of
from cases.row_scope import RowScope
from cases.services.accept_api_token import accept_api_token
from cases.services.take_attempt import WRONG_TOKEN, take_attempt

CALENDAR_PATH: Final = "/api/v1/obligations/calendar.ics"


def know_bearer(request: HttpRequest) -> RowScope | None:
    """Remember for the view whose valid token the request shows, and return what that officer is shown."""
    secret, is_in_address = request.headers.get("Authorization", "").partition(" ")[2], shows_calendar_token(request)
    if is_in_address:
        secret = request.GET["token"]
    officer = accept_api_token(secret=secret.strip(), shown_at=timezone.now())
    if is_in_address and officer is not None and officer.token_scopes != frozenset({access.CALENDAR}):
        # Addresses end up in logs and histories: what opens more than a calendar is not taken from one.
        officer = None
    request.bearer = officer  # type: ignore[attr-defined]  # read by the authentication of the API
    return None if officer is None else access.scope_of(officer)


def shows_calendar_token(request: HttpRequest) -> bool:
    """Return whether the request shows a token in its address, as programs for calendars do; of one address only."""
    return request.path == CALENDAR_PATH and "Authorization" not in request.headers and "token" in request.GET


class BearerTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer TOKEN`; whose token it is was found before the view, with what the database shows."""

    def authenticate(self, request: Request) -> tuple[object, None] | None:
        """Return the officer whose token this is; None where another scheme is used.

        Whatever is wrong with a token, the answer is the same. Wrong ones are counted by address; a right one is let
        in all the same, so that one broken device does not shut out the post behind that address.
        """
        scheme = request.headers.get("Authorization", "").partition(" ")[0]
        if scheme.lower() != "bearer" and not shows_calendar_token(request._request):  # noqa: SLF001 - as Django has it
            return None
        officer: object = getattr(request, "bearer", None)
        if officer is None:
            take_attempt(counted=[(WRONG_TOKEN, address_of(request) or "unknown")], at=timezone.now())
            raise AuthenticationFailed
        return officer, None

    def authenticate_header(self, _request: Request) -> str:
        """Return the challenge of a 401."""
        return 'Bearer realm="cordon"'


class WithinScopes(BasePermission):
    """A token reads only with the scope for it, and writes only with another; rights are weighed by each service."""

    def has_permission(self, request: Request, _view: object) -> bool:
        """Return whether the token shown is made for this kind of call; a person needs no scope."""
        scopes = getattr(request.user, "token_scopes", None)
        if scopes is None:
            return True
        return (
            access.READ in scopes if request.method in SAFE_METHODS else bool(scopes - {access.READ, access.CALENDAR})
        )


class ReadsCalendar(BasePermission):
    """The calendar is read by whoever reads, and by a token that is made for it alone."""

    def has_permission(self, request: Request, _view: object) -> bool:
        """Return whether the token shown is made for it; a person needs no scope."""
        scopes = getattr(request.user, "token_scopes", None)
        return scopes is None or bool(scopes & {access.READ, access.CALENDAR})
