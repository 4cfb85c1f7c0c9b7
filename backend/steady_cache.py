"""Redis as a cache that is never in the way: where it does not answer, each process keeps its own."""

import logging
from time import monotonic
from typing import Any, Final

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# A request that waits for a stalled Redis is enough; the others go by.
PAUSE_S: Final = 10.0


class SteadyCache(RedisCache):
    """Counts calls across processes; with Redis down a limit holds within each process, and nobody is locked out."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._own = LocMemCache("steady", {"KEY_PREFIX": params.get("KEY_PREFIX", "")})
        self._away_until = 0.0

    def add(self, *args: Any, **kwargs: Any) -> Any:
        """Keep a value where there is none."""
        return self._either("add", *args, **kwargs)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        """Return a value."""
        return self._either("get", *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> Any:
        """Keep a value."""
        return self._either("set", *args, **kwargs)

    def incr(self, *args: Any, **kwargs: Any) -> Any:
        """Add to a number; ValueError where there is none."""
        return self._either("incr", *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Drop a value."""
        return self._either("delete", *args, **kwargs)

    def _either(self, method: str, *args: Any, **kwargs: Any) -> Any:
        if monotonic() >= self._away_until:
            try:
                return getattr(super(), method)(*args, **kwargs)
            except (RedisError, OSError) as error:
                self._away_until = monotonic() + PAUSE_S
                logger.warning("cache unreachable", extra={"fields": {"error": type(error).__name__}})
        return getattr(self._own, method)(*args, **kwargs)
