"""Who calls: an officer, by bearer token."""

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from cases.services.accept_api_token import accept_api_token


class BearerTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer TOKEN`."""

    def authenticate(self, request: Request) -> tuple[object, None] | None:
        """Return the officer whose token this is; None where another scheme is used."""
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        officer = accept_api_token(secret=secret.strip(), shown_at=timezone.now())
        if officer is None:
            raise AuthenticationFailed
        return officer, None

    def authenticate_header(self, _request: Request) -> str:
        """Return the challenge of a 401."""
        return 'Bearer realm="cordon"'
