"""Issuing a link that signs in once."""

from datetime import datetime, timedelta

from django.db import transaction

from cases.models import Officer, SignInLink
from cases.services.secrets_kept import digest_of_secret, new_secret
from cases.services.write_audit_entry import write_audit_entry

VALID_FOR = timedelta(hours=24)


def issue_sign_in_link(
    *, officer: Officer, issued_at: datetime, is_invitation: bool = False, by: Officer | None = None
) -> str:
    """Return the secret of a new link `/sign-in/<secret>/`; links of the officer not yet used end."""
    secret = new_secret()
    with transaction.atomic():
        officer.sign_in_links.filter(used_at__isnull=True).delete()
        link = SignInLink.objects.create(
            officer=officer,
            secret_sha256=digest_of_secret(secret),
            issued_at=issued_at,
            expires_at=issued_at + VALID_FOR,
            is_invitation=is_invitation,
        )
        write_audit_entry(action="sign_in_link.issued", subject=link, at=issued_at, by=by or officer)
    return secret
