"""Using up a one-time link."""

from datetime import datetime

from django.db import transaction

from cases.errors import SignInLinkInvalid
from cases.models import Officer, SignInLink
from cases.queries.sign_in_links import find_sign_in_link
from cases.services.write_audit_entry import write_audit_entry


def redeem_sign_in_link(*, secret: str, redeemed_at: datetime) -> Officer:
    """Return the officer whom the link signs in, once; raises SignInLinkInvalid ever after."""
    with transaction.atomic():
        link = find_sign_in_link(secret, redeemed_at)
        if link is None:
            raise SignInLinkInvalid
        # One statement decides between two who come at once.
        used = SignInLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=redeemed_at)
        if used != 1:
            raise SignInLinkInvalid
        if link.is_invitation:
            # Only who was invited and never came: a link outlives no deactivation.
            Officer.objects.filter(pk=link.officer_id, deactivated_at__isnull=True).update(is_active=True)
            link.officer.is_active = True
        write_audit_entry(action="sign_in_link.used", subject=link, at=redeemed_at, by=link.officer)
    return link.officer
