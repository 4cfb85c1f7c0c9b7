"""What every page shows of its reader."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cases import access
from cases.queries.officers import get_officer


def waiting(request: HttpRequest) -> Mapping[str, object]:
    """Return how many notifications wait, counted only where a page says so."""

    def count() -> int:
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return 0
        return access.notifications_for(get_officer(user)).filter(read_at__isnull=True).count()

    return {"waiting": SimpleLazyObject(count)}
