"""Making a link by which the addressee of a referral answers without an account."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db import transaction

from cases import access
from cases.errors import IllegalTransition
from cases.models import Officer, Referral, ReplyLink
from cases.services.secrets_kept import digest_of_secret, new_secret
from cases.services.write_audit_entry import write_audit_entry
from cases.tracing.reply_states import TRANSITIONS

# As long as States usually take, and no longer than a letter lies open.
VALID_DAYS: Final = 60
MOST_DAYS: Final = 365


class MadeLink(NamedTuple):
    """A new link and its secret, which is shown once and kept nowhere."""

    link: ReplyLink
    secret: str


def make_reply_link(*, officer: Officer, referral: Referral, recipient: str, days: int, made_at: datetime) -> MadeLink:
    """Make a link to that one referral; IllegalTransition unless its letter is out and stands."""
    access.require_own(officer, access.REFER, referral)
    with transaction.atomic():
        referral = Referral.objects.select_for_update().get(pk=referral.pk)
        if referral.state not in TRANSITIONS:
            raise IllegalTransition(state=referral.state, wanted="answered")
        secret = new_secret()
        link = ReplyLink.objects.create(
            referral=referral,
            secret_sha256=digest_of_secret(secret),
            recipient=recipient,
            made_at=made_at,
            made_by=officer,
            expires_at=made_at + timedelta(days=days),
        )
        told = {"link": link.pk, "recipient": recipient, "expires_at": link.expires_at.isoformat()}
        write_audit_entry(action="referral.link_made", subject=referral, at=made_at, by=officer, change={"after": told})
    return MadeLink(link, secret)
