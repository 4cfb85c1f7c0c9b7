"""One-time links: whether one still opens."""

import hashlib
from datetime import datetime

from django.db.models import Q

from cases.models import Officer, SignInLink


def find_sign_in_link(secret: str, at: datetime) -> SignInLink | None:
    """Return the link if it still opens; looking does not use it up, so a link scanner does no harm."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    invited = Q(is_invitation=True, officer__is_active=False, officer__deactivated_at__isnull=True)
    invited &= ~Q(officer__agency__is_active=False)
    return (
        SignInLink.objects.select_related("officer__agency")
        .filter(Q(officer__in=Officer.objects.admitted()) | invited)
        .filter(secret_sha256=digest, used_at__isnull=True, expires_at__gt=at)
        .first()
    )
