"""Links by which addressees answer: whether one still opens, and how an officer sees them."""

import hashlib
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from cases.models import ReplyLink
from cases.tracing.reply_states import TRANSITIONS


def find_reply_link(secret: str, at: datetime) -> ReplyLink | None:
    """Return the link if it still opens: neither expired nor revoked, and its request stands."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    return (
        ReplyLink.objects.select_related("referral__incident", "referral__agency")
        .filter(secret_sha256=digest, expires_at__gt=at, revoked_at__isnull=True)
        .filter(referral__state__in=TRANSITIONS, referral__agency__is_active=True)
        .first()
    )


def link_rows(links: QuerySet[ReplyLink]) -> QuerySet[ReplyLink]:
    """Return the links with what is shown of each read along, the latest first."""
    return links.select_related("made_by", "revoked_by").order_by("-pk")


def document_of_link(link: ReplyLink) -> dict[str, Any]:
    """Return a link as answered; its secret is nowhere."""
    return {
        "id": link.pk,
        "recipient": link.recipient,
        "made_at": link.made_at,
        "made_by": link.made_by.username,
        "expires_at": link.expires_at,
        "revoked_at": link.revoked_at,
        "revoked_by": None if link.revoked_by is None else link.revoked_by.username,
    }
