"""What stands between a session and the pages: ended, locked, or without the second factor that is demanded."""

from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeAlias
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone

from backend.error_responses import error_page
from cases.api.authentication import shows_calendar_token
from cases.api.caller import address_of
from cases.errors import SecondFactorNeeded, SessionLocked
from cases.queries.officers import get_officer, needs_second_factor
from cases.services.see_session import Seen, see_session

GetResponse: TypeAlias = Callable[[HttpRequest], HttpResponseBase]

OUT: Final = ("/sign-out/", "/account/sign-out/")
# A locked session sees the way to open it, and the way out.
WHILE_LOCKED: Final = ("/pin/unlock/", "/pin/lock/", *OUT)
# Setting one up asks again for what the officer has already.
WITHOUT_SECOND_FACTOR: Final = ("/account/2fa/", "/account/reauthenticate/", "/account/password/", "/pin/", *OUT)
# Probes and static files are nobody's.
ANYBODYS: Final = ("/health/", "/static/", "/api/v1/schema", "/api/v1/docs")


class SessionGuard:
    """Knows every session of an officer, however it began, and ends, locks or stops it before a view is reached."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request through, or answer in the view's place."""
        refusal = None if request.path.startswith(ANYBODYS) else self._refusal(request)
        return self.get_response(request) if refusal is None else refusal

    def _refusal(self, request: HttpRequest) -> HttpResponseBase | None:
        key = request.session.session_key
        if key is None or is_by_token(request) or not request.user.is_authenticated:
            return None
        officer = get_officer(request.user)
        methods = [str(record["method"]) for record in get_authentication_records(request, officer)]
        seen = Seen(key, address_of(request), request.headers.get("User-Agent", ""), methods)
        session = see_session(officer=officer, seen=seen, at=timezone.now())  # noqa: TID251 - an edge
        if session.ended_at is not None:
            request.session.flush()
            request.user = AnonymousUser()
            return None
        request.officer_session = session  # type: ignore[attr-defined]  # for the views of the account
        if session.locked_at is not None:
            return _answer(request, SessionLocked(), WHILE_LOCKED, "/pin/unlock/")
        if needs_second_factor(officer) and not _has_second_factor(officer.pk, session.started_at, methods):
            return _answer(request, SecondFactorNeeded(), WITHOUT_SECOND_FACTOR, "/account/2fa/")
        return None


def is_by_token(request: HttpRequest) -> bool:
    """Return whether a token speaks for this request: a session's cookie beside it does not count."""
    scheme = request.headers.get("Authorization", "").partition(" ")[0]
    return request.path.startswith("/api/") and (scheme.lower() == "bearer" or shows_calendar_token(request))


def _answer(
    request: HttpRequest, error: Exception, open_paths: tuple[str, ...], remedy: str
) -> HttpResponseBase | None:
    if request.path.startswith(open_paths):
        return None
    if request.path.startswith("/api/"):
        return error_page(request, error)
    back = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    return HttpResponseRedirect(f"{remedy}?{back}" if back else remedy)


def _has_second_factor(officer_id: int, started_at: datetime, methods: list[str]) -> bool:
    if "mfa" in methods or ("socialaccount" in methods and settings.OIDC_HAS_SECOND_FACTOR):
        return True
    # Whoever set one up in this session has just shown it.
    set_up = Authenticator.objects.filter(user=officer_id, created_at__gte=started_at)
    return bool(set_up.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())
