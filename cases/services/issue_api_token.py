"""Issuing a key to the API."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from cases.errors import DemoForbidden
from cases.models import ApiToken, Officer
from cases.services.secrets_kept import digest_of_secret, new_secret
from cases.services.write_audit_entry import write_audit_entry

# Lets a scanner recognise a token that leaked into a text.
PREFIX = "cordon_"


def issue_api_token(*, officer: Officer, name: str, issued_at: datetime, expires_at: datetime) -> tuple[ApiToken, str]:
    """Return a new token and its secret, shown now and never again; DemoForbidden for a demo officer in production."""
    if officer.is_demo and not settings.DEMO_ALLOWED:
        raise DemoForbidden
    secret = PREFIX + new_secret()
    with transaction.atomic():
        token = ApiToken.objects.create(
            officer=officer,
            name=name,
            secret_sha256=digest_of_secret(secret),
            created_at=issued_at,
            expires_at=expires_at,
        )
        change = {"after": {"name": name, "expires_at": expires_at.isoformat()}}
        write_audit_entry(action="token.issued", subject=token, at=issued_at, by=officer, change=change)
    return token, secret
