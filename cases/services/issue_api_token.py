"""Issuing a key to the API."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from cases.errors import DemoForbidden, ScopeBeyondRights, SessionNeeded
from cases.models import CALENDAR_SCOPE, READ_SCOPE, ApiToken, Officer, TokenKind
from cases.services.secrets_kept import digest_of_secret, new_secret
from cases.services.write_audit_entry import write_audit_entry

# Lets a scanner recognise a token that leaked into a text.
PREFIX = "cordon_"


def issue_api_token(
    *,
    officer: Officer,
    name: str,
    issued_at: datetime,
    expires_at: datetime,
    kind: TokenKind = TokenKind.PERSON,
    scopes: Sequence[str] | None = None,
) -> tuple[ApiToken, str]:
    """Return a new token and its secret, shown now and never again; without scopes it does all that its officer may.

    Raises ScopeBeyondRights for a scope that the officer lacks, SessionNeeded where a token asks for a token (a stolen
    one could outlive its revocation), DemoForbidden for a demo officer in production.
    """
    if officer.token_id is not None:
        raise SessionNeeded
    if officer.is_demo and not settings.DEMO_ALLOWED:
        raise DemoForbidden
    beyond = set(scopes or ()) - {READ_SCOPE, CALENDAR_SCOPE} - {right.value for right in officer.own_rights}
    if beyond:
        raise ScopeBeyondRights(scopes=", ".join(sorted(beyond)))
    secret = PREFIX + new_secret()
    with transaction.atomic():
        token = ApiToken.objects.create(
            officer=officer,
            name=name,
            kind=kind.value,
            scopes=None if scopes is None else sorted(set(scopes)),
            secret_sha256=digest_of_secret(secret),
            created_at=issued_at,
            expires_at=expires_at,
        )
        change = {
            "after": {"name": name, "kind": token.kind, "scopes": token.scopes, "expires_at": expires_at.isoformat()}
        }
        write_audit_entry(action="token.issued", subject=token, at=issued_at, by=officer, change=change)
    return token, secret


def token_kind(word: str) -> TokenKind:
    """Return the kind of that name; ValueError for another word."""
    return TokenKind(word)
