"""What every answer carries, and what becomes of exceptions that leave a view."""

import re
from collections.abc import Callable
from typing import Final, TypeAlias
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from backend.error_responses import STATUSES, error_page
from cases.api.caller import address_of
from cases.services.write_audit_entry import ORIGIN, REQUEST_ID, SHORTENED, Origin

GetResponse: TypeAlias = Callable[[HttpRequest], HttpResponseBase]

_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
_STRICT: Final = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
# Swagger UI writes style attributes of its own; its scripts are files of ours.
_SCHEMA_BROWSER: Final = _STRICT.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")


class RequestIds:
    """Gives each request an id that its log lines, audit entries and answer share; entries say from where it came."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Take over the id that a proxy gave, where it is one; else make one."""
        sent = request.headers.get("X-Request-ID", "")
        request_id = sent if _REQUEST_ID.fullmatch(sent) else str(uuid4())
        before, origin_before = REQUEST_ID.set(request_id), ORIGIN.set(origin_of(request))
        try:
            response = self.get_response(request)
        finally:
            REQUEST_ID.reset(before)
            ORIGIN.reset(origin_before)
        response.headers["X-Request-ID"] = request_id
        return response


def origin_of(request: HttpRequest) -> Origin:
    """Return from where a request comes; by which key, whoever reads the key says."""
    return Origin(
        address=address_of(request) or "",
        user_agent=_shortened(request.headers.get("User-Agent", "")),
        on_behalf_of=_shortened(request.headers.get("On-Behalf-Of", "")),
    )


def _shortened(words: str) -> str:
    return "".join(letter for letter in words if letter.isprintable())[:SHORTENED]


class SecurityHeaders:
    """Lets a page load only what this server serves, and keeps every answer of a person out of shared caches."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the headers that the view has not set itself."""
        response = self.get_response(request)
        is_browser = request.path.startswith("/api/v1/docs")
        response.headers.setdefault("Content-Security-Policy", _SCHEMA_BROWSER if is_browser else _STRICT)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(self), geolocation=(self), microphone=(), payment=()"
        )
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class ProblemPages:
    """Turns an exception that leaves a view into the same answer with and without DEBUG."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for exceptions that the table names; any other is the framework's to log and to answer."""
        is_known = any(kind in STATUSES for kind in type(exception).__mro__)
        return error_page(request, exception) if is_known or request.path.startswith("/api/") else None
