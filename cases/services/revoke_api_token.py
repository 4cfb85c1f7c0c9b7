"""Taking a key to the API back."""

from datetime import datetime

from django.db import transaction

from cases.models import ApiToken, Officer
from cases.services.write_audit_entry import write_audit_entry


def revoke_api_token(*, token: ApiToken, by: Officer, at: datetime) -> ApiToken:
    """End the token at once; one that has ended already stays as it is."""
    with transaction.atomic():
        kept = ApiToken.objects.select_for_update().get(pk=token.pk)
        if kept.revoked_at is None:
            kept.revoked_at = at
            kept.save(update_fields=["revoked_at"])
            write_audit_entry(action="token.revoked", subject=kept, at=at, by=by)
    return kept
