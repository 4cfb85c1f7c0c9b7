"""How often one token or one person may call the API."""

from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

WINDOW_S: Final = 60


class CallsPerMinute(BaseThrottle):
    """A bound on each token, and on each person's sessions together: one broken device must not take all the room."""

    def allow_request(self, request: Request, _view: object) -> bool:
        """Count the call in its minute; the bound is a setting."""
        token_id = getattr(request.user, "token_id", None)
        caller = f"officer.{request.user.pk}" if token_id is None else f"token.{token_id}"
        now = timezone.now().timestamp()
        self._left = WINDOW_S - now % WINDOW_S
        key = f"calls.{caller}.{int(now // WINDOW_S)}"
        try:
            calls = cache.incr(key)
        except ValueError:
            calls = 1 if cache.add(key, 1, timeout=2 * WINDOW_S) else cache.incr(key)
        return calls <= settings.API_CALLS_PER_MINUTE

    def wait(self) -> float:
        """Return the seconds until the next minute."""
        return max(self._left, 1.0)
