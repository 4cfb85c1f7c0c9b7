"""Taking back a link by which an addressee answers."""

from datetime import datetime

from django.db import transaction

from cases import access
from cases.models import Officer, ReplyLink
from cases.services.write_audit_entry import write_audit_entry


def revoke_reply_link(*, officer: Officer, link: ReplyLink, revoked_at: datetime) -> ReplyLink:
    """End the link at once; one that has ended before stays as it is."""
    access.require_own(officer, access.REFER, link.referral)
    with transaction.atomic():
        kept = ReplyLink.objects.select_for_update(of=("self",)).select_related("referral__incident").get(pk=link.pk)
        if kept.revoked_at is None:
            kept.revoked_at, kept.revoked_by = revoked_at, officer
            kept.save(update_fields=["revoked_at", "revoked_by"])
            told = {"after": {"link": kept.pk}}
            write_audit_entry(
                action="referral.link_revoked", subject=kept.referral, at=revoked_at, by=officer, change=told
            )
    return kept
