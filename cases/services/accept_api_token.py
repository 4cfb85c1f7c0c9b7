"""Letting in who shows a key to the API."""

from dataclasses import replace
from datetime import datetime

from cases.models import ApiToken, Officer
from cases.services.secrets_kept import digest_of_secret
from cases.services.write_audit_entry import ORIGIN


def accept_api_token(*, secret: str, shown_at: datetime) -> Officer | None:
    """Return the officer whose valid token this is, with the token's scopes, noting the day of use.

    None for any other text, whatever it is: a session's key, a JSON web token, a token that has ended.
    """
    token = (
        ApiToken.objects.select_related("officer__agency")
        .filter(secret_sha256=digest_of_secret(secret), expires_at__gt=shown_at, officer__in=Officer.objects.admitted())
        .exclude(revoked_at__lte=shown_at)
        .first()
    )
    if token is None:
        return None
    if token.last_used_on != shown_at.date():
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=shown_at.date())
    ORIGIN.set(replace(ORIGIN.get(), through=f"token {token.pk}"))
    officer = token.officer
    officer.token_id = token.pk
    officer.token_scopes = None if token.scopes is None else frozenset(token.scopes)
    return officer
