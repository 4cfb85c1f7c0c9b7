"""Where a request comes from."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request


def address_of(request: HttpRequest | Request) -> str | None:
    """Return the caller's address: as the outermost proxy of ours saw it, else the peer's. None where none is known."""
    proxies = settings.TRUSTED_PROXIES
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if proxies and told:
        # A header shorter than the row of proxies came around one of them: its last entry is the nearest to the truth.
        return _address(told[-min(proxies, len(told))])
    return _address(request.META.get("REMOTE_ADDR", ""))


def _address(text: str) -> str | None:
    try:
        return str(ip_address(text))
    except ValueError:
        return None
